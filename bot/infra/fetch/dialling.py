"""Connecting to the very address that was checked: a name's answer that changes between check and use cannot matter."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from ipaddress import ip_address

import httpcore

from bot.errors import FetchError, RefusedError
from bot.infra.fetch.addresses import why_closed
from bot.infra.fetch.wire import AsyncioBackend

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Looks a host's name up: its IP addresses, best first. Raises OSError (socket.gaierror) if there are none."""

ATTEMPT = 5.0  # seconds for one of several addresses, so that a dead one leaves time for the next
MOST_ATTEMPTS = 4
UNKNOWN_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


async def resolve(host: str, port: int) -> Sequence[str]:
    """The machine's own resolver."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Looks a name up once, checks every address it has, and dials only those.

    One closed address among several refuses the name: no public site has one. TLS and the Host header keep the name.
    """

    def __init__(
        self, resolver: Resolver, *, allow_private: bool, dialler: httpcore.AsyncNetworkBackend | None = None
    ) -> None:
        self._resolver, self._allow_private = resolver, allow_private
        self._dialler = dialler or AsyncioBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first of the host's addresses that answers. Raises FetchError, or what httpcore would."""
        *earlier, last = (await self._checked(host, port))[:MOST_ATTEMPTS]
        for address in earlier:
            with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return await self._dialler.connect_tcp(address, port, ATTEMPT, local_address, socket_options)
        return await self._dialler.connect_tcp(last, port, timeout, local_address, socket_options)

    async def _checked(self, host: str, port: int) -> Sequence[str]:
        addresses = await self._addresses(host, port)
        for address in addresses:
            if not self._allow_private and (why := why_closed(address)):
                shown = host if host == address else f"{host} ({address})"
                raise RefusedError(f"{shown} is {why}; a source on your own network needs allow_private = true")
        return addresses

    async def _addresses(self, host: str, port: int) -> Sequence[str]:
        try:
            ip_address(host)
            return [host]
        except ValueError:
            pass
        try:
            addresses = await self._resolver(host, port)
        except (OSError, UnicodeError) as error:
            raise FetchError(_lookup_failed(host, error)) from error
        if not addresses:
            raise FetchError(f"no server is called {host}")
        return addresses


def _lookup_failed(host: str, error: OSError | UnicodeError) -> str:
    if isinstance(error, UnicodeError) or error.errno in UNKNOWN_NAME:
        return f"no server is called {host}"
    return f"the name {host} could not be looked up: {error.strerror or error}"
