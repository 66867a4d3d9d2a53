"""Connections to servers, kept open for a moment.

httpcore's own pool goes through all it holds at every request, which cost more than the requests themselves.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

import httpcore

from bot.infra.fetch.exchange import Exchange

# A kept connection is let go before common servers (Apache: 5 s) close it under a request.
KEEP_ALIVE = 4.0
MOST, MOST_IDLE = 200, 20
Origin = tuple[bool, str, int]
"""Whether with TLS, the host, the port."""


class Connections:
    """Lends connections, at most `MOST` at once; of those left idle the `MOST_IDLE` newest are kept.

    `backend` dials; `tls` says whom to trust.
    """

    def __init__(self, backend: httpcore.AsyncNetworkBackend, tls: ssl.SSLContext) -> None:
        self._backend, self._tls = backend, tls
        self._room = asyncio.Semaphore(MOST)
        self._idle: deque[tuple[float, Origin, Exchange]] = deque()  # with the moment it came back; the oldest first

    @asynccontextmanager
    async def to(self, origin: Origin) -> AsyncIterator[Exchange]:
        """A connection for one request. Raises what dialling does, else httpcore's ConnectError and the like."""
        async with self._room:
            exchange = self._kept(origin) or await self._new(origin)
            try:
                yield exchange
            finally:
                if exchange.reusable():
                    self._idle.append((monotonic(), origin, exchange))
                else:
                    await exchange.close()
                await self._let_go()

    async def close(self) -> None:
        """Let go of every connection that is idle."""
        while self._idle:
            await self._idle.popleft()[-1].close()

    def _kept(self, origin: Origin) -> Exchange | None:
        for place, (since, whose, exchange) in enumerate(self._idle):
            if whose == origin and monotonic() - since < KEEP_ALIVE and exchange.is_open():
                del self._idle[place]
                return exchange
        return None

    async def _let_go(self) -> None:
        """Close connections that have waited for too long, and the oldest of too many."""
        while self._idle and (len(self._idle) > MOST_IDLE or monotonic() - self._idle[0][0] >= KEEP_ALIVE):
            await self._idle.popleft()[-1].close()

    async def _new(self, origin: Origin) -> Exchange:
        secure, host, port = origin
        stream = await self._backend.connect_tcp(host, port)
        if secure:
            try:
                stream = await stream.start_tls(self._tls, host)
            except BaseException:  # given up in the middle of TLS's greeting, for whatever reason
                await stream.aclose()
                raise
        return Exchange(stream)
