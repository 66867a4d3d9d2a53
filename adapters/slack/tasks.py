"""What is under way, held on to and counted, so that the end can wait for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)


class Tasks:
    """Runs coroutines beside one another; one that fails is logged and costs only itself."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    @property
    def count(self) -> int:
        """How many are under way."""
        return len(self._running)

    def begin(self, job: Coroutine[Any, Any, None]) -> None:
        """Start one. It is referred to from here: the loop alone would let it be collected."""
        task = asyncio.create_task(_logged(job))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def end(self, *, within: float) -> int:
        """Wait until nothing is under way, but not for long; how many were cut off."""
        if not self._running:
            return 0
        _, late = await asyncio.wait(self._running, timeout=within)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return len(late)


async def _logged(job: Coroutine[Any, Any, None]) -> None:
    try:
        await job
    except Exception:  # a defect of ours must not cost anybody else their answer
        log.exception("answering on Slack")
