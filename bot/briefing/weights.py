"""How much each piece of evidence counts: fitted numbers, one file for all languages and one of words for each.

`make fit` writes them from marked statements (training/); nothing here is written by hand.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from bot import data
from bot.domain.search import terms
from bot.domain.taxonomy import Stance

Rows = Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weights:
    """Log-odds of a sentence being a position, and of its taking each stance, in the order of `order`.

    `evidence` and `stances` weigh what `features` and `stance.evidence` find, `terms` and `stance_terms` the words
    of one language. `least` is the share of the likelihood a stance needs to be told.
    """

    evidence: Mapping[str, float]
    terms: Mapping[str, float]
    order: tuple[Stance, ...]
    stances: Rows
    stance_terms: Rows
    least: float

    def likelihood(self, evidence: Mapping[str, float], words: Iterable[str]) -> float:
        """How likely a sentence is to carry a position, 0 to 1."""
        total = self.evidence["bias"]
        total += sum(amount * self.evidence.get(name, 0.0) for name, amount in evidence.items())
        total += sum(self.terms.get(word, 0.0) for word in words)
        return 1 / (1 + math.exp(-total))

    def stance_shares(self, evidence: Mapping[str, float], words: Iterable[str]) -> list[float]:
        """How likely each stance is, in the order of `order`; they sum to 1."""
        totals = [0.0] * len(self.order)
        rows = [(amount, self.stances.get(name)) for name, amount in evidence.items()]
        rows += [(1.0, self.stance_terms.get(word)) for word in words]
        for amount, row in rows:
            for place, weight in enumerate(row or ()):
                totals[place] += amount * weight
        likelihoods = [math.exp(total - max(totals)) for total in totals]
        return [one / sum(likelihoods) for one in likelihoods]


@cache
def weights(language: str) -> Weights:
    """The weights of a language that there is data for."""
    shared, own = data.table("positions.toml"), data.language(language, "terms")
    stance: Mapping[str, Any] = shared["stance"]
    return Weights(
        evidence=MappingProxyType(shared["position"]),
        terms=MappingProxyType(own["position"]),
        order=tuple(Stance(name) for name in stance["order"]),
        stances=MappingProxyType(stance["weights"]),
        stance_terms=MappingProxyType(own["stance"]),
        least=stance["least"],
    )


@lru_cache(maxsize=1024)
def content(folded: str) -> frozenset[str]:
    """The words of a sentence as the weights know them: those it is searched by."""
    return frozenset(terms(folded))
