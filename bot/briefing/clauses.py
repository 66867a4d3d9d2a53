"""The clauses of a long sentence that can stand alone, so that a reader's words go to the position."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.briefing.features import Sentence
from bot.briefing.lexicon import Lexicon, cost, fold, words
from bot.briefing.sentences import Span
from bot.briefing.stance import stance

BREAK = re.compile(r"\s?[,;:،؛，；：、—–]\s*|\s+[—–-]\s+")
LEAST_WORDS = 9
LEAST_SHARE = 0.45
WORTH_TRIMMING = 16.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A stretch of a sentence that can be quoted by itself; `share` is how much of the sentence's words it holds."""

    span: Span
    cost: float
    share: float


def clauses(sentence: Sentence, lexicon: Lexicon) -> list[Clause]:
    """The whole sentence first, then what may be quoted of it instead, longest first.

    A clause begins at the sentence's beginning or where a new one with its own subject does, ends where only an
    explanation follows, keeps the sentence's stance, and is never cut from a condition or an exception.
    """
    opening = _skip_leads(sentence, lexicon)
    whole = Clause(span=Span(opening, len(sentence.text)), cost=cost(sentence.text[opening:]), share=1.0)
    found = [whole]
    if whole.cost >= WORTH_TRIMMING:
        taken = stance(sentence.folded, lexicon)
        for start, end in _cuts(sentence, opening, lexicon):
            clause = _clause(sentence, start, end)
            if clause and stance(fold(sentence.text[start:end]), lexicon) == taken:
                found.append(clause)
    return sorted(found, key=lambda c: -c.cost)


def _clause(sentence: Sentence, start: int, end: int) -> Clause | None:
    text = sentence.text[start:end]
    kept, of = set(words(text)), set(words(sentence.text))
    share = len(kept) / len(of)
    if len(kept) < LEAST_WORDS or share < LEAST_SHARE:
        return None
    return Clause(span=Span(start, end), cost=cost(text), share=share)


def _skip_leads(sentence: Sentence, lexicon: Lexicon) -> int:
    """Where the sentence begins once 'And', 'Finally,' and the like are left out."""
    found = lexicon.lead.match(sentence.folded)
    if not found or not found.end():
        return 0
    rest = re.compile(r"[\s,،，:]*").match(sentence.folded, found.end())
    position = rest.end() if rest else found.end()
    return position if position < len(sentence.text) - 10 else 0


def _cuts(sentence: Sentence, opening: int, lexicon: Lexicon) -> list[tuple[int, int]]:
    folded = sentence.folded
    starts, ends = [opening], [len(folded)]
    for gap in BREAK.finditer(folded, opening + 1):
        strong = bool(re.search(r"[;؛；—–]", gap[0]))
        joined = lexicon.join.match(folded, gap.end())
        if strong or joined:
            starts.append(joined.end() if joined else gap.end())
        if (strong or joined or lexicon.tail.match(folded, gap.end())) and not lexicon.keep.search(folded, gap.end()):
            ends.append(gap.start())
    return [(a, b) for a in starts for b in ends if a < b and (a, b) != (opening, len(folded))]
