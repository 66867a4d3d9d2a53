"""The port SlotLedger, on every database: what is due is opened once, and from when on it counts."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.brief import Brief
from bot.domain.identity import identify
from bot.domain.reply import Payload
from bot.domain.subscription import Channel, Filter
from bot.domain.timing import Slot, parse_schedule
from bot.infra.store import Store, open_store
from tests.samples import NOW, another, channel

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LIVE = channel(schedule=parse_schedule("as it happens, at most 3 an hour"))


def titles(briefs: Sequence[Brief]) -> Sequence[Payload]:
    return [{"text": ", ".join(brief.statement.title for brief in briefs) or "nothing"}]


def keep(store: Store, *numbers: int, now: datetime = NOW, **changes: Any) -> None:
    for number in numbers:
        brief = another(number, date=now.date(), **changes)
        store.statements.keep(brief, identify(brief.statement), source="a", now=now)


def live(store: Store, now: datetime, wanted: Channel = LIVE) -> list[str]:
    return [row.payload["text"] for row in store.slots.open_live(wanted, now=now, compose=titles)]


def due(store: Store, at: datetime, now: datetime, wanted: Channel = channel()) -> list[str] | None:  # noqa: B008 - frozen
    slot = Slot(at, f"{at:%Y-%m-%dT%H:%M} UTC")
    rows = store.slots.open_due(wanted, slot, now=now, compose=titles)
    return None if rows is None else [row.payload["text"] for row in rows]


class TestFromWhenOn:
    def test_a_schedule_counts_from_when_it_was_first_seen_in_every_process(self, store: Store) -> None:
        assert store.slots.count_from([channel()], now=NOW) == {"console:room": NOW}
        assert store.slots.count_from([channel()], now=NOW + DAY) == {"console:room": NOW}

    def test_a_changed_schedule_or_zone_counts_anew_and_nothing_else_does(self, store: Store) -> None:
        store.slots.count_from([channel()], now=NOW)
        same = replace(channel(), lookback=DAY)
        assert store.slots.count_from([same], now=NOW + DAY)["console:room"] == NOW
        later = channel(schedule=parse_schedule("daily 09:00"))
        assert store.slots.count_from([later], now=NOW + DAY)["console:room"] == NOW + DAY
        moved = replace(later, zone=ZoneInfo("Asia/Tokyo"))
        assert store.slots.count_from([moved], now=NOW + 2 * DAY)["console:room"] == NOW + 2 * DAY

    def test_what_was_not_served_for_a_while_has_missed_nothing(self, store: Store) -> None:
        store.slots.count_from([channel()], now=NOW)
        assert store.slots.count_from([], now=NOW + DAY) == {}
        assert store.slots.count_from([channel()], now=NOW + 2 * DAY)["console:room"] == NOW + 2 * DAY

    def test_after_the_clock_was_set_back_what_counted_from_the_future_counts_from_now(self, store: Store) -> None:
        store.slots.count_from([channel()], now=NOW + 365 * DAY)
        assert store.slots.count_from([channel()], now=NOW) == {"console:room": NOW}

    def test_two_things_a_place_is_told_count_apart(self, store: Store) -> None:
        store.slots.count_from([channel()], now=NOW)
        found = store.slots.count_from([channel(), channel(name="urgent")], now=NOW + DAY)
        assert found == {"console:room": NOW, "console:room#urgent": NOW + DAY}


class TestSlots:
    def test_a_slot_is_opened_once_and_no_earlier_one_after_it(self, store: Store) -> None:
        store.slots.count_from([channel()], now=NOW - DAY)
        assert due(store, NOW, NOW) == ["nothing"]
        assert due(store, NOW, NOW) is None
        assert due(store, NOW - HOUR, NOW) is None, "it was caught up by the later one"
        assert due(store, NOW + HOUR, NOW + HOUR) == ["nothing"]

    def test_slots_that_a_clock_a_year_ahead_opened_keep_none_of_this_year_back(self, store: Store) -> None:
        store.slots.count_from([channel()], now=NOW - DAY)
        assert due(store, NOW + 365 * DAY, NOW + 365 * DAY) == ["nothing"]
        assert due(store, NOW, NOW) == ["nothing"]
        keep(store, 1, now=NOW + HOUR)
        assert due(store, NOW + DAY, NOW + DAY) == ["Statement 1"], "also what came since is news"

    def test_two_things_a_place_is_told_have_slots_of_their_own_and_repeat_nothing(self, store: Store) -> None:
        keep(store, 1)
        assert due(store, NOW, NOW) == ["Statement 1"]
        assert due(store, NOW, NOW, channel(name="urgent")) == ["nothing"]
        assert {row.slot for row in store.ledger.history()} == {"2026-11-23T08:30 UTC", "2026-11-23T08:30 UTC urgent"}

    def test_something_more_that_a_place_is_told_begins_with_its_own_last_days(self, store: Store) -> None:
        keep(store, 1, country="EST")
        wide, narrow = channel(name="all"), channel(filter=Filter(countries=frozenset({"MWI"})))
        assert due(store, NOW, NOW, narrow) == ["nothing"]
        assert due(store, NOW + 30 * DAY, NOW + 30 * DAY, wide) == ["nothing"], "a month later 1 is no news"

    def test_processes_that_race_for_a_slot_open_it_once(self, store: Store) -> None:
        keep(store, 1)
        stores = [open_store(store.database.url.render_as_string(hide_password=False)) for _ in range(3)]
        with ThreadPoolExecutor(3) as pool:
            found = list(pool.map(lambda each: due(each, NOW, NOW), stores))
        for each in stores:
            each.close()
        assert sorted(found, key=str) == [None, None, ["Statement 1"]] or found.count(None) == 2


def begin(store: Store) -> None:
    """A channel that was told things before."""
    assert live(store, NOW - DAY) == []


class TestAsItHappens:
    def test_each_statement_is_a_post_named_by_it(self, store: Store) -> None:
        begin(store)
        keep(store, 1, 2)
        assert live(store, NOW) == ["Statement 1", "Statement 2"]
        ids = {row.statement_ids[0] for row in store.ledger.history()}
        assert {row.slot for row in store.ledger.history()} == {f"as it happens {id}" for id in ids}

    def test_nothing_new_opens_nothing(self, store: Store) -> None:
        assert live(store, NOW) == []
        assert store.ledger.history() == []

    def test_more_than_the_hour_may_have_comes_in_one_post(self, store: Store) -> None:
        begin(store)
        keep(store, 1, 2, 3, 4)
        assert live(store, NOW) == ["Statement 1, Statement 2, Statement 3, Statement 4"]

    def test_when_the_hour_is_full_what_comes_waits_and_then_comes_in_one_post(self, store: Store) -> None:
        begin(store)
        keep(store, 1, 2, 3)
        assert len(live(store, NOW)) == 3
        for number in (4, 5):
            keep(store, number, now=NOW + number * MINUTE)
            assert live(store, NOW + number * MINUTE) == []
        assert live(store, NOW + 59 * MINUTE) == []
        assert live(store, NOW + 60 * MINUTE) == ["Statement 4, Statement 5"]

    def test_what_waited_comes_in_one_post_also_if_the_hour_is_empty(self, store: Store) -> None:
        begin(store)
        keep(store, 1, 2)
        assert live(store, NOW + 6 * MINUTE) == ["Statement 1, Statement 2"]

    def test_a_new_channel_begins_with_the_last_days_in_one_post(self, store: Store) -> None:
        for number in range(12):
            keep(store, number, now=NOW - number * DAY)
        (first,) = live(store, NOW)
        assert first.count("Statement") == 8
        assert live(store, NOW + HOUR) == []

    def test_what_is_told_as_it_happens_the_digest_of_the_place_does_not_repeat_nor_the_other_way(
        self, store: Store
    ) -> None:
        urgent = replace(LIVE, name="urgent")
        keep(store, 1)
        assert live(store, NOW, urgent) == ["Statement 1"]
        keep(store, 2, now=NOW + MINUTE)
        assert due(store, NOW + 2 * MINUTE, NOW + 2 * MINUTE) == ["Statement 2"]
        assert live(store, NOW + 3 * MINUTE, urgent) == []

    def test_a_clock_that_was_a_year_ahead_does_not_fill_the_hour(self, store: Store) -> None:
        begin(store)
        keep(store, 1, 2, 3, now=NOW + 365 * DAY)
        assert len(live(store, NOW + 365 * DAY)) == 3
        keep(store, 4)
        assert live(store, NOW) == ["Statement 4"]

    def test_processes_that_race_tell_it_once(self, store: Store) -> None:
        begin(store)
        keep(store, 1, 2, 3)
        stores = [open_store(store.database.url.render_as_string(hide_password=False)) for _ in range(3)]
        with ThreadPoolExecutor(3) as pool:
            found = list(pool.map(lambda each: live(each, NOW), stores))
        for each in stores:
            each.close()
        assert sorted(text for texts in found for text in texts) == ["Statement 1", "Statement 2", "Statement 3"]

    def test_whether_anything_came_is_seen_at_a_number(self, store: Store) -> None:
        before = store.slots.newest()
        keep(store, 1)
        assert store.slots.newest() > before == 0
