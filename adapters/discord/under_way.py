"""Counts what is under way, so that the end can wait for it."""

from __future__ import annotations

import asyncio


class UnderWay:
    """A counter to be entered with `with`, by many at once."""

    def __init__(self) -> None:
        self.count = 0
        self._none = asyncio.Event()
        self._none.set()

    def __enter__(self) -> None:
        self.count += 1
        self._none.clear()

    def __exit__(self, *_: object) -> None:
        self.count -= 1
        if not self.count:
            self._none.set()

    async def ends(self, *, within: float) -> bool:
        """Wait until nothing is under way; False if that takes longer than so many seconds."""
        try:
            await asyncio.wait_for(self._none.wait(), within)
        except TimeoutError:
            return False
        return True
