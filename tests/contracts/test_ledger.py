"""The port Ledger, on every database."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.brief import Brief
from bot.domain.delivery import Delivery, State, delivery_keys
from bot.domain.identity import identify
from bot.domain.reply import Payload
from bot.domain.subscription import Filter
from bot.domain.taxonomy import Topic
from bot.domain.worker import Worker, channel_lease
from bot.errors import NotFoundError
from bot.infra.store import Store
from tests.contracts.second_process import race
from tests.samples import NOW, another, channel

MONDAY, TUESDAY = "2026-11-23T08:30 UTC", "2026-11-24T08:30 UTC"
DAY = timedelta(days=1)


def keep(store: Store, what: Brief, now: datetime = NOW - timedelta(minutes=5)) -> str:
    return store.statements.keep(what, identify(what.statement), source="mission", now=now).id


def titles(briefs: Sequence[Brief]) -> list[Payload]:
    return [{"text": b.statement.title} for b in briefs]


def opened(store: Store, slot: str = MONDAY, now: datetime = NOW, **changes: Any) -> list[str] | None:
    """What a slot was filled with."""
    deliveries = store.ledger.open_slot(channel(**changes), slot, now=now, compose=titles)
    return None if deliveries is None else [delivery.payload["text"] for delivery in deliveries]


def one(store: Store) -> Delivery:
    """A delivery that is pending."""
    keep(store, another(1))
    opened(store)
    return store.ledger.unsettled("console:room")[0]


class TestOpeningASlot:
    def test_a_new_channel_starts_with_the_last_days_oldest_first(self, store: Store) -> None:
        keep(store, another(1, date=date(2026, 11, 22)))
        keep(store, another(2, date=date(2026, 11, 16)))
        keep(store, another(3, date=date(2026, 11, 15)))
        keep(store, another(4, date=None, published=datetime(2026, 11, 19, tzinfo=UTC)))
        keep(store, another(5, date=None, published=datetime(2026, 1, 19, tzinfo=UTC)))
        keep(store, another(6, date=None, published=None))
        assert opened(store) == ["Statement 2", "Statement 4", "Statement 1", "Statement 6"]

    def test_a_slot_opens_once(self, store: Store) -> None:
        keep(store, another(1))
        assert opened(store) == ["Statement 1"]
        keep(store, another(2))
        assert opened(store, now=NOW + timedelta(hours=1)) is None
        assert [delivery.payload["text"] for delivery in store.ledger.unsettled()] == ["Statement 1"]

    def test_the_next_slot_has_what_came_since_also_if_it_was_published_late(self, store: Store) -> None:
        keep(store, another(1))
        opened(store)
        keep(store, another(2, date=date(2026, 9, 1)), now=NOW + timedelta(hours=1))
        keep(store, another(3, date=None, published=None), now=NOW + timedelta(hours=2))
        assert opened(store, TUESDAY, NOW + DAY) == ["Statement 2", "Statement 3"]

    def test_what_was_selected_first_is_posted_first_though_the_clock_was_put_back(self, store: Store) -> None:
        keep(store, another(1))
        opened(store, TUESDAY, NOW + DAY)
        keep(store, another(2))
        opened(store, MONDAY, NOW)
        assert [delivery.slot for delivery in store.ledger.unsettled()] == [TUESDAY, MONDAY]
        assert [delivery.slot for delivery in store.ledger.history()] == [MONDAY, TUESDAY]
        (first, _) = store.ledger.unsettled()
        store.ledger.begin(first.key, now=NOW)
        store.ledger.settle(first.key, State.PENDING, now=NOW, due_after=NOW + DAY)
        assert store.ledger.waiting(now=NOW) == [], "the other does not overtake it"

    def test_what_was_put_off_before_the_clock_was_set_back_does_not_wait_for_as_long_again(self, store: Store) -> None:
        row = one(store)
        store.ledger.begin(row.key, now=NOW + DAY)
        store.ledger.settle(row.key, State.PENDING, now=NOW + DAY, due_after=NOW + DAY + timedelta(minutes=5))
        assert store.ledger.waiting(now=NOW + DAY) == []
        assert store.ledger.waiting(now=NOW) == [row.channel]

    def test_the_old_window_of_a_source_added_later_is_archive_not_news(self, store: Store) -> None:
        opened(store)
        keep(store, another(1, date=date(2024, 1, 1)), now=NOW + timedelta(hours=1))
        assert opened(store, TUESDAY, NOW + DAY) == []

    def test_what_was_there_before_the_channel_stays_unposted(self, store: Store) -> None:
        keep(store, another(1, date=date(2024, 1, 1)))
        assert opened(store) == []
        assert opened(store, TUESDAY, NOW + DAY) == []

    def test_a_channel_that_is_there_again_starts_anew_with_the_last_days(self, store: Store) -> None:
        opened(store)
        keep(store, another(1, date=date(2026, 11, 25)), now=NOW + 2 * DAY)
        keep(store, another(2, date=date(2026, 12, 20)), now=NOW + 27 * DAY)
        keep(store, another(3, date=date(2026, 12, 24)), now=NOW + 31 * DAY)
        back = NOW + 30 * DAY
        assert opened(store, TUESDAY, back + 2 * DAY, since=back) == ["Statement 2", "Statement 3"]

    def test_a_statement_kept_while_the_slot_opened_is_in_the_next(self, store: Store) -> None:
        keep(store, another(1))
        opened(store)
        keep(store, another(2), now=NOW - timedelta(seconds=1))
        assert opened(store, TUESDAY, NOW + DAY) == ["Statement 2"]

    def test_a_revision_of_what_was_posted_is_not_posted_again(self, store: Store) -> None:
        keep(store, another(1))
        opened(store)
        keep(store, another(1, body="Something else was said."), now=NOW + timedelta(hours=1))
        assert opened(store, TUESDAY, NOW + DAY) == []

    def test_a_revision_before_the_slot_is_posted_as_it_stands(self, store: Store) -> None:
        keep(store, another(1))
        keep(store, another(1, title="Statement 1, corrected", body="Something else was said."))
        assert opened(store) == ["Statement 1, corrected"]

    def test_only_what_passes_the_channels_filter(self, store: Store) -> None:
        keep(store, another(1, country="KEN"))
        keep(store, replace(another(2), topics=(Topic.GENDER,)))
        keep(store, another(3, country="MWI"))
        wanted = Filter(countries=frozenset({"MWI"}), topics=frozenset({Topic.RANSOMWARE}))
        assert opened(store, filter=wanted) == ["Statement 3"]

    def test_channels_do_not_take_from_each_other(self, store: Store) -> None:
        keep(store, another(1))
        assert opened(store, destination="one") == ["Statement 1"]
        assert opened(store, destination="two") == ["Statement 1"]

    def test_later_parts_know_the_first_once_it_is_sent(self, store: Store) -> None:
        payloads: list[Payload] = [{"n": 1}, {"n": 2}]
        first, second = store.ledger.open_slot(channel(), MONDAY, now=NOW, compose=lambda _: payloads) or ()
        assert (first.thread, second.thread) == (None, None)
        store.ledger.begin(first.key, now=NOW)
        store.ledger.settle(first.key, State.SENT, now=NOW, message_id="m7")
        assert [row.thread for row in store.ledger.unsettled()] == ["m7"]
        assert [row.thread for row in store.ledger.history()] == ["m7", None]

    def test_an_empty_slot_is_opened_too(self, store: Store) -> None:
        assert store.ledger.open_slot(channel(), MONDAY, now=NOW, compose=lambda briefs: []) == []
        assert opened(store) is None

    def test_nothing_is_written_when_composing_fails(self, store: Store) -> None:
        keep(store, another(1))

        def crash(briefs: Sequence[Brief]) -> Sequence[Payload]:
            raise RuntimeError("the renderer broke")

        with pytest.raises(RuntimeError, match="the renderer broke"):
            store.ledger.open_slot(channel(), MONDAY, now=NOW, compose=crash)
        assert store.ledger.unsettled() == []
        assert opened(store, TUESDAY, NOW + DAY) == ["Statement 1"]

    def test_composing_may_read_the_store(self, store: Store) -> None:
        keep(store, another(1))

        def count(briefs: Sequence[Brief]) -> Sequence[Payload]:
            return [{"text": f"{len(briefs)} of {store.statements.count()}, {len(store.sources.states())} sources"}]

        got = store.ledger.open_slot(channel(), MONDAY, now=NOW, compose=count)
        assert got is not None
        assert got[0].payload == {"text": "1 of 1, 0 sources"}

    def test_any_number_of_statements_fits_one_slot(self, store: Store) -> None:
        for number in range(510):
            keep(store, another(number, body=f"Speech {number}."))
        got = store.ledger.open_slot(channel(), MONDAY, now=NOW, compose=lambda briefs: [{"n": len(briefs)}])
        assert got is not None
        assert (got[0].payload, len(got[0].statement_ids)) == ({"n": 510}, 510)


class TestDelivery:
    def test_is_a_row_for_each_message_frozen_when_the_slot_opened(self, store: Store) -> None:
        first, second = keep(store, another(1)), keep(store, another(2))
        payload = {"text": "Ñ 🔒", "embeds": [{"n": 1.5, "none": None, "yes": True}]}
        rows = store.ledger.open_slot(channel(), MONDAY, now=NOW, compose=lambda briefs: [payload, {"text": "b"}])
        assert rows == store.ledger.unsettled("console:room")
        assert rows is not None
        row = rows[0]
        assert row.payload == payload
        assert (row.channel, row.slot, row.part, row.parts) == ("console:room", MONDAY, 1, 2)
        assert (row.state, row.attempts, row.message_id, row.reason) == (State.PENDING, 0, None, None)
        assert (row.due_after, row.changed_at, row.statement_ids) == (NOW, NOW, (first, second))
        assert rows[1].part == 2

    def test_keys_differ_and_fit_every_platform(self, store: Store) -> None:
        rows = [
            row
            for room in ("a", "b")
            for slot in (MONDAY, TUESDAY)
            for row in store.ledger.open_slot(channel(destination=room), slot, now=NOW, compose=lambda briefs: [{}, {}])
            or ()
        ]
        keys = {row.key for row in rows}
        assert len(keys) == 8
        assert {len(key) for key in keys} == {24}

    def test_begins_once(self, store: Store) -> None:
        row = one(store)
        assert store.ledger.begin(row.key, now=NOW + DAY) is True
        assert store.ledger.begin(row.key, now=NOW + DAY) is False
        assert store.ledger.begin("no such key", now=NOW) is False
        begun = store.ledger.unsettled()[0]
        assert (begun.state, begun.attempts, begun.changed_at) == (State.SENDING, 1, NOW + DAY)

    def test_of_many_who_begin_one_may(self, store: Store) -> None:
        row = one(store)
        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(lambda _: store.ledger.begin(row.key, now=NOW), range(16))) == 1

    def test_sent_is_settled_for_good(self, store: Store) -> None:
        row = one(store)
        store.ledger.begin(row.key, now=NOW)
        store.ledger.settle(row.key, State.SENT, now=NOW + DAY, message_id="m-1")
        store.ledger.settle(row.key, State.DEAD, now=NOW + DAY, reason="too late")
        assert store.ledger.unsettled() == []
        sent = store.ledger.history()[0]
        assert (sent.state, sent.message_id, sent.reason, sent.changed_at) == (State.SENT, "m-1", None, NOW + DAY)
        assert store.ledger.begin(row.key, now=NOW) is False

    def test_back_to_pending_waits_and_keeps_its_reason(self, store: Store) -> None:
        row = one(store)
        store.ledger.begin(row.key, now=NOW)
        store.ledger.settle(row.key, State.PENDING, now=NOW, reason="busy\x00", due_after=NOW + DAY)
        again = store.ledger.unsettled()[0]
        assert (again.state, again.due_after, again.attempts) == (State.PENDING, NOW + DAY, 1)
        assert again.reason == "busy\ufffd"
        assert store.ledger.begin(row.key, now=NOW + DAY) is True
        assert store.ledger.unsettled()[0].attempts == 2

    def test_begins_only_for_the_worker_that_holds_its_channel(self, store: Store) -> None:
        store.ledger.open_slot(channel(destination="other"), MONDAY, now=NOW, compose=lambda briefs: [{}])
        row = one(store)
        for id in ("a", "b"):
            store.cluster.join(Worker(id=id, role="worker", host="here", version="1", started_at=NOW))
        store.cluster.claim("a", [channel_lease(row.channel)])
        store.cluster.claim("b", [channel_lease("console:other")])
        assert store.ledger.begin(row.key, now=NOW, holder="b") is False
        assert store.ledger.begin(row.key, now=NOW, holder="a") is True
        store.ledger.settle(row.key, State.PENDING, now=NOW)
        store.cluster.strike("a", beats=0)
        assert store.ledger.begin(row.key, now=NOW, holder="a") is False

    def test_under_way_again_is_not_settled_by_who_gave_it_up(self, store: Store) -> None:
        row = one(store)
        store.ledger.begin(row.key, now=NOW)
        store.ledger.settle(row.key, State.PENDING, now=NOW, attempt=1)  # looked for by somebody else, not found
        store.ledger.begin(row.key, now=NOW)
        store.ledger.settle(row.key, State.PENDING, now=NOW, reason="late", attempt=1)
        assert [(r.state, r.reason) for r in store.ledger.unsettled()] == [(State.SENDING, None)]
        store.ledger.settle(row.key, State.SENT, now=NOW, message_id="m", attempt=2)
        assert store.ledger.unsettled() == []

    def test_only_what_is_being_sent_can_be_settled(self, store: Store) -> None:
        row = one(store)
        store.ledger.settle(row.key, State.SENT, now=NOW, message_id="m")
        assert store.ledger.unsettled()[0].state is State.PENDING
        with pytest.raises(NotFoundError, match="no delivery has the key 'x'"):
            store.ledger.settle("x", State.SENT, now=NOW)
        with pytest.raises(ValueError, match="settled as"):
            store.ledger.settle(row.key, State.SENDING, now=NOW)


class TestLookingBack:
    def test_unsettled_are_in_the_order_they_must_be_posted(self, store: Store) -> None:
        for room, slot, now in (("b", "2", NOW), ("a", "9", NOW), ("a", "1", NOW + DAY), ("b", "1", NOW)):
            store.ledger.open_slot(channel(destination=room), slot, now=now, compose=lambda briefs: [{}, {}])
        order = [(row.channel, row.slot, row.part) for row in store.ledger.unsettled()]
        a, b = "console:a", "console:b"
        assert order == [
            (a, "9", 1),
            (a, "9", 2),
            (a, "1", 1),
            (a, "1", 2),
            (b, "2", 1),
            (b, "2", 2),
            (b, "1", 1),
            (b, "1", 2),
        ]
        assert len(store.ledger.unsettled("console:b")) == 4

    def test_a_channel_waits_whose_next_message_can_be_tried(self, store: Store) -> None:
        for number, room in enumerate("abc"):
            now = NOW - number * DAY
            store.ledger.open_slot(channel(destination=room), MONDAY, now=now, compose=lambda briefs: [{}, {}])
        waiting = store.ledger.waiting
        assert waiting(now=NOW) == ["console:c", "console:b", "console:a"]
        assert waiting(now=NOW - timedelta(minutes=1)) == ["console:c", "console:b"]
        assert waiting(now=NOW, channel="console:a") == ["console:a"]
        first, second = store.ledger.unsettled("console:a")
        store.ledger.begin(first.key, now=NOW)
        assert waiting(now=NOW, channel="console:a") == ["console:a"], "somebody began, and may have died"
        store.ledger.settle(first.key, State.PENDING, now=NOW, due_after=NOW + DAY)
        assert waiting(now=NOW, channel="console:a") == [], "the second does not overtake"
        assert waiting(now=NOW + DAY, channel="console:a") == ["console:a"]
        for row in (first, second):
            store.ledger.begin(row.key, now=NOW)
            store.ledger.settle(row.key, State.SENT, now=NOW, message_id="m")
        assert waiting(now=NOW + DAY) == ["console:c", "console:b"]

    def test_a_channel_that_another_worker_holds_does_not_wait(self, store: Store) -> None:
        row = one(store)
        store.cluster.join(Worker(id="a", role="worker", host="here", version="1", started_at=NOW))
        store.cluster.claim("a", [channel_lease(row.channel)])
        assert store.ledger.waiting(now=NOW) == store.ledger.waiting(now=NOW, holder="b") == []
        assert store.ledger.waiting(now=NOW, holder="a") == [row.channel]

    def test_history_is_newest_first_by_channel_and_statement(self, store: Store) -> None:
        first = keep(store, another(1))
        opened(store)
        opened(store, destination="other")
        second = keep(store, another(2), now=NOW + timedelta(hours=1))
        opened(store, TUESDAY, NOW + DAY)
        history = store.ledger.history
        assert [row.slot for row in history(channel="console:room")] == [TUESDAY, MONDAY]
        assert {row.channel for row in history(statement_id=first)} == {"console:room", "console:other"}
        assert [row.slot for row in history(statement_id=second, channel="console:room")] == [TUESDAY]
        assert len(history(limit=2)) == 2
        assert history(statement_id="ffffffffffff") == []


class TestManyAtOnce:
    def test_of_threads_that_open_a_slot_one_gets_the_content(self, store: Store) -> None:
        for number in range(5):
            keep(store, another(number))
        with ThreadPoolExecutor(8) as pool:
            got = [rows for rows in pool.map(lambda _: opened(store), range(8)) if rows is not None]
        assert [len(rows) for rows in got] == [5]

    def test_of_processes_that_open_slots_each_gets_what_no_other_has(self, store: Store, database_url: str) -> None:
        for number in range(5):
            keep(store, another(number))
        outcomes = [line.split() for line in race(database_url, "open-slot", processes=3)]
        by_slot = [sorted(slot) for slot in zip(*outcomes, strict=True)]
        assert by_slot == [["-", "-", "5"]] + [["-", "-", "0"]] * 9

    def test_slots_of_one_channel_share_out_its_statements(self, store: Store) -> None:
        for number in range(5):
            keep(store, another(number))
        with ThreadPoolExecutor(8) as pool:
            got = list(pool.map(lambda number: opened(store, f"slot {number}"), range(8)))
        assert sorted(len(rows or ()) for rows in got) == [0] * 7 + [5]


class TestWhatStandsBehindADigest:
    def test_a_slots_messages_are_found_by_the_key_that_is_known_before_it_is_opened(self, store: Store) -> None:
        keep(store, another(1, date=date(2026, 11, 20)))
        keep(store, another(2, date=date(2026, 11, 21)))
        opened(store)
        first, second = delivery_keys("console:room", MONDAY, 2)
        assert [row.payload["text"] for row in store.ledger.messages(first)] == ["Statement 1", "Statement 2"]
        assert len(store.ledger.messages(first)[0].statement_ids) == 2
        assert store.ledger.messages(second) == []
        assert store.ledger.messages("\x00' OR 1=1") == []

    def test_how_many_messages_stand_where_is_counted(self, store: Store) -> None:
        assert set(store.ledger.standing().values()) == {0}
        row = one(store)
        keep(store, another(2))
        opened(store, TUESDAY, NOW + DAY)
        store.ledger.begin(row.key, now=NOW)
        store.ledger.settle(row.key, State.SENT, now=NOW, message_id="m1")
        assert store.ledger.standing() == {State.PENDING: 1, State.SENDING: 0, State.SENT: 1, State.DEAD: 0}
