"""Delivery: each message once, each channel in order, whatever the platform does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.delivery import Delivery, State
from bot.domain.identity import identify
from bot.errors import DestinationGoneError, RetryLaterError, UnknownOutcomeError
from bot.infra.store import Store
from bot.services.deliver import Deliverer
from tests.fakes import FakeChat, SetClock
from tests.samples import NOW, another, channel

SLOT = "2026-11-23T08:30 UTC"


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
def chat() -> FakeChat:
    return FakeChat()


@pytest.fixture
def deliverer(store: Store, chat: FakeChat, clock: SetClock) -> Deliverer:
    return Deliverer(ledger=store.ledger, adapters={"fake": chat}, clock=clock)


def select(store: Store, *texts: str, destination: str = "room", slot: str = SLOT) -> None:
    """Open a slot whose messages are these."""
    store.statements.keep(another(1), identify(another(1).statement), source="s", now=NOW)
    opened = store.ledger.open_slot(
        channel(adapter="fake", destination=destination), slot, now=NOW, compose=lambda _: [{"text": t} for t in texts]
    )
    assert opened is not None


def rows(store: Store) -> list[Delivery]:
    return sorted(store.ledger.history(), key=lambda row: (row.channel, row.slot, row.part))


async def test_parts_are_posted_in_order_and_remembered(store: Store, deliverer: Deliverer, chat: FakeChat) -> None:
    select(store, "one", "two", "three")
    assert await deliverer.post() == 3
    assert chat.texts() == ["one", "two", "three"]
    assert [(row.state, row.message_id) for row in rows(store)] == [(State.SENT, f"m{n}") for n in (1, 2, 3)]


async def test_what_was_posted_is_not_posted_again(store: Store, deliverer: Deliverer, chat: FakeChat) -> None:
    select(store, "one")
    await deliverer.post()
    await deliverer.reconcile()
    assert await deliverer.post() == 0
    assert chat.texts() == ["one"]


async def test_a_platform_that_is_down_is_tried_again_later_and_nothing_overtakes(
    store: Store, deliverer: Deliverer, chat: FakeChat, clock: SetClock
) -> None:
    select(store, "one", "two")
    chat.faults = [(RetryLaterError("503", retry_after=60), False)]
    assert await deliverer.post() == 0
    clock.pass_by(timedelta(seconds=59))
    assert await deliverer.post() == 0
    clock.pass_by(timedelta(seconds=1))
    assert await deliverer.post() == 2
    assert chat.texts() == ["one", "two"]


async def test_without_a_hint_the_wait_grows_with_each_failure(
    store: Store, deliverer: Deliverer, chat: FakeChat, clock: SetClock
) -> None:
    select(store, "one")
    chat.faults = [(RetryLaterError("down"), False)] * 4
    waits = []
    for _ in range(4):
        await deliverer.post()
        (row,) = rows(store)
        waits.append((row.due_after - clock.now()).total_seconds())
        clock.moment = row.due_after
    assert waits == sorted(waits)
    assert waits[-1] >= 8 * waits[0] / 2
    assert await deliverer.post() == 1


async def test_a_post_that_arrived_though_its_answer_was_lost_is_found_and_not_repeated(
    store: Store, deliverer: Deliverer, chat: FakeChat
) -> None:
    select(store, "one", "two")
    chat.faults = [(UnknownOutcomeError("time-out"), True)]
    assert await deliverer.post() == 2
    assert chat.texts() == ["one", "two"]
    assert [row.state for row in rows(store)] == [State.SENT, State.SENT]


async def test_a_post_that_did_not_arrive_is_sent_again(
    store: Store, deliverer: Deliverer, chat: FakeChat, clock: SetClock
) -> None:
    select(store, "one")
    chat.faults = [(UnknownOutcomeError("time-out"), False)]
    await deliverer.post()
    clock.pass_by(timedelta(hours=1))
    assert await deliverer.post() == 1
    assert chat.texts() == ["one"]


async def test_a_fault_nobody_foresaw_is_treated_as_an_unknown_outcome(
    store: Store, deliverer: Deliverer, chat: FakeChat, caplog: pytest.LogCaptureFixture
) -> None:
    select(store, "one")
    chat.faults = [(KeyError("what is this"), True)]
    await deliverer.post()
    assert chat.texts() == ["one"]
    assert [row.state for row in rows(store)] == [State.SENT]
    assert "what is this" in caplog.text


async def test_while_the_platform_cannot_be_asked_nothing_is_sent_again(
    store: Store, deliverer: Deliverer, chat: FakeChat, clock: SetClock
) -> None:
    select(store, "one")
    chat.faults, chat.blind = [(UnknownOutcomeError("time-out"), True)], RetryLaterError("history is down")
    await deliverer.post()
    clock.pass_by(timedelta(days=1))
    await deliverer.post()
    assert chat.texts() == ["one"]
    chat.blind = None
    await deliverer.reconcile()
    assert [row.state for row in rows(store)] == [State.SENT]


async def test_after_a_crash_in_mid_post_the_platform_is_asked_first(
    store: Store, deliverer: Deliverer, chat: FakeChat, clock: SetClock
) -> None:
    select(store, "arrived", destination="a")
    select(store, "lost", destination="b")
    for row in rows(store):
        assert store.ledger.begin(row.key, now=NOW)  # … and here the process died
    chat.posts.append(("a", "arrived", rows(store)[0].key))
    await deliverer.reconcile()
    clock.pass_by(timedelta(hours=1))
    await deliverer.post()
    assert sorted(chat.texts()) == ["arrived", "lost"]


async def test_a_deleted_channel_costs_only_itself(store: Store, deliverer: Deliverer, chat: FakeChat) -> None:
    select(store, "one", destination="gone")
    chat.faults = [(DestinationGoneError("404"), False)]
    await deliverer.post()
    select(store, "two", destination="room")
    await deliverer.post()
    assert chat.texts() == ["two"]
    assert [(row.channel, row.state, row.reason) for row in rows(store)] == [
        ("fake:gone", State.DEAD, "404"),
        ("fake:room", State.SENT, None),
    ]


async def test_messages_for_an_adapter_that_is_not_running_wait(store: Store, chat: FakeChat, clock: SetClock) -> None:
    select(store, "one")
    assert await Deliverer(ledger=store.ledger, adapters={}, clock=clock).post() == 0
    assert await Deliverer(ledger=store.ledger, adapters={"fake": chat}, clock=clock).post() == 1
