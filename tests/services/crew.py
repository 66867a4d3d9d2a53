"""Workers for tests of what is done under a lease."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.infra.store import Store
from bot.services.membership import Membership
from tests.fakes import SetClock, Unmarked
from tests.samples import NOW

LEASE = 60.0


def worker(store: Store, stopwatch: Callable[[], float] = lambda: 0.0, *, lease: float = LEASE) -> Membership:
    """A worker that is not started; its stopwatch stands still unless it is given one."""
    return Membership(
        store.cluster,
        role="worker",
        host="here",
        version="1",
        clock=SetClock(NOW),
        stopwatch=stopwatch,
        marks=Unmarked(),
        lease=lease,
    )


@asynccontextmanager
async def at_work(store: Store) -> AsyncIterator[Membership]:
    """A worker at work."""
    one = worker(store)
    await one.start()
    try:
        yield one
    finally:
        await one.stop()
