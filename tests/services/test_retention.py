"""What is forgotten after a while, what never is, and that the database does not grow for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bot.domain.identity import identify
from bot.domain.page import Page
from bot.domain.source import SourceState
from bot.infra.store import Store, open_store
from bot.infra.store.retention import PORTION
from bot.infra.store.schema import pages, traces
from bot.ports import Trace
from bot.services.retention import Retention
from tests.fakes import SetClock
from tests.samples import NOW, another, channel

LONG_AGO = NOW - timedelta(days=100)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
def retention(store: Store, clock: SetClock) -> Retention:
    return Retention(store=store.retention, clock=clock, after=timedelta(days=90))


def entry(id: str, *, seen_at: datetime = LONG_AGO, source: str = "s", statement_id: str | None = None) -> Trace:
    return Trace(
        source=source,
        entry_id=id,
        url=None,
        title=id,
        outcome="skipped",
        why=("x",),
        statement_id=statement_id,
        digest="d",
        seen_at=seen_at,
    )


def remember(store: Store, *entries: Trace, window: Sequence[str] = (), source: str = "s") -> None:
    store.sources.remember(SourceState(name=source, window=tuple(window)), entries)


def left(store: Store, source: str = "s") -> set[str]:
    with store.database.read() as connection:
        return set(connection.execute(select(traces.c.entry_key).where(traces.c.source == source)).scalars())


class TestEntries:
    async def test_old_ones_that_were_no_statement_are_forgotten(self, store: Store, retention: Retention) -> None:
        remember(store, entry("old"), entry("young", seen_at=NOW - timedelta(days=89)))
        assert await retention.tidy() == 1
        assert left(store) == {"young"}

    async def test_those_that_led_to_a_statement_are_kept(self, store: Store, retention: Retention) -> None:
        remember(store, entry("told", statement_id="0123456789ab"))
        assert await retention.tidy() == 0
        assert left(store) == {"told"}

    async def test_those_their_source_still_shows_are_kept(self, store: Store, retention: Retention) -> None:
        remember(store, entry("shown"), entry("gone"), window=["shown"])
        assert await retention.tidy() == 1
        assert left(store) == {"shown"}

    async def test_any_number_goes_in_small_portions(self, store: Store, retention: Retention) -> None:
        many = PORTION * 2 + 3
        # The first portion is all still shown: that must not hide what comes after it.
        shown = [f"a{number:05}" for number in range(PORTION)]
        remember(store, *(entry(id) for id in shown), *(entry(f"b{n:05}") for n in range(many)), window=shown)
        remember(store, entry("other", source="t"), source="t")
        portions = list(store.retention.forget(NOW - timedelta(days=90)))
        assert max(portions) <= PORTION
        assert sum(portions) == many + 1
        assert left(store) == set(shown)
        assert left(store, "t") == set()


async def test_statements_their_briefs_and_the_ledger_stay(store: Store, retention: Retention, clock: SetClock) -> None:
    sample = another(1)
    kept = store.statements.keep(sample, identify(sample.statement), source="s", now=LONG_AGO)
    page = Page(url=sample.statement.url or "", source="s", title="T", published=None, first_seen_at=LONG_AGO)
    store.pages.watch(page, now=LONG_AGO)
    assert await retention.tidy() == 0  # it is looked at again, as soon as that can be
    (due,) = store.pages.due(now=NOW, limit=1)
    store.pages.remember(replace(due, next_look=None))
    store.ledger.open_slot(channel(), "slot", now=LONG_AGO, compose=lambda briefs: [{"n": len(briefs)}])
    clock.pass_by(timedelta(days=3650))
    assert await retention.tidy() == 1  # the page alone
    with store.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(pages)).scalar_one() == 0
    assert store.statements.get(kept.id) is not None
    assert len(store.statements.revisions(kept.id)) == 1
    assert [row.statement_ids for row in store.ledger.history()] == [(kept.id,)]


async def test_the_file_does_not_grow_by_what_is_forgotten(tmp_path: Path, clock: SetClock) -> None:
    store = open_store(f"sqlite:///{tmp_path}/attache.db")
    retention = Retention(store=store.retention, clock=clock, after=timedelta(days=90))
    sizes = []
    for round in range(6):
        remember(store, *(entry(f"{round}-{n}", seen_at=clock.now()) for n in range(3000)))
        clock.pass_by(timedelta(days=100))
        await retention.tidy()
        with store.database.read() as connection:
            sizes.append(connection.execute(text("PRAGMA page_count")).scalar_one())
    store.close()
    assert sizes[-1] <= sizes[0] * 1.05
