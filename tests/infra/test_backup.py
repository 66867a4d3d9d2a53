"""Backups: of one moment while others write, put back on either database, and nothing posted twice for it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.domain.delivery import Delivery, State
from bot.domain.identity import identify
from bot.domain.subscription import Filter, Hold, Standing
from bot.domain.timing import slots as slots_of
from bot.domain.worker import Worker
from bot.errors import AttacheError
from bot.infra.store import Store, open_store, restore_store
from bot.infra.store.backup import KEPT
from bot.infra.store.schema import deliveries, revisions, selected, slots, statements
from bot.services.deliver import Deliverer
from tests.conftest import DATABASES
from tests.fakes import FakeChat, SetClock
from tests.infra.writer import UNDER_WAY
from tests.samples import NOW, another, channel
from tests.services.crew import at_work

RESTORED = NOW + timedelta(days=2)


def keep(store: Store, number: int) -> None:
    sample = another(number)
    store.statements.keep(sample, identify(sample.statement), source="s", now=NOW)


@contextmanager
def opened(url: str) -> Iterator[Store]:
    store = open_store(url)
    yield store
    store.close()


@contextmanager
def writing(url: str) -> Iterator[list[int]]:
    """Another process that writes to the database all the while; afterwards how much it wrote."""
    command = [sys.executable, "-m", "tests.infra.writer", url]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "under way\n"
    wrote: list[int] = []
    try:
        yield wrote
    finally:
        output, _ = process.communicate(input="\n", timeout=60)
    wrote.append(int(output))


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All that is kept, by table."""
    with store.database.snapshot() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr) for table in KEPT
        }


