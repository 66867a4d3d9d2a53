"""Backups: one SQLite file whatever the database, of one moment, made while the service writes."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, text

from bot.errors import AttacheError
from bot.infra.store.engine import BUSY_SECONDS, Database
from bot.infra.store.migrate import migrate
from bot.infra.store.schema import metadata
from bot.infra.store.schema_cluster import leases, paces, workers
from bot.infra.store.search import FACTS

PORTION = 200
# Who is at work and how fast is true of the moment only.
OF_THE_MOMENT = (leases, workers, paces)
KEPT = [table for table in metadata.sorted_tables if table not in OF_THE_MOMENT]


def back_up(database: Database, target: Path) -> int:
    """Write all that is kept to a file; how many statements that is. An older file there is replaced at the end.

    Only its owner may read the file. Raises AttacheError if it cannot be written.
    """
    source = Path(database.url.database or "") if database.is_sqlite else None
    if source and target.exists() and target.samefile(source):
        raise AttacheError(f"backup to {target}: that is the database itself; name another file")
    with _unfinished(target) as unfinished:
        if source:
            copy_file(source, unfinished)
        else:
            _from_postgres(database, unfinished)
        with closing(connect(unfinished)) as made:
            # One file, complete in itself: no -wal beside it to forget.
            made.execute("PRAGMA journal_mode=DELETE")
            found: tuple[int] = made.execute("SELECT count(*) FROM statements").fetchone()
    return found[0]


def copy_file(source: Path, target: Path) -> None:
    """Copy a SQLite database in use, as it is at one moment."""
    with closing(connect(source)) as there, closing(sqlite3.connect(target, timeout=BUSY_SECONDS)) as here:
        there.backup(here)


def copy_rows(there: Connection, here: Connection) -> None:
    """Copy every kept row, and the words that statements are found by, into empty tables of the same schema."""
    for table in KEPT:
        for rows in there.execute(select(table)).mappings().partitions(PORTION):
            here.execute(insert(table), [dict(row) for row in rows])
    for words in _words(there).partitions(PORTION):
        _write_words(here, [{"seq": seq, "terms": terms} for seq, terms in words])


def connect(path: Path) -> sqlite3.Connection:
    """Open a SQLite file that must be there already."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS)


@contextmanager
def _unfinished(target: Path) -> Iterator[Path]:
    """An empty file beside the target that takes its place if all goes well."""
    unfinished = target.with_name(f".{target.name}.unfinished-{os.getpid()}")
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield unfinished
        os.replace(unfinished, target)
    except (OSError, sqlite3.Error) as error:
        raise AttacheError(f"backup to {target}: {error}; check the folder and its free space") from error
    finally:
        for left in (unfinished, *(unfinished.with_name(f"{unfinished.name}{end}") for end in ("-wal", "-shm"))):
            with suppress(OSError):
                left.unlink()


def _from_postgres(database: Database, target: Path) -> None:
    made = Database(f"sqlite:///{target}")
    try:
        migrate(made)
        with database.snapshot() as there, made.write() as here:
            copy_rows(there, here)
    finally:
        made.close()


def _words(there: Connection) -> Any:
    if there.dialect.name == "sqlite":
        return there.execute(text("SELECT rowid, terms FROM words"))
    return there.execute(text("SELECT statement, array_to_string(tsvector_to_array(terms), ' ') FROM words"))


def _write_words(here: Connection, rows: list[dict[str, Any]]) -> None:
    if here.dialect.name == "sqlite":
        here.execute(text("INSERT INTO words (rowid, terms) VALUES (:seq, :terms)"), rows)
    else:
        terms, facts = "array_to_tsvector(array_remove(string_to_array(:terms, ' '), ''))", ", ".join(FACTS)
        filled = f"SELECT seq, {facts}, {terms} FROM statements WHERE seq = :seq"  # noqa: S608 - names of ours
        here.execute(text(f"INSERT INTO words (statement, {facts}, terms) {filled}"), rows)
