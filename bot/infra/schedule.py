"""Keeps the time with APScheduler 3.11: it decides when, and calls; jobs live in memory and are made anew at start."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime

from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.asyncio import AsyncIOScheduler

Job = Callable[[], Awaitable[None]]


class Timer:
    """Calls coroutines at moments and at intervals, on the running event loop."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    @property
    def running(self) -> bool:
        """Whether it keeps the time now."""
        return bool(self._scheduler.running)

    def start(self) -> None:
        """Begin; call on the event loop that is to run the jobs."""
        self._scheduler.start()

    def at(self, moment: datetime, name: str, job: Job) -> None:
        """Call once, at a moment or, if it has passed, now. A later call under the same name replaces it."""
        self._scheduler.add_job(
            job, "date", run_date=moment, id=name, name=name, replace_existing=True, misfire_grace_time=None
        )

    def every(self, seconds: float, name: str, job: Job) -> None:
        """Call again and again, never twice at once; calls that could not be made are not made up for."""
        self._scheduler.add_job(
            job,
            "interval",
            seconds=seconds,
            id=name,
            name=name,
            replace_existing=True,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )

    def cancel(self, name: str) -> None:
        """Call no longer what bears that name, if anything does."""
        with suppress(JobLookupError):
            self._scheduler.remove_job(name)

    def stop(self) -> None:
        """Make no more calls; those under way go on."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
