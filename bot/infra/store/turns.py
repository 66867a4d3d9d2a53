"""How many transactions a process has under way on a server, which gives connections to so many and no more."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bot.errors import StoreError

READS, WRITES = 12, 8
PATIENCE = 30.0  # seconds


class Turns:
    """Lets `READS` transactions that read and `WRITES` that write begin; those begun within another need no turn.

    So a process holds at most READS + 2 x WRITES connections: a thread that has one and waited for a second, while all
    others did the same, would wait for ever. PostgreSQL's usual hundred serve three workers.
    """

    def __init__(self) -> None:
        self._reads, self._writes = threading.BoundedSemaphore(READS), threading.BoundedSemaphore(WRITES)
        self._thread = threading.local()

    @contextmanager
    def turn(self, *, writes: bool) -> Iterator[None]:
        """Wait for a turn and hold it, begun and ended in one thread. Raises StoreError if none comes."""
        if getattr(self._thread, "inside", False):
            yield
            return
        room = self._writes if writes else self._reads
        if not room.acquire(timeout=PATIENCE):
            raise StoreError("the database is too busy: too much is under way; try again")
        self._thread.inside = True
        try:
            yield
        finally:
            self._thread.inside = False
            room.release()
