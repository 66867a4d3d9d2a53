"""Time that the harness drives: a clock several processes read, and a timer that goes by it."""

from __future__ import annotations

import asyncio
import mmap
import struct
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

Job = Callable[[], Awaitable[None]]
# Seconds since 1970 at a reading of the monotonic clock, and how many pass in a second of ours.
FACE = struct.Struct("ddd")
LOOK_EVERY = 0.02


class DrivenClock:
    """A clock in a file, the same for every process that opens it: it runs faster than ours and jumps when told to."""

    def __init__(self, file: Path) -> None:
        with file.open("r+b") as opened:
            self._map = mmap.mmap(opened.fileno(), 0)

    @classmethod
    def made(cls, file: Path, moment: datetime, *, speed: float) -> DrivenClock:
        """A new clock at a moment; `speed` of its seconds pass in one of ours."""
        file.write_bytes(bytes(1 + 2 * FACE.size))
        clock = cls(file)
        clock.set(moment, speed=speed)
        return clock

    def set(self, moment: datetime, *, speed: float) -> None:
        """Put the clock forward or back."""
        # Two faces, one shown: nobody reads one that is half written.
        other = 1 - self._map[0]
        FACE.pack_into(self._map, self._place(other), moment.timestamp(), time.monotonic(), speed)
        self._map[0] = other

    def now(self) -> datetime:
        """The moment it shows."""
        moment, read_at, speed = FACE.unpack_from(self._map, self._place(self._map[0]))
        return datetime.fromtimestamp(moment + (time.monotonic() - read_at) * speed, UTC)

    def _place(self, face: int) -> int:
        return 1 + face * FACE.size


class DrivenTimer:
    """The port Timing by a driven clock; see `bot.infra.schedule.Timer` for what each method does."""

    def __init__(self, clock: DrivenClock) -> None:
        self._clock = clock
        self._once: dict[str, tuple[datetime, Job]] = {}
        self._again: dict[str, tuple[float, Job]] = {}
        self._last: dict[str, datetime] = {}
        self._running: dict[str, asyncio.Task[None]] = {}
        self._tick: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        return self._tick is not None and not self._tick.done()

    def start(self) -> None:
        self._tick = asyncio.create_task(self._keep())

    def at(self, moment: datetime, name: str, job: Job) -> None:
        self._once[name] = (moment, job)

    def every(self, seconds: float, name: str, job: Job) -> None:
        self._again[name] = (seconds, job)
        self._last[name] = self._clock.now()

    def cancel(self, name: str) -> None:
        self._once.pop(name, None)

    def stop(self) -> None:
        if self._tick:
            self._tick.cancel()

    async def _keep(self) -> None:
        while True:
            now = self._clock.now()
            for name, (moment, job) in list(self._once.items()):
                if moment <= now:
                    del self._once[name]
                    self._begin(f"once {name}", job)
            for name, (seconds, job) in self._again.items():
                if abs((now - self._last[name]).total_seconds()) >= seconds and name not in self._running:
                    self._last[name] = now
                    self._begin(name, job)
            await asyncio.sleep(LOOK_EVERY)

    def _begin(self, name: str, job: Job) -> None:
        task = self._running[name] = asyncio.create_task(job())  # type: ignore[arg-type]
        task.add_done_callback(lambda _: self._running.pop(name, None))
