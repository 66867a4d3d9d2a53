"""Keeps the time with APScheduler 3.11: it decides when, and calls; jobs live in memory and are made anew at start."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta, tzinfo

from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.infra.clock import SystemClock
from bot.ports import Clock

log = logging.getLogger(__name__)
Job = Callable[[], Awaitable[None]]
PULSE = 1.0
# What the clock may gain or lose from pulse to pulse until it counts as set: more than any correction by the network.
JUMP = 2.0
A_MOMENT = timedelta(seconds=1)


class _Shown(tzinfo):
    """UTC as a clock shows it: a scheduler reads the time by `datetime.now(zone)`.

    It also has moments of its own shown in the zone. Those are yet to come, while `now` asks with the machine's time of
    a moment ago: to take one for the other would have it look for what is due again and again without a rest.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def fromutc(self, dt: datetime) -> datetime:
        ago = SystemClock().now() - dt.replace(tzinfo=UTC)
        asked = timedelta() <= ago < A_MOMENT
        return (self._clock.now() if asked else dt).replace(tzinfo=self)

    def utcoffset(self, dt: datetime | None) -> timedelta:  # noqa: ARG002 - as above
        return timedelta()

    def dst(self, dt: datetime | None) -> timedelta:  # noqa: ARG002 - as above
        return timedelta()

    def tzname(self, dt: datetime | None) -> str:  # noqa: ARG002 - as above
        return "UTC"


class Timer:
    """Calls coroutines at moments and at intervals, on the running event loop.

    The clock may be set or the machine sleep: it is noticed within seconds; what has come due is called then, and
    intervals go on from there.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._scheduler = AsyncIOScheduler(timezone=_Shown(clock))
        self._intervals: set[str] = set()
        self._pulse: asyncio.TimerHandle | None = None
        self._stopped = False

    @property
    def running(self) -> bool:
        """Whether it keeps the time now."""
        return bool(self._scheduler.running)

    def start(self) -> None:
        """Begin; call on the event loop that is to run the jobs."""
        self._scheduler.start()
        self._beat(asyncio.get_running_loop(), None)

    def at(self, moment: datetime, name: str, job: Job) -> None:
        """Call once, at a moment or, if it has passed, now. A later call under the same name replaces it."""
        self._scheduler.add_job(
            self._until_stopped(job),
            "date",
            run_date=moment,
            timezone=UTC,
            id=name,
            name=name,
            replace_existing=True,
            misfire_grace_time=None,
        )

    def every(self, seconds: float, name: str, job: Job) -> None:
        """Call again and again, never twice at once; calls that could not be made are not made up for."""
        self._intervals.add(name)
        self._scheduler.add_job(
            self._until_stopped(job),
            "interval",
            seconds=seconds,
            start_date=self._clock.now() + timedelta(seconds=seconds),
            timezone=UTC,
            id=name,
            name=name,
            replace_existing=True,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )

    def cancel(self, name: str) -> None:
        """Call no longer what bears that name, if anything does."""
        self._intervals.discard(name)
        with suppress(JobLookupError):
            self._scheduler.remove_job(name)

    def stop(self) -> None:
        """Make no more calls; those under way are cut short."""
        self._stopped = True
        if self._pulse:
            self._pulse.cancel()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def _until_stopped(self, job: Job) -> Job:
        """The job, silent about being cut short by `stop`: the scheduler would report that as its failure."""

        async def run() -> None:
            try:
                await job()
            except asyncio.CancelledError:
                if not self._stopped:
                    raise

        return run

    def _beat(self, loop: asyncio.AbstractEventLoop, difference: float | None) -> None:
        """Compare the clock with one that nobody sets, and that stands still while the machine sleeps."""
        now = self._clock.now().timestamp() - loop.time()
        if difference is not None and abs(now - difference) > JUMP:
            self._set(now - difference)
        self._pulse = loop.call_later(PULSE, self._beat, loop, now)

    def _set(self, seconds: float) -> None:
        log.warning("the clock went %s by %.0f s; what is due is looked for anew", _way(seconds), abs(seconds))
        for name in self._intervals:
            self._scheduler.modify_job(name, next_run_time=self._clock.now())
        self._scheduler.wakeup()


def _way(seconds: float) -> str:
    return "forward" if seconds > 0 else "back"
