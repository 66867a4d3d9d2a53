"""What a poll came to: told to people line by line, and to programs as JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.source import Health


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryOutcome:
    """What became of one entry: the outcome's word (see ports.Trace), its reasons, the statement it led to."""

    title: str
    url: str | None
    outcome: str
    why: tuple[str, ...] = ()
    statement_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOutcome:
    """What became of one source at one poll.

    `failed` is the one line that says why nothing could be read, None if it could. `notice` is set only when the
    health changed. `gap` marks entries that may have come and gone unseen between two polls; `not_modified`
    that the server said so itself, or sent the very same.
    """

    source: str
    entries: tuple[EntryOutcome, ...] = ()
    failed: str | None = None
    next_try: datetime | None = None
    health: Health = Health.NEW
    notice: str | None = None
    gap: bool = False
    not_modified: bool = False
    problems: tuple[str, ...] = field(default=())

    def counts(self) -> Counter[str]:
        """How many entries had each outcome."""
        return Counter(entry.outcome for entry in self.entries)

    @property
    def kept(self) -> bool:
        """Whether there is something to tell: a statement that is new, or says something new."""
        return any(entry.outcome in {"new", "changed"} for entry in self.entries)

    def line(self) -> str:
        """The one line a person reads: `name: 2 new, 8 unchanged`, or `name: why, next try at …`."""
        if self.failed:
            again = f", next try at {self.next_try:%Y-%m-%d %H:%M} UTC" if self.next_try else ""
            return f"{self.source}: {self.failed}{again}"
        if self.not_modified:
            return f"{self.source}: not modified"
        counts = self.counts()
        said = [f"{counts[word]} {word}" for word in OUTCOMES if counts[word]] or ["nothing there"]
        gap = "; possible gap: this window shares nothing with the last one" if self.gap else ""
        return f"{self.source}: {', '.join(said)}{gap}"

    def as_json(self) -> dict[str, Any]:
        """The outcome as a JSON object."""
        counts = self.counts()
        return {
            "source": self.source,
            **{word: counts[word] for word in OUTCOMES},
            "failed": self.failed or (counts["failed"] or None),
            "next_try": self.next_try.isoformat() if self.next_try else None,
            "health": self.health,
            "possible_gap": self.gap,
            "problems": list(self.problems),
            "entries": [
                {
                    "title": e.title,
                    "url": e.url,
                    "outcome": e.outcome,
                    "why": list(e.why),
                    "statement": e.statement_id,
                }
                for e in self.entries
            ],
        }


OUTCOMES = ("new", "changed", "duplicate", "unchanged", "skipped", "failed")
