"""Writing together what comes in one by one: a transaction costs more than what is written in it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
GATHER = 0.05  # seconds for others to join
MOST = 500
GIVEN_UP_AFTER = 2


class Together(Generic[Item]):
    """Each call waits until its item is written, with those that came meanwhile, and raises what kept it from that.

    Where writing several fails, each is tried alone, so that one that cannot be written costs no other; after two
    failures in a row the rest is taken to fail likewise.
    """

    def __init__(self, write: Callable[[Sequence[Item]], Awaitable[object]]) -> None:
        self._write = write
        self._waiting: list[tuple[Item, asyncio.Future[None]]] = []
        self._task: asyncio.Task[None] | None = None

    async def __call__(self, item: Item) -> None:
        """Have an item written."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        await done

    async def _run(self) -> None:
        while self._waiting:
            await asyncio.sleep(GATHER)
            some, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            error = await self._tried([item for item, _ in some])
            if error and len(some) > 1:
                await self._apart(some)
            else:
                for _, done in some:
                    _end(done, error)

    async def _apart(self, some: Sequence[tuple[Item, asyncio.Future[None]]]) -> None:
        error, failures = None, 0
        for item, done in some:
            if failures < GIVEN_UP_AFTER:
                error = await self._tried([item])
                failures = failures + 1 if error else 0
            _end(done, error)

    async def _tried(self, items: Sequence[Item]) -> Exception | None:
        try:
            await self._write(items)
        except Exception as error:  # raised where the item came from
            return error
        return None


def _end(done: asyncio.Future[None], error: Exception | None) -> None:
    if done.done():
        return  # whoever waited was cut short; the item was tried all the same
    if error:
        done.set_exception(error)
    else:
        done.set_result(None)
