"""Every schema there ever was is brought forward with what it holds, and the service works on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from bot.domain.delivery import State
from bot.domain.identity import identify
from bot.domain.outline import Place, Said, Stand
from bot.domain.subscription import Filter
from bot.domain.taxonomy import Topic
from bot.infra.store import Store, open_store, restore_store
from bot.infra.store.chat import SqlInstallations
from bot.infra.store.engine import Database
from bot.infra.store.migrate import configuration, version
from bot.infra.store.schema import HEAD, metadata
from bot.ports import Change
from bot.services.deliver import Deliverer
from tests.conftest import DATABASES
from tests.contracts.second_process import race
from tests.fakes import FakeChat, SetClock
from tests.samples import NOW, another, brief, channel
from tests.services.crew import at_work

SECTION = re.compile(r"^-- (\d{4})$", re.MULTILINE)
TEXTS = SECTION.split((Path(__file__).parent / "revisions.sql").read_text(encoding="utf-8"))
HELD = dict(zip(TEXTS[1::2], TEXTS[2::2], strict=True))
KEPT = "ef854f9cbbac"
LATER = NOW + timedelta(hours=1)


def made_at(revision: str, url: str) -> str:
    """Make a database as it was at a revision, with what it held."""
    database = Database(url)
    database.prepare()
    with database.write() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        cursor = connection.connection.cursor()
        if not database.is_sqlite:
            cursor.execute("SET LOCAL TIME ZONE 'UTC'")
        for number, rows in HELD.items():
            if number <= revision:
                command.upgrade(config, number)
                for row in rows.strip().splitlines():
                    cursor.execute(_blob(row, sqlite=database.is_sqlite))
        for table in () if database.is_sqlite else ("statements", "slots"):
            highest = f"(SELECT max(seq) FROM {table})"
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'seq'), {highest})")
    database.close()
    return url


def _blob(row: str, *, sqlite: bool) -> str:
    if sqlite:
        return row.replace("BYTES'", "X'").replace("INTO words (statement,", "INTO words (rowid,")
    row = re.sub(r"(INTO words .*VALUES \(\d+, )('.*')\)", r"\1array_to_tsvector(string_to_array(\2, ' ')))", row)
    return re.sub(r"BYTES'([0-9a-f]*)'", r"'\\x\1'::bytea", row)


@pytest.fixture(params=[(revision, kind) for revision in HELD for kind in DATABASES], ids=" on ".join)
def earlier(request: pytest.FixtureRequest, fresh_url: Callable[..., str]) -> tuple[str, str]:
    """An earlier revision, and the address of a database that stands at it."""
    revision, kind = request.param
    return revision, made_at(revision, fresh_url(kind))


def test_every_earlier_revision_is_tried() -> None:
    known = {script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions()}
    assert set(HELD) == known - {HEAD}, "add a section to revisions.sql, if only with a comment"


async def test_the_service_works_on_what_an_earlier_revision_left(earlier: tuple[str, str]) -> None:
    revision, url = earlier
    store = open_store(url)
    with store.database.read() as connection:
        assert version(connection) == HEAD
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert [d for d in compare_metadata(context, metadata) if "words" not in str(d)] == []
    knows_what_it_knew(store, revision)
    if revision >= "0005":
        # Who was at work then is silent now, and given up as any worker that is.
        assert store.cluster.strike("w1", beats=4)
    await goes_on_where_it_was(store)
    store.close()


def knows_what_it_knew(store: Store, revision: str) -> None:
    kept = store.statements.get(brief().statement.url or "")
    assert kept is not None
    assert (kept.statement.id, kept.points) == (KEPT, brief().points)
    assert store.statements.search("malaria bed nets", Filter(), limit=5).total == 1
    wanted = Filter(topics=frozenset({Topic.RANSOMWARE}), countries=frozenset({"MWI"}), since=kept.statement.date)
    for words, total in (("", 2), ("malaria", 1), ("word2x3", 1)):
        assert store.statements.search(words, wanted, limit=5).total == total
    outlined = store.statements.outlines(Filter(), limit=5)
    assert {outline.id: outline.stands for outline in outlined} == {
        KEPT: tuple(Stand(point.stance, point.topics) for point in brief().points),
        "fcc584832e88": (),
    }
    assert {outline.speaker for outline in outlined} == {brief().statement.speaker}
    place = Place(KEPT, 1, 1)
    assert store.statements.said([place]) == {place: Said(kept.points[0].text, kept.points[0].link, False)}
    assert store.sources.states()["mission"].window == ("entry-1",)
    assert [trace.statement_id for trace in store.sources.trace("entry-1")] == [KEPT]
    assert [row.state for row in store.ledger.history()] == [State.PENDING, State.SENT]
    if revision >= "0002":
        assert [made.model for made in store.rewritings.about(KEPT)] == ["small"]
    if revision >= "0003":
        assert [page.statement_id for page in store.pages.due(now=NOW + timedelta(days=1), limit=5)] == [KEPT]
        assert [mark.reader for mark in store.marks.of(KEPT)] == ["console:ann"]
    if revision >= "0004":
        assert [made.channel.key for made in store.subscriptions.subscriptions()] == ["console:other"]
        assert list(store.subscriptions.holds()) == ["console:third"]
        assert store.actions.find("a" * 20) == "show 1"
        assert SqlInstallations(lambda: store.database, "slack").get("T1") == {"bot_token": "xoxb-1"}


async def goes_on_where_it_was(store: Store) -> None:
    """What is known is not kept twice, what waits is posted once, what was told is not told again."""
    again = store.statements.keep(brief(), identify(brief().statement), source="mission", now=LATER)
    assert (again.id, again.change) == (KEPT, Change.SAME)
    fresh = store.statements.keep(another(3), identify(another(3).statement), source="mission", now=LATER)
    assert fresh.change is Change.NEW
    chat, clock = FakeChat(), SetClock(LATER)
    with store.database.write() as connection:
        connection.execute(text('UPDATE deliveries SET payload = \'{"text": "second"}\' WHERE part = 2'))
    async with at_work(store) as workers:
        deliverer = Deliverer(
            ledger=store.ledger,
            subscriptions=store.subscriptions,
            adapters={"console": chat},
            clock=clock,
            workers=workers,
        )
        assert await deliverer.post() == 1
        assert await deliverer.post() == 0
    assert chat.texts() == ["second"]
    assert store.ledger.open_slot(channel(), "2026-11-23T08:30 UTC", now=LATER, compose=lambda briefs: []) is None
    made = store.ledger.open_slot(channel(), "next", now=LATER, compose=lambda briefs: [{"n": len(briefs)}])
    assert made is not None
    assert (made[0].payload, made[0].statement_ids) == ({"n": 1}, (fresh.id,))


@pytest.mark.parametrize("kind", DATABASES)
@pytest.mark.parametrize("revision", [min(HELD), max(HELD)])
def test_three_processes_that_start_together_migrate_it_once(
    revision: str, kind: str, fresh_url: Callable[..., str]
) -> None:
    assert race(made_at(revision, fresh_url(kind)), "open", processes=3) == ["2", "2", "2"]


@pytest.mark.parametrize("revision", HELD)
@pytest.mark.parametrize("kind", DATABASES)
def test_a_backup_of_an_earlier_revision_can_be_put_back(
    revision: str, kind: str, fresh_url: Callable[..., str]
) -> None:
    backup, target = made_at(revision, fresh_url("sqlite")), fresh_url(kind)
    restore_store(target, backup.removeprefix("sqlite:///"), now=LATER)
    store = open_store(target)
    kept = store.statements.get(KEPT)
    assert kept is not None
    assert kept.points == brief().points
    store.close()
