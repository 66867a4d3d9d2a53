"""HttpFetcher: one document at a time, from an address that was checked, within a deadline and a size."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping

import httpcore
import httpx

from bot.domain.source import Validators
from bot.errors import FetchError, RefusedError, ThrottledError
from bot.infra.clock import SystemClock
from bot.infra.fetch import answers
from bot.infra.fetch.addresses import checked_url, is_loopback
from bot.infra.fetch.connections import Connections, Origin
from bot.infra.fetch.dialling import CheckedBackend, Resolver, resolve
from bot.infra.fetch.exchange import Exchange
from bot.infra.fetch.failures import as_fetch_error
from bot.infra.fetch.limits import MIB, Body, layers
from bot.infra.fetch.politeness import Turns
from bot.ports import Clock, Fetched

REDIRECTS = frozenset({301, 302, 303, 307, 308})
ACCEPTED = b"text/html, application/xhtml+xml, application/xml;q=0.9, application/pdf;q=0.9, */*;q=0.8"


class HttpFetcher:
    """Fetches over HTTP/1.1; see the port.

    `total_timeout` (seconds) covers looking up, connecting, redirects and the whole body, but not waiting for our own
    turn at the server; `max_bytes` holds before and after decompression. A server gets at most `per_host` requests at
    once, begun `spacing` seconds apart; a redirect within it is followed at once, and with `allow_private` this very
    machine is not spared. `tls` replaces the usual certificate authorities (which SSL_CERT_FILE can name as well).
    `resolver` looks names up, `dialler` connects to what it found once that is checked. No cookies, no proxies.
    """

    def __init__(
        self,
        user_agent: str,
        *,
        clock: Clock | None = None,
        resolver: Resolver = resolve,
        dialler: httpcore.AsyncNetworkBackend | None = None,
        tls: ssl.SSLContext | None = None,
        max_bytes: int = 5 * MIB,
        total_timeout: float = 30.0,
        per_host: int = 2,
        spacing: float = 1.0,
        max_redirects: int = 5,
    ) -> None:
        self._headers = ((b"User-Agent", user_agent.encode()), (b"Accept", ACCEPTED), (b"Accept-Encoding", b"gzip"))
        self._clock = clock or SystemClock()
        self._max_bytes, self._total_timeout, self._max_redirects = max_bytes, total_timeout, max_redirects
        self._turns = Turns(per_host, spacing)
        tls = tls or httpx.create_ssl_context()
        tls.set_alpn_protocols(["http/1.1"])
        # Two sets: a connection made for a call with allow_private must not serve one without.
        self._connections: Mapping[bool, Connections] = {
            private: Connections(CheckedBackend(resolver, allow_private=private, dialler=dialler), tls)
            for private in (False, True)
        }

    async def get(self, url: str, *, validators: Validators | None = None, allow_private: bool = False) -> Fetched:
        """Fetch one address, following redirects; see the port for what it raises."""
        address = checked_url(url)
        left, spaced = self._total_timeout, True
        for _ in range(self._max_redirects + 1):
            spaced = spaced and not (allow_private and is_loopback(address.host))
            async with self._turns.turn(_server(address), spaced=spaced):
                begun = asyncio.get_running_loop().time()
                answer = await self._within(left, address, validators, allow_private)
                left -= asyncio.get_running_loop().time() - begun
            if isinstance(answer, Fetched):
                return answer
            address, spaced = answer, _server(answer) != _server(address)
        raise FetchError(f"redirected more than {self._max_redirects} times, last to {address.host}")

    async def close(self) -> None:
        """Let go of every connection."""
        for connections in self._connections.values():
            await connections.close()

    async def _within(
        self, left: float, address: httpx.URL, validators: Validators | None, allow_private: bool
    ) -> Fetched | httpx.URL:
        deadline = asyncio.timeout(left)
        try:
            async with deadline:
                return await self._ask(address, validators, self._connections[allow_private])
        except Exception as error:  # whatever a stranger's server makes the libraries raise
            if deadline.expired():
                raise FetchError(f"no answer within {self._total_timeout:g} s") from error
            raise as_fetch_error(error, address.host) from error

    async def _ask(
        self, address: httpx.URL, validators: Validators | None, connections: Connections
    ) -> Fetched | httpx.URL:
        """One request: the document, or where it is said to be."""
        conditions = answers.conditions(validators)
        headers = [(b"Host", address.netloc), *self._headers, *conditions]
        async with connections.to(_origin(address)) as exchange:
            head = await exchange.ask(address.raw_path, headers)
            fields = answers.headers(head.fields)
            if head.status in REDIRECTS:
                return _next(address, fields)
            self._check_status(head.status, fields, conditional=bool(conditions))
            body = None if head.status == 304 else await self._body(exchange, fields)
            return self._fetched(address, fields, body, validators)

    def _check_status(self, status: int, fields: answers.Headers, *, conditional: bool) -> None:
        words = f"the server answered {answers.status_words(status)}"
        if status in (429, 503):
            wait = answers.retry_after(fields, self._clock.now())
            raise ThrottledError(words, retry_after=wait, status=status)
        if not (200 <= status < 300 or (status == 304 and conditional)):
            raise FetchError(words, status=status)

    async def _body(self, exchange: Exchange, fields: answers.Headers) -> bytes:
        times = layers(fields.get("content-encoding", ""))
        body = Body(self._max_bytes, times=times, length=answers.length(fields))
        async for piece in exchange.body():
            body.feed(piece)
        return body.whole()

    def _fetched(
        self, address: httpx.URL, fields: answers.Headers, body: bytes | None, asked: Validators | None
    ) -> Fetched:
        given = answers.validators(fields)
        if body is None and asked is not None:  # a 304 may leave out what stays as it was
            given = Validators(etag=given.etag or asked.etag, last_modified=given.last_modified or asked.last_modified)
        return Fetched(
            url=str(address),
            body=body,
            media_type=answers.media_type(fields),
            charset=answers.charset(fields),
            validators=given,
            fresh_for=answers.fresh_for(fields, self._clock.now()),
        )


def _origin(address: httpx.URL) -> Origin:
    secure = address.scheme == "https"
    return secure, address.raw_host.decode("ascii"), address.port or (443 if secure else 80)


def _server(address: httpx.URL) -> str:
    """Whose turn it is: both schemes of a host are one server, an odd port is another."""
    return address.host if address.port is None else f"{address.host}:{address.port}"


def _next(address: httpx.URL, fields: answers.Headers) -> httpx.URL:
    """Where a redirect leads. One from https down to http is asked over https, so that nobody on the way can meddle."""
    if "location" not in fields:
        raise FetchError("redirected without saying where to")
    try:
        target = checked_url(address.join(fields["location"]))
    except httpx.InvalidURL as error:
        raise RefusedError("redirected to what is not an address") from error
    if address.scheme == "https" and target.scheme == "http":
        if target.port is not None:
            raise RefusedError(f"redirected from https to http at {target.netloc.decode()}, where others could meddle")
        return target.copy_with(scheme="https")
    return target
