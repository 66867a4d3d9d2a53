"""Opening, keeping safe and closing the store: what is not in a port."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, text

from bot.domain.identity import identify
from bot.errors import AttacheError, SettingsError
from bot.infra.store import Store, engine, open_store
from bot.infra.store.migrate import configuration
from bot.infra.store.schema import HEAD, metadata
from tests.conftest import DATABASES
from tests.contracts.second_process import race
from tests.samples import NOW, another, brief


def keep(store: Store, number: int) -> None:
    sample = another(number)
    store.statements.keep(sample, identify(sample.statement), source="s", now=NOW)


def keep_many(store: Store) -> None:
    for number in range(2, 200):
        keep(store, number)


@pytest.fixture
def file_store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path}/attache.db")


class TestMigrating:
    def test_the_migrations_make_the_tables_the_code_uses(self, store: Store) -> None:
        with store.database.read() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            differences = [d for d in compare_metadata(context, metadata) if "words" not in str(d)]
        assert differences == []

    def test_the_code_knows_the_newest_migration(self) -> None:
        assert ScriptDirectory.from_config(configuration()).get_current_head() == HEAD

    @pytest.mark.parametrize("kind", DATABASES)
    def test_processes_that_start_together_do_not_collide(self, kind: str, fresh_url: Callable[..., str]) -> None:
        assert race(fresh_url(kind), "open", processes=3) == ["0", "0", "0"]

    def test_a_store_opened_again_has_what_was_kept(self, store: Store, database_url: str) -> None:
        keep(store, 1)
        again = open_store(database_url)
        assert again.statements.count() == 1
        again.close()

    def test_a_newer_database_is_refused_in_one_clear_line(self, store: Store, database_url: str) -> None:
        with store.database.write() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(AttacheError, match=r"newer version of Attaché \(schema 9999, this one knows \d+\)"):
            open_store(database_url)


class TestAddresses:
    @pytest.mark.parametrize(
        "url",
        ["", "attache.db", "sqlite://", "sqlite:///:memory:", "mysql://root:hunter2@h/d", "postgresql+asyncpg://h/d"],
    )
    def test_one_that_cannot_be_right_says_what_would_be(self, url: str) -> None:
        with pytest.raises(SettingsError, match=r"write 'sqlite:///attache\.db' or") as caught:
            open_store(url)
        assert "hunter2" not in str(caught.value)

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(SettingsError, match=r"there is no folder .*missing"):
            open_store(f"sqlite:///{tmp_path}/missing/attache.db")

    def test_a_file_that_is_no_database(self, tmp_path: Path) -> None:
        (tmp_path / "notes.db").write_text("dear diary " * 200)
        with pytest.raises(AttacheError, match="not a SQLite database"):
            open_store(f"sqlite:///{tmp_path}/notes.db")

    def test_a_folder_in_the_place_of_the_file(self, tmp_path: Path) -> None:
        (tmp_path / "attache.db").mkdir()
        with pytest.raises(AttacheError, match="the file cannot be opened"):
            open_store(f"sqlite:///{tmp_path}/attache.db")

    def test_a_server_that_cannot_be_reached(self) -> None:
        with pytest.raises(AttacheError, match="check that PostgreSQL runs") as caught:
            open_store("postgresql://attache:hunter2@127.0.0.1:1/attache")
        assert "hunter2" not in str(caught.value)
        assert "\n" not in str(caught.value)

    def test_a_database_the_server_does_not_have(self, postgres: str) -> None:
        with pytest.raises(AttacheError, match='database "nowhere" does not exist'):
            open_store(postgres.replace("/postgres?", "/nowhere?"))

    def test_the_short_name_of_postgresql_will_do(self, postgres: str) -> None:
        opened = open_store(postgres.replace("postgresql+psycopg:", "postgresql:").replace("/postgres?", "/template?"))
        opened.ping()
        opened.close()


class TestKeepingSafe:
    def test_a_commit_outlives_a_power_cut(self, file_store: Store) -> None:
        with file_store.database.read() as connection:
            pragmas = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous")]
        assert pragmas == ["wal", 2]  # 2 is FULL
        file_store.close()

    def test_a_full_disk_is_said_plainly_and_loses_nothing(self, file_store: Store) -> None:
        keep(file_store, 1)
        event.listen(file_store.database.engine, "connect", _almost_full)
        file_store.close()
        with pytest.raises(AttacheError, match="the disk is full; free some space"):
            keep_many(file_store)
        assert file_store.statements.get(another(1).statement.url or "") is not None
        file_store.close()

    def test_a_store_that_is_gone_is_said_plainly(self, store: Store) -> None:
        with store.database.write() as connection:
            connection.execute(text("DROP TABLE source_states"))
        with pytest.raises(AttacheError, match="source_states"):
            store.sources.states()


def test_ping_says_when_the_database_is_gone(tmp_path: Path) -> None:
    opened = open_store(f"sqlite:///{tmp_path}/attache.db")
    opened.ping()
    opened.close()
    (tmp_path / "attache.db").unlink()
    tmp_path.rename(tmp_path.with_name("moved"))
    with pytest.raises(AttacheError, match="the file cannot be opened"):
        opened.ping()
    tmp_path.with_name("moved").rename(tmp_path)


def test_a_brief_written_by_an_older_version_still_reads(store: Store) -> None:
    sample = brief()
    kept = store.statements.keep(sample, identify(sample.statement), source="s", now=NOW)
    with store.database.write() as connection:
        stored = connection.execute(text("SELECT brief FROM revisions")).scalar_one()
        older = stored.replace('"omitted":["gender"]', '"once_there":1').replace(
            '"said_before":"0123456789ab"', '"x":[]'
        )
        connection.execute(text("UPDATE revisions SET brief = :older"), {"older": older})
    got = store.statements.get(kept.id)
    assert got is not None
    assert (got.omitted, got.points[0].said_before, got.points[0].quote) == ((), None, sample.points[0].quote)


def test_a_process_that_stands_still_in_the_middle_of_a_change_does_not_hold_up_the_others(
    monkeypatch: pytest.MonkeyPatch, fresh_url: Callable[..., str]
) -> None:
    monkeypatch.setattr(engine, "IDLE_SECONDS", 1)
    url = fresh_url("postgresql", "template")
    stalled, others = open_store(url), open_store(url)
    try:
        with pytest.raises(AttacheError, match="idle-in-transaction"):
            _stand_still(stalled, others)
    finally:
        stalled.close()
        others.close()


def _stand_still(stalled: Store, others: Store) -> None:
    with stalled.database.write(lock="x") as connection:
        with others.database.write(lock="x"):
            pass
        connection.execute(text("SELECT 1"))


def _almost_full(connection: sqlite3.Connection, _record: object) -> None:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + 8}")
