"""What this process did since it started, counted: for whoever watches it from outside."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from bot.services.outcomes import SourceOutcome
from bot.site import Times

# Upper bounds in seconds: a platform waits three for the first word, a person twenty for the whole answer.
BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 60.0)


@dataclass(slots=True)
class Tally:
    """The port Counts. Counted on one thread, read from any."""

    polls: Counter[str] = field(default_factory=Counter)
    entries: Counter[str] = field(default_factory=Counter)
    answers: dict[str, Times] = field(default_factory=dict)

    def polled(self, outcome: SourceOutcome) -> None:
        """Count a poll and what became of its entries."""
        self.polls["failed" if outcome.failed else "not_modified" if outcome.not_modified else "read"] += 1
        self.entries.update(outcome.counts())

    @contextmanager
    def answering(self, kind: str) -> Iterator[None]:
        """Count an answer to a person, and how long it took."""
        start = perf_counter()
        try:
            yield
        finally:
            took = perf_counter() - start
            known = self.answers.get(kind) or Times(bounds=BOUNDS, counts=(0,) * (len(BOUNDS) + 1), total=0.0)
            at = bisect_left(BOUNDS, took)
            counts = tuple(count + (number == at) for number, count in enumerate(known.counts))
            self.answers[kind] = Times(bounds=BOUNDS, counts=counts, total=known.total + took)
