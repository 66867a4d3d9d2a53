"""Digests: what a channel has not been told, once, and honestly when that is nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.digest import Coverage
from bot.domain.identity import identify
from bot.domain.source import Health, Source, SourceKind, SourceState, Watched
from bot.domain.subscription import Filter, Style
from bot.domain.timing import Slot
from bot.errors import UsageError
from bot.infra.store import Store
from bot.infra.store.sources import SqlSources
from bot.services.covering import LASTS, Covering
from bot.services.digests import PAGE, Digests
from tests.fakes import LineRenderer
from tests.samples import NOW, another, channel

SOURCES = tuple(Source(name=name, kind=SourceKind.FEED, url=f"https://{name}.example") for name in ("a", "b", "c"))


class CountedSources(SqlSources):
    """The sources of a store, and how often all of them were looked at."""

    asked = 0

    def watched(self, *, gaps_since: datetime) -> Watched:
        self.asked += 1
        return super().watched(gaps_since=gaps_since)


@pytest.fixture
def digests(store: Store) -> Digests:
    return Digests(
        ledger=store.ledger,
        slots=store.slots,
        statements=store.statements,
        covering=Covering(states=store.sources, sources=SOURCES),
        renderers={"fake": LineRenderer()},
    )


def keep(store: Store, number: int, now: datetime = NOW - timedelta(minutes=1)) -> None:
    store.statements.keep(another(number), identify(another(number).statement), source="a", now=now)


def slot(now: datetime) -> Slot:
    return Slot(now, f"{now:%Y-%m-%dT%H:%M} UTC")


def opened(
    store: Store, digests: Digests, now: datetime = NOW, *, due: datetime | None = None, **changes: Any
) -> list[str]:
    """The messages that opening a slot made."""
    before = {row.key for row in store.ledger.history()}
    digests.open_due(channel(adapter="fake", **changes), slot(due or now), now=now)
    rows = [row for row in store.ledger.history(limit=99) if row.key not in before]
    return [row.payload["text"] for row in sorted(rows, key=lambda row: row.part)]


def test_new_statements_are_told_once(store: Store, digests: Digests) -> None:
    keep(store, 1)
    assert opened(store, digests)[0] == "UN cyber statements: 1 new"
    keep(store, 2, NOW + timedelta(hours=1))
    tomorrow = opened(store, digests, NOW + timedelta(days=1))
    assert tomorrow[0] == "UN cyber statements: 1 new"
    assert "Statement 2" in tomorrow
    assert "Statement 1" not in tomorrow


def test_the_same_slot_is_never_opened_twice(store: Store, digests: Digests) -> None:
    keep(store, 1)
    assert opened(store, digests)
    assert opened(store, digests) == []


def test_nothing_new_is_said_honestly_with_what_was_watched(store: Store, digests: Digests) -> None:
    store.sources.remember(SourceState(name="a", health=Health.WELL))
    store.sources.remember(SourceState(name="b", health=Health.FAILING, failures=1, problem="no answer"))
    store.sources.remember(SourceState(name="c", health=Health.WELL, gap_at=NOW - timedelta(hours=3)))
    assert opened(store, digests) == [
        "UN cyber statements: nothing new",
        "0 new, 3 sources checked, 1 failing, 1 possible gap",
    ]


def test_a_quiet_channel_stays_silent_and_the_slot_is_still_used_up(store: Store, digests: Digests) -> None:
    assert opened(store, digests, style=Style.QUIET) == []
    assert not digests.open_due(channel(adapter="fake"), slot(NOW), now=NOW)


def test_a_gap_is_told_for_a_day_only(store: Store, digests: Digests) -> None:
    store.sources.remember(SourceState(name="a", health=Health.WELL, gap_at=NOW - timedelta(days=2)))
    assert digests.coverage(NOW).gaps == ()


def test_a_source_that_began_to_fail_is_told_within_seconds(store: Store, digests: Digests) -> None:
    for name in "abc":
        store.sources.remember(SourceState(name=name, health=Health.WELL))
    assert digests.coverage(NOW).failing == ()
    store.sources.remember(SourceState(name="b", health=Health.DEAD, failures=7, problem="no answer"))
    assert digests.coverage(NOW + LASTS).failing == ("b",)


def test_the_clock_set_back_brings_no_earlier_answer_back(store: Store, digests: Digests) -> None:
    assert digests.coverage(NOW).checked == 0
    store.sources.remember(SourceState(name="a", health=Health.FAILING))
    assert digests.coverage(NOW - timedelta(days=1)).failing == ("a",)


def test_sources_that_nobody_watches_any_more_count_for_nothing(store: Store, digests: Digests) -> None:
    store.sources.remember(SourceState(name="gone", health=Health.DEAD, gap_at=NOW))
    assert digests.coverage(NOW) == Coverage()


def test_digests_of_the_same_seconds_reckon_the_sources_once(store: Store) -> None:
    states = CountedSources(store.database)
    covering = Covering(states=states, sources=SOURCES)
    store.sources.remember_all([(SourceState(name=name, health=Health.WELL), ()) for name in "abc"])
    with ThreadPoolExecutor(8) as pool:
        told = set(pool.map(covering.at, [NOW + timedelta(milliseconds=n) for n in range(200)]))
    assert told == {Coverage(checked=3)}
    assert states.asked == 1


def test_while_sources_are_still_new_the_answer_is_never_older_than_a_second(store: Store, digests: Digests) -> None:
    assert not digests.settled(NOW, now=NOW)
    store.sources.remember_all([(SourceState(name=name, health=Health.WELL), ()) for name in "abc"])
    assert digests.settled(NOW, now=NOW + timedelta(seconds=1))


def test_a_digest_made_long_after_its_time_says_that_it_is_late(store: Store, digests: Digests) -> None:
    keep(store, 1)
    assert "late" in opened(store, digests, NOW, due=NOW - timedelta(hours=2))[1]


def test_an_adapter_that_is_not_there_is_named_with_those_that_are(digests: Digests) -> None:
    with pytest.raises(UsageError, match="'telex'; there are fake"):
        digests.open(channel(adapter="telex"), slot(NOW), now=NOW)


def test_a_preview_holds_everything_that_passes_however_much_it_is(store: Store, digests: Digests) -> None:
    for number in range(PAGE + 5):
        keep(store, number)
    assert len(digests.preview(Filter(), now=NOW).briefs) == PAGE + 5
