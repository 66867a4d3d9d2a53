"""Forgets old entries and pages while the service runs, a portion at a time so that nobody has to wait for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.ports import Clock

log = logging.getLogger(__name__)
PAUSE = 0.05


class RetentionStore(Protocol):
    """What may be forgotten."""

    def forget(self, before: datetime) -> Iterator[int]:
        """Forget what is older than a moment, a small portion at each step; how many rows each was.

        That is: entries that led to no statement and that their source no longer shows, and pages of statements that
        are not looked at again. Statements, briefs, revisions, marks and the ledger stay, and so does every entry that
        led to a statement.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Keeps such things for `after`."""

    store: RetentionStore
    clock: Clock
    after: timedelta

    async def tidy(self) -> int:
        """Forget what is due to be; how many rows. What is cut short is done at the next call."""
        portions, gone = self.store.forget(self.clock.now() - self.after), 0
        while (portion := await asyncio.to_thread(next, portions, None)) is not None:
            gone += portion
            await asyncio.sleep(PAUSE)
        if gone:
            log.info("forgot %d entries and pages older than %d days", gone, self.after.days)
        return gone
