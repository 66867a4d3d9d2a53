"""The service: polls every source at its interval and posts every channel's digest at its local time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.domain.source import Source
from bot.domain.subscription import Channel
from bot.domain.timing import Slot, next_slot
from bot.errors import AttacheError
from bot.ports import ChatAdapter, Clock
from bot.services.corrections import Corrections
from bot.services.deliver import Deliverer
from bot.services.digests import Digests
from bot.services.outcomes import SourceOutcome
from bot.services.poll import Polling
from bot.services.revisit import Revisiting

log = logging.getLogger(__name__)
POLL_TICK = 5.0
POST_TICK = 2.0
LOOK_TICK = 10.0
CORRECT_TICK = 5.0


class Timing(Protocol):
    """What keeps the time."""

    def start(self) -> None: ...
    def at(self, moment: datetime, name: str, job: Callable[[], Awaitable[None]]) -> None: ...
    def every(self, seconds: float, name: str, job: Callable[[], Awaitable[None]]) -> None: ...
    def stop(self) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Runs until told to stop."""

    polling: Polling
    revisiting: Revisiting
    digests: Digests
    corrections: Corrections
    deliverer: Deliverer
    timer: Timing
    clock: Clock
    sources: Sequence[Source]
    channels: Sequence[Channel]
    adapters: Mapping[str, ChatAdapter]
    _polls: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _jobs: set[asyncio.Task[int]] = field(default_factory=set)

    async def run(self, stop: asyncio.Event) -> None:
        """Start, serve until `stop` is set, then stop cleanly: no poll or post is left half done."""
        started = await self._start_adapters()
        try:
            await self.deliverer.reconcile()
            for channel in self.channels:
                await self._serve(channel)
            self.timer.every(POLL_TICK, "poll", self._poll)
            self.timer.every(POST_TICK, "post", self._post)
            self.timer.every(LOOK_TICK, "look again", self._look_again)
            self.timer.every(CORRECT_TICK, "correct", self._correct)
            self.timer.start()
            log.info("watching %d sources for %d channels", len(self.sources), len(self.channels))
            await self._poll()
            await self._correct()
            await self._post()
            await stop.wait()
        finally:
            self.timer.stop()
            await self._end_tasks()
            for adapter in started:
                await adapter.stop()
            log.info("stopped")

    async def _start_adapters(self) -> list[ChatAdapter]:
        started = []
        for name, adapter in self.adapters.items():
            try:
                await adapter.start()
                started.append(adapter)
            except AttacheError as error:
                log.error("%s does not start: %s", name, error)
        return started

    async def _serve(self, channel: Channel) -> None:
        now = self.clock.now()
        await asyncio.to_thread(self.digests.catch_up, channel, now=now)
        self._expect(channel, next_slot(channel.schedule, channel.zone, now))

    def _expect(self, channel: Channel, slot: Slot) -> None:
        async def fire() -> None:
            self._expect(channel, next_slot(channel.schedule, channel.zone, slot.at))
            await self._digest(channel, slot)

        self.timer.at(slot.at, f"digest/{channel.key}", fire)
        log.info("%s: next digest %s", channel.key, slot.name)

    async def _digest(self, channel: Channel, slot: Slot) -> None:
        try:
            await asyncio.to_thread(self.digests.open, channel, slot, now=self.clock.now())
        except AttacheError as error:
            log.error("%s: %s not composed: %s", channel.key, slot.name, error)
        await self._post()

    async def _poll(self) -> None:
        """Start a poll of each source that is due and not being polled: a slow one delays only itself."""
        for source in await self.polling.due([s for s in self.sources if s.name not in self._polls]):
            if source.name not in self._polls:
                self._polls[source.name] = asyncio.create_task(self._one(source))

    async def _one(self, source: Source) -> None:
        try:
            await self.polling.poll([source], tell=_tell)
        finally:
            self._polls.pop(source.name, None)

    async def _look_again(self) -> None:
        await self._until_the_end(self.revisiting.look())

    async def _correct(self) -> None:
        """Post what must be corrected as soon as it is noticed, not at the next slot."""
        if await self._until_the_end(self.corrections.follow_up(self.channels)):
            await self._post()

    async def _until_the_end(self, job: Coroutine[Any, Any, int]) -> int:
        """What a job comes to; the end of the service cuts it short, and the next start begins it anew."""
        task = asyncio.create_task(job)
        self._jobs.add(task)
        await asyncio.wait({task})
        self._jobs.discard(task)
        return 0 if task.cancelled() else task.result()

    async def _post(self) -> None:
        await self.deliverer.post()

    async def _end_tasks(self) -> None:
        tasks = [*self._polls.values(), *self._jobs]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _tell(outcome: SourceOutcome) -> None:
    """One line a poll; a warning when the source's health changed, so that it is told once."""
    if outcome.notice and not outcome.failed:
        log.warning("%s", outcome.notice)
    log.log(logging.WARNING if outcome.notice and outcome.failed else logging.INFO, "%s", outcome.line())