class TestBackup:
    def test_is_of_one_moment_while_another_process_writes(self, database_url: str, tmp_path: Path) -> None:
        counted = []
        with opened(database_url) as store, writing(database_url) as wrote:
            for number in range(3):
                counted.append(store.backup(tmp_path / f"copy{number}.db"))
        assert UNDER_WAY <= counted[0] <= counted[1] <= counted[2] <= wrote[0]
        for number, count in enumerate(counted):
            with opened(f"sqlite:///{tmp_path}/copy{number}.db") as copy, copy.database.read() as connection:
                assert count == connection.execute(select(func.count()).select_from(statements)).scalar_one()
                posted = connection.execute(select(slots.c.slot).order_by(slots.c.seq)).scalars().all()
                told = connection.execute(select(func.count()).select_from(selected)).scalar_one()
                states = connection.execute(select(deliveries.c.state).order_by(deliveries.c.slot)).scalars().all()
                assert connection.execute(select(func.count()).select_from(revisions)).scalar_one() == count
            # What comes after in the writer's round is never there without what came before.
            assert posted == [f"slot {n}" for n in range(1, len(posted) + 1)]
            assert len(posted) in {count - 1, count}
            assert told == len(states) == len(posted)
            assert set(states[:-1]) == {State.SENT}

    def test_is_whole_in_one_file_that_only_its_owner_reads(self, store: Store, tmp_path: Path) -> None:
        folder = tmp_path / "backups"
        folder.mkdir()
        (folder / "b.db").write_text("an older backup")
        keep(store, 1)
        assert store.backup(folder / "b.db") == 1
        assert [path.name for path in folder.iterdir()] == ["b.db"]
        assert (folder / "b.db").stat().st_mode & 0o777 == 0o600
        with closing(sqlite3.connect(folder / "b.db")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    def test_is_refused_where_it_cannot_be_written(self, store: Store, tmp_path: Path) -> None:
        with pytest.raises(AttacheError, match="check the folder"):
            store.backup(tmp_path / "missing" / "b.db")

    def test_never_overwrites_the_database(self, tmp_path: Path) -> None:
        at = tmp_path / "attache.db"
        with opened(f"sqlite:///{at}") as store, pytest.raises(AttacheError, match="that is the database itself"):
            store.backup(at)


class TestRestoring:
    @pytest.mark.parametrize("target", DATABASES)
    def test_gives_all_of_it_back_on_either_database(
        self, store: Store, target: str, fresh_url: Callable[..., str], tmp_path: Path
    ) -> None:
        for number in range(1, 8):
            keep(store, number)
        post_all(store, "first")
        store.subscriptions.hold(Hold(channel="console:room", standing=Standing.PAUSED, reason="x", since=NOW))
        store.cluster.join(Worker(id="w", role="run", host="h", version="1", started_at=NOW))
        store.backup(tmp_path / "b.db")
        url = fresh_url(target)
        assert restore_store(url, tmp_path / "b.db", now=RESTORED) is None
        with opened(url) as restored:
            before, after = rows(store), rows(restored)
            assert len(after.pop("restorations")) == 1
            before.pop("restorations")
            assert after == before
            assert restored.statements.search("word3x1", Filter(), limit=5).total == 1
            assert restored.cluster.workers() == []
            keep(restored, 99)
            post_all(restored, "second")
            assert restored.statements.search("word99x1", Filter(), limit=5).total == 1

    def test_keeps_what_was_there(self, store: Store, database_url: str, tmp_path: Path) -> None:
        keep(store, 1)
        store.backup(tmp_path / "b.db")
        keep(store, 2)
        before = restore_store(database_url, tmp_path / "b.db", now=RESTORED)
        assert store.statements.count() == 1  # also for who has it open
        with opened(f"sqlite:///{before}") as kept:
            assert kept.statements.count() == 2

    def test_is_refused_while_the_service_is_at_work(self, store: Store, database_url: str, tmp_path: Path) -> None:
        keep(store, 1)
        store.backup(tmp_path / "b.db")
        store.cluster.join(Worker(id="w", role="run", host="desk", version="1", started_at=NOW))
        keep(store, 2)
        with pytest.raises(AttacheError, match="`attache run` on desk is at work on it; stop it first"):
            restore_store(database_url, tmp_path / "b.db", now=RESTORED)
        assert store.statements.count() == 2
        store.cluster.leave("w")
        restore_store(database_url, tmp_path / "b.db", now=RESTORED)
        assert store.statements.count() == 1

    def test_refuses_a_backup_of_a_newer_version_and_changes_nothing(
        self, store: Store, database_url: str, tmp_path: Path
    ) -> None:
        store.backup(tmp_path / "b.db")
        with closing(sqlite3.connect(tmp_path / "b.db")) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
            connection.commit()
        keep(store, 1)
        with pytest.raises(AttacheError, match=r"restore from .*b\.db: written by a newer version of Attaché"):
            restore_store(database_url, tmp_path / "b.db", now=RESTORED)
        assert store.statements.count() == 1

    @pytest.mark.parametrize("content", [None, "no database at all" * 100, ""])
    def test_refuses_what_is_no_backup(
        self, store: Store, database_url: str, tmp_path: Path, content: str | None
    ) -> None:
        keep(store, 1)
        if content is not None:
            (tmp_path / "b.db").write_text(content)
        with pytest.raises(AttacheError, match=r"restore from .*b\.db"):
            restore_store(database_url, tmp_path / "b.db", now=RESTORED)
        assert store.statements.count() == 1

    def test_heals_a_damaged_database(self, tmp_path: Path) -> None:
        url = f"sqlite:///{tmp_path}/attache.db"
        with opened(url) as store:
            for number in range(50):
                keep(store, number)
            store.backup(tmp_path / "b.db")
        whole = (tmp_path / "attache.db").read_bytes()
        (tmp_path / "attache.db").write_bytes(whole[: len(whole) // 2])
        with pytest.raises(AttacheError, match="move it away"):
            restore_store(url, tmp_path / "b.db", now=RESTORED)
        (tmp_path / "attache.db").rename(tmp_path / "damaged.db")
        restore_store(url, tmp_path / "b.db", now=RESTORED)
        with opened(url) as store:
            assert store.statements.count() == 50


def post_all(store: Store, slot: str) -> None:
    """Post a slot of the channel to nobody."""
    for delivery in store.ledger.open_slot(channel(), slot, now=NOW, compose=lambda briefs: [{"text": "x"}]) or ():
        store.ledger.begin(delivery.key, now=NOW)
        store.ledger.settle(delivery.key, State.SENT, now=NOW, message_id="m")


class Desk:
    """A channel on a platform that remembers, served from a store."""

    def __init__(self, store: Store) -> None:
        self.store, self.chat, self.clock = store, FakeChat(), SetClock(NOW)

    async def tell(self, slot: str) -> None:
        """Open a slot, unless it was opened before, and post all that may be posted."""
        self.open(slot)
        await self.post()

    def open(self, slot: str) -> list[Delivery]:
        said = f"the digest of {slot}"
        made = self.store.ledger.open_slot(
            channel(), slot, now=self.clock.now(), compose=lambda briefs: [{"text": f"{said}: {len(briefs)}"}]
        )
        return list(made or ())

    async def post(self) -> None:
        async with at_work(self.store) as workers:
            deliverer = Deliverer(
                ledger=self.store.ledger,
                subscriptions=self.store.subscriptions,
                adapters={"console": self.chat},
                clock=self.clock,
                workers=workers,
            )
            for _ in range(3):  # what is looked for and is not there waits a moment before it is posted
                await deliverer.post()
                self.clock.pass_by(timedelta(minutes=1))


def slot_on(day: int) -> str:
    """The name of the channel's slot so many days from now."""
    start = NOW + timedelta(days=day, minutes=-1)
    return next(slots_of(channel().schedule, channel().zone, start, start + timedelta(days=1))).name


class TestAfterARestore:
    """The platform has what the restored ledger knows nothing of."""

    async def test_nothing_is_posted_again_that_was_sent_before_the_backup(
        self, store: Store, database_url: str, tmp_path: Path
    ) -> None:
        desk = Desk(store)
        keep(store, 1)
        await desk.tell(slot_on(0))
        store.backup(tmp_path / "b.db")
        restore_store(database_url, tmp_path / "b.db", now=RESTORED)
        desk.clock.moment = RESTORED + timedelta(minutes=5)
        await desk.tell(slot_on(0))
        assert desk.chat.texts() == [f"the digest of {slot_on(0)}: 1"]
        assert [row.state for row in store.ledger.history()] == [State.SENT]

    async def test_what_waited_in_the_backup_and_was_sent_since_is_found(
        self, store: Store, database_url: str, tmp_path: Path
    ) -> None:
        desk = Desk(store)
        keep(store, 1)
        desk.open(slot_on(0))
        store.backup(tmp_path / "b.db")
        await desk.post()
        restore_store(database_url, tmp_path / "b.db", now=RESTORED)
        desk.clock.moment = RESTORED + timedelta(minutes=5)
        await desk.post()
        assert len(desk.chat.posts) == 1
        assert [row.state for row in store.ledger.history()] == [State.SENT]

    async def test_what_waited_in_the_backup_and_never_went_out_is_posted_once(
        self, store: Store, database_url: str, tmp_path: Path
    ) -> None:
        desk = Desk(store)
        keep(store, 1)
        desk.open(slot_on(0))
        store.backup(tmp_path / "b.db")
        restore_store(database_url, tmp_path / "b.db", now=RESTORED)
        desk.clock.moment = RESTORED + timedelta(minutes=5)
        await desk.post()
        await desk.post()
        assert len(desk.chat.posts) == 1

    async def test_a_digest_sent_since_the_backup_is_not_sent_again_when_it_is_caught_up(
        self, store: Store, database_url: str, tmp_path: Path
    ) -> None:
        desk = Desk(store)
        keep(store, 1)
        store.backup(tmp_path / "b.db")
        desk.clock.moment = NOW + timedelta(days=1)
        await desk.tell(slot_on(1))
        restore_store(database_url, tmp_path / "b.db", now=RESTORED)
        desk.clock.moment = RESTORED + timedelta(minutes=5)
        await desk.tell(slot_on(1))
        assert len(desk.chat.posts) == 1
        # What it told counts as told, and the next digest goes out at once.
        desk.clock.moment = RESTORED + timedelta(days=1)
        keep(store, 2)
        opened_now = desk.open(slot_on(3))
        assert [row.state for row in opened_now] == [State.PENDING]
        await desk.post()
        assert desk.chat.texts()[1:] == [f"the digest of {slot_on(3)}: 1"]

    async def test_a_correction_sent_since_the_backup_is_not_sent_again(
        self, store: Store, database_url: str, tmp_path: Path
    ) -> None:
        desk = Desk(store)
        await desk.tell(slot_on(0))
        store.backup(tmp_path / "b.db")
        await desk.tell("correction 0123456789ab revision 2")
        restore_store(database_url, tmp_path / "b.db", now=RESTORED)
        desk.clock.moment = RESTORED + timedelta(minutes=5)
        await desk.tell("correction 0123456789ab revision 2")
        assert len(desk.chat.posts) == 2
