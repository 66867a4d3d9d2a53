"""The world of a simulation: its time, the platform that keeps what it is sent, workers that start and stop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.delivery import State
from bot.domain.identity import identify
from bot.domain.reply import Payload, Reply
from bot.domain.source import Source, SourceKind
from bot.domain.subscription import Channel
from bot.infra.store import Store, open_store
from bot.services.channels import Channels
from bot.services.covering import Covering
from bot.services.digests import Digests
from bot.services.schedules import Schedules
from tests.samples import another

Job = Callable[[], Awaitable[None]]


class OneMessage:
    """A reply as one message of text."""

    name = "fake"
    style = ""

    def render(self, reply: Reply) -> Sequence[Payload]:
        lines = (reply.heading, reply.intro, *(section.heading for section in reply.sections))
        return [{"text": "\n".join(line for line in lines if line)}]

    def preview(self, payload: Payload) -> str:
        return str(payload["text"])


@dataclass(frozen=True, slots=True)
class Post:
    """A message as the platform got it, and when that really was."""

    place: str
    slot: str
    text: str
    statements: tuple[str, ...]
    at: datetime


@dataclass
class World:
    """The true time, and the platform. What a worker's clock shows is its own matter."""

    now: datetime
    kept: list[Post] = field(default_factory=list)


@dataclass
class DrivenClock:
    """Shows the world's time, off by so much."""

    world: World
    off: timedelta = timedelta()

    def now(self) -> datetime:
        return self.world.now + self.off


@dataclass
class DrivenTimer:
    """Keeps what is to be called when; whoever drives the world calls it."""

    once: dict[str, tuple[datetime, Job]] = field(default_factory=dict)

    def start(self) -> None: ...

    def at(self, moment: datetime, name: str, job: Job) -> None:
        self.once[name] = (moment, job)

    def every(self, seconds: float, name: str, job: Job) -> None: ...

    def cancel(self, name: str) -> None:
        self.once.pop(name, None)

    def stop(self) -> None:
        self.once.clear()


@dataclass
class Worker:
    """One process: its own connections and clock, and services that are made anew at every start."""

    url: str
    channels: Sequence[Channel]
    world: World
    sources: Sequence[str] = ()
    clock: DrivenClock = field(init=False)
    timer: DrivenTimer = field(default_factory=DrivenTimer)
    store: Store = field(init=False)
    schedules: Schedules | None = None

    def __post_init__(self) -> None:
        self.store, self.clock = open_store(self.url), DrivenClock(self.world)

    async def start(self) -> None:
        """Begin as the service begins: with nothing remembered."""
        sources = [Source(name=name, kind=SourceKind.FEED, url="https://a.example") for name in self.sources]
        digests = Digests(
            ledger=self.store.ledger,
            slots=self.store.slots,
            statements=self.store.statements,
            covering=Covering(states=self.store.sources, sources=sources),
            renderers={"fake": OneMessage()},
        )
        self.schedules = Schedules(
            digests=digests,
            channels=Channels(configured=self.channels, store=self.store.subscriptions),
            timer=self.timer,
            clock=self.clock,
            opened=self.post,
        )
        await self.tick()

    async def post(self) -> None:
        """Post what waits, each message by whoever begins it: what a platform does of it is another test's matter."""
        await asyncio.to_thread(self._post)

    def _post(self) -> None:
        ledger, now = self.store.ledger, self.clock.now()
        for row in ledger.unsettled():
            if ledger.begin(row.key, now=now):
                self.world.kept.append(
                    Post(row.channel, row.slot, str(row.payload["text"]), row.statement_ids, self.world.now)
                )
                ledger.settle(row.key, State.SENT, now=now, message_id=row.key)

    async def tick(self) -> None:
        """What the service does every few seconds, and all it leads to now."""
        if self.schedules:
            await self.schedules.refresh()
            await self.due()

    async def due(self) -> None:
        """Call what is due by this worker's clock."""
        while names := [name for name, (moment, _) in self.timer.once.items() if moment <= self.clock.now()]:
            _, job = self.timer.once.pop(names[0])
            await job()

    def wakes(self) -> datetime | None:
        """The world's time at which something is to be called."""
        return min((moment - self.clock.off for moment, _ in self.timer.once.values()), default=None)

    def stop(self) -> None:
        """End; what was waited for is forgotten."""
        self.schedules = None
        self.timer.stop()

    def close(self) -> None:
        self.stop()
        self.store.close()


def arrive(store: Store, number: int, now: datetime) -> str:
    """A statement comes in, dated today; its id."""
    brief = another(number, date=now.date(), published=now)
    store.statements.keep(brief, identify(brief.statement), source="a", now=now)
    kept = store.statements.get(str(brief.statement.url))
    assert kept is not None
    return kept.statement.id
