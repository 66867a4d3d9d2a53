"""The ports ClusterStore and PaceStore, on every database."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.domain.worker import Lease, Worker
from bot.infra.clock import SystemClock
from bot.infra.store import Store
from tests.contracts.second_process import race
from tests.samples import NOW

EVERY = 0.02


def worker(id: str, minutes: int = 0) -> Worker:
    return Worker(id=id, role="worker", host="here", version="1", started_at=NOW + timedelta(minutes=minutes))


@pytest.fixture
def two(store: Store) -> Store:
    """A store with two workers, `a` and `b`."""
    store.cluster.join(worker("a"))
    store.cluster.join(worker("b", 1))
    return store


def beats(store: Store, id: str) -> int:
    (found,) = [one for one in store.cluster.workers() if one.id == id]
    return found.beats


class TestWorkers:
    def test_are_told_in_the_order_of_their_start_with_what_they_are(self, two: Store) -> None:
        first, second = two.cluster.workers()
        assert (first.id, first.role, first.host, first.version, first.started_at) == ("a", "worker", "here", "1", NOW)
        assert second.id == "b"

    def test_are_silent_since_their_last_beat_by_the_databases_clock(self, two: Store) -> None:
        (found, _) = two.cluster.workers()
        assert found.beat_at is not None
        assert abs(SystemClock().now() - found.beat_at) < timedelta(seconds=5)
        assert 0 <= found.silent < 5

    def test_count_their_beats(self, two: Store) -> None:
        assert beats(two, "a") == 0
        assert [two.cluster.beat("a") for _ in range(3)] == [True] * 3
        assert (beats(two, "a"), beats(two, "b")) == (3, 0)

    def test_are_struck_off_only_while_they_stand_still(self, two: Store) -> None:
        two.cluster.beat("a")
        assert two.cluster.strike("a", beats=0) is False
        assert two.cluster.beat("a") is True
        assert two.cluster.strike("a", beats=2) is True
        assert two.cluster.strike("a", beats=2) is False
        assert two.cluster.beat("a") is False
        assert [one.id for one in two.cluster.workers()] == ["b"]

    def test_of_many_who_strike_one_off_one_does(self, two: Store) -> None:
        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(lambda _: two.cluster.strike("a", beats=0), range(16))) == 1

    def test_leave_and_are_unknown(self, two: Store) -> None:
        two.cluster.leave("a")
        two.cluster.leave("a")
        assert [one.id for one in two.cluster.workers()] == ["b"]
        assert two.cluster.beat("a") is False


class TestLeases:
    def test_are_held_by_one(self, two: Store) -> None:
        assert two.cluster.claim("a", ["one", "two"]) == ["one", "two"]
        assert two.cluster.claim("b", ["two", "three"]) == ["three"]
        assert (two.cluster.holds("a", "two"), two.cluster.holds("b", "two")) == (True, False)
        wanted = [("one", "a"), ("three", "b"), ("two", "a")]
        assert two.cluster.leases() == [Lease(name=name, holder=holder) for name, holder in wanted]

    def test_that_are_held_already_are_claimed_again_beyond_the_limit(self, two: Store) -> None:
        assert two.cluster.claim("a", ["one"]) == ["one"]
        assert two.cluster.claim("a", ["one", "two", "three", "four"], limit=2) == ["one", "two", "three"]
        assert two.cluster.claim("a", ["one"], limit=0) == ["one"]

    def test_go_to_somebody_else_once_given_back(self, two: Store) -> None:
        two.cluster.claim("a", ["one", "two"])
        two.cluster.release("b", ["one"])
        assert two.cluster.claim("b", ["one"]) == []
        two.cluster.release("a", ["one", "no such lease"])
        assert two.cluster.claim("b", ["one", "two"]) == ["one"]
        two.cluster.release("b", [])

    def test_are_free_when_their_holder_leaves_or_is_struck_off(self, two: Store) -> None:
        two.cluster.claim("a", ["one"])
        two.cluster.leave("a")
        assert two.cluster.claim("b", ["one"]) == ["one"]
        two.cluster.strike("b", beats=0)
        assert two.cluster.leases() == []
        assert two.cluster.holds("b", "one") is False

    def test_are_not_for_one_who_was_struck_off(self, two: Store) -> None:
        two.cluster.claim("a", ["one"])
        two.cluster.strike("a", beats=0)
        assert two.cluster.claim("a", ["one", "two"]) == []
        assert two.cluster.claim("nobody", ["one"]) == []

    def test_come_by_the_thousand(self, two: Store) -> None:
        names = [f"channel {number}" for number in range(1200)]
        assert two.cluster.claim("a", names) == names
        two.cluster.release("a", names[:1100])
        assert two.cluster.claim("b", names) == names[:1100]

    def test_may_bear_any_name(self, two: Store) -> None:
        names = ["channel slack:T1/C1", "источник 联合国", "with\x00nul", "'; DROP TABLE leases"]
        assert two.cluster.claim("a", names) == names
        assert all(two.cluster.holds("a", name) for name in names)

    def test_of_threads_that_claim_at_once_each_lease_goes_to_one(self, two: Store) -> None:
        names = [str(number) for number in range(50)]
        with ThreadPoolExecutor(8) as pool:
            got = list(pool.map(lambda n: two.cluster.claim("ab"[n % 2], names, limit=5), range(8)))
        assert {name for some in got[::2] for name in some} & {name for some in got[1::2] for name in some} == set()
        assert len(two.cluster.leases()) <= 40

    def test_of_processes_that_claim_at_once_each_lease_goes_to_one(self, store: Store, database_url: str) -> None:
        outcomes = [line.split() for line in race(database_url, "claim", processes=3)]
        assert sorted(name for some in outcomes for name in some) == sorted(str(number) for number in range(40))


class TestAPace:
    async def test_gives_turns_one_after_the_other_and_saves_none_up(self, store: Store) -> None:
        assert store.paces.draw("posts", 5, every=60.0) == 0
        assert 299 < store.paces.draw("posts", 1, every=60.0) <= 300
        assert store.paces.draw("others", 1, every=60.0) == 0
        store.paces.draw("quick", 1, every=EVERY)
        await asyncio.sleep(10 * EVERY)
        assert store.paces.draw("quick", 1, every=EVERY) == 0
        assert 0 < store.paces.draw("quick", 1, every=EVERY) <= EVERY

    def test_is_one_for_all_who_draw_at_once(self, store: Store) -> None:
        with ThreadPoolExecutor(8) as pool:
            waits = sorted(pool.map(lambda _: store.paces.draw("posts", 2, every=60.0), range(8)))
        assert [round(wait / 120) for wait in waits] == list(range(8))

    def test_can_be_paused_and_is_never_hurried(self, store: Store) -> None:
        store.paces.pause("posts", 30)
        assert 29 < store.paces.draw("posts", 1, every=1.0) <= 30
        store.paces.pause("posts", 5)
        assert 30 < store.paces.draw("posts", 1, every=1.0) <= 31

    def test_recovers_from_a_clock_that_was_set_back(self, store: Store) -> None:
        with store.database.write() as connection:
            far = store.database.seconds(connection) + 86400
            connection.exec_driver_sql(f"INSERT INTO paces (name, next_at) VALUES ('posts', {far})")
        assert store.paces.draw("posts", 1, every=1.0) == 0
