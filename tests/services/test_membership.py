"""A worker among others: whoever dies is taken over, whoever was given up knows it before it does anything more."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.errors import RetryLaterError
from bot.infra.marks import FileMarks
from bot.infra.store import Store
from bot.services.membership import BEATS, Membership
from tests.adapters.setup import until
from tests.fakes import SetClock, Unmarked
from tests.samples import NOW

LEASE = 60.0


@dataclass
class Watch:
    """A stopwatch that is moved by hand."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Machines:
    """Workers on machines of their own, each with its own stopwatch, on one store."""

    store: Store
    made: list[Membership] = field(default_factory=list)

    async def worker(self, *, lease: float = LEASE, marks: FileMarks | None = None) -> tuple[Membership, Watch]:
        watch = Watch(1000.0 * len(self.made))
        one = Membership(
            self.store.cluster,
            role="worker",
            host=f"host{len(self.made)}",
            version="1",
            clock=SetClock(NOW),
            stopwatch=watch,
            marks=marks or Unmarked(),
            lease=lease,
        )
        self.made.append(one)
        await one.start()
        return one, watch


@pytest.fixture
async def machines(store: Store) -> Machines:
    return Machines(store)


@pytest.fixture(autouse=True)
async def ended(machines: Machines) -> object:
    yield
    for one in machines.made:
        await one.stop()


async def test_what_one_holds_another_gets_once_it_is_given_back(machines: Machines) -> None:
    (a, _), (b, _) = await machines.worker(), await machines.worker()
    assert await a.claim(["x", "y"]) == ["x", "y"]
    assert await b.claim(["x", "z"]) == ["z"]
    assert (set(a.held), set(b.held)) == ({"x", "y"}, {"z"})
    await a.release(["x"])
    assert sorted(a.held) == ["y"]
    assert await b.claim(["x"]) == ["x"]
    await a.stop()
    assert await b.claim(["y"]) == ["y"]


async def test_one_that_beats_no_more_is_taken_over_after_a_leases_length(machines: Machines) -> None:
    (a, _), (b, watch) = await machines.worker(), await machines.worker()
    await a.claim(["x"])
    await a.beat()
    await b.look()
    watch.seconds += LEASE - 1
    await b.look()
    assert await b.claim(["x"]) == []
    watch.seconds += 1
    await b.look()
    assert await b.claim(["x"]) == ["x"]


async def test_one_that_beats_is_never_taken_over_however_late_it_is_looked_at(machines: Machines) -> None:
    (a, _), (b, watch) = await machines.worker(), await machines.worker()
    await a.claim(["x"])
    for _ in range(5):
        await a.beat()
        watch.seconds += 10 * LEASE
        await b.look()
        await b.look()
    assert await b.claim(["x"]) == []


async def test_one_whose_process_ended_on_this_machine_is_taken_over_at_once(
    machines: Machines, tmp_path: Path
) -> None:
    here = FileMarks(tmp_path)
    (a, _), (b, _) = await machines.worker(marks=here), await machines.worker(marks=FileMarks(tmp_path))
    await a.claim(["x"])
    await b.look()
    assert await b.claim(["x"]) == []
    here.drop(a.id)  # the mark is gone with the file, which says nothing
    await b.look()
    assert await b.claim(["x"]) == []
    (tmp_path / a.id).touch()  # what a process that was killed leaves behind: a file that nobody locks
    await b.look()
    assert await b.claim(["x"]) == ["x"]
    assert not (tmp_path / a.id).exists()


async def test_one_may_go_on_until_well_before_the_others_give_it_up(machines: Machines) -> None:
    a, watch = await machines.worker()
    session = a.id
    a.check(session)
    watch.seconds += LEASE * (BEATS - 1) / BEATS - 1
    a.check(session)
    assert a.left() == LEASE / BEATS + 1
    watch.seconds += 2
    with pytest.raises(RetryLaterError, match="too long without a beat"):
        a.check(session)
    await a.beat()
    a.check(session)


async def test_one_that_was_given_up_says_so_and_begins_anew_with_nothing(machines: Machines) -> None:
    (a, stalled), (b, watch) = await machines.worker(), await machines.worker()
    session, told = a.id, list[str]()
    a.on_loss(lambda: told.append("lost"))
    await a.claim(["x"])
    await b.look()
    for each in (watch, stalled):
        each.seconds += LEASE
    await b.look()
    await b.claim(["x"])
    assert await a.claim(["x", "y"]) == [], "before it even knows"
    await a.beat()
    assert (told, sorted(a.held), sorted(b.held)) == (["lost"], [], ["x"])
    assert a.id not in {session, ""}
    with pytest.raises(RetryLaterError):
        a.check(session)
    a.check(a.id)
    assert await a.claim(["x", "y"]) == ["y"]


async def test_while_the_database_is_away_nothing_may_be_done_and_afterwards_it_goes_on(machines: Machines) -> None:
    a, watch = await machines.worker(lease=0.8)
    session = a.id
    await a.claim(["x"])
    with machines.store.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE workers RENAME TO away")
    watch.seconds += 0.8
    await until(lambda: bool(a.troubled))
    with pytest.raises(RetryLaterError):
        a.check(session)
    with machines.store.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO workers")
    await until(lambda: not a.troubled and a.left() > 0.5)
    a.check(session)
    assert sorted(a.held) == ["x"]


async def test_of_three_that_watch_each_other_those_alive_stay_and_the_dead_goes(machines: Machines) -> None:
    three = [await machines.worker(lease=1.5) for _ in range(3)]
    dead = three[0][0]
    await dead.claim(["x"])
    assert dead._life is not None
    dead._life.cancel()
    (_, b), (_, c) = three[1], three[2]
    for step in itertools.count():
        assert step < 600, "never taken over"
        await asyncio.sleep(0.05)
        for watch in (b, c):
            watch.seconds += 0.05
        if await three[1][0].claim(["x"]) or await three[2][0].claim(["x"]):
            break
    alive = {one.id for one in machines.store.cluster.workers()}
    assert alive == {one.id for one, _ in three[1:]}
