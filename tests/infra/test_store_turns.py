"""A process takes no more connections of a server than its share, and never locks itself up over them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager

import pytest
from sqlalchemy import Connection, text

from bot.domain.worker import Worker
from bot.errors import StoreError
from bot.infra.store import Store, open_store, turns
from bot.infra.store.turns import READS, WRITES
from tests.samples import NOW

CROWD = 64


@pytest.fixture
def store(fresh_url: Callable[..., str]) -> Iterator[Store]:
    opened = open_store(fresh_url("postgresql", "template"))
    yield opened
    opened.close()


def connections(connection: Connection) -> int:
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    return int(connection.execute(text(asked)).scalar_one())


def test_a_crowd_that_writes_and_reads_within_gets_through_on_its_share_of_connections(store: Store) -> None:
    def job(number: int) -> int:
        if number % 2:
            with store.database.read() as connection:
                return connections(connection)
        with store.database.write() as outer, store.database.read() as inner:
            outer.execute(text("SELECT pg_sleep(0.02)"))
            return connections(inner)

    with ThreadPoolExecutor(CROWD) as pool:
        held = list(pool.map(job, range(4 * CROWD)))
    assert max(held) <= READS + 2 * WRITES


@contextmanager
def held(begin: Callable[[], AbstractContextManager[Connection]], count: int) -> Iterator[None]:
    """So many transactions under way, each in a thread of its own."""
    begun, over = threading.Barrier(count + 1), threading.Event()

    def hold() -> None:
        with begin():
            begun.wait(60)
            over.wait(60)

    with ThreadPoolExecutor(count) as pool:
        holding = [pool.submit(hold) for _ in range(count)]
        begun.wait(60)
        try:
            yield
        finally:
            over.set()
        for one in holding:
            one.result()


def test_a_worker_beats_however_many_wait(store: Store) -> None:
    store.cluster.join(Worker(id="w", role="run", host="h", version="1", started_at=NOW))
    with held(store.database.write, WRITES):
        assert store.cluster.beat("w")
        assert store.cluster.claim("w", ["source a"]) == ["source a"]


def test_a_turn_that_does_not_come_is_one_line_and_the_next_one_works(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with held(store.database.read, READS):
        monkeypatch.setattr(turns, "PATIENCE", 0.05)
        with pytest.raises(StoreError, match="too busy"), store.database.read():
            pass
    with store.database.read() as connection:
        assert connections(connection) >= 1
