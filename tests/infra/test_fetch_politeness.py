from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from itertools import pairwise

import pytest

from bot.infra.fetch import HttpFetcher
from bot.infra.fetch.politeness import Turns
from tests.servers import HttpServer, page, redirect, silent

SPACING = 0.8


async def everyone_is_here(host: str, port: int) -> Sequence[str]:
    return ["127.0.0.1"]


@pytest.fixture
async def fetcher() -> AsyncIterator[HttpFetcher]:
    fetcher = HttpFetcher("Attache/0.1", resolver=everyone_is_here, spacing=SPACING, total_timeout=5)
    yield fetcher
    await fetcher.close()


@pytest.fixture
async def server() -> AsyncIterator[HttpServer]:
    async with HttpServer() as server:
        yield server


def gaps(server: HttpServer) -> list[float]:
    return [later.at - earlier.at for earlier, later in pairwise(server.requests)]


async def test_requests_to_a_server_begin_a_pause_apart_however_busy_the_machine() -> None:
    turns, begun = Turns(at_once=2, spacing=0.1), list[float]()

    async def request() -> None:
        async with turns.turn("feeds.example"):
            begun.append(asyncio.get_running_loop().time())
            time.sleep(0.03)  # noqa: ASYNC251 - a machine that is busy with something else

    await asyncio.gather(*(request() for _ in range(4)))
    assert len(begun) == 4
    assert min(later - earlier for earlier, later in pairwise(begun)) > 0.099


async def test_the_pause_is_kept_on_the_way_to_the_server(server: HttpServer, fetcher: HttpFetcher) -> None:
    server.route("/", page("x"))
    url = server.url("/", host="feeds.example")
    await asyncio.gather(*(fetcher.get(url, allow_private=True) for _ in range(3)))
    assert len(server.requests) == 3
    assert sum(gaps(server)) > SPACING


async def test_this_machine_is_not_spared_where_private_addresses_are_allowed(
    server: HttpServer, fetcher: HttpFetcher
) -> None:
    server.route("/", page("x"))
    for _ in range(4):
        await fetcher.get(server.url("/"), allow_private=True)
    assert max(gaps(server)) < SPACING * 0.8


async def test_a_redirect_within_a_server_is_followed_at_once(server: HttpServer, fetcher: HttpFetcher) -> None:
    server.route("/old", redirect("/new"))
    server.route("/new", page("x"))
    await fetcher.get(server.url("/old", host="feeds.example"), allow_private=True)
    assert max(gaps(server)) < SPACING * 0.8


async def test_two_requests_at_once_and_no_more(server: HttpServer, fetcher: HttpFetcher) -> None:
    server.route("/", page("x", delay=0.05))
    await asyncio.gather(*(fetcher.get(server.url("/"), allow_private=True) for _ in range(8)))
    assert server.peak == 2


async def test_a_slow_server_does_not_hold_up_another(server: HttpServer, fetcher: HttpFetcher) -> None:
    async with HttpServer() as slow:
        slow.route("/", silent())
        server.route("/", page("x"))
        stuck = [asyncio.create_task(fetcher.get(slow.url("/"), allow_private=True)) for _ in range(5)]
        await asyncio.sleep(0.05)
        async with asyncio.timeout(20):
            await fetcher.get(server.url("/"), allow_private=True)
        for task in stuck:
            task.cancel()
        await asyncio.gather(*stuck, return_exceptions=True)


async def test_servers_that_redirect_to_each_other_do_not_lock(server: HttpServer, fetcher: HttpFetcher) -> None:
    async with HttpServer() as other:
        server.route("/there", redirect(other.url("/page")))
        other.route("/here", redirect(server.url("/page")))
        server.route("/page", page("x"))
        other.route("/page", page("x"))
        urls = [server.url("/there"), other.url("/here")] * 6
        async with asyncio.timeout(20):
            fetched = await asyncio.gather(*(fetcher.get(url, allow_private=True) for url in urls))
    assert [each.body for each in fetched] == [b"x"] * 12


async def test_a_turn_given_up_is_given_back() -> None:
    turns = Turns(1, 0.0)

    async def hold() -> None:
        async with turns.turn("feeds.example"):
            await asyncio.sleep(60)

    holder, waiter = asyncio.create_task(hold()), asyncio.create_task(hold())
    await asyncio.sleep(0.01)
    for task in (waiter, holder):
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    async with asyncio.timeout(20), turns.turn("feeds.example"):
        pass


async def test_servers_are_forgotten_when_nobody_is_at_them_and_their_pause_is_over() -> None:
    turns = Turns(at_once=1, spacing=0.05)
    async with turns.turn("held.example"):
        for number in range(50):
            async with turns.turn(f"feeds{number}.example"):
                pass
        assert len(turns) == 51  # the pauses are to be kept yet
    await asyncio.sleep(0.1)
    async with turns.turn("another.example"):
        pass
    assert len(turns) == 1
