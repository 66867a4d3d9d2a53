"""How well fitted weights do on pages they were not fitted to: cross-validated, series kept together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.briefing.brief import select
from bot.briefing.weights import Weights
from tests.corpus.scoring import cost, holds, words
from training.evidence import Page
from training.fit import fit, stances_of

FOLDS = 5
POINTS, BUDGET = 6, 150.0


@dataclass
class Tally:
    """Counts of right and of all by what was asked, as `tests/corpus/scoring.py` asks it."""

    right: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)

    def count(self, what: str, right: bool) -> None:
        self.right[what] += right
        self.all[what] += 1

    def line(self) -> str:
        return "  ".join(f"{what} {self.right[what] / self.all[what]:.3f} of {self.all[what]}" for what in self.all)


def cross_validated(pages: Sequence[Page]) -> dict[str, Tally]:
    """By language and over all, what weights fitted to four fifths do on the last fifth, five times over."""
    groups = sorted({page.series for page in pages})
    tallies = {name: Tally() for name in ("all", *sorted({page.cues.language for page in pages}))}
    for part in range(FOLDS):
        held_out = set(groups[part::FOLDS])
        fitted = fit(page for page in pages if page.series not in held_out)
        for page in pages:
            if page.series in held_out:
                for tally in (tallies["all"], tallies[page.cues.language]):
                    judge(page, fitted.of(page.cues.language), tally)
    return tallies


def judge(page: Page, weights: Weights, tally: Tally) -> None:
    """Count what weights make of one page: positions found within a reader's budget, points on one, stances."""
    quotes = _quotes(page, weights)
    telling = set()
    for nugget in page.nuggets:
        wanted = set(words(nugget["sentence"]))
        hit = next((number for number, quote in enumerate(quotes) if holds(quote, wanted)), None)
        tally.count(str(nugget["importance"]), hit is not None)
        telling |= {hit} - {None}
    for number in range(len(quotes)):
        tally.count("points on one", number in telling)
    for example, stance in stances_of(page):
        shares = weights.stance_shares(example.stance, example.words)
        if max(shares) >= weights.least:
            tally.count("stance told", weights.order[shares.index(max(shares))] is stance)
        tally.count("stance", weights.order[shares.index(max(shares))] is stance)


def _quotes(page: Page, weights: Weights) -> list[str]:
    found = [example.sentence for example in page.examples]
    likely = [weights.likelihood(e.position, e.words) if e.readable else 0.0 for e in page.examples]
    quotes, spent = list[str](), 0.0
    for choice in select(found, likely, page.cues)[:POINTS]:
        quote = found[choice.index].text[choice.clause.span.start : choice.clause.span.end]
        spent += cost(quote)
        if spent > BUDGET:
            break
        quotes.append(quote)
    return quotes
