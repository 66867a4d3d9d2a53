"""The port CorrectionLedger, on every database: what was told and has changed is followed up once."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.correction import Owed
from bot.domain.delivery import Delivery, State
from bot.domain.identity import identify
from bot.infra.store import Store
from tests.contracts.second_process import race
from tests.samples import NOW, another, channel

MONDAY, TUESDAY = "2026-11-23T08:30 UTC", "2026-11-24T08:30 UTC"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ROOM = ("console:room",)
MESSAGE = [{"text": "Correction"}]


def keep(store: Store, number: int, revision: int = 1, *, at: datetime = NOW - HOUR) -> str:
    what = another(number) if revision == 1 else another(number, body=f"Text {revision} of {number}.")
    return store.statements.keep(what, identify(what.statement), source="mission", now=at).id


def opened(store: Store, slot: str = MONDAY, *, at: datetime = NOW, room: str = "room", parts: int = 1) -> None:
    parted = [{"part": part} for part in range(parts)]
    store.ledger.open_slot(channel(destination=room), slot, now=at, compose=lambda briefs: parted)


def settled(store: Store, *states: State, at: datetime = NOW) -> None:
    """What became of the messages that wait, in their order."""
    for row, state in zip(store.ledger.unsettled(), states, strict=True):
        assert store.ledger.begin(row.key, now=at)
        store.ledger.settle(row.key, state, now=at, message_id="m" if state is State.SENT else None)


def told(store: Store, number: int = 1, *, room: str = "room") -> str:
    """A statement that a channel was sent."""
    id = keep(store, number)
    opened(store, room=room)
    settled(store, State.SENT)
    return id


def owed(store: Store, channels: Sequence[str] = ROOM) -> list[tuple[str, int, int]]:
    found = store.corrections.owed(channels, limit=50)
    return [(each.channel.partition(":")[2], each.told, each.newest) for each in found]


def follow_up(
    store: Store, payloads: Sequence[dict[str, str]] = MESSAGE, *, at: datetime = NOW + HOUR
) -> list[Delivery]:
    (one,) = store.corrections.owed(ROOM, limit=50)
    rows = store.corrections.follow_up(one, payloads, now=at)
    assert rows is not None
    return list(rows)


class TestOwed:
    def test_is_what_was_sent_in_an_earlier_revision(self, store: Store) -> None:
        id = told(store)
        assert owed(store) == []
        keep(store, 1, 2)
        (one,) = store.corrections.owed(ROOM, limit=50)
        assert one == Owed(channel="console:room", statement_id=id, told=1, told_at=NOW, slot=MONDAY, newest=2)

    def test_is_nothing_for_what_was_sent_as_it_stands_or_never(self, store: Store) -> None:
        keep(store, 1)
        keep(store, 1, 2)
        opened(store)
        settled(store, State.SENT)
        keep(store, 2, at=NOW + HOUR)
        keep(store, 2, 2, at=NOW + HOUR)
        assert owed(store) == []

    def test_is_each_channel_s_own_and_only_of_those_asked_for(self, store: Store) -> None:
        told(store)
        opened(store, room="other")
        settled(store, State.SENT)
        keep(store, 1, 2)
        assert owed(store, ("console:room", "console:other", "console:\x00")) == [("other", 1, 2), ("room", 1, 2)]
        assert owed(store) == [("room", 1, 2)]
        assert owed(store, ()) == []

    def test_waits_until_the_digest_has_gone_out(self, store: Store) -> None:
        keep(store, 1)
        opened(store, parts=2)
        keep(store, 1, 2)
        assert owed(store) == []
        first, second = store.ledger.unsettled()
        store.ledger.begin(first.key, now=NOW)
        store.ledger.settle(first.key, State.SENT, now=NOW, message_id="m")
        assert owed(store) == [], "half of it still waits"
        store.ledger.begin(second.key, now=NOW)
        assert owed(store) == [], "it may arrive yet"
        store.ledger.settle(second.key, State.SENT, now=NOW + HOUR, message_id="n")
        (one,) = store.corrections.owed(ROOM, limit=50)
        assert (one.told, one.told_at) == (1, NOW + HOUR)

    def test_is_nothing_where_the_digest_never_arrived(self, store: Store) -> None:
        keep(store, 1)
        opened(store, parts=2)
        settled(store, State.DEAD, State.DEAD)
        keep(store, 1, 2)
        assert owed(store) == []

    def test_is_what_arrived_of_a_digest_in_part(self, store: Store) -> None:
        keep(store, 1)
        opened(store, parts=2)
        settled(store, State.SENT, State.DEAD)
        keep(store, 1, 2)
        assert owed(store) == [("room", 1, 2)]

    def test_has_a_bound(self, store: Store) -> None:
        for number in range(5):
            keep(store, number)
        opened(store)
        settled(store, State.SENT)
        for number in range(5):
            keep(store, number, 2)
        assert len(store.corrections.owed(ROOM, limit=3)) == 3


class TestFollowingUp:
    def test_freezes_the_messages_once(self, store: Store) -> None:
        id = told(store)
        keep(store, 1, 2)
        (one,) = store.corrections.owed(ROOM, limit=50)
        rows = store.corrections.follow_up(one, [{"text": "a"}, {"text": "b"}], now=NOW + HOUR)
        assert rows == store.ledger.unsettled("console:room")
        assert rows is not None
        assert [(row.payload["text"], row.part, row.parts, row.state) for row in rows] == [
            ("a", 1, 2, State.PENDING),
            ("b", 2, 2, State.PENDING),
        ]
        assert {(row.slot, row.statement_ids) for row in rows} == {(f"correction {id} revision 2", (id,))}
        assert store.corrections.follow_up(one, MESSAGE, now=NOW + HOUR) is None
        assert owed(store) == []
        assert len(store.ledger.unsettled()) == 2

    def test_is_posted_after_what_waits_and_before_what_comes(self, store: Store) -> None:
        id = told(store)
        keep(store, 2, at=NOW + HOUR)
        opened(store, "noon", at=NOW + HOUR)
        keep(store, 1, 2)
        follow_up(store, at=NOW + 2 * HOUR)
        opened(store, TUESDAY, at=NOW + DAY)
        assert [row.slot for row in store.ledger.unsettled()] == ["noon", f"correction {id} revision 2", TUESDAY]

    def test_of_several_revisions_corrects_what_was_told_to_the_newest(self, store: Store) -> None:
        told(store)
        for revision in (2, 3, 4):
            keep(store, 1, revision)
        assert owed(store) == [("room", 1, 4)]
        follow_up(store)
        assert owed(store) == []

    def test_a_later_revision_is_compared_with_the_last_correction(self, store: Store) -> None:
        told(store)
        keep(store, 1, 2)
        follow_up(store)
        keep(store, 1, 3)
        assert owed(store) == [], "the first correction is still on its way"
        settled(store, State.SENT, at=NOW + 2 * HOUR)
        (one,) = store.corrections.owed(ROOM, limit=50)
        assert (one.told, one.newest, one.told_at) == (2, 3, NOW + 2 * HOUR)
        assert one.slot.startswith("correction ")

    def test_a_correction_that_never_arrived_corrected_nothing(self, store: Store) -> None:
        told(store)
        keep(store, 1, 2)
        follow_up(store)
        settled(store, State.DEAD)
        assert owed(store) == [], "this revision was followed up as far as could be"
        keep(store, 1, 3)
        assert owed(store) == [("room", 1, 3)]

    def test_a_revision_that_changes_nothing_is_not_posted_and_not_asked_about_again(self, store: Store) -> None:
        told(store)
        keep(store, 1, 2)
        assert follow_up(store, []) == []
        assert (owed(store), store.ledger.unsettled()) == ([], [])
        keep(store, 1, 3)
        assert owed(store) == [("room", 1, 3)], "the reader was told the first"

    def test_what_has_changed_since_is_not_frozen(self, store: Store) -> None:
        told(store)
        keep(store, 1, 2)
        (one,) = store.corrections.owed(ROOM, limit=50)
        keep(store, 1, 3)
        assert store.corrections.follow_up(one, MESSAGE, now=NOW) is None
        assert store.corrections.follow_up(replace(one, channel="console:none"), MESSAGE, now=NOW) is None
        assert store.ledger.unsettled() == []

    def test_a_text_changed_back_is_a_correction_of_its_own(self, store: Store) -> None:
        told(store)
        keep(store, 1, 2)
        follow_up(store)
        settled(store, State.SENT)
        keep(store, 1)
        assert owed(store) == [("room", 2, 3)]

    def test_history_shows_it_with_the_statement_it_corrects(self, store: Store) -> None:
        id, other = told(store), keep(store, 2)
        keep(store, 1, 2)
        follow_up(store)
        rows = store.ledger.history(statement_id=id)
        assert [row.slot for row in rows] == [f"correction {id} revision 2", MONDAY]
        assert store.ledger.history(statement_id=other) == []
        assert len(store.ledger.history(channel="console:room")) == 2


class TestManyAtOnce:
    def test_of_threads_that_follow_up_one_does(self, store: Store) -> None:
        told(store)
        keep(store, 1, 2)
        (one,) = store.corrections.owed(ROOM, limit=50)
        with ThreadPoolExecutor(8) as pool:
            got = list(pool.map(lambda _: store.corrections.follow_up(one, MESSAGE, now=NOW), range(16)))
        assert [len(rows) for rows in got if rows is not None] == [1]
        assert len(store.ledger.unsettled()) == 1

    def test_of_processes_that_follow_up_one_does(self, store: Store, database_url: str) -> None:
        for number in range(10):
            keep(store, number)
        opened(store)
        settled(store, State.SENT)
        for number in range(10):
            keep(store, number, 2)
        outcomes = [line.split() for line in race(database_url, "follow-up", processes=3)]
        assert [sorted(each) for each in zip(*outcomes, strict=True)] == [["-", "-", "1"]] * 10
        assert len(store.ledger.unsettled()) == 10
