from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot.errors import FetchError, RefusedError
from bot.infra.fetch import HttpFetcher
from tests.servers import HttpServer, page, redirect

PEM = Path(__file__).with_name("feeds.example.pem")


async def everyone_is_here(host: str, port: int) -> Sequence[str]:
    return ["127.0.0.1"]


@pytest.fixture
async def fetcher() -> AsyncIterator[HttpFetcher]:
    trusting = ssl.create_default_context(cafile=str(PEM))
    fetcher = HttpFetcher("Attache/0.1", resolver=everyone_is_here, tls=trusting, spacing=0, total_timeout=3)
    yield fetcher
    await fetcher.close()


@pytest.fixture
async def names() -> list[str | None]:
    return []


@pytest.fixture
async def server(names: list[str | None]) -> AsyncIterator[HttpServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    async with HttpServer(tls=context) as server:
        server.route("/", page("secure"))
        yield server


async def why(fetcher: HttpFetcher, url: str) -> str:
    with pytest.raises(FetchError) as caught:
        await fetcher.get(url, allow_private=True)
    return caught.value.why


async def test_tls_is_spoken_to_the_name_though_an_address_is_dialled(
    server: HttpServer, fetcher: HttpFetcher, names: list[str | None]
) -> None:
    fetched = await fetcher.get(server.url("/", host="feeds.example"), allow_private=True)
    assert fetched.body == b"secure"
    assert names == ["feeds.example"]


async def test_a_certificate_for_another_name_is_refused(server: HttpServer, fetcher: HttpFetcher) -> None:
    words = await why(fetcher, server.url("/", host="other.example"))
    assert words.startswith("the certificate of other.example is not valid: Hostname mismatch")
    assert server.requests == []


async def test_a_certificate_nobody_vouches_for_is_refused(server: HttpServer) -> None:
    careful = HttpFetcher("Attache/0.1", resolver=everyone_is_here)
    words = await why(careful, server.url("/", host="feeds.example"))
    await careful.close()
    assert words == "the certificate of feeds.example is not valid: self-signed certificate"


async def test_a_server_that_does_not_speak_tls_is_told(fetcher: HttpFetcher) -> None:
    async def greet(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as plain:
        port = plain.sockets[0].getsockname()[1]
        words = await why(fetcher, f"https://feeds.example:{port}/")
    assert words.startswith("no secure connection to feeds.example: ")


async def test_a_greeting_that_never_ends_is_given_up_and_closed() -> None:
    gone = asyncio.Event()

    async def stare(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        gone.set()
        writer.close()
        await writer.wait_closed()

    hasty = HttpFetcher("Attache/0.1", total_timeout=0.2)
    async with await asyncio.start_server(stare, "127.0.0.1", 0) as mute:
        port = mute.sockets[0].getsockname()[1]
        assert await why(hasty, f"https://127.0.0.1:{port}/") == "no answer within 0.2 s"
        await asyncio.wait_for(gone.wait(), 20)
    await hasty.close()


async def test_a_redirect_down_to_http_at_an_odd_port_is_refused(server: HttpServer, fetcher: HttpFetcher) -> None:
    async with HttpServer() as plain:
        server.route("/", redirect(plain.url("/", host="feeds.example")))
        with pytest.raises(RefusedError, match="from https to http"):
            await fetcher.get(server.url("/", host="feeds.example"), allow_private=True)
        assert plain.connections == 0


async def test_a_redirect_down_to_http_is_asked_over_https(server: HttpServer) -> None:
    dialled: list[int] = []

    async def names(host: str, port: int) -> Sequence[str]:
        dialled.append(port)
        return ["127.0.0.1"] if port == server.port else []

    trusting = ssl.create_default_context(cafile=str(PEM))
    fetcher = HttpFetcher("Attache/0.1", resolver=names, tls=trusting)
    server.route("/", redirect("http://plain.example/"))
    assert await why(fetcher, server.url("/", host="feeds.example")) == "no server is called plain.example"
    assert dialled == [server.port, 443]
    await fetcher.close()
