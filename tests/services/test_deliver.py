"""Delivery: each message once, each channel in order, whatever the platform does."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.domain.delivery import Delivery, State
from bot.domain.identity import identify
from bot.domain.reply import IN_THREAD, Payload
from bot.domain.subscription import Hold, Standing
from bot.errors import DestinationGoneError, RejectedError, RetryLaterError, UnknownOutcomeError
from bot.infra.store import Store
from bot.ports import Fence
from bot.services.deliver import Deliverer
from bot.services.membership import Membership
from tests.adapters.setup import until
from tests.fakes import FakeChat, SetClock
from tests.samples import NOW, another, channel


@dataclass
class SlowChat(FakeChat):
    """A platform that takes its time."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(
        self, destination: str, payload: Payload, *, key: str, thread: str | None = None, fence: Fence | None = None
    ) -> str:
        self.begun.set()
        await self.go_on.wait()
        return await super().send(destination, payload, key=key, thread=thread, fence=fence)


SLOT = "2026-11-23T08:30 UTC"


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
def chat() -> FakeChat:
    return FakeChat()


def made(store: Store, workers: Membership, clock: SetClock, **adapters: FakeChat) -> Deliverer:
    return Deliverer(
        ledger=store.ledger, subscriptions=store.subscriptions, adapters=adapters, clock=clock, workers=workers
    )


@pytest.fixture
def deliverer(store: Store, chat: FakeChat, clock: SetClock, workers: Membership) -> Deliverer:
    return made(store, workers, clock, fake=chat)


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
    await deliverer.post()
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
    clock.pass_by(timedelta(minutes=1))
    await deliverer.post()
    assert [row.state for row in rows(store)] == [State.SENT]


async def test_after_a_crash_in_mid_post_the_platform_is_asked_first(
    store: Store, deliverer: Deliverer, chat: FakeChat, clock: SetClock
) -> None:
    select(store, "arrived", destination="a")
    select(store, "lost", destination="b")
    for row in rows(store):
        assert store.ledger.begin(row.key, now=NOW)  # … and here the process died
    chat.posts.append(("a", "arrived", rows(store)[0].key))
    await deliverer.post()
    clock.pass_by(timedelta(hours=1))
    await deliverer.post()
    assert sorted(chat.texts()) == ["arrived", "lost"]


async def test_a_deleted_channel_is_not_asked_again_and_costs_only_itself(
    store: Store, deliverer: Deliverer, chat: FakeChat
) -> None:
    select(store, "one", "more", destination="gone")
    chat.faults = [(DestinationGoneError("404"), False)]
    await deliverer.post()
    select(store, "two", destination="room")
    await deliverer.post()
    assert chat.texts() == ["two"]
    hold = store.subscriptions.holds()["fake:gone"]
    assert (hold.standing, hold.reason, hold.since) == (Standing.GONE, "404", NOW)


async def test_what_waits_for_a_channel_that_is_gone_is_posted_when_it_is_back(
    store: Store, deliverer: Deliverer, chat: FakeChat
) -> None:
    select(store, "one", "two")
    chat.faults = [(DestinationGoneError("403"), False)]
    await deliverer.post()
    assert [(row.state, row.reason) for row in rows(store)] == [(State.PENDING, "403"), (State.PENDING, None)]
    store.subscriptions.release("fake:room")
    await deliverer.post()
    assert chat.texts() == ["one", "two"]


async def test_a_paused_channel_waits(store: Store, deliverer: Deliverer, chat: FakeChat) -> None:
    select(store, "one")
    store.subscriptions.hold(Hold(channel="fake:room", standing=Standing.PAUSED, reason="by u1", since=NOW))
    assert await deliverer.post() == 0
    store.subscriptions.release("fake:room")
    assert await deliverer.post() == 1


