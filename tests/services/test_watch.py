"""The service: what is subscribed from chat is served without a restart."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.identity import identify
from bot.domain.quiet import parse_quiet
from bot.domain.source import Source, SourceKind, SourceState
from bot.domain.subscription import Channel, Hold, Standing, Subscription
from bot.domain.timing import parse_schedule
from bot.errors import RetryLaterError
from bot.infra.store import Store
from bot.services.channels import Channels
from bot.services.connections import Connections
from bot.services.corrections import Corrections
from bot.services.covering import Covering
from bot.services.deliver import Deliverer
from bot.services.digests import Digests
from bot.services.outcomes import EntryOutcome, SourceOutcome
from bot.services.platforms import Platforms
from bot.services.retention import Retention
from bot.services.revisit import Revisiting
from bot.services.schedules import Schedules
from bot.services.watch import CHANNELS_TICK, Watch
from tests.fakes import FakeChat, LineRenderer, OpenSandbox, SetClock
from tests.samples import NOW, another, channel
from tests.services.crew import worker

Job = Callable[[], Awaitable[None]]


@dataclass
class HandTimer:
    """Keeps the jobs and calls them when it is told what time it is."""

    clock: SetClock
    once: dict[str, tuple[datetime, Job]] = field(default_factory=dict)
    again: dict[str, tuple[float, Job]] = field(default_factory=dict)

    def start(self) -> None: ...

    def at(self, moment: datetime, name: str, job: Job) -> None:
        self.once[name] = (moment, job)

    def every(self, seconds: float, name: str, job: Job) -> None:
        self.again[name] = (seconds, job)

    def cancel(self, name: str) -> None:
        self.once.pop(name, None)

    def stop(self) -> None: ...

    async def pass_by(self, time: timedelta) -> None:
        self.clock.pass_by(time)
        while due := [name for name, (moment, _) in self.once.items() if moment <= self.clock.now()]:
            _, job = self.once.pop(due[0])
            await job()


class NoPolling:
    """There are no sources."""

    async def due(self, sources: Any) -> list[Any]:
        return []


@dataclass
class OnePoll:
    """A source that shows one new statement."""

    store: Store

    async def standing(self, sources: Sequence[Source]) -> list[tuple[Source, SourceState]]:
        return [(source, SourceState(name=source.name)) for source in sources]

    async def one(self, source: Source, _: SourceState) -> SourceOutcome:
        self.store.statements.keep(another(2), identify(another(2).statement), source=source.name, now=NOW)
        entry = EntryOutcome(title="Statement 2", url=None, outcome="new")
        return SourceOutcome(source=source.name, entries=(entry,), next_try=NOW + DAY)


@dataclass
class Service:
    """A service on a real store, with a clock and a platform that stand still."""

    store: Store
    configured: tuple[Channel, ...] = ()
    chat: FakeChat = field(default_factory=FakeChat)
    polling: Any = field(default_factory=NoPolling)
    sources: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        self.clock = SetClock(NOW)
        self.timer = HandTimer(self.clock)
        running: dict[str, Any] = {}
        workers = worker(self.store)
        deliverer = Deliverer(
            ledger=self.store.ledger,
            subscriptions=self.store.subscriptions,
            adapters=running,
            clock=self.clock,
            workers=workers,
            silent=lambda: schedules.silent,
        )
        digests = Digests(
            ledger=self.store.ledger,
            slots=self.store.slots,
            statements=self.store.statements,
            covering=Covering(states=self.store.sources, sources=()),
            renderers={"fake": LineRenderer()},
        )
        corrections = Corrections(
            ledger=self.store.corrections,
            statements=self.store.statements,
            sandbox=OpenSandbox(),
            renderers=digests.renderers,
            clock=self.clock,
        )
        schedules = Schedules(
            digests=digests,
            channels=Channels(configured=self.configured, store=self.store.subscriptions),
            timer=self.timer,
            clock=self.clock,
            opened=deliverer.post,
        )
        self.watch = Watch(
            workers=workers,
            connections=Connections(running=running, problems={}, workers=workers),
            polling=self.polling,
            revisiting=Revisiting(pages=self.store.pages, polling=self.polling, sources=(), clock=self.clock),
            schedules=schedules,
            retention=Retention(store=self.store.retention, clock=self.clock, after=timedelta(days=90)),
            corrections=corrections,
            deliverer=deliverer,
            platforms=Platforms(adapters={"fake": self.chat}, running=running, problems={}),
            timer=self.timer,
            clock=self.clock,
            sources=self.sources,
        )

    async def begin(self) -> None:
        await self.watch.workers.start()
        await self.watch.platforms.start()
        await self.watch.schedules.refresh()

    async def look(self) -> None:
        await self.watch.schedules.refresh()


def subscription(schedule: str = "daily 09:00", **changes: Any) -> Subscription:
    wanted = channel(adapter="fake", schedule=parse_schedule(schedule), since=NOW, **changes)
    return Subscription(channel=wanted, made_by="fake:u1", made_at=NOW)


@pytest.fixture
async def service(store: Store) -> AsyncIterator[Service]:
    store.statements.keep(another(1), identify(another(1).statement), source="a", now=NOW)
    made = Service(store)
    yield made
    await made.watch.workers.stop()


HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


async def test_a_channel_subscribed_while_it_runs_gets_its_digest(store: Store, service: Service) -> None:
    await service.begin()
    store.subscriptions.keep(subscription())
    await service.look()
    await service.timer.pass_by(HOUR)
    assert "Statement 1" in service.chat.texts()
    before = len(service.chat.posts)
    await service.timer.pass_by(DAY)
    assert len(service.chat.posts) > before, "and the next day's"


async def test_a_new_schedule_counts_from_now_on_and_has_missed_nothing(store: Store, service: Service) -> None:
    store.subscriptions.keep(subscription("daily 08:45"))
    await service.begin()
    await service.timer.pass_by(HOUR)
    before = len(service.chat.posts)
    store.subscriptions.keep(subscription("daily 09:00,11:00"))
    await service.look()
    assert len(service.chat.posts) == before, "09:00 is no slot that was missed"
    await service.timer.pass_by(HOUR + HOUR)
    assert len(service.chat.posts) > before


async def test_a_paused_channel_and_one_that_ended_get_nothing(store: Store, service: Service) -> None:
    store.subscriptions.keep(subscription(destination="paused"))
    store.subscriptions.keep(subscription(destination="ended"))
    await service.begin()
    store.subscriptions.hold(Hold(channel="fake:paused", standing=Standing.PAUSED, reason="by u1", since=NOW))
    store.subscriptions.drop("fake:ended")
    await service.look()
    await service.timer.pass_by(DAY)
    assert service.chat.posts == []
    store.subscriptions.release("fake:paused")
    await service.look()
    await service.timer.pass_by(DAY)
    assert {destination for destination, _, _ in service.chat.posts} == {"paused"}


async def test_a_channel_subscribed_again_is_not_told_what_came_while_it_was_away(
    store: Store, service: Service
) -> None:
    store.subscriptions.keep(subscription())
    await service.begin()
    await service.timer.pass_by(HOUR)
    store.subscriptions.drop("fake:room")
    old = another(2, date=(NOW + 5 * DAY).date())
    store.statements.keep(old, identify(old.statement), source="a", now=NOW + 5 * DAY)
    service.clock.pass_by(30 * DAY)
    again = subscription().channel
    since = service.clock.now()
    store.subscriptions.keep(
        Subscription(channel=channel(adapter="fake", schedule=again.schedule, since=since), made_by="x", made_at=since)
    )
    await service.look()
    await service.timer.pass_by(DAY)
    assert "Statement 2" not in service.chat.texts()


async def test_a_configured_channel_counts_before_a_subscription_of_the_same(store: Store) -> None:
    store.subscriptions.keep(subscription("daily 09:00"))
    service = Service(store, configured=(channel(adapter="fake", schedule=parse_schedule("daily 20:00")),))
    await service.begin()
    assert service.timer.once["slots"][0].hour == 20
    await service.watch.workers.stop()


async def test_while_the_store_fails_what_is_known_is_served_on(store: Store, service: Service) -> None:
    store.subscriptions.keep(subscription())
    await service.begin()
    assert CHANNELS_TICK <= 5, "a change is seen within seconds"
    with store.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE subscriptions RENAME TO away")
    await service.look()
    await service.timer.pass_by(HOUR)
    assert "Statement 1" in service.chat.texts()


async def test_what_could_not_be_posted_before_quiet_hours_is_posted_after_them(store: Store, service: Service) -> None:
    store.subscriptions.keep(subscription("daily 09:00", quiet=parse_quiet("09:10-19:00")))
    service.chat.faults = [(RetryLaterError("busy", retry_after=900), False)]
    await service.begin()
    await service.timer.pass_by(HOUR / 2)
    assert service.chat.posts == []
    await service.timer.pass_by(9 * HOUR)
    await service.watch.deliverer.post()
    assert service.chat.posts == [], "18:00 is quiet still"
    await service.timer.pass_by(HOUR)
    await service.watch.deliverer.post()
    assert "Statement 1" in service.chat.texts()


async def test_a_correction_waits_for_the_end_of_quiet_hours_and_tells_what_is_so_then(
    store: Store, service: Service
) -> None:
    store.subscriptions.keep(subscription("daily 09:00", quiet=parse_quiet("10:00-19:00")))
    await service.begin()
    await service.timer.pass_by(HOUR)
    schedules, corrections = service.watch.schedules, service.watch.corrections
    for country in ("EST", "KEN"):
        changed = another(1, country=country)
        service.clock.pass_by(HOUR)
        store.statements.keep(changed, identify(changed.statement), source="a", now=service.clock.now())
        assert await corrections.follow_up(schedules.speaking) == 0
    service.clock.pass_by(8 * HOUR)
    assert await corrections.follow_up(schedules.speaking) > 0
    assert await corrections.follow_up(schedules.speaking) == 0


async def test_what_a_poll_brings_is_told_at_once_where_it_is_told_as_it_happens(store: Store) -> None:
    source = Source(name="a", kind=SourceKind.FEED, url="https://a.example")
    service = Service(store, polling=OnePoll(store), sources=(source,))
    store.subscriptions.keep(subscription("as it happens"))
    running = asyncio.create_task(service.watch.run(asyncio.Event()))
    async with asyncio.timeout(60):
        while "Statement 2" not in service.chat.texts():  # this timer never has anybody look at channels
            await asyncio.sleep(0.01)
            await service.timer.pass_by(timedelta())
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_place_is_silent_only_where_all_it_is_told_is(store: Store, service: Service) -> None:
    store.subscriptions.keep(subscription(quiet=parse_quiet("00:00-24:00")))
    store.subscriptions.keep(subscription(destination="both", quiet=parse_quiet("00:00-24:00")))
    store.subscriptions.keep(subscription("as it happens", destination="both", name="urgent"))
    await service.begin()
    assert service.watch.schedules.silent == {"fake:room"}
