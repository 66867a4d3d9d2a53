"""Schedules over simulated time: every slot opened exactly once or caught up once, as reckoned from the wall's clock.

`make bench` runs the whole year; here it is what lies around each change of the clocks in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.year.reckoning import reckon
from tests.year.run import QUIET, YEAR, ZONES, Plan, digests, simulate, wanted
from tests.year.world import Post

DAY = timedelta(days=1)


def changes() -> dict[datetime, list[str]]:
    """The days of the year on which clocks change, each with the zones in which they do."""
    found: dict[datetime, list[str]] = {}
    for zone in ZONES:
        place, day = ZoneInfo(zone), YEAR.start
        while day < YEAR.end:
            if day.astimezone(place).utcoffset() != (day + DAY).astimezone(place).utcoffset():
                found.setdefault(day, []).append(zone)
            day += DAY
    return found


def test_the_zones_are_twelve_or_more_and_nearly_all_change_their_clocks_twice() -> None:
    zones = [zone for names in changes().values() for zone in names]
    assert len(ZONES) >= 12
    assert {zone for zone in ZONES if zones.count(zone) != 2} == {"Asia/Kathmandu", "America/Asuncion"}


async def test_around_each_change_of_the_clocks_every_slot_is_opened_once_or_caught_up_once(
    fresh_url: Callable[..., str],
) -> None:
    expected = caught_up = 0
    for seed, (day, zones) in enumerate(sorted(changes().items())):
        plan = Plan(
            start=day - DAY / 2,
            end=day + 2 * DAY,
            seed=seed,
            zones=(*zones, "Asia/Kathmandu"),
            up=timedelta(hours=9),
            down=timedelta(hours=4),
            every=timedelta(hours=9),
        )
        outcome = await simulate(fresh_url("sqlite"), plan)
        assert outcome.wrong == [], day
        expected, caught_up = expected + outcome.expected, caught_up + outcome.caught_up
    assert expected > 120
    assert caught_up > 10


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_three_workers_that_race_for_every_slot_open_it_once(fresh_url: Callable[..., str], kind: str) -> None:
    start = datetime(2026, 3, 27, 18, tzinfo=UTC)
    plan = Plan(
        start=start,
        end=start + 3 * DAY,
        workers=3,
        zones=(*QUIET, "America/Santiago", "Antarctica/Troll"),
        up=timedelta(hours=12),
        down=timedelta(hours=6),
        every=timedelta(hours=9),
    )
    outcome = await simulate(fresh_url(kind), plan)
    assert outcome.wrong == []
    assert outcome.caught_up > 0
    assert outcome.expected > 15


def test_the_reckoning_knows_what_the_wall_s_clock_shows() -> None:
    start = datetime(2026, 3, 28, tzinfo=UTC)
    end = start + 2 * DAY
    casablanca = {each.local: each.minute for each in reckon(wanted("Africa/Casablanca"), start, end, [(start, end)])}
    assert casablanca[datetime(2026, 3, 28, 2, 30)] == datetime(2026, 3, 28, 1, 30, tzinfo=UTC)
    troll = {each.local: each.minute for each in reckon(wanted("Antarctica/Troll"), start, end, [(start, end)])}
    # 01:00 becomes 03:00 on the 29th: both slots are reached at once, and only the last is opened.
    assert troll[datetime(2026, 3, 29, 2, 30)] == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert datetime(2026, 3, 29, 1, 15) not in troll


def test_the_judge_sees_what_is_missing_repeated_late_or_never_due() -> None:
    start = datetime(2026, 3, 20, tzinfo=UTC)
    zone = "Asia/Kathmandu"
    expected = reckon(wanted(zone), start, start + 3 * DAY, [(start, start + 3 * DAY)])
    posts = [Post(zone, each.name(zone), "nothing new", (), each.minute) for each in expected]
    assert list(digests(zone, expected, posts)) == []
    spoiled = {
        "posted 0 times": posts[1:],
        "posted 2 times": [*posts, posts[0]],
        "reckoned for": [replace(posts[0], at=posts[0].at + timedelta(minutes=1)), *posts[1:]],
        "marked True": [replace(posts[0], text="This digest is late: …"), *posts[1:]],
        "not reckoned": [*posts, replace(posts[0], slot="2026-03-20T12:00 Asia/Kathmandu")],
    }
    for said, found in spoiled.items():
        (wrong,) = digests(zone, expected, found)
        assert said in wrong
