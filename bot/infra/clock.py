"""The one place where the time is read from the machine."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)


# Linux's monotonic clock stands still while a machine sleeps; others wake up meanwhile.
_STOPWATCH = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def stopwatch() -> float:
    """Seconds since some moment, whatever is done to the machine's clock, also those it slept."""
    return time.clock_gettime(_STOPWATCH)
