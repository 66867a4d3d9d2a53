"""What a speaker had not said before, and what they always said and now left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.briefing.lexicon import WIDE, words

SAME = 0.72
LOOSELY_SAME = 0.6
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence said before: its words and figures, and the statement it stands in."""

    statement_id: str
    text: str
    grams: frozenset[str]
    figures: frozenset[str]


def said(statement_id: str, text: str) -> Said:
    """A sentence as it is remembered for comparison."""
    return Said(statement_id=statement_id, text=text, grams=_grams(text), figures=_figures(text))


def find(quote: str, before: Iterable[Said]) -> Said | None:
    """Where a position was said before, None if it is new.

    Boilerplate comes back with a word changed: most of the quote's words in the same earlier sentence are enough.
    A figure that was not in that sentence (an amount, a deadline, a count) makes it news.
    """
    grams, figures = _grams(quote), _figures(quote)
    if not grams:
        return None
    best = max(before, key=lambda old: len(grams & old.grams), default=None)
    if best is None or len(grams & best.grams) < SAME * len(grams) or figures - best.figures:
        return None
    return best


def omitted(now: Sequence[Said], before: Sequence[Sequence[Said]]) -> tuple[str, ...]:
    """Positions of at least two earlier statements (newest first) that nothing in this one comes near."""
    if len(before) < 2:
        return ()
    missing = []
    for old in before[0]:
        repeated = any(_alike(old, other) for statement in before[1:] for other in statement)
        if repeated and not any(_alike(old, sentence, LOOSELY_SAME) for sentence in now):
            missing.append(old.text)
    return tuple(missing)


def _alike(one: Said, other: Said, share: float = SAME) -> bool:
    return len(one.grams & other.grams) >= share * max(1, len(one.grams))


def _grams(text: str) -> frozenset[str]:
    """Words, figures apart; of a script without spaces, pairs of characters."""
    plain = [word for word in words(text) if not word.isdigit()]
    wide = [word for word in plain if WIDE.match(word)]
    if len(wide) > len(plain) / 2:
        return frozenset(a + b for a, b in zip(plain, plain[1:], strict=False))
    return frozenset(plain)


def _figures(text: str) -> frozenset[str]:
    return frozenset(FIGURE.findall(text))
