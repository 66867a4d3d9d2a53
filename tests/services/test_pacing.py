"""The pace of all workers together: as fast as allowed, never faster."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.errors import RetryLaterError
from bot.infra.store import Store
from bot.services.pacing import MOST_DRAWN, Pacing

EVERY = 0.02


async def taken(pacing: Pacing, count: int, name: str = "posts") -> list[float]:
    """When so many turns that were asked for at once began, by the loop's clock."""
    loop, moments = asyncio.get_running_loop(), list[float]()

    async def one() -> None:
        await pacing.turn(name, every=EVERY)
        moments.append(loop.time())

    await asyncio.gather(*(one() for _ in range(count)))
    return moments


async def test_turns_of_two_workers_are_apart_as_if_they_were_one(store: Store) -> None:
    workers = [Pacing(lambda: store.paces, "discord") for _ in range(2)]
    moments = sorted(moment for some in await asyncio.gather(*(taken(w, 15) for w in workers)) for moment in some)
    assert moments[-1] - moments[0] >= 25 * EVERY


async def test_turns_are_drawn_a_few_at_a_time_and_each_name_has_its_own(store: Store) -> None:
    pacing = Pacing(lambda: store.paces, "discord")
    await taken(pacing, MOST_DRAWN)
    assert store.paces.draw("discord posts", 1, every=EVERY) <= EVERY, "none was drawn that nobody took"
    assert store.paces.draw("discord others", 1, every=EVERY) == 0
    assert store.paces.draw("slack posts", 1, every=EVERY) == 0


async def test_turns_that_come_late_do_not_go_all_at_once(store: Store) -> None:
    pacing = Pacing(lambda: store.paces, "discord")
    waiting = asyncio.create_task(taken(pacing, 10))
    await asyncio.sleep(EVERY)
    time.sleep(15 * EVERY)  # noqa: ASYNC251 - the whole process stands still
    moments = sorted(await waiting)
    # Two at most went before, eight waited while nothing moved.
    assert moments[-1] - moments[2] >= 5 * EVERY


async def test_a_pause_holds_up_everybody(store: Store) -> None:
    one, other = (Pacing(lambda: store.paces, "discord") for _ in range(2))
    await one.pause("posts", 0.3)
    before = asyncio.get_running_loop().time()
    await other.turn("posts", every=EVERY)
    assert asyncio.get_running_loop().time() - before >= 0.25


async def test_without_the_database_nothing_goes(store: Store) -> None:
    with store.database.write() as connection:
        connection.exec_driver_sql("DROP TABLE paces")
    pacing = Pacing(lambda: store.paces, "discord")
    with pytest.raises(RetryLaterError, match="pace"):
        await pacing.turn("posts", every=EVERY)
    with pytest.raises(RetryLaterError, match="pace"):
        await pacing.pause("posts", 1)
