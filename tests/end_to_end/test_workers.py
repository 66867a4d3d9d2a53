"""`attache worker` by threes on PostgreSQL: one is killed, one stands still, one is told to stop; each message once."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path

from tests.adapters.setup import until
from tests.discord_server.gateway import IDENTIFY
from tests.end_to_end.crew import Crew, crew
from tests.end_to_end.test_run import SOURCE
from tests.servers import HttpServer, page, silent
from tests.services.test_poll import feed, speech
from tests.slack_server import People

NAMES = ("one", "two", "three")
ROOMS, PARTS = 24, 4


def fill(at: Crew, slot: str) -> dict[tuple[str, str], list[str]]:
    """A digest of some messages for every channel on both platforms; what each is to show in the end."""
    if not at.discord.world.channels:
        for number in range(ROOMS):
            at.discord.world.channel()
            if number < ROOMS // 4:
                at.slack.world.channel()
    rooms = [("discord", str(id)) for id in at.discord.world.channels]
    rooms += [("slack", id) for id in at.slack.world.channels]
    return {room: at.posted(*room) + at.write(*room, PARTS, slot) for room in rooms}


def count(at: Crew) -> int:
    on_discord = sum(len(channel.messages) for channel in at.discord.world.channels.values())
    return on_discord + sum(len(channel.messages) for channel in at.slack.world.channels.values())


def shown(at: Crew, wanted: dict[tuple[str, str], list[str]]) -> dict[tuple[str, str], list[str]]:
    return {room: at.posted(*room) for room in wanted}


async def answers(at: Crew) -> None:
    """Somebody asks on each platform and is answered."""
    room = next(iter(at.discord.world.channels.values()))
    await (await at.discord.slash(room, "help")).answered(within=60)
    talk = await People(at.slack).slash(next(iter(at.slack.world.channels.values())), "help")
    await talk.answered(within=60)


async def test_one_of_three_that_is_killed_is_taken_over_and_nothing_is_lost_or_doubled(
    tmp_path: Path, fresh_url: Callable[..., str]
) -> None:
    async with crew(tmp_path, fresh_url("postgresql", "template")) as at:
        await at.start(*NAMES)
        await until(lambda: bool(at.discord.gateway.sockets) and bool(at.slack.socket.sockets), within=60)
        wanted = fill(at, "2026-11-23T08:30 UTC")
        await until(lambda: count(at) > ROOMS, within=60)
        await until(lambda: at.of("discord") is not None, within=60)
        victim = at.of("discord")
        assert victim is not None
        at.signal(victim, signal.SIGKILL)
        await at.ended(victim)
        loop = asyncio.get_running_loop()
        killed = loop.time()
        await until(lambda: len(at.discord.gateway.said(IDENTIFY)) == 2, within=60)
        print(f"the gateway was taken over {loop.time() - killed:.1f} s after its worker was killed")
        await at.settled(within=90)
        assert shown(at, wanted) == wanted
        await until(lambda: bool(at.slack.socket.sockets), within=60)
        await answers(at)
        assert len(at.store.cluster.workers()) == len(NAMES) - 1


async def test_one_that_stands_still_is_taken_over_and_posts_nothing_when_it_goes_on(
    tmp_path: Path, fresh_url: Callable[..., str]
) -> None:
    async with crew(tmp_path, fresh_url("postgresql", "template"), lease="4s") as at:
        await at.start(*NAMES)
        for number, stalled in enumerate(NAMES):
            wanted = fill(at, f"2026-11-2{number}T08:30 UTC")
            start = count(at)
            await until(lambda start=start: count(at) > start + ROOMS // 2, within=60)  # type: ignore[misc]
            at.signal(stalled, signal.SIGSTOP)
            await at.settled(within=90)
            assert shown(at, wanted) == wanted
            at.signal(stalled, signal.SIGCONT)
            await asyncio.sleep(3)
            assert shown(at, wanted) == wanted, "what stood still must not post what others have posted"
        await until(lambda: len(at.store.cluster.workers()) == len(NAMES), within=60)
        assert any("begins anew" in at.log(name) for name in NAMES)


async def test_one_that_is_told_to_stop_hands_back_and_the_others_go_on_in_order(
    tmp_path: Path, fresh_url: Callable[..., str]
) -> None:
    async with crew(tmp_path, fresh_url("postgresql", "template")) as at:
        await at.start("one")
        wanted = fill(at, "2026-11-23T08:30 UTC")
        await until(lambda: count(at) > ROOMS, within=60)
        await at.start("two")
        at.signal("one", signal.SIGTERM)
        assert await at.ended("one", within=60) == 0
        assert [one.role for one in at.store.cluster.workers()] == ["worker"]
        await at.settled(within=90)
        assert shown(at, wanted) == wanted
        await until(lambda: at.of("discord") == "two" and at.of("slack") == "two", within=60)
        await answers(at)


async def test_a_source_whose_worker_is_killed_is_polled_by_another(
    tmp_path: Path, fresh_url: Callable[..., str]
) -> None:
    async with HttpServer() as web:
        title = "Statement by Chile at the Global Mechanism on ICT security"
        web.route("/feed", silent(), page(feed((title, web.url("/1"))), media_type="application/rss+xml"))
        web.route("/1", page(speech(title)))
        source = SOURCE.format(name="Chile", kind="feed", url=web.url("/feed"))
        async with crew(tmp_path, fresh_url("postgresql", "template"), sources=source) as at:
            await at.start("one")
            await until(lambda: web.paths() == ["/feed"], within=120)
            await at.start("two")
            assert web.paths() == ["/feed"], "it is one worker's, however long it takes"
            at.signal("one", signal.SIGKILL)
            await at.ended("one")
            await until(lambda: at.store.statements.count() == 1, within=120)
