"""The timer: calls at moments and at intervals, also when somebody sets the clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.infra.clock import SystemClock
from bot.infra.schedule import Timer

HOUR = timedelta(hours=1)


@dataclass
class ShiftedClock:
    """The machine's clock, as if somebody had set it."""

    by: timedelta = timedelta()
    asked: int = 0

    def now(self) -> datetime:
        self.asked += 1
        return SystemClock().now() + self.by


@dataclass
class Scene:
    """A timer, its clock, and when what was called."""

    clock: ShiftedClock = field(default_factory=ShiftedClock)
    called: dict[str, list[datetime]] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.timer = Timer(self.clock)

    def at(self, time: timedelta, name: str) -> None:
        self.timer.at(self.clock.now() + time, name, self._job(name))

    def every(self, seconds: float, name: str) -> None:
        self.timer.every(seconds, name, self._job(name))

    def _job(self, name: str) -> Callable[[], Awaitable[None]]:
        async def job() -> None:
            self.called.setdefault(name, []).append(self.clock.now())
            self.news.set()

        return job

    async def until(self, name: str, times: int = 1) -> None:
        async with asyncio.timeout(60):
            while len(self.called.get(name, ())) < times:
                self.news.clear()
                await self.news.wait()


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    made = Scene()
    made.timer.start()
    yield made
    made.timer.stop()


async def test_it_calls_at_a_moment_and_at_intervals(scene: Scene) -> None:
    scene.at(timedelta(milliseconds=50), "once")
    scene.every(0.05, "again")
    await scene.until("again", 3)
    assert len(scene.called["once"]) == 1


@pytest.mark.parametrize("set_by", [timedelta(), HOUR, -HOUR])
async def test_it_rests_while_nothing_is_due(scene: Scene, set_by: timedelta) -> None:
    scene.clock.by = set_by
    scene.every(60, "later")
    await asyncio.sleep(0.5)
    scene.clock.asked = 0
    await asyncio.sleep(1.5)
    assert scene.clock.asked < 20


async def test_a_moment_that_has_passed_is_now_and_a_later_call_takes_the_place_of_an_earlier(scene: Scene) -> None:
    scene.at(HOUR, "slots")
    scene.at(-HOUR, "slots")
    await scene.until("slots")


async def test_what_is_cancelled_is_not_called(scene: Scene) -> None:
    scene.at(timedelta(milliseconds=50), "cancelled")
    scene.at(timedelta(milliseconds=80), "called")
    scene.timer.cancel("cancelled")
    await scene.until("called")
    assert "cancelled" not in scene.called


async def test_after_the_clock_was_set_back_intervals_go_on_at_once(scene: Scene) -> None:
    scene.every(0.2, "tick")
    await scene.until("tick")
    scene.clock.by = -6 * HOUR
    before = len(scene.called["tick"])
    await scene.until("tick", before + 3)


async def test_after_the_clock_was_set_forward_or_the_machine_slept_what_was_passed_is_called_once(
    scene: Scene,
) -> None:
    scene.at(3 * HOUR, "slot")
    scene.every(3600, "tick")
    scene.clock.by = 6 * HOUR
    await scene.until("slot")
    await scene.until("tick")
    await asyncio.sleep(0.3)
    assert [len(times) for times in scene.called.values()] == [1, 1]


async def test_a_moment_waits_for_the_clock_that_was_set_back_to_come_to_it(scene: Scene) -> None:
    scene.at(timedelta(milliseconds=300), "slot")
    scene.clock.by = -HOUR
    await asyncio.sleep(1.5)
    assert "slot" not in scene.called
    scene.clock.by = timedelta()
    await scene.until("slot")
