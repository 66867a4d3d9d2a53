"""What the tests of the Slack adapter share: an adapter on a server, a payload."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from adapters.slack import renderer
from adapters.slack.adapter import create
from bot.domain.reply import Reply, Section
from bot.ports import ChatAdapter, Desk
from tests.fakes import FakeDesk
from tests.slack_server import SlackServer

KEY = "0123456789abcdef01234567"


def payload(heading: str = "UN cyber statements: 2 new", text: str = "Chile proposes a register.") -> Any:
    """One message."""
    return renderer.render(Reply(heading=heading, sections=(Section(heading="Chile", text=text),)))[0]


@asynccontextmanager
async def adapter_on(server: SlackServer, desk: Desk | None = None, **settings: Any) -> AsyncIterator[ChatAdapter]:
    """An adapter that may post, without a connection for people's questions."""
    adapter = create(server.settings(**settings), desk or FakeDesk())
    try:
        yield adapter
    finally:
        await adapter.stop()


async def start(adapter: ChatAdapter) -> None:
    """Have it post, and answer people on every connection."""
    await adapter.start()
    for connection in await adapter.connections():
        await adapter.listen(connection)


@asynccontextmanager
async def connected(server: SlackServer, desk: Desk | None = None, **settings: Any) -> AsyncIterator[ChatAdapter]:
    """An adapter that is started: it answers people."""
    async with adapter_on(server, desk, **settings) as adapter:
        await start(adapter)
        yield adapter


async def until(there: Callable[[], bool], *, within: float = 60.0) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(within):
        while not there():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.01)
