"""Where sentences begin and end, in statements as missions write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from sentencex import get_sentence_boundaries

from bot.briefing.lexicon import lexicon

PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*|\n(?=[^\S\n]*(?:[—–•·*-]|\d{1,3}[.)])[^\S\n]*\S)")
# What stands before a sentence without being part of it: a paragraph's number, a bullet, a dash.
LEAD = re.compile(
    r"\s*(?:(?:\(?(?:\d{1,3}|[ivx]{1,4}|[a-z])\)|\d{1,3}\.(?!\d)|[٠-٩]{1,3}[.)-]|[-—–•·*○▪#]{1,3})\s*){0,3}",
    re.IGNORECASE,
)
# A stop after which nothing ended: an initial, a number written with a point.
NUMBER_ONLY = re.compile(r"\(?\d{1,3}[.)]+$")
INITIAL = re.compile(r"(?:^|[\s(.])[^\W\d_]\.$")
NUMBERED = re.compile(r"\d\.$")
STOPPED = re.compile(r"[.!?…。！？؟][\"'”’»」』）)\]]*$")
CLOSING = re.compile(r"^[\s\"'”’»」』）)\]]+$")
OPENS_LOWER = re.compile(r"[a-zà-öø-ÿа-яё]")
WIDE_STOP = re.compile(r"(?<=[。！？])(?![」』”’）。！？])")
# How many characters of what came before tell whether it has ended: sentences joined a thousand times over are not read
# again at every join.
LAST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, `text[start:end]`, counted in characters."""

    start: int
    end: int


def split(text: str, language: str) -> list[Span]:
    """The sentences of a text in order; numbers, bullets and dashes in front of a sentence are left out.

    A paragraph break always ends a sentence. An unknown language is split by the rules of English.
    """
    spans: list[Span] = []
    for paragraph in paragraphs(text):
        spans += _sentences(text, paragraph, language)
    return spans


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text, the white space around them left out; a list's lines each count as one."""
    edges = [0]
    for gap in PARAGRAPH.finditer(text):
        edges += [gap.start(), gap.end()]
    edges.append(len(text))
    found = (_trimmed(text, start, end) for start, end in zip(edges[::2], edges[1::2], strict=True))
    return [span for span in found if span.start < span.end]


def _sentences(text: str, paragraph: Span, language: str) -> list[Span]:
    start = paragraph.start + _lead(text[paragraph.start : paragraph.end])
    pieces = _pieces(text[start : paragraph.end], language)
    merged: list[tuple[int, int]] = []
    for here in pieces:
        before = text[start + max(merged[-1][0], merged[-1][1] - LAST_WORDS) : start + merged[-1][1]] if merged else ""
        if merged and _continues(before, text[start + here[0] : start + here[1]], language):
            merged[-1] = (merged[-1][0], here[1])
        else:
            merged.append(here)
    spans = []
    for begin, end in merged:
        chunk = text[start + begin : start + end]
        spans.append(_trimmed(text, start + begin + _lead(chunk), start + end))
    return [span for span in spans if span.start < span.end and not NUMBER_ONLY.match(text[span.start : span.end])]


def _pieces(text: str, language: str) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    for boundary in get_sentence_boundaries(language, text):
        begin, end = boundary["start_index"], boundary["end_index"]
        # Typographic Chinese stops end a sentence in any language a page is said to be in.
        cuts = [begin, *(begin + m.start() for m in WIDE_STOP.finditer(text[begin:end]) if m.start()), end]
        pieces += [(a, b) for a, b in pairwise(cuts) if a < b]
    return pieces


def _continues(before: str, here: str, language: str) -> bool:
    before = before.rstrip()
    if not before or CLOSING.match(here):
        return True
    first = here.lstrip("\"'“‘«( \n")[:1]
    if not STOPPED.search(before):
        return True
    if before.endswith(("…", "...")) and OPENS_LOWER.match(first):
        return True
    if not before.endswith("."):
        return False
    if INITIAL.search(before) or OPENS_LOWER.match(first):
        return True
    if NUMBERED.search(before) and first.isdigit():
        return True
    return _abbreviation(language).search(before[-24:]) is not None


@cache
def _abbreviation(language: str) -> re.Pattern[str]:
    known = "|".join(re.escape(word) for word in lexicon(language).abbreviations)
    return re.compile(rf"(?:^|[\s(«“\"'’.])(?:{known})\.$", re.IGNORECASE)


def _lead(text: str) -> int:
    found = LEAD.match(text)
    return found.end() if found and found.end() < len(text) else 0


def _trimmed(text: str, start: int, end: int) -> Span:
    chunk = text[start:end]
    return Span(start + len(chunk) - len(chunk.lstrip()), start + len(chunk.rstrip()))
