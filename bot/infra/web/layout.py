"""A statement's text cut into what a page sets: paragraphs of runs, and parts that no page outgrows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from bot.domain.brief import Point
from bot.domain.differences import Run

PARAGRAPH = re.compile(r"(?:\n[ \t]*){2,}")
# Bytes of text, as HTML, that leave a page room for everything else within 200 kB.
LARGEST = 120_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text within a paragraph, and what it bears: the numbers of points quoted here, or its fate.

    `opens` are the points whose quote begins here, `closes` those whose quote ends.
    """

    text: str
    points: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()
    closes: tuple[int, ...] = ()
    fate: str = "same"


Paragraph = tuple[Piece, ...]


def quoted(body: str, points: Sequence[Point]) -> list[Paragraph]:
    """A text as paragraphs in which the words of every point, counted from 1, can be found; quotes may overlap."""
    spans = [(number, point.start, point.end) for number, point in enumerate(points, 1) if point.start < point.end]
    cuts = sorted({edge for _, start, end in spans for edge in (start, end)})
    paragraphs = []
    for start, end in _paragraphs(body):
        edges = [start, *(cut for cut in cuts if start < cut < end), end]
        pieces = [_piece(body, spans, one, two) for one, two in pairwise(edges)]
        paragraphs.append(tuple(pieces))
    return paragraphs


def changed(runs: Sequence[Run]) -> list[Paragraph]:
    """Two texts in one, as paragraphs in which each run bears its fate."""
    paragraphs: list[list[Piece]] = [[]]
    for run in runs:
        first, *others = PARAGRAPH.split(run.text)
        for number, text in enumerate((first, *others)):
            if number and paragraphs[-1]:
                paragraphs.append([])
            if text:
                paragraphs[-1].append(Piece(text, fate=run.fate))
    return [tuple(paragraph) for paragraph in paragraphs if paragraph]


def parts(paragraphs: Sequence[Paragraph], largest: int = LARGEST) -> list[list[Paragraph]]:
    """The paragraphs in as few parts as stay within a size; one that is too large for any is cut."""
    found: list[list[Paragraph]] = [[]]
    used = 0
    for paragraph in (smaller for each in paragraphs for smaller in _small(each, largest)):
        size = _size(paragraph)
        if found[-1] and used + size > largest:
            found.append([])
            used = 0
        found[-1].append(paragraph)
        used += size
    return found


def part_of(number: int, cut: Sequence[Sequence[Paragraph]]) -> int:
    """In which part, from 1, the words of a point begin."""
    opened = (
        place for place, part in enumerate(cut, 1) if any(number in piece.opens for each in part for piece in each)
    )
    return next(opened, 1)


def _paragraphs(body: str) -> Iterator[tuple[int, int]]:
    at = 0
    for gap in PARAGRAPH.finditer(body):
        if gap.start() > at:
            yield at, gap.start()
        at = gap.end()
    if at < len(body):
        yield at, len(body)


def _piece(body: str, spans: Sequence[tuple[int, int, int]], start: int, end: int) -> Piece:
    within = [span for span in spans if span[1] < end and span[2] > start]
    return Piece(
        body[start:end],
        points=tuple(number for number, _, _ in within),
        opens=tuple(number for number, at, _ in within if at >= start),
        closes=tuple(number for number, _, at in within if at <= end),
    )


def _size(paragraph: Paragraph) -> int:
    return sum(len(escape(piece.text).encode("utf-8", "replace")) + 40 for piece in paragraph)


def _small(paragraph: Paragraph, largest: int) -> Iterator[Paragraph]:
    """The paragraph, in as many as it takes for each to fit."""
    if _size(paragraph) <= largest:
        yield paragraph
        return
    for piece in paragraph:
        # However it is escaped, a character takes no more than six bytes.
        step = max(1, largest // 6)
        for at in range(0, len(piece.text), step):
            first, last = at == 0, at + step >= len(piece.text)
            yield (
                Piece(
                    piece.text[at : at + step],
                    piece.points,
                    piece.opens if first else (),
                    piece.closes if last else (),
                    piece.fate,
                ),
            )
