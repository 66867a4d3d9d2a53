"""The port PageStore, on every database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.brief import Brief
from bot.domain.identity import identify
from bot.domain.page import Page
from bot.domain.source import Validators
from bot.infra.store import Store
from tests.samples import NOW, another

HOUR = timedelta(hours=1)


def keep(store: Store, what: Brief, *, at: datetime = NOW) -> str:
    return store.statements.keep(what, identify(what.statement), source="Mission", now=at).id


def page(number: int, **changes: Any) -> Page:
    sample = Page(
        url=f"https://mission.example/{number}",
        source="Mission",
        title=f"Statement {number}",
        published=datetime(2026, 11, 21, 9, 0, tzinfo=UTC),
        first_seen_at=NOW,
        validators=Validators(etag='"1"', last_modified="Sat, 21 Nov 2026 09:00:00 GMT"),
        content="aa",
    )
    return replace(sample, **changes)


def due(store: Store, after: timedelta, *, limit: int = 9) -> list[Page]:
    return list(store.pages.due(now=NOW + after, limit=limit))


def test_a_page_is_due_six_hours_after_its_statement_was_first_seen(store: Store) -> None:
    id = keep(store, another(1))
    store.pages.watch(page(1), now=NOW)
    assert due(store, timedelta(hours=5, minutes=59)) == []
    assert due(store, 6 * HOUR) == [page(1, statement_id=id, next_look=NOW + 6 * HOUR)]


def test_the_age_of_a_page_is_that_of_its_statement(store: Store) -> None:
    keep(store, another(1), at=NOW - timedelta(days=2))
    store.pages.watch(page(1), now=NOW)
    (got,) = due(store, timedelta(days=1))
    assert (got.first_seen_at, got.next_look) == (NOW - timedelta(days=2), NOW + timedelta(days=1))


def test_the_address_may_be_written_in_another_way_but_must_be_the_first_one(store: Store) -> None:
    keep(store, another(1))
    copy = another(1, url="https://copies.example/1")
    keep(store, copy)
    store.pages.watch(page(1, url="https://copies.example/1"), now=NOW)
    store.pages.watch(page(2), now=NOW)
    assert due(store, 99 * HOUR) == []
    store.pages.watch(page(1, url="http://www.mission.example/1/?utm_source=x"), now=NOW)
    assert len(due(store, 99 * HOUR)) == 1


def test_watched_again_it_keeps_the_time_of_its_next_look(store: Store) -> None:
    id = keep(store, another(1))
    store.pages.watch(page(1), now=NOW)
    later = page(1, statement_id=id, next_look=NOW + 30 * HOUR, failures=2)
    store.pages.remember(later)
    store.pages.watch(page(1, title="Corrected", content="bb", validators=Validators()), now=NOW + HOUR)
    assert due(store, 30 * HOUR) == [replace(later, title="Corrected", content="bb", validators=Validators())]


def test_the_longest_waiting_come_first_and_so_many_at_most(store: Store) -> None:
    for number, hours in ((1, 9), (2, 7), (3, 8), (4, 99)):
        id = keep(store, another(number))
        store.pages.remember(page(number, statement_id=id, next_look=NOW + hours * HOUR))
    assert [p.title for p in due(store, 10 * HOUR, limit=2)] == ["Statement 2", "Statement 3"]
    assert len(due(store, 10 * HOUR)) == 3


def test_a_page_without_a_next_look_is_left_alone(store: Store) -> None:
    id = keep(store, another(1))
    store.pages.remember(page(1, statement_id=id, next_look=None))
    store.pages.watch(page(1), now=NOW)
    assert due(store, timedelta(days=99)) == []


def test_what_no_database_can_store_does_no_harm(store: Store) -> None:
    id = keep(store, another(1))
    store.pages.watch(page(1, title="a\x00b\ud800"), now=NOW)
    assert due(store, 6 * HOUR)[0].title == "a\ufffdb\ufffd"
    store.pages.remember(page(1, statement_id=f"{id[:4]}\x00"))
    store.pages.watch(page(1, url="http://[\x00"), now=NOW)
