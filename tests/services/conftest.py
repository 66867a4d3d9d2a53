"""A desk on a real store, with a web and a platform that are not there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.infra.charts import SandboxArtist
from bot.infra.store import Store, open_store
from bot.infra.web.entrance import Doors
from bot.services.channels import Channels
from bot.services.covering import Covering
from bot.services.desk import FrontDesk
from bot.services.digests import Digests
from bot.services.dispatch import Dispatcher
from bot.services.gallery import Charts
from bot.services.membership import Membership
from bot.services.subscribing import Subscribing
from tests.fakes import FakeWeb, FreePaces, KeptInMemory, LineRenderer, OpenSandbox, SetClock
from tests.samples import NOW, channel
from tests.servers import HttpServer
from tests.services.crew import at_work

PAGE = b"<html><body><h1>Statement by Kenya</h1><p>Mr. Chair, Kenya condemns ransomware.</p></body></html>"


@pytest.fixture
def web() -> FakeWeb:
    return FakeWeb(pages={"https://mission.example/fresh": PAGE})


@pytest.fixture
def subscribing(store: Store) -> Subscribing:
    configured = channel(adapter="fake", destination="configured")
    return Subscribing(
        channels=Channels(configured=(configured,), store=store.subscriptions),
        ledger=store.ledger,
        adapters=("fake",),
        clock=SetClock(NOW),
        zone=ZoneInfo("UTC"),
    )


@pytest.fixture
def dispatcher(store: Store, web: FakeWeb, subscribing: Subscribing) -> Dispatcher:
    digests = Digests(
        ledger=store.ledger,
        slots=store.slots,
        statements=store.statements,
        covering=Covering(states=store.sources, sources=()),
        renderers={"fake": LineRenderer()},
    )
    return Dispatcher(
        statements=store.statements,
        marks=store.marks,
        states=store.sources,
        ledger=store.ledger,
        digests=digests,
        sources=(),
        fetcher=web,
        sandbox=OpenSandbox(),
        clock=SetClock(NOW),
        subscribing=subscribing,
        charts=Charts(statements=store.statements, index=store.overview, artist=SandboxArtist(OpenSandbox())),
        problems={"fake": ("the token is revoked; make a new one",)},
    )


def open_desk(store: Store, dispatcher: Any) -> FrontDesk:
    return FrontDesk(
        paces=FreePaces(),
        dispatcher=lambda: dispatcher,
        actions=lambda: store.actions,
        installations=KeptInMemory(),
        entrance=Doors().of("fake"),
        clock=SetClock(NOW),
    )


@pytest.fixture
def desk(store: Store, dispatcher: Dispatcher) -> FrontDesk:
    return open_desk(store, dispatcher)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Store]:
    """A store where one kind of database will do: tests/contracts runs the ports on each."""
    opened = open_store(f"sqlite:///{tmp_path}/attache.db")
    yield opened
    opened.close()


@pytest.fixture
async def server() -> AsyncIterator[HttpServer]:
    """A server on loopback, with no routes yet."""
    async with HttpServer() as running:
        yield running


@pytest.fixture
async def workers(store: Store) -> AsyncIterator[Membership]:
    """The only worker there is, on a stopwatch that stands still: it is never taken over."""
    async with at_work(store) as one:
        yield one
