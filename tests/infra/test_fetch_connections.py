"""Connections that are kept for the next request: to the same server, for a moment, and not too many."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack

import pytest

from bot.errors import FetchError
from bot.infra.fetch import HttpFetcher, connections
from tests.servers import Answer, HttpServer, garbage, page


async def everyone_is_here(host: str, port: int) -> Sequence[str]:
    return ["127.0.0.1"]


@pytest.fixture
async def fetcher() -> AsyncIterator[HttpFetcher]:
    fetcher = HttpFetcher("Attache/0.1", resolver=everyone_is_here, spacing=0)
    yield fetcher
    await fetcher.close()


@pytest.fixture
async def server() -> AsyncIterator[HttpServer]:
    async with HttpServer() as server:
        server.route("/", page("x"))
        yield server


async def body(fetcher: HttpFetcher, url: str) -> bytes | None:
    return (await fetcher.get(url, allow_private=True)).body


async def test_another_host_at_the_same_address_gets_a_connection_of_its_own(
    server: HttpServer, fetcher: HttpFetcher
) -> None:
    for host in ("one.example", "two.example", "one.example", "two.example"):
        await body(fetcher, server.url("/", host=host))
    assert server.connections == 2


async def test_one_that_has_waited_for_too_long_is_not_used(
    server: HttpServer, fetcher: HttpFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "KEEP_ALIVE", 0.0)
    for _ in range(3):
        await body(fetcher, server.url("/"))
    assert server.connections == 3


async def test_one_the_server_has_closed_without_a_word_is_not_used(server: HttpServer, fetcher: HttpFetcher) -> None:
    server.route("/last", garbage(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst"))
    assert await body(fetcher, server.url("/last")) == b"first"
    await asyncio.sleep(0.05)  # both ends are in this process: its goodbye is here by then
    assert await body(fetcher, server.url("/")) == b"x"


async def test_one_whose_answer_was_broken_off_is_not_used(server: HttpServer, fetcher: HttpFetcher) -> None:
    server.route("/cut", Answer(body=b"x" * 100, cut=50))
    with pytest.raises(FetchError):
        await body(fetcher, server.url("/cut"))
    assert await body(fetcher, server.url("/")) == b"x"


async def test_of_many_servers_only_the_last_ones_are_kept(fetcher: HttpFetcher) -> None:
    async with AsyncExitStack() as stack:
        many = [await stack.enter_async_context(HttpServer()) for _ in range(connections.MOST_IDLE + 5)]
        for server in many:
            server.route("/", page("x"))
            await body(fetcher, server.url("/"))
        for server in (many[0], many[-1]):
            await body(fetcher, server.url("/"))
        assert (many[0].connections, many[-1].connections) == (2, 1)


async def test_more_requests_than_connections_all_get_their_turn(
    server: HttpServer, fetcher: HttpFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "MOST", 3)
    crowd = HttpFetcher("Attache/0.1", resolver=everyone_is_here, spacing=0, per_host=50)
    server.route("/slow", page("x", delay=0.02))
    await asyncio.gather(*(body(crowd, server.url("/slow", host=f"h{n}.example")) for n in range(12)))
    await crowd.close()
    assert server.peak == 3
