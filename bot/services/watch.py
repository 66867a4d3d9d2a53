"""The service: polls every source at its interval and posts every channel's digest at its local time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

from bot.domain.source import Source, SourceState, due
from bot.errors import AttacheError, StoreError
from bot.ports import Clock
from bot.services.agenda import Agenda
from bot.services.connections import Connections
from bot.services.corrections import Corrections
from bot.services.deliver import Deliverer
from bot.services.membership import Membership
from bot.services.outcomes import SourceOutcome
from bot.services.platforms import Platforms
from bot.services.poll import Polling
from bot.services.retention import Retention
from bot.services.revisit import Revisiting
from bot.services.rewrite import Rewriter
from bot.services.schedules import Schedules, Timing
from bot.services.together import Together

log = logging.getLogger(__name__)
POLL_TICK = 1.0
POLLS_AT_ONCE = 64
# A poll counts as slow after so many seconds; of those there may be more, each holding at most a document.
SLOW_AFTER = 5.0
SLOW_AT_ONCE = 128
# A source that another worker has is looked at again so much later.
SOON = timedelta(seconds=5)
POST_TICK = 2.0
LISTEN_TICK = 2.0
LOOK_TICK = 10.0
CORRECT_TICK = 5.0
CHANNELS_TICK = 3.0
HEALTH_TICK = 300.0
# Sources are spared for so long when what they show could not be kept.
UNWELL_FOR = timedelta(minutes=1)
END_WITHIN = 4.5
CATCH_UP_TICK = 3600.0
TIDY_TICK = 3600.0


@dataclass(slots=True, kw_only=True)
class Watch:
    """Runs until told to stop, alone or beside other workers: each thing is done by whoever has its lease."""

    workers: Membership
    polling: Polling
    revisiting: Revisiting
    schedules: Schedules
    corrections: Corrections
    deliverer: Deliverer
    platforms: Platforms
    connections: Connections
    timer: Timing
    clock: Clock
    sources: Sequence[Source]
    retention: Retention
    rewriter: Rewriter | None = None
    _polls: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _begun: dict[str, float] = field(default_factory=dict)
    _agenda: Agenda = field(init=False)
    _release: Together[str] = field(init=False)
    _unwell_at: datetime | None = None
    _claiming: asyncio.Lock = field(default_factory=asyncio.Lock)
    _jobs: set[asyncio.Task[int]] = field(default_factory=set)
    _rounds: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._agenda, self._release = Agenda(self.sources), Together(self.workers.release)

    async def run(self, stop: asyncio.Event) -> None:
        """Start, serve until `stop` is set, then stop cleanly: what is not finished soon is handed back."""
        try:
            await self.workers.start()
            await self.platforms.start()
            await self.connections.look()
            await self.schedules.refresh()
            self._keep_time()
            log.info("watching %d sources for %d channels", len(self.sources), len(self.schedules.served))
            await self._poll()
            await self._correct()
            for job in (self._post(), self._catch_up(), self.platforms.check()):
                self._meanwhile(job)
            await stop.wait()
        finally:
            self.timer.stop()
            await self._end_tasks()
            await self.deliverer.close(within=END_WITHIN)
            await _ended(self._rounds)
            await self.connections.stop()
            if self.rewriter:
                await self.rewriter.stop()
            await self.platforms.stop()
            await self.workers.stop()
            log.info("stopped")

    def _keep_time(self) -> None:
        self.timer.every(POLL_TICK, "poll", self._poll)
        self.timer.every(POST_TICK, "post", self._post_soon)
        self.timer.every(LISTEN_TICK, "listen", self.connections.look)
        self.timer.every(LOOK_TICK, "look again", self._look_again)
        self.timer.every(CORRECT_TICK, "correct", self._correct)
        self.timer.every(CHANNELS_TICK, "channels", self.schedules.refresh)
        self.timer.every(HEALTH_TICK, "health", self.platforms.check)
        self.timer.every(TIDY_TICK, "tidy", self._tidy)
        if self.rewriter:
            self.timer.every(CATCH_UP_TICK, "rewrite", self._catch_up)
        self.timer.start()

    async def _poll(self) -> None:
        """Start a poll of each source that is due and that nobody polls: a slow one delays only itself."""
        if self._unwell_at and abs(self.clock.now() - self._unwell_at) < UNWELL_FOR:
            return
        async with self._claiming:
            try:
                await self._claim_sources()
            except AttacheError as error:
                log.error("nothing can be polled now: %s", error)

    async def _claim_sources(self) -> None:
        """Claim sources that are due, as many as are polled at once; the others are for other workers, or for later."""
        while taken := self._agenda.take(self.clock.now(), self._room()):
            again = {source.name: self.clock.now() + SOON for source in taken}
            started = set[str]()
            try:
                mine = set(await self.workers.claim([_source(source) for source in taken]))
                # Between the look and the claim another worker may have polled it.
                for source, state in await self.polling.standing([one for one in taken if _source(one) in mine]):
                    if due(state, self.clock.now()):
                        started.add(source.name)
                        self._start(source, state)
                    elif state.next_try:
                        again[source.name] = state.next_try
            finally:
                others = [source for source in taken if source.name not in started]
                for source in others:
                    self._agenda.done(source, again[source.name])
            await self.workers.release(mine & {_source(source) for source in others})

    def _room(self) -> int:
        """How many more may be begun: those that have long been at it are slow, and keep nobody waiting."""
        now = perf_counter()
        brisk = sum(now - begun < SLOW_AFTER for begun in self._begun.values())
        return max(0, min(POLLS_AT_ONCE - brisk, SLOW_AT_ONCE - len(self._begun)))

    def _start(self, source: Source, state: SourceState) -> None:
        self._begun[source.name] = perf_counter()
        self._polls[source.name] = asyncio.create_task(self._one(source, state))

    async def _one(self, source: Source, state: SourceState) -> None:
        again = self.clock.now() + UNWELL_FOR
        try:
            outcome = await self.polling.one(source, state)
            _tell(outcome)
            again = outcome.next_try or again
            if outcome.kept:
                # A channel told as it happens is told now, not when channels are next looked at.
                self._meanwhile(self.schedules.look())
        except StoreError as error:
            self._unwell_at = self.clock.now()
            log.error("what %s shows cannot be kept: %s; it is polled again in a minute", source.name, error)
        finally:
            del self._polls[source.name], self._begun[source.name]
            self._agenda.done(source, again)
        try:
            await self._release(_source(source))
        except AttacheError as error:
            log.error("%s is not given back: %s", source.name, error)
        if self._claiming.locked() or not self._agenda.due(self.clock.now()):
            return
        few = POLLS_AT_ONCE // 2
        # The first costs nothing, and says as much where no poll is slow.
        if len(self._begun) <= few or self._room() >= few:
            self._meanwhile(self._poll())

    async def _alone(self, job: str) -> bool:
        """Whether this worker is the one that does a job: the first to ask does it until it is gone."""
        try:
            return bool(await self.workers.claim([f"job {job}"]))
        except AttacheError as error:
            log.error("whether to %s cannot be looked up: %s", job, error)
            return False

    async def _catch_up(self) -> None:
        """Have the model asked about what an earlier run, or a failure of the model, left."""
        if self.rewriter is None or not await self._alone("catch up on rewriting"):
            return
        try:
            await self.rewriter.catch_up(self.polling.statements)
        except AttacheError as error:
            log.error("what was left to retell cannot be looked up: %s", error)

    async def _look_again(self) -> None:
        if await self._alone("look again at pages"):
            await self._until_the_end(self.revisiting.look())

    async def _tidy(self) -> None:
        if await self._alone("tidy"):
            await self._until_the_end(self.retention.tidy())

    async def _correct(self) -> None:
        """Post what must be corrected as soon as it is noticed, not at the next slot."""
        if await self._alone("correct") and await self._until_the_end(
            self.corrections.follow_up(self.schedules.speaking)
        ):
            self._meanwhile(self._post())

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
        self._rounds.add(task)
        task.add_done_callback(self._rounds.discard)

    async def _post(self) -> None:
        try:
            await self.deliverer.post()
        except AttacheError as error:
            log.error("nothing can be posted now: %s", error)

    async def _end_tasks(self) -> None:
        await _ended([*self._polls.values(), *self._jobs])


async def _ended(tasks: Collection[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _source(source: Source) -> str:
    return f"source {source.name}"


def _tell(outcome: SourceOutcome) -> None:
    """One line a poll that found anything; a warning when the source's health changed, so that it is told once."""
    if outcome.notice and not outcome.failed:
        log.warning("%s", outcome.notice)
    level = logging.DEBUG if outcome.not_modified else logging.INFO
    level = logging.WARNING if outcome.notice and outcome.failed else level
    if log.isEnabledFor(level):
        log.log(level, "%s", outcome.line())
