"""Which points, and how much of each, for a reader with few words to spare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.briefing.clauses import Clause
from bot.briefing.lexicon import words
from bot.domain.taxonomy import Stance

MOST_POINTS = 6
LEAST_POINTS = 3
BUDGET = 150.0
STEP = 2.0
CONSIDERED = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence that could be a point: how likely it carries a position, and the ways it may be quoted.

    `common` is the share of other speakers who say much the same.
    """

    index: int
    likelihood: float
    common: float = 0.0
    paragraph: int
    stance: Stance | None
    text: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A sentence chosen, and the clause of it to quote."""

    index: int
    value: float
    clause: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Taste:
    """What a choice weighs; the numbers stand in `data/briefing.toml`.

    A sentence's value is its likelihood to the power `certainty`; under `threshold` it is no point, unless it
    comes `near` the best (its share of that value) or too few are points.
    `whole` is how much a whole sentence is worth over a clause of it, `redundancy` what likeness to a better sentence
    costs, `crowding` what each better point of the same paragraph, or of the same stance, costs, `commonplace` what
    it costs to say what every other speaker says.
    """

    threshold: float
    near: float
    certainty: float
    whole: float
    redundancy: float
    crowding: float
    commonplace: float

    def of(self, candidate: Candidate) -> float:
        """The value of a candidate by itself."""
        return float(candidate.likelihood**self.certainty) * (1 - self.commonplace * candidate.common)


def choose(candidates: Sequence[Candidate], taste: Taste) -> list[Choice]:
    """The best set of points within six and 150 words, most telling first."""
    ranked = _distinct(candidates, taste)
    least = min(taste.threshold, taste.near * ranked[0][0]) if ranked else 0.0
    fit = [(value, c) for value, c in ranked if value >= least][:CONSIDERED]
    if len(fit) < LEAST_POINTS:
        fit = ranked[:LEAST_POINTS]
    chosen = _pack(fit, taste)
    return sorted(chosen, key=lambda choice: -choice.value)


def _distinct(candidates: Sequence[Candidate], taste: Taste) -> list[tuple[float, Candidate]]:
    """Candidates by value, best first: likelihood less what a better candidate has said already."""
    ranked: list[tuple[float, Candidate, frozenset[str]]] = []
    for candidate in sorted(candidates, key=taste.of, reverse=True):
        own = frozenset(words(candidate.text))
        like = max(
            (len(own & other) / max(1, min(len(own), len(other))) for _, _, other in ranked[:CONSIDERED]), default=0.0
        )
        near = [c for _, c, _ in ranked[:MOST_POINTS]]
        crowd = sum((c.paragraph == candidate.paragraph) + (c.stance == candidate.stance) for c in near)
        value = taste.of(candidate) * (1 - taste.redundancy * max(0.0, like - 0.3)) * (1 - taste.crowding) ** crowd
        ranked.append((value, candidate, own))
    return sorted(((value, c) for value, c, _ in ranked), key=lambda pair: -pair[0])


def _pack(fit: Sequence[tuple[float, Candidate]], taste: Taste) -> list[Choice]:
    """The knapsack: best[points][steps] is the worthiest set of that many points that costs at most so much."""
    steps = int(BUDGET / STEP)
    empty: tuple[float, tuple[Choice, ...]] = (0.0, ())
    best = [[empty] * (steps + 1) for _ in range(MOST_POINTS + 1)]
    for value, candidate in fit:
        ways = [_way(value, candidate, clause, taste) for clause in candidate.clauses]
        for count in range(MOST_POINTS, 0, -1):
            row, under = best[count], best[count - 1]
            for room in range(steps, 0, -1):
                for size, choice in ways:
                    if size <= room:
                        before = under[room - size]
                        if before[0] + choice.value > row[room][0]:
                            row[room] = (before[0] + choice.value, (*before[1], choice))
    return list(max((row[steps] for row in best), key=lambda pair: pair[0])[1])


def _way(value: float, candidate: Candidate, clause: Clause, taste: Taste) -> tuple[int, Choice]:
    size = int(-(-clause.cost // STEP))
    worth = value * (1 - taste.whole * (1 - clause.share))
    return size, Choice(index=candidate.index, value=worth, clause=clause)
