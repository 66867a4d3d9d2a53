"""Taking turns at a server: few requests at once, and a pause between their starts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """Keeps to `at_once` requests a server, begun `spacing` seconds apart; one server never waits for another."""

    def __init__(self, at_once: int, spacing: float) -> None:
        self._at_once, self._spacing = at_once, spacing
        self._lanes: dict[str, _Lane] = {}

    @asynccontextmanager
    async def turn(self, server: str, *, spaced: bool = True) -> AsyncIterator[None]:
        """Wait for a turn and hold it. Unspaced ones neither wait for the pause nor cause one."""
        lane = self._lanes.setdefault(server, _Lane(self._at_once))
        async with lane.places:
            if spaced:
                await lane.pause(self._spacing)
            yield


class _Lane:
    def __init__(self, at_once: int) -> None:
        self.places = asyncio.Semaphore(at_once)
        self._one_by_one = asyncio.Lock()
        self._last = float("-inf")

    async def pause(self, spacing: float) -> None:
        """Wait until the last request really began `spacing` seconds ago: a late one makes the next later, too."""
        clock = asyncio.get_running_loop().time
        async with self._one_by_one:
            await asyncio.sleep(max(0.0, self._last + spacing - clock()))
            self._last = clock()
