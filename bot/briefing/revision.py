"""What changed for a reader between two revisions of a statement: judged by its sentences, not by what was chosen."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.briefing.features import sentences
from bot.briefing.lexicon import WORD, fold
from bot.briefing.links import link
from bot.domain.brief import Brief, Point
from bot.domain.revision import Changes, Passage, Rewording, changed_facts
from bot.domain.taxonomy import Stance

LIKE = 0.5
STILL_THERE = 0.2
# Signs that change what is said; all others, and capitals, are a matter of typing.
TOKEN = re.compile(rf"{WORD.pattern}|[%‰$€£¥₽+=<>±]")
Tokens = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A sentence of one revision: where it begins, its text and words, the points it carries that may have changed."""

    start: int
    text: str
    tokens: Tokens
    points: tuple[Point, ...]


Pair = tuple[Line, Line]


def compare(before: Brief, after: Brief) -> Changes:
    """What the later of two revisions says otherwise.

    A point stands if its whole sentence does ('not', 'only in peacetime' may be put in front or behind), or if the very
    same words are a point of the other revision. So a point that lost its place to another has not gone. What changed
    is paired with the most similar of the other side's changed sentences.
    """
    stands = _quotes(before) & _quotes(after)
    old, new = _lines(before, stands), _lines(after, stands)
    gone, fresh = _without(old, new), _without(new, old)
    pairs = _paired(gone, fresh)
    told = {line for pair in pairs for line in pair}
    return Changes(
        reworded=tuple(Rewording(before=_was(before, one), after=_is(after, other)) for one, other in pairs),
        went=tuple(Passage(text=p.quote, stance=p.stance, link=before.statement.url) for p in _points_of(gone, told)),
        came=tuple(Passage(text=p.quote, stance=p.stance, link=p.link) for p in _points_of(fresh, told)),
        facts=changed_facts(before, after),
        replaced=bool(old) and len(old) - len(gone) < STILL_THERE * len(old),
    )


def tokens(text: str) -> Tokens:
    """What is compared of a text: its words, whatever the case and punctuation, and the signs that carry meaning."""
    return tuple(TOKEN.findall(fold(unicodedata.normalize("NFKC", text)).casefold()))


def _quotes(brief: Brief) -> frozenset[Tokens]:
    return frozenset(tokens(point.quote) for point in brief.points)


def _lines(brief: Brief, stands: frozenset[Tokens]) -> list[Line]:
    """The sentences of a brief's statement, each with its points but those that stand in the other revision."""
    open_points = [point for point in brief.points if tokens(point.quote) not in stands]
    return [
        Line(
            sentence.span.start,
            sentence.text,
            tokens(sentence.text),
            tuple(p for p in open_points if sentence.span.start <= p.start < sentence.span.end),
        )
        for sentence in sentences(brief.statement.body, brief.statement.language)
    ]


def _without(lines: Sequence[Line], others: Sequence[Line]) -> list[Line]:
    """The lines that do not stand among the others."""
    known = {line.tokens for line in others}
    return [line for line in lines if line.tokens and line.tokens not in known]


def _paired(gone: Sequence[Line], fresh: Sequence[Line]) -> list[Pair]:
    """The sentences that took one another's place, in their order, where either carries a point that changed."""
    counts = {line: Counter(line.tokens) for line in (*gone, *fresh)}
    likely = [(one, other) for one in gone for other in fresh if one.points or other.points]
    scored = [(_likeness(counts[one], counts[other]), (one, other)) for one, other in likely]
    chosen: list[Pair] = []
    taken: set[Line] = set()
    for score, pair in sorted(scored, key=lambda found: -found[0]):
        if score >= LIKE and not taken & set(pair):
            taken |= set(pair)
            chosen.append(pair)
    return sorted(chosen, key=lambda pair: pair[0].start)


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """How many of the words of two sentences they share, 0 to 1 (Dice's coefficient)."""
    return 2 * (one & other).total() / (one.total() + other.total())


def _points_of(lines: Iterable[Line], told: set[Line]) -> list[Point]:
    return [point for line in lines if line not in told for point in line.points]


def _was(brief: Brief, line: Line) -> Passage:
    """A sentence that stands no more: its link opens the page only, as no text fragment would be found there."""
    return Passage(text=line.text, stance=_stance(line), link=brief.statement.url)


def _is(brief: Brief, line: Line) -> Passage:
    s = brief.statement
    return Passage(
        text=line.text, stance=_stance(line), link=link(s.url, s.body, line.start, line.start + len(line.text))
    )


def _stance(line: Line) -> Stance | None:
    return next((point.stance for point in line.points), None)
