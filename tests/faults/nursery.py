"""Where lives begin: a process that has imported everything once, and is forked for each of them."""

from __future__ import annotations

import asyncio
import multiprocessing
from multiprocessing.context import ForkServerContext, ForkServerProcess

from tests.faults.life import Life, live


def nursery() -> ForkServerContext:
    """Where processes are forked from; it is started with the first of them."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "tests.faults.warm"])
    return context


class Born:
    """A life that has begun."""

    def __init__(self, life: Life) -> None:
        self.process: ForkServerProcess = nursery().Process(target=live, args=(life,), daemon=True)
        self._ended = asyncio.Event()

    def begin(self) -> None:
        """Fork it. The first waits for the nursery to be ready.

        Not in a thread: to start a process is to ask how others have ended, and only one may take the answer.
        """
        self.process.start()
        asyncio.get_running_loop().add_reader(self.process.sentinel, self._end)

    async def end(self) -> int:
        """Wait for its end; its exit status, -9 if it was killed."""
        await self._ended.wait()
        self.process.join()
        assert self.process.exitcode is not None
        return self.process.exitcode

    @property
    def alive(self) -> bool:
        """Whether it has not ended yet."""
        return not self._ended.is_set()

    def _end(self) -> None:
        asyncio.get_running_loop().remove_reader(self.process.sentinel)
        self._ended.set()
