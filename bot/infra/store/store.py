"""Opening the store: connect, bring the schema forward, hand out the ports."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from bot.errors import AttacheError
from bot.infra.store.chat import SqlActions
from bot.infra.store.cluster import SqlCluster
from bot.infra.store.corrections import SqlCorrections
from bot.infra.store.engine import BUSY_SECONDS, Database, parse_url
from bot.infra.store.ledger import SqlLedger
from bot.infra.store.marks import SqlMarks
from bot.infra.store.migrate import migrate
from bot.infra.store.paces import SqlPaces
from bot.infra.store.pages import SqlPages
from bot.infra.store.rewritings import SqlRewritings
from bot.infra.store.sources import SqlSources
from bot.infra.store.statements import SqlStatements
from bot.infra.store.subscriptions import SqlSubscriptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """The ports on one database; usable from several threads, and beside other processes."""

    statements: SqlStatements
    sources: SqlSources
    ledger: SqlLedger
    subscriptions: SqlSubscriptions
    actions: SqlActions
    corrections: SqlCorrections
    pages: SqlPages
    marks: SqlMarks
    rewritings: SqlRewritings
    cluster: SqlCluster
    paces: SqlPaces
    database: Database

    def ping(self) -> None:
        """Do nothing, on the database. Raises AttacheError if it cannot be reached."""
        with self.database.read() as connection:
            connection.execute(text("SELECT 1"))

    def backup(self, path: str | Path) -> None:
        """Write a consistent copy of a SQLite database while it is in use; an older file there is replaced at the end.

        Raises AttacheError if it cannot be written, and for PostgreSQL, naming the command to use.
        """
        if not self.database.is_sqlite:
            shown = self.database.url.set(drivername="postgresql").render_as_string(hide_password=True)
            raise AttacheError(f"PostgreSQL keeps its own backups: run pg_dump --format=custom --file={path} '{shown}'")
        self.ping()
        _copy(Path(self.database.url.database or ""), Path(path))

    def close(self) -> None:
        """Let go of every connection."""
        self.database.close()


def open_store(url: str) -> Store:
    """Connect to a database and migrate it forward; safe to do in several processes at once.

    `url` is `sqlite:///attache.db` or `postgresql+psycopg://user:password@host/name`. Raises SettingsError for an
    address that cannot be right; AttacheError if the database cannot be reached, is full, or is of a newer version.
    """
    database = Database(url)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return Store(
        statements=SqlStatements(database),
        sources=SqlSources(database),
        ledger=SqlLedger(database),
        subscriptions=SqlSubscriptions(database),
        actions=SqlActions(database),
        corrections=SqlCorrections(database),
        pages=SqlPages(database),
        marks=SqlMarks(database),
        rewritings=SqlRewritings(database),
        cluster=SqlCluster(database),
        paces=SqlPaces(database),
        database=database,
    )


def restore_store(url: str, path: str | Path) -> None:
    """Put a backup in the place of a SQLite database; what was there is kept beside it as `<name>.before-restore`.

    Raises AttacheError if the file is no backup of Attaché's or the database cannot be written, and for PostgreSQL,
    naming the command to use. Other processes on the database see either the old content or the new.
    """
    database = parse_url(url)
    if database.get_backend_name() != "sqlite":
        shown = database.set(drivername="postgresql").render_as_string(hide_password=True)
        raise AttacheError(f"PostgreSQL restores its own backups: run pg_restore --clean --dbname='{shown}' {path}")
    backup, target = Path(path), Path(database.database or "")
    _check_backup(backup)
    if target.exists():
        _copy(target, target.with_name(f"{target.name}.before-restore"))
    try:
        with closing(_connect(backup)) as there, closing(sqlite3.connect(target, timeout=BUSY_SECONDS)) as here:
            there.backup(here)
    except sqlite3.Error as error:
        raise AttacheError(f"restore to {target}: {error}; stop what uses it and try again") from error


def _check_backup(backup: Path) -> None:
    if not backup.is_file():
        raise AttacheError(f"restore from {backup}: there is no such file")
    try:
        with closing(_connect(backup)) as there:
            there.execute("SELECT count(*) FROM alembic_version, statements LIMIT 1")
            sound = there.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.Error as error:
        raise AttacheError(f"restore from {backup}: not a backup of Attaché's: {error}") from error
    if not sound:
        raise AttacheError(f"restore from {backup}: the file is damaged; use another backup")


def _connect(path: Path) -> sqlite3.Connection:
    """Open a file that must be there already."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS)


def _copy(source: Path, target: Path) -> None:
    if target.exists() and target.samefile(source):
        raise AttacheError(f"backup to {target}: that is the database itself; name another file")
    unfinished = target.with_name(f".{target.name}.unfinished-{os.getpid()}")
    try:
        with closing(_connect(source)) as there, closing(sqlite3.connect(unfinished)) as here:
            there.backup(here)
            # One file, complete in itself: no -wal beside it to forget.
            here.execute("PRAGMA journal_mode=DELETE")
        os.replace(unfinished, target)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            unfinished.unlink()
        raise AttacheError(f"backup to {target}: {error}; check the folder and its free space") from error
