"""What crews of real workers are measured at: posting at a platform's limit, briefing, taking over, doing nothing."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from benchmarks.measure import memory_of
from tests.adapters.setup import until
from tests.discord_server.gateway import IDENTIFY
from tests.end_to_end.crew import Crew, crew
from tests.end_to_end.test_run import SOURCE
from tests.servers import HttpServer, page
from tests.services.test_poll import feed, speech

NAMES = ("one", "two", "three")
PATIENCE = 600.0
NEVER = 120.0
SENTENCE = "Chile proposes that the {} and the {} adopt {} for the {} of {} in cyber {}."
RESTS = 60.0
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Posts a second over all, and in the slowest channel; requests refused as too many; channels out of order."""

    a_second: float
    slowest: float
    refused: int
    disordered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """After how many seconds the gateway was open elsewhere and the dead worker's channels went on; what went wrong."""

    gateway: float
    posts: float
    wrong: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What a process costs that has nothing to do: share of a core, and MB resident."""

    cpu: float
    memory: float


def with_crew(url: str, job: Callable[[Crew], Awaitable[Result]], **about: Any) -> Result:
    """What a job comes to with a crew of its own, in a folder of its own; `about` is what the crew is made with."""
    return asyncio.run(_in_crew(url, job, about))


async def _in_crew(url: str, job: Callable[[Crew], Awaitable[Result]], about: Mapping[str, Any]) -> Result:
    with TemporaryDirectory(prefix="bench") as folder:
        async with crew(Path(folder), url, **about) as at:
            result = await job(at)
            at.discord.forget_bodies()
            return result


async def posted(at: Crew, adapter: str, channels: int, parts: int, workers: int) -> Rate:
    """Have so many channels told at once: everything is in the ledger before anybody begins."""
    world = at.discord.world if adapter == "discord" else at.slack.world
    rooms = [str(world.channel().id) for _ in range(channels)]
    wanted = {room: at.write(adapter, room, parts) for room in rooms}
    await at.start(*NAMES[:workers])
    await at.settled(within=PATIENCE)
    disordered = sum(at.posted(adapter, room) != titles for room, titles in wanted.items())
    slowest = min(_rate(at.moments(adapter, room)) for room in rooms) if parts > 1 else 0.0
    rate = _rate(at.moments(adapter), at.discord.answers_after)
    return Rate(a_second=rate, slowest=slowest, refused=at.refused(adapter), disordered=disordered)


async def briefed(url: str, workers: int, sources: int, *, answers_after: float) -> float:
    """How many statements a second so many workers poll, read, brief and keep, of servers that take their time."""
    async with AsyncExitStack() as opened:
        tables = []
        for number in range(sources):
            # A server each: of one, every worker asks for two documents at once and no more.
            web = await opened.enter_async_context(HttpServer())
            tables.append(_source(web, number, answers_after))
        folder = Path(opened.enter_context(TemporaryDirectory(prefix="bench")))
        at = await opened.enter_async_context(crew(folder, url, sources="".join(tables)))
        await at.start(*NAMES[:workers])
        first = await _kept(at, 1)
        # The first was asked for twice, its feed and its page.
        return sources / (await _kept(at, sources) - first + 2 * answers_after)


async def killed(at: Crew, *, apart: bool) -> Taken:
    """One of three is killed that answers people and posts; `apart`, the others must learn it from its beats alone."""
    rooms = [str(at.discord.world.channel().id) for _ in range(60)]
    await at.start(*NAMES, apart=apart)
    await until(lambda: at.of("discord") is not None, within=60)
    wanted = {room: at.write("discord", room, 10) for room in rooms}
    await until(lambda: len(at.moments("discord")) >= 2 * len(rooms), within=60)
    victim, holder = at.of("discord"), at.holder("listen discord")
    held = {lease.name for lease in at.store.cluster.leases() if lease.holder == holder}
    mine = {name.partition("discord:")[2] for name in held if name.startswith("channel ")}
    before = {room: len(at.posted("discord", room)) for room in mine}
    at.signal(str(victim), signal.SIGKILL)
    start, gateway, posts = time.perf_counter(), 0.0, 0.0
    while not (gateway and posts) and (passed := time.perf_counter() - start) < NEVER:
        await asyncio.sleep(0.05)
        gateway = gateway or (passed if len(at.discord.gateway.said(IDENTIFY)) > 1 else 0.0)
        moved = all(len(at.posted("discord", room)) > count for room, count in before.items())
        posts = posts or (passed if moved else 0.0)
    await at.settled(within=PATIENCE)
    wrong = sum(at.posted("discord", room) != titles for room, titles in wanted.items())
    return Taken(gateway=gateway or NEVER, posts=posts or NEVER, wrong=wrong)


def rests(urls: Mapping[tuple[str, str], str]) -> Mapping[str, Rest]:
    """What processes cost that are connected to both platforms and have nothing to do, by command and database."""

    async def all() -> list[Rest]:
        about = {"web": True}
        return await asyncio.gather(*(_in_crew(url, partial(_rested, c), about) for (c, _), url in urls.items()))

    return dict(zip((f"attache {c}, {database}" for c, database in urls), asyncio.run(all()), strict=True))


async def _rested(command: str, at: Crew) -> Rest:
    await at.start("one", command=command)
    await until(lambda: bool(at.discord.gateway.sockets) and bool(at.slack.socket.sockets), within=60)
    await asyncio.sleep(15)
    id = at.processes["one"].pid
    before = _cpu_of(id)
    await asyncio.sleep(RESTS)
    return Rest(cpu=(_cpu_of(id) - before) / RESTS, memory=memory_of(id, "VmRSS"))


def _rate(moments: Sequence[float], answers_after: float = 0.0) -> float:
    """How many a second; where each takes a while, counted from when the first was asked for."""
    return (len(moments) - (not answers_after)) / (max(moments) - min(moments) + answers_after)


def _source(web: HttpServer, number: int, answers_after: float) -> str:
    title = f"Statement {number} by Chile at the Global Mechanism on ICT security"
    # Words of their own, or they would be copies of one statement.
    chance = random.Random(number)
    said = " ".join(SENTENCE.format(*("".join(chance.choices("aeiorstlmn", k=8)) for _ in range(6))) for _ in range(12))
    body = speech(title, position=said)
    items = feed((title, web.url(f"/{number}")))
    web.route(f"/{number}", page(body, delay=answers_after))
    web.route("/feed", page(items, media_type="application/rss+xml", delay=answers_after))
    text = SOURCE.format(name=f"source {number}", kind="feed", url=web.url("/feed"))
    return text.replace('every = "2s"', 'every = "1d"')


async def _kept(at: Crew, count: int) -> float:
    """When so many statements were kept."""
    async with asyncio.timeout(PATIENCE):
        while await asyncio.to_thread(at.store.statements.count) < count:  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.1)
    return time.perf_counter()


def _cpu_of(id: int) -> float:
    """Seconds of CPU a process has had, with the children it has waited for."""
    fields = Path(f"/proc/{id}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(int(field) for field in fields[11:15]) / os.sysconf("SC_CLK_TCK")
