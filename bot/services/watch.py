"""The service: polls every source at its interval and posts every channel's digest at its local time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain.source import Source
from bot.errors import AttacheError
from bot.ports import Clock
from bot.services.corrections import Corrections
from bot.services.deliver import Deliverer
from bot.services.outcomes import SourceOutcome
from bot.services.platforms import Platforms
from bot.services.poll import Polling
from bot.services.retention import Retention
from bot.services.revisit import Revisiting
from bot.services.rewrite import Rewriter
from bot.services.schedules import Schedules, Timing

log = logging.getLogger(__name__)
POLL_TICK = 5.0
POST_TICK = 2.0
LOOK_TICK = 10.0
CORRECT_TICK = 5.0
CHANNELS_TICK = 3.0
HEALTH_TICK = 300.0
END_WITHIN = 6.0
CATCH_UP_TICK = 3600.0
TIDY_TICK = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Runs until told to stop."""

    polling: Polling
    revisiting: Revisiting
    schedules: Schedules
    corrections: Corrections
    deliverer: Deliverer
    platforms: Platforms
    timer: Timing
    clock: Clock
    sources: Sequence[Source]
    retention: Retention
    rewriter: Rewriter | None = None
    _polls: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _jobs: set[asyncio.Task[int]] = field(default_factory=set)
    _posts: set[asyncio.Task[None]] = field(default_factory=set)

    async def run(self, stop: asyncio.Event) -> None:
        """Start, serve until `stop` is set, then stop cleanly: no poll or post is left half done."""
        try:
            await self.platforms.start(self.deliverer.reconcile)
            await self.schedules.refresh()
            self.timer.every(POLL_TICK, "poll", self._poll)
            self.timer.every(POST_TICK, "post", self._post_soon)
            self.timer.every(LOOK_TICK, "look again", self._look_again)
            self.timer.every(CORRECT_TICK, "correct", self._correct)
            self.timer.every(CHANNELS_TICK, "channels", self.schedules.refresh)
            self.timer.every(HEALTH_TICK, "health", self.platforms.check)
            self.timer.every(TIDY_TICK, "tidy", self._tidy)
            if self.rewriter:
                self.timer.every(CATCH_UP_TICK, "rewrite", self._catch_up)
            self.timer.start()
            log.info("watching %d sources for %d channels", len(self.sources), len(self.schedules.served))
            await self._poll()
            await self._correct()
            self._meanwhile(self._post())
            self._meanwhile(self._catch_up())
            self._meanwhile(self.platforms.check())
            await stop.wait()
        finally:
            self.timer.stop()
            await self._end_tasks()
            await self._end_posts()
            if self.rewriter:
                await self.rewriter.stop()
            await self.platforms.stop()
            log.info("stopped")

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

    async def _catch_up(self) -> None:
        """Have the model asked about what an earlier run, or a failure of the model, left."""
        if self.rewriter is None:
            return
        try:
            await self.rewriter.catch_up(self.polling.statements)
        except AttacheError as error:
            log.error("what was left to retell cannot be looked up: %s", error)

    async def _look_again(self) -> None:
        await self._until_the_end(self.revisiting.look())

    async def _tidy(self) -> None:
        await self._until_the_end(self.retention.tidy())

    async def _correct(self) -> None:
        """Post what must be corrected as soon as it is noticed, not at the next slot."""
        if await self._until_the_end(self.corrections.follow_up(self.schedules.served)):
            await self._post()

    async def _until_the_end(self, job: Coroutine[Any, Any, int]) -> int:
        """What a job comes to; the end of the service cuts it short, and the next start begins it anew."""
        task = asyncio.create_task(job)
        self._jobs.add(task)
        await asyncio.wait({task})
        self._jobs.discard(task)
        try:
            return 0 if task.cancelled() else task.result()
        except AttacheError as error:
            log.error("%s; tried again in a moment", error)
            return 0

    async def _post_soon(self) -> None:
        """Post without being waited for: the next tick serves the channels that are not busy still."""
        self._meanwhile(self._post())

    def _meanwhile(self, job: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(job)
        self._posts.add(task)
        task.add_done_callback(self._posts.discard)

    async def _post(self) -> None:
        try:
            await self.deliverer.post()
        except AttacheError as error:
            log.error("nothing can be posted now: %s", error)

    async def _end_posts(self) -> None:
        """Let posts under way finish; of one that takes too long the next start asks what became of it."""
        posts = set(self._posts)
        if posts:
            _, late = await asyncio.wait(posts, timeout=END_WITHIN)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

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