async def test_a_message_the_platform_refuses_for_good_is_dead_and_the_next_goes_on(
    store: Store, deliverer: Deliverer, chat: FakeChat
) -> None:
    select(store, "one", "two")
    chat.faults = [(RejectedError("400: too long"), False)]
    await deliverer.post()
    await deliverer.post()
    assert chat.texts() == ["two"]
    assert [(row.state, row.reason) for row in rows(store)] == [(State.DEAD, "400: too long"), (State.SENT, None)]


async def test_where_nobody_can_ever_say_whether_it_arrived_it_is_not_sent_again(
    store: Store, deliverer: Deliverer, chat: FakeChat
) -> None:
    select(store, "one", "two")
    chat.faults, chat.blind = [(UnknownOutcomeError("time-out"), True)], UnknownOutcomeError("e-mail cannot be asked")
    await deliverer.post()
    await deliverer.post()
    assert chat.texts() == ["one", "two"]
    dead, sent = rows(store)
    assert (dead.state, dead.reason) == (State.DEAD, "it may or may not have arrived: e-mail cannot be asked")
    assert sent.state is State.SENT


async def test_a_platform_that_can_be_asked_again_is_asked_without_a_restart(
    store: Store, deliverer: Deliverer, chat: FakeChat, clock: SetClock
) -> None:
    select(store, "one", "two")
    chat.faults, chat.blind = [(UnknownOutcomeError("time-out"), True)], RetryLaterError("history is down")
    await deliverer.post()
    chat.blind = None
    assert await deliverer.post() == 0, "not at once: it said that it cannot tell"
    clock.pass_by(timedelta(minutes=3))
    await deliverer.post()
    assert chat.texts() == ["one", "two"]


async def test_a_post_under_way_is_not_looked_for(store: Store, workers: Membership, clock: SetClock) -> None:
    slow = SlowChat()
    deliverer = made(store, workers, clock, fake=slow)
    select(store, "one")
    first = asyncio.create_task(deliverer.post())
    await slow.begun.wait()
    clock.pass_by(timedelta(hours=1))
    assert await deliverer.post() == 0
    await deliverer.post()
    slow.go_on.set()
    assert await first == 1
    assert slow.texts() == ["one"]


async def test_a_slow_channel_does_not_hold_up_another(store: Store, workers: Membership, clock: SetClock) -> None:
    slow, quick = SlowChat(), FakeChat()
    deliverer = made(store, workers, clock, fake=slow, quick=quick)
    select(store, "one", "two")
    first = asyncio.create_task(deliverer.post())
    await slow.begun.wait()
    store.ledger.open_slot(channel(adapter="quick"), SLOT, now=NOW, compose=lambda _: [{"text": "news"}])
    await deliverer.post()
    await until(lambda: quick.texts() == ["news"])
    assert slow.texts() == []
    slow.go_on.set()
    assert await first == 3
    assert slow.texts() == ["one", "two"]


async def test_later_parts_stand_under_the_first_also_when_they_are_posted_later(
    store: Store, deliverer: Deliverer, chat: FakeChat, clock: SetClock
) -> None:
    store.statements.keep(another(1), identify(another(1).statement), source="s", now=NOW)
    parts: list[Payload] = [
        {"text": "one"},
        {"text": "two", IN_THREAD: True},
        {"text": "three", IN_THREAD: True},
        {"text": "four"},
    ]
    store.ledger.open_slot(channel(adapter="fake"), SLOT, now=NOW, compose=lambda _: parts)
    chat.faults = [(None, True), (RetryLaterError("503"), False)]
    await deliverer.post()
    clock.pass_by(timedelta(hours=1))
    await deliverer.post()
    assert chat.texts() == ["one", "two", "three", "four"]
    assert chat.threads == [None, "m1", "m1", None]


async def test_messages_for_an_adapter_that_is_not_running_wait(
    store: Store, chat: FakeChat, clock: SetClock, workers: Membership
) -> None:
    select(store, "one")
    assert await made(store, workers, clock).post() == 0
    assert await made(store, workers, clock, fake=chat).post() == 1
