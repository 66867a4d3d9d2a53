"""Putting a backup back, on either database; what may have been posted since is looked for before it goes out again."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, delete, exists, insert, select, text, update

from bot.domain.delivery import LOOKED_FOR, State
from bot.errors import AttacheError
from bot.infra.store.backup import KEPT, OF_THE_MOMENT, back_up, connect, copy_file, copy_rows
from bot.infra.store.engine import BUSY_SECONDS, Database
from bot.infra.store.migrate import migrate
from bot.infra.store.schema import channels, deliveries, installations, statements
from bot.infra.store.schema_cluster import restorations, workers

# A worker that was heard of so lately is at work; one that was killed is gone by then.
AT_WORK_SECONDS = 30
SERIALS = ("statements", "slots")


def restore_store(url: str, path: str | Path, *, now: datetime) -> Path | None:
    """Put a backup in the place of what a database holds; where that was written to, None if it held nothing.

    The backup may be of an older version, and of the other kind of database. All that waited in it is looked for at the
    platform before it is posted. Raises AttacheError if the file is no backup, if a worker is at work on the database,
    or if it cannot be written; then nothing is changed.
    """
    backup = Path(path)
    _check(backup)
    database = Database(url)
    beside = Path(database.url.database or "").parent if database.is_sqlite else None
    try:
        with _prepared(backup, beside, now) as prepared:
            return (
                _into_sqlite(database, prepared) if database.is_sqlite else _into_postgres(database, prepared, backup)
            )
    finally:
        database.close()


def _check(backup: Path) -> None:
    if not backup.is_file():
        raise AttacheError(f"restore from {backup}: there is no such file")
    try:
        with closing(connect(backup)) as there:
            there.execute("SELECT count(*) FROM alembic_version, statements LIMIT 1")
            sound = there.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.Error as error:
        raise AttacheError(f"restore from {backup}: not a backup of Attaché's: {error}") from error
    if not sound:
        raise AttacheError(f"restore from {backup}: the file is damaged; use another backup")


@contextmanager
def _prepared(backup: Path, beside: Path | None, now: datetime) -> Iterator[Path]:
    """A copy of the backup, of this version, in which nothing waits that was not looked for."""
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="attache-restore-", dir=beside))
            copy = Path(folder) / "copy.db"
            copy_file(backup, copy)
        except (OSError, sqlite3.Error) as error:
            raise AttacheError(f"restore from {backup}: no copy can be made: {error}; free some space") from error
        database = Database(f"sqlite:///{copy}")
        try:
            migrate(database)
            with database.write() as connection:
                _mark(connection, now)
        except AttacheError as error:
            raise AttacheError(f"restore from {str(error).replace(str(copy), str(backup))}") from error
        finally:
            database.close()
        yield copy


def _mark(connection: Connection, now: datetime) -> None:
    for table in OF_THE_MOMENT:
        connection.execute(delete(table))
    waits = deliveries.c.state == State.PENDING
    connection.execute(update(deliveries).where(waits).values(state=State.SENDING, reason=LOOKED_FOR))
    if connection.execute(select(exists().where(restorations.c.restored_at == now))).scalar_one() is False:
        connection.execute(insert(restorations).values(restored_at=now))


def _into_sqlite(database: Database, prepared: Path) -> Path | None:
    target = Path(database.url.database or "")
    before = None
    if target.exists():
        _refuse_at_work(database)
        before = target.with_name(f"{target.name}.before-restore")
        try:
            back_up(database, before)
        except AttacheError as error:
            what = f"what is there cannot be kept ({error}); if it is damaged, move it away and try again"
            raise AttacheError(f"restore to {target}: {what}") from error
        database.close()
    try:
        with closing(connect(prepared)) as there, closing(sqlite3.connect(target, timeout=BUSY_SECONDS)) as here:
            there.backup(here)
    except sqlite3.Error as error:
        raise AttacheError(f"restore to {target}: {error}; stop what uses it and try again") from error
    database.prepare()
    return before


def _into_postgres(database: Database, prepared: Path, backup: Path) -> Path | None:
    migrate(database)
    _refuse_at_work(database)
    before = None
    if _holds_anything(database):
        before = backup.with_name(f"{backup.name}.before-restore")
        back_up(database, before)
    source = Database(f"sqlite:///{prepared}")
    try:
        with source.snapshot() as there, database.write(lock="migrate") as here:
            here.execute(text("SET LOCAL lock_timeout = '10s'"))
            names = ", ".join(table.name for table in (*KEPT, *OF_THE_MOMENT))
            here.execute(text(f"TRUNCATE {names}, words"))
            copy_rows(there, here)
            for name in SERIALS:
                here.execute(text(_next_serial(name)))
    finally:
        source.close()
    return before


def _next_serial(table: str) -> str:
    highest = f"(SELECT max(seq) FROM {table})"  # noqa: S608 - a name of ours
    return f"SELECT setval(pg_get_serial_sequence('{table}', 'seq'), coalesce({highest}, 1), {highest} IS NOT NULL)"


def _refuse_at_work(database: Database) -> None:
    try:
        with database.read() as connection:
            now = database.seconds(connection)
            rows = connection.execute(select(workers.c.host, workers.c.role, workers.c.beat_at)).all()
    except AttacheError:
        return  # damaged, or of another version: that is what a backup is put back for
    for row in rows:
        if now - row.beat_at.timestamp() < AT_WORK_SECONDS:
            raise AttacheError(
                f"restore to {database.name}: `attache {row.role}` on {row.host} is at work on it; stop it first "
                f"(one that was killed is forgotten after {AT_WORK_SECONDS} s)"
            )


def _holds_anything(database: Database) -> bool:
    with database.read() as connection:
        return any(
            connection.execute(select(exists(select(table)))).scalar_one()
            for table in (statements, channels, installations)
        )
