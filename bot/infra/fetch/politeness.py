"""Taking turns at a server: few requests at once, and a pause between their starts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """Keeps to `at_once` requests a server, begun `spacing` seconds apart; one server never waits for another.

    A server is forgotten once nobody is at it and its pause is over.
    """

    def __init__(self, at_once: int, spacing: float) -> None:
        self._at_once, self._spacing = at_once, spacing
        self._lanes: dict[str, _Lane] = {}  # the one used last at the end

    def __len__(self) -> int:
        """How many servers are remembered."""
        return len(self._lanes)

    @asynccontextmanager
    async def turn(self, server: str, *, spaced: bool = True) -> AsyncIterator[None]:
        """Wait for a turn and hold it. Unspaced ones neither wait for the pause nor cause one."""
        lane = self._lanes.pop(server) if server in self._lanes else _Lane(self._at_once)
        self._lanes[server] = lane
        lane.guests += 1
        try:
            async with lane.places:
                if spaced:
                    await lane.pause(self._spacing)
                yield
        finally:
            lane.guests -= 1
            self._forget(asyncio.get_running_loop().time() - self._spacing)

    def _forget(self, before: float) -> None:
        while (oldest := next(iter(self._lanes), None)) is not None:
            lane = self._lanes[oldest]
            if lane.guests or lane.last > before:
                return
            del self._lanes[oldest]


class _Lane:
    def __init__(self, at_once: int) -> None:
        self.places = asyncio.Semaphore(at_once)
        self.guests, self.last = 0, float("-inf")
        self._one_by_one = asyncio.Lock()

    async def pause(self, spacing: float) -> None:
        """Wait until the last request really began `spacing` seconds ago: a late one makes the next later, too."""
        clock = asyncio.get_running_loop().time
        async with self._one_by_one:
            await asyncio.sleep(max(0.0, self.last + spacing - clock()))
            self.last = clock()
