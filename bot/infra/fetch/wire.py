"""httpcore's connections on asyncio itself: the layer between them that httpcore brings along doubles their cost."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import httpcore

# So much may lie unread before the other side is made to wait.
MOST_UNREAD = 1 << 18


class AsyncioBackend(httpcore.AsyncNetworkBackend):
    """Dials IP addresses. Raises httpcore's errors, as the port has it."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        local = None if local_address is None else (local_address, 0)
        with _told_as(httpcore.ConnectError, httpcore.ConnectTimeout):
            async with asyncio.timeout(timeout):
                loop = asyncio.get_running_loop()
                transport, wire = await loop.create_connection(Wire, host, port, local_addr=local)
        for option in socket_options or ():
            transport.get_extra_info("socket").setsockopt(*option)
        return wire

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Wire(asyncio.Protocol, httpcore.AsyncNetworkStream):
    """One connection, plain or with TLS; what comes in waits here, within a bound, until it is read."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._unread = bytearray()
        self._ended = self._held = self._full = False
        self._error: Exception | None = None
        self._waiting: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._unread += data
        if len(self._unread) > MOST_UNREAD and not self._held:
            self._held = True
            self._line.pause_reading()
        self._wake()

    def eof_received(self) -> bool:
        self._ended = True
        self._wake()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._ended, self._error = True, exc
        self._wake()

    def pause_writing(self) -> None:
        self._full = True

    def resume_writing(self) -> None:
        self._full = False
        self._wake()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with _told_as(httpcore.ReadError, httpcore.ReadTimeout):
            async with asyncio.timeout(timeout):
                while not self._unread and not self._ended:
                    await self._news()
        if not self._unread and self._error:
            raise httpcore.ReadError(str(self._error)) from self._error
        data = bytes(self._unread[:max_bytes])
        del self._unread[:max_bytes]
        if self._held and not self._ended and len(self._unread) < MOST_UNREAD // 2:
            self._held = False
            self._line.resume_reading()
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if self._ended:
            raise httpcore.WriteError("the connection was closed") from self._error
        self._line.write(buffer)
        if not self._full:
            return
        with _told_as(httpcore.WriteError, httpcore.WriteTimeout):
            async with asyncio.timeout(timeout):
                while self._full and not self._ended:
                    await self._news()

    async def aclose(self) -> None:
        """Let go at once: nothing that matters is on its way, and a peer's goodbye is not waited for."""
        self._line.abort()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        loop = asyncio.get_running_loop()
        if self._unread:
            raise httpcore.ConnectError("the server spoke before TLS was begun")
        with _told_as(httpcore.ConnectError, httpcore.ConnectTimeout):
            async with asyncio.timeout(timeout):
                line = await loop.start_tls(self._line, self, ssl_context, server_hostname=server_hostname)
        if line is None:
            raise httpcore.ConnectError("the connection was closed while TLS was begun")
        self._transport = line
        return self

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            return self._ended or bool(self._unread)
        names = {"client_addr": "sockname", "server_addr": "peername"}
        return self._line.get_extra_info(names.get(info, info))

    @property
    def _line(self) -> asyncio.Transport:
        return cast(asyncio.Transport, self._transport)

    async def _news(self) -> None:
        self._waiting = asyncio.get_running_loop().create_future()
        try:
            await self._waiting
        finally:
            self._waiting = None

    def _wake(self) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(None)


@contextmanager
def _told_as(failure: type[Exception], timed_out: type[Exception]) -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise timed_out(str(error)) from error
    except OSError as error:
        raise failure(str(error)) from error
