"""Schedules: what is due is opened whatever the clock did meanwhile; what fails is tried again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.domain.quiet import parse_quiet
from bot.domain.source import SourceState
from bot.domain.subscription import Channel, Hold, Standing
from bot.domain.timing import parse_schedule
from bot.infra.store import Store
from tests.samples import channel
from tests.year.world import Worker, World, arrive

START = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
USUAL = channel(adapter="fake", schedule=parse_schedule("daily 08:30,17:00"))
LIVE = replace(USUAL, schedule=parse_schedule("as it happens, at most 3 an hour"))


class Scene:
    """One worker, and a world whose clock is driven by hand."""

    def __init__(self, store: Store, *channels: Channel) -> None:
        self.world = World(START)
        self.worker = Worker(store.database.url.render_as_string(hide_password=False), channels, self.world)
        self.store = self.worker.store

    async def until(self, moment: datetime) -> None:
        """Let time pass: what is called when it is due, and the looks of every ten minutes."""
        while self.world.now < moment:
            wake = self.worker.wakes() or moment
            self.world.now = max(self.world.now, min(wake, self.world.now + HOUR / 6, moment))
            await self.worker.tick()

    async def clock(self, off: timedelta) -> None:
        """Somebody sets the clock."""
        self.worker.clock.off = off
        await self.worker.tick()

    async def restart_after(self, time: timedelta) -> None:
        self.worker.stop()
        self.world.now += time
        await self.worker.start()

    def slots(self) -> list[str]:
        return [post.slot for post in self.world.kept]


@pytest.fixture
def kept_scenes() -> Iterator[list[Scene]]:
    made: list[Scene] = []
    yield made
    for scene in made:
        scene.worker.close()


async def begun(kept_scenes: list[Scene], store: Store, *channels: Channel) -> Scene:
    scene = Scene(store, *channels)
    kept_scenes.append(scene)
    await scene.worker.start()
    return scene


async def test_a_slot_missed_while_down_is_caught_up_once_and_marked_late(
    kept: Store, kept_scenes: list[Scene]
) -> None:
    scene = await begun(kept_scenes, kept, USUAL)
    await scene.until(START + 3 * HOUR)
    await scene.restart_after(3 * DAY)
    await scene.restart_after(timedelta(minutes=1))
    assert scene.slots() == ["2026-11-23T08:30 UTC", "2026-11-26T08:30 UTC"]
    assert "This digest is late" in scene.world.kept[-1].text


async def test_also_the_first_slot_of_a_channel_is_caught_up(kept: Store, kept_scenes: list[Scene]) -> None:
    scene = await begun(kept_scenes, kept, USUAL)
    await scene.restart_after(4 * HOUR)
    assert scene.slots() == ["2026-11-23T08:30 UTC"]


async def test_a_schedule_that_was_changed_while_down_has_missed_nothing(kept: Store, kept_scenes: list[Scene]) -> None:
    scene = await begun(kept_scenes, kept, USUAL)
    await scene.until(START + 3 * HOUR)
    scene.worker.channels = (replace(USUAL, schedule=parse_schedule("daily 10:00")),)
    await scene.restart_after(3 * HOUR)
    assert scene.slots() == ["2026-11-23T08:30 UTC"]


async def test_what_was_held_back_has_missed_nothing(kept: Store, kept_scenes: list[Scene]) -> None:
    scene = await begun(kept_scenes, kept, USUAL)
    hold = Hold(channel="fake:room", standing=Standing.PAUSED, reason="by u1", since=START)
    scene.store.subscriptions.hold(hold)
    await scene.until(START + 2 * DAY + HOUR)
    scene.store.subscriptions.release("fake:room")
    await scene.until(START + 2 * DAY + 2 * HOUR)
    assert scene.slots() == []
    await scene.restart_after(HOUR)
    assert scene.slots() == ["2026-11-25T08:30 UTC"]


async def test_the_clock_set_forward_past_several_slots_brings_one_digest(
    kept: Store, kept_scenes: list[Scene]
) -> None:
    scene = await begun(kept_scenes, kept, USUAL)
    await scene.clock(2 * DAY + 3 * HOUR)
    await scene.until(START + 6 * HOUR)
    assert scene.slots() == ["2026-11-25T08:30 UTC"]
    assert "This digest is late" in scene.world.kept[0].text


async def test_the_clock_set_back_brings_no_digest_again(kept: Store, kept_scenes: list[Scene]) -> None:
    scene = await begun(kept_scenes, kept, USUAL)
    await scene.until(START + 3 * HOUR)
    await scene.clock(-3 * HOUR)
    await scene.until(START + 7 * HOUR)
    assert scene.slots() == ["2026-11-23T08:30 UTC"]
    await scene.until(START + DAY)
    assert scene.slots() == ["2026-11-23T08:30 UTC", "2026-11-23T17:00 UTC"]


async def test_a_clock_that_was_a_year_ahead_costs_no_slot_of_this_year(kept: Store, kept_scenes: list[Scene]) -> None:
    scene = Scene(kept, USUAL)
    kept_scenes.append(scene)
    scene.worker.clock.off = 365 * DAY
    await scene.worker.start()
    await scene.until(START + 3 * HOUR)
    await scene.clock(timedelta())
    arrive(scene.store, 1, scene.world.now)
    await scene.until(START + DAY + 3 * HOUR)
    assert scene.slots() == ["2027-11-23T08:30 UTC", "2026-11-23T17:00 UTC", "2026-11-24T08:30 UTC"]
    assert "1 new" in scene.world.kept[1].text


@pytest.mark.parametrize("seed", range(6))
async def test_however_the_clock_jumps_no_slot_comes_twice_and_no_statement_is_lost(
    kept: Store, kept_scenes: list[Scene], seed: int
) -> None:
    chance = Random(seed)
    scene = await begun(kept_scenes, kept, USUAL, replace(LIVE, destination="live"))
    for number in range(12):
        await scene.until(scene.world.now + HOUR * chance.uniform(0.1, 9))
        arrive(scene.store, number, scene.worker.clock.now())
        if chance.random() < 0.5:
            await scene.clock(HOUR * chance.choice((-30, -11, -1, 0.05, 0, 2, 13, 50)))
    await scene.clock(timedelta())
    settled = scene.world.now + 3 * DAY
    await scene.until(settled)
    slots = [(post.place, post.slot) for post in scene.world.kept]
    assert len(slots) == len(set(slots))
    for place in ("fake:room", "fake:live"):
        told = [id for post in scene.world.kept if post.place == place for id in post.statements]
        assert len(told) == len(set(told)) == 12, place
    days = {f"{settled - DAY:%Y-%m-%d}T08:30 UTC", f"{settled - DAY:%Y-%m-%d}T17:00 UTC"}
    assert days <= {slot for _, slot in slots}, "and once the clock is right, slots come as ever"


async def test_a_slot_in_quiet_hours_waits_for_their_end_and_is_not_late(kept: Store, kept_scenes: list[Scene]) -> None:
    quiet = replace(USUAL, schedule=parse_schedule("daily 07:00,08:30"), quiet=parse_quiet("22:00-10:00"))
    scene = await begun(kept_scenes, kept, quiet)
    await scene.until(START + 4 * HOUR - timedelta(minutes=1))
    assert scene.slots() == []
    await scene.until(START + 5 * HOUR)
    assert scene.slots() == ["2026-11-23T08:30 UTC"]
    assert scene.world.kept[0].at == START + 4 * HOUR
    assert "late" not in scene.world.kept[0].text


async def test_what_happens_in_quiet_hours_comes_together_when_they_end(kept: Store, kept_scenes: list[Scene]) -> None:
    berlin = replace(LIVE, quiet=parse_quiet("22:00-07:00"), zone=ZoneInfo("Europe/Berlin"))
    scene = await begun(kept_scenes, kept, berlin)
    await scene.until(START + 15 * HOUR + HOUR / 2)
    for number in (1, 2):
        arrive(scene.store, number, scene.world.now)
        await scene.until(scene.world.now + HOUR)
    assert scene.world.kept == []
    await scene.until(START + DAY + HOUR)
    (post,) = scene.world.kept
    assert (len(post.statements), post.at) == (2, START + DAY)
    arrive(scene.store, 3, scene.world.now)
    await scene.until(scene.world.now + HOUR / 6)
    assert len(scene.world.kept[-1].statements) == 1


async def test_nothing_is_told_as_it_happens_before_a_new_service_has_looked_at_every_source(
    kept: Store, kept_scenes: list[Scene]
) -> None:
    scene = Scene(kept, LIVE)
    kept_scenes.append(scene)
    scene.worker.sources = ("a", "b")
    await scene.worker.start()
    arrive(scene.store, 1, scene.world.now)
    scene.store.sources.remember(SourceState(name="a"))
    await scene.until(START + timedelta(minutes=4))
    assert scene.world.kept == []
    arrive(scene.store, 2, scene.world.now)
    scene.store.sources.remember(SourceState(name="b"))
    await scene.until(scene.world.now + timedelta(seconds=1))
    (post,) = scene.world.kept
    assert len(post.statements) == 2


async def test_a_slot_that_the_database_refuses_is_opened_when_it_answers_again(
    kept: Store, kept_scenes: list[Scene]
) -> None:
    scene = await begun(kept_scenes, kept, USUAL)
    with kept.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE deliveries RENAME TO away")
    await scene.until(START + 3 * HOUR)
    assert scene.slots() == []
    with kept.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO deliveries")
    await scene.until(START + 4 * HOUR)
    assert scene.slots() == ["2026-11-23T08:30 UTC"]


async def test_a_channel_that_cannot_be_composed_costs_only_itself(kept: Store, kept_scenes: list[Scene]) -> None:
    scene = await begun(kept_scenes, kept, replace(USUAL, adapter="telex"), USUAL)
    await scene.until(START + 3 * HOUR)
    assert scene.slots() == ["2026-11-23T08:30 UTC"]
    assert scene.world.kept[0].place == "fake:room"
