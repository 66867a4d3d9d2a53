"""What the tests of both chat adapters share: an adapter on a local server, a payload, patience."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from bot.domain.reply import Reply, Section
from bot.ports import ChatAdapter, Desk, Renderer
from tests.fakes import FakeDesk

KEY = "0123456789abcdef01234567"


class Server(Protocol):
    """A platform of our own."""

    def settings(self, **more: Any) -> dict[str, Any]:
        """What an adapter needs to use it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How an adapter is made, and what renders for it."""

    create: Callable[[dict[str, Any], Desk], ChatAdapter]
    renderer: Renderer

    def payload(self, heading: str = "UN cyber statements: 2 new", text: str = "Chile proposes a register.") -> Any:
        """One message."""
        return self.renderer.render(Reply(heading=heading, sections=(Section(heading="Chile", text=text),)))[0]

    @asynccontextmanager
    async def adapter_on(self, server: Server, desk: Desk | None = None, **settings: Any) -> AsyncIterator[ChatAdapter]:
        """An adapter that may post, without a connection for people's questions."""
        adapter = self.create(server.settings(**settings), desk or FakeDesk())
        try:
            yield adapter
        finally:
            await adapter.stop()

    @asynccontextmanager
    async def connected(self, server: Server, desk: Desk | None = None, **settings: Any) -> AsyncIterator[ChatAdapter]:
        """An adapter that is started: it answers people."""
        async with self.adapter_on(server, desk, **settings) as adapter:
            await start(adapter)
            yield adapter


async def start(adapter: ChatAdapter) -> None:
    """Have it post, and answer people on every connection."""
    await adapter.start()
    for connection in await adapter.connections():
        await adapter.listen(connection)


async def until(there: Callable[[], bool], *, within: float = 60.0) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(within):
        while not there():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.01)
