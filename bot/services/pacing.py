"""How fast one platform is asked by all workers together. Turns are drawn from the database a few at a time."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.errors import AttacheError, RetryLaterError
from bot.ports import PaceStore

# Enough that a busy pace costs a write for every few requests, few enough that a worker that dies wastes next to none.
MOST_DRAWN = 10
# A turn nobody came for is good for so many seconds.
STALE = 0.5
# Turns that come late follow each other this much closer, as a share of the pace: the delay is made up, never at once.
CLOSEST = 0.95


@dataclass
class Lane:
    """The turns of one name: those drawn and not yet taken, when the last one began, and how many wait for one."""

    turns: deque[float] = field(default_factory=deque)
    began: float = float("-inf")
    waiting: int = 0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Pacing:
    """The port Paces for one platform; `store` is called for it when it is first needed."""

    def __init__(self, store: Callable[[], PaceStore], platform: str) -> None:
        self._store, self._platform = store, platform
        self._lanes: dict[str, Lane] = {}

    async def turn(self, name: str, *, every: float) -> None:
        lane = self._lanes.setdefault(name, Lane())
        lane.waiting += 1
        try:
            async with lane.lock:
                at = await self._next(lane, name, every)
        finally:
            lane.waiting -= 1
        loop = asyncio.get_running_loop()
        await asyncio.sleep(at - loop.time())
        # Where this process stood still several turns have come by now: they do not begin all at once.
        while (wait := lane.began + CLOSEST * every - loop.time()) > 0:  # noqa: ASYNC110 - there is nothing but time to wait for
            await asyncio.sleep(wait)
        lane.began = loop.time()

    async def pause(self, name: str, seconds: float) -> None:
        if name in self._lanes:
            self._lanes[name].turns.clear()
        try:
            await asyncio.to_thread(lambda: self._store().pause(self._key(name), seconds))
        except AttacheError as error:
            raise RetryLaterError(f"the pace cannot be kept: {error}") from error

    async def _next(self, lane: Lane, name: str, every: float) -> float:
        """The moment, by the loop's clock, of the next turn."""
        loop = asyncio.get_running_loop()
        while lane.turns and lane.turns[0] < loop.time() - STALE:
            lane.turns.popleft()
        if not lane.turns:
            count = min(lane.waiting, MOST_DRAWN)
            try:
                wait = await asyncio.to_thread(lambda: self._store().draw(self._key(name), count, every=every))
            except AttacheError as error:
                raise RetryLaterError(f"nothing was sent, as the pace cannot be looked up: {error}") from error
            first = loop.time() + wait
            lane.turns.extend(first + number * every for number in range(count))
        return lane.turns.popleft()

    def _key(self, name: str) -> str:
        return f"{self._platform} {name}"
