"""Connections and transactions. A database's own errors end here: beyond, they are one line saying what to do."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, func, make_url, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.errors import SettingsError, StoreError
from bot.infra.store.turns import Turns

BUSY_SECONDS = 30
CONNECT_SECONDS = 10
IDLE_SECONDS = 10
PLACE = "settings"
WRITES = "attache_writes"


class Database:
    """One database, used from any number of threads and beside other processes."""

    def __init__(self, url: str) -> None:
        self.url = parse_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.name = self.url.database if self.is_sqlite else self.url.render_as_string(hide_password=True)
        with self._plainly():
            self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgres_engine(self.url)
        self._writer = self.engine.execution_options(**{WRITES: True})
        self._turns = Turns()

    def prepare(self) -> None:
        """Put a SQLite file into WAL mode, which lasts: readers and the writer are never in each other's way."""
        if not self.is_sqlite:
            return
        with self._plainly():
            raw = self.engine.raw_connection()
            try:
                _into_wal(raw.cursor())
            finally:
                raw.close()

    @contextmanager
    def read(self, *, urgent: bool = False) -> Iterator[Connection]:
        """A transaction that only reads: one consistent state, waiting for no writer. `urgent` waits for no turn."""
        with self._turn(writes=False, urgent=urgent), self._plainly(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """One state of the whole database, read for as long as it takes; it holds up no writer."""
        options: dict[str, Any] = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self._plainly(), self.engine.connect().execution_options(**options) as connection, connection.begin():
            if not self.is_sqlite:
                connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
                connection.execution_options(stream_results=True)
            yield connection

    @contextmanager
    def write(
        self, lock: str | None = None, *, thinking: int | None = None, urgent: bool = False
    ) -> Iterator[Connection]:
        """A transaction that writes, all or nothing; those of the same `lock` run one after the other.

        `urgent` waits for no turn, for those few who must not wait for others.

        SQLite lets in one writer at a time whatever the lock. PostgreSQL ends one in which it is asked nothing for
        IDLE_SECONDS, or for `thinking` seconds: a process that stands still must not hold up the others.
        """
        with self._turn(writes=True, urgent=urgent), self._plainly(), self._writer.begin() as connection:
            if thinking is not None and not self.is_sqlite:
                connection.exec_driver_sql(f"SET LOCAL idle_in_transaction_session_timeout = '{thinking}s'")
            if lock is not None and not self.is_sqlite:
                connection.execute(select(func.pg_advisory_xact_lock(_number(lock))))
            yield connection

    def upsert(self, connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        """Insert rows, or update those whose primary key is there already."""
        if not rows:
            return
        names = [column.name for column in table.primary_key]
        others = [name for name in rows[0] if name not in names]
        statement = (sqlite.insert if self.is_sqlite else postgresql.insert)(table)
        update = statement.on_conflict_do_update(
            index_elements=names, set_={name: statement.excluded[name] for name in others}
        )
        connection.execute(update, rows)

    def seconds(self, connection: Connection) -> float:
        """The time by the database's clock, in seconds since 1970: the same for every machine that asks it."""
        now = "(julianday('now') - 2440587.5) * 86400" if self.is_sqlite else "extract(epoch from clock_timestamp())"
        return float(connection.execute(text(f"SELECT {now}")).scalar_one())

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    def _turn(self, *, writes: bool, urgent: bool) -> AbstractContextManager[None]:
        """Connections to a file cost nobody anything."""
        return nullcontext() if urgent or self.is_sqlite else self._turns.turn(writes=writes)

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except PoolTimeoutError as error:
            raise StoreError(f"database {self.name}: every connection is in use; try again") from error
        except DBAPIError as error:
            raise StoreError(f"database {self.name}: {_advice(error.orig or error, self.url)}") from error
        except sqlite3.Error as error:
            raise StoreError(f"database {self.name}: {_advice(error, self.url)}") from error
        except UnicodeEncodeError as error:
            raise StoreError(f"database {self.name}: a text cannot be stored: {error}") from error


def parse_url(url: str) -> URL:
    """The address of a database: a SQLite file or PostgreSQL. Raises SettingsError saying what would be right."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise SettingsError("database", PLACE, _wrong(url)) from error
    backend = parsed.get_backend_name()
    if backend == "sqlite" and parsed.database not in {None, "", ":memory:"}:
        return parsed.set(drivername="sqlite+pysqlite")
    if backend in {"postgresql", "postgres"} and parsed.drivername.partition("+")[2] in {"", "psycopg"}:
        return parsed.set(drivername="postgresql+psycopg")
    raise SettingsError("database", PLACE, _wrong(parsed.render_as_string(hide_password=True)))


def _wrong(url: str) -> str:
    return f"{url!r} is no database; write 'sqlite:///attache.db' or 'postgresql+psycopg://user@host/name'"


def _sqlite_engine(url: URL) -> Engine:
    folder = Path(url.database or "").resolve().parent
    if not folder.is_dir():
        raise SettingsError("database", PLACE, f"there is no folder {folder} for the database; make it first")
    # A thread may hold a second connection (compose reads during open_slot), so the pool must never be the limit.
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, max_overflow=-1)
    event.listen(engine, "connect", _sqlite_connected)
    event.listen(engine, "begin", _sqlite_begins)
    return engine


def _sqlite_connected(connection: Any, _record: object) -> None:
    # The driver's own transaction handling begins too late to read and write in one transaction.
    connection.isolation_level = None
    cursor = connection.cursor()
    # FULL: with WAL, NORMAL may forget the last commits at a power loss, and a forgotten `sent` is posted again.
    for pragma in ("foreign_keys=ON", "synchronous=FULL", "fullfsync=ON", "cache_size=-32000", "mmap_size=268435456"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _into_wal(cursor: Any) -> None:
    # SQLite does not wait for this change as it does for a transaction: another process may be making it now.
    for _ in range(BUSY_SECONDS * 10):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(0.1)
        else:
            return
    raise sqlite3.OperationalError("database is locked")


def _sqlite_begins(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgres_engine(url: URL) -> Engine:
    try:
        given = str(url.query.get("options") or "")
        # No question here takes so long that making machine code of it first were worth the wait.
        options = f"-c idle_in_transaction_session_timeout={IDLE_SECONDS}s -c jit=off {given}".strip()
        connect = {"connect_timeout": CONNECT_SECONDS, "options": options}
        return create_engine(url, connect_args=connect, max_overflow=-1, pool_pre_ping=True)
    except ImportError as error:
        what = "PostgreSQL needs the driver psycopg; install 'cyber-attache[postgres]'"
        raise SettingsError("database", PLACE, what) from error


def _advice(error: BaseException, url: URL) -> str:
    said = " ".join(str(error).split())
    plain = next((advice for sign, advice in ADVICE if sign in said.lower()), None)
    if url.password:
        said = said.replace(str(url.password), "***")
    return plain if plain and isinstance(error, sqlite3.Error) else f"{said[:300]}{_next(said)}"


def _next(said: str) -> str:
    if re.search(r"no space left|disk full|could not extend", said, re.IGNORECASE):
        return "; free some space"
    if re.search(r"connection|connect|server closed|terminat", said, re.IGNORECASE):
        return "; check that PostgreSQL runs and that `database` is right"
    return ""


ADVICE = (
    ("disk is full", "the disk is full; free some space, nothing was half-written"),
    ("database is locked", f"another process has been writing for {BUSY_SECONDS} s; try again, or stop it"),
    ("unable to open", "the file cannot be opened; check that it and its folder may be read and written"),
    ("readonly", "the file or its folder is read-only; make both writable"),
    ("not a database", "the file is not a SQLite database; name another file in `database`"),
    ("malformed", "the file is damaged; restore a backup with `attache restore`"),
)


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode("utf-8", "replace")).digest()[:8], signed=True)
