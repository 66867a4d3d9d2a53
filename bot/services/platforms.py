"""The chat platforms while the service runs: each started, watched and stopped, none in another's way."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field

from bot.errors import AttacheError, RetryLaterError
from bot.ports import ChatAdapter

log = logging.getLogger(__name__)
START_WITHIN = 5.0
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0
HEALTH_WITHIN = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Platforms:
    """The adapters by name. `running` and `problems` are kept up to date for whoever posts, and for `status`."""

    adapters: Mapping[str, ChatAdapter]
    running: MutableMapping[str, ChatAdapter]
    problems: MutableMapping[str, Sequence[str]]
    _starts: list[asyncio.Task[None]] = field(default_factory=list)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def start(self, *, wait: float = START_WITHIN) -> None:
        """Start every adapter at once, waiting a while for the first attempts; one that must wait is tried again."""
        firsts = []
        for name, adapter in self.adapters.items():
            first = asyncio.Event()
            firsts.append(asyncio.create_task(first.wait()))
            self._starts.append(asyncio.create_task(self._keep_starting(name, adapter, first)))
        if firsts:
            _, late = await asyncio.wait(firsts, timeout=wait)
            for task in late:
                task.cancel()

    async def check(self) -> None:
        """Ask every adapter that runs what is not well."""
        await asyncio.gather(*(self._check(name, adapter) for name, adapter in list(self.running.items())))

    async def stop(self) -> None:
        """Stop every adapter; one that fails to stop costs only itself."""
        self._stopping.set()
        for task in self._starts:
            task.cancel()
        await asyncio.gather(*self._starts, return_exceptions=True)
        stopped = await asyncio.gather(*(a.stop() for a in self.running.values()), return_exceptions=True)
        for name, outcome in zip(list(self.running), stopped, strict=True):
            if isinstance(outcome, Exception):
                log.error("%s does not stop cleanly: %s", name, outcome)
        self.running.clear()

    async def _keep_starting(self, name: str, adapter: ChatAdapter, first: asyncio.Event) -> None:
        pause = FIRST_PAUSE
        try:
            while (again := await self._start(name, adapter)) is not None:
                first.set()
                await asyncio.sleep(max(again, pause))
                pause = min(pause * 2, LONGEST_PAUSE)
        finally:
            first.set()

    async def _start(self, name: str, adapter: ChatAdapter) -> float | None:
        """Start one; None if that is settled, else in how many seconds to try again at the earliest."""
        try:
            await adapter.start()
        except RetryLaterError as error:
            self._failed(name, f"{error}; it is tried again")
            return error.retry_after or 0.0
        except AttacheError as error:
            self._failed(name, str(error))
            return None
        except Exception as error:  # an adapter's defect must not cost the others
            log.exception("starting %s", name)
            self._failed(name, f"does not start: {type(error).__name__}: {error}")
            return None
        self.running[name] = adapter
        self.problems[name] = ()
        return None

    def _failed(self, name: str, why: str) -> None:
        self.problems[name] = (why,)
        log.error("%s does not start: %s", name, why)

    async def _check(self, name: str, adapter: ChatAdapter) -> None:
        lines = await health_of(adapter)
        if self._stopping.is_set():
            return  # that it is connected no longer is as it should be
        if lines != self.problems.get(name):
            for line in lines:
                log.error("%s: %s", name, line)
            if not lines:
                log.info("%s is well again", name)
        self.problems[name] = lines


async def health_of(adapter: ChatAdapter) -> tuple[str, ...]:
    """What is not well with an adapter, whatever it does when asked."""
    try:
        async with asyncio.timeout(HEALTH_WITHIN):
            return tuple(await adapter.health())
    except TimeoutError:
        return (f"it did not say within {HEALTH_WITHIN:g} s how it fares",)
    except Exception as error:  # the port says that it never raises; a defect is told as one
        log.exception("asking how an adapter fares")
        return (f"it cannot say how it fares: {type(error).__name__}: {error}",)
