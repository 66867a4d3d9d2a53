"""A clock that jumps while the service runs: nothing is posted twice, nothing waits for a time that was wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.faults.scenes import all_arrived, at_work, first_arrived
from tests.faults.town import SPEED, Town
from tests.faults.verdict import judge


@pytest.mark.parametrize("jump", [timedelta(days=40), -timedelta(days=40)], ids=["forth", "back"])
async def test_put_forth_or_back_in_the_midst_it_costs_nothing(
    jump: timedelta, tmp_path: Path, fresh_sqlite: str
) -> None:
    async with Town(folder=tmp_path, database=fresh_sqlite) as town:
        async with at_work(town):
            await first_arrived(town)
            town.clock.set(town.clock.now() + jump, speed=SPEED)
            town.sources.go_on()
            await all_arrived(town)
        assert judge(town)


async def test_a_clock_that_was_wrong_at_first_and_is_put_right_delays_nothing(
    tmp_path: Path, fresh_sqlite: str
) -> None:
    async with Town(folder=tmp_path, database=fresh_sqlite) as town:
        right = town.clock.now()
        town.clock.set(right + timedelta(days=400), speed=SPEED)
        async with at_work(town):
            await first_arrived(town)
            town.clock.set(right, speed=SPEED)
            town.sources.go_on()
            await all_arrived(town)
        assert judge(town)


async def test_intervals_and_moments_are_kept_by_the_service_s_own_timer_though_the_clock_is_put_back(
    tmp_path: Path, fresh_sqlite: str
) -> None:
    async with Town(folder=tmp_path, database=fresh_sqlite) as town:
        town.clock.set(town.clock.now(), speed=1.0)
        async with at_work(town, own_timer=True):
            await first_arrived(town)
            town.clock.set(town.clock.now() - timedelta(days=1), speed=1.0)
            town.sources.go_on()
            await all_arrived(town)
        assert judge(town)
