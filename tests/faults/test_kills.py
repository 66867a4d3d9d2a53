"""The service is killed at a hundred points between a source and a reader: nothing is lost, nothing is posted twice."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from tests.faults.campaign import campaign
from tests.faults.points import STAGES, Kill
from tests.faults.run import Outcome, run
from tests.faults.town import Town

POINTS = 50


@pytest.mark.parametrize(("kind", "workers"), [("sqlite", 1), ("postgresql", 3)])
async def test_killed_at_fifty_points_every_channel_gets_everything_once_and_in_order(
    kind: str, workers: int, tmp_path: Path, new_database: Callable[[str], str]
) -> None:
    def lent(_: int) -> AbstractContextManager[str]:
        return nullcontext(new_database(kind))

    tally = await campaign(tmp_path, lent, POINTS, workers=workers, turns=6 + 2 * workers)
    print(f"{kind}: {tally.runs} runs, killed at {dict(tally.tried)}")
    assert not tally.wrong(), "\n".join(tally.wrong())
    assert tally.points >= POINTS
    assert set(STAGES) <= set(tally.tried)


async def once(folder: Path, database: str, *deaths: Kill, mutation: str = "", within: float = 900) -> Outcome:
    async with Town(folder=folder, database=database) as town:
        return await run(town, deaths, mutation=mutation, within=within)


@pytest.mark.parametrize("platform", ["POST /v10/channels", "POST /chat.postMessage"])
@pytest.mark.parametrize("moment", ["before", "written", "answered"])
async def test_killed_around_a_post_it_is_neither_lost_nor_repeated(
    platform: str, moment: str, tmp_path: Path, new_database: Callable[[str], str]
) -> None:
    outcome = await once(tmp_path, new_database("sqlite"), *[Kill(at=2, of=f"{moment} {platform}")] * 2)
    assert outcome.why == ""
    assert outcome.verdict, outcome.verdict
    assert len(outcome.deaths) == 2


async def test_a_life_told_to_stop_as_soon_as_it_is_born_stops_in_order(
    tmp_path: Path, new_database: Callable[[str], str]
) -> None:
    async with Town(folder=tmp_path, database=new_database("sqlite")) as town:
        lives = [town.bear() for _ in range(2)]
        for life in lives:
            life.process.terminate()
        assert [await life.end() for life in lives] == [0, 0], town.log()


async def test_a_look_back_that_finds_nothing_is_noticed(tmp_path: Path, new_database: Callable[[str], str]) -> None:
    kill = Kill(at=1, of="answered POST /chat.postMessage")
    outcome = await once(tmp_path, new_database("sqlite"), kill, mutation="blind")
    assert outcome.verdict.repeated
    assert not outcome.verdict.lost


async def test_a_post_noted_as_sent_too_early_is_noticed(tmp_path: Path, new_database: Callable[[str], str]) -> None:
    kill = Kill(at=1, of="before POST /chat.postMessage")
    outcome = await once(tmp_path, new_database("sqlite"), kill, mutation="hasty")
    assert outcome.verdict.lost
    assert "noted as sent, but not there" in outcome.why
