"""What is under way, held on to and counted, so that the end can wait for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

log = logging.getLogger(__name__)
Result = TypeVar("Result")


class Tasks:
    """Coroutines under way beside one another. They are referred to from here: the loop alone would let them go."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    @property
    def count(self) -> int:
        """How many are under way."""
        return len(self._running)

    def begin(self, job: Coroutine[Any, Any, None]) -> None:
        """Start one that nobody waits for; if it fails that is logged, and costs only itself."""
        self._start(_logged(job))

    async def run(self, job: Coroutine[Any, Any, Result]) -> Result:
        """What one comes to."""
        return await self._start(job)

    async def end(self, *, within: float) -> int:
        """Wait until nothing is under way, but not for long; how many were cut off."""
        if not self._running:
            return 0
        _, late = await asyncio.wait(self._running, timeout=within)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return len(late)

    def _start(self, job: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
        task = asyncio.create_task(job)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task


async def _logged(job: Coroutine[Any, Any, None]) -> None:
    try:
        await job
    except Exception:  # a defect of ours must not cost anybody else their answer
        log.exception("answering on Slack")
