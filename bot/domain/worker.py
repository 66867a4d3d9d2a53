"""A process at work on the database, and what it alone may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """One process, from its start to its end.

    `id` is unique for each start. `role` is what it was started as: `run`, `worker`, or `by hand`. `beats` grows while
    it lives; `beat_at` is when it last grew, by the database's clock, and `silent` how many seconds ago that was.
    """

    id: str
    role: str
    host: str
    version: str
    started_at: datetime
    beats: int = 0
    beat_at: datetime | None = None
    silent: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """What one worker alone does until it gives it back or is struck off: `name` as in `channel discord:1234`."""

    name: str
    holder: str


def channel_lease(channel: str) -> str:
    """The lease under which a channel, given by its key, is posted to."""
    return f"channel {channel}"
