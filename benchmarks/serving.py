"""What `attache run` is measured at: ready, at rest, and telling what was published."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import httpx

from benchmarks.feed_server import address
from benchmarks.feeds import ADDRESS, HEAD
from benchmarks.measure import memory_of
from benchmarks.pollers import family
from bot.infra.clock import SystemClock
from tests.corpus.scoring import Gold
from tests.discord_server.world import Channel
from tests.end_to_end.crew import Crew, crew, stop
from tests.servers import HttpServer, page

SPACING = 10.0
INTERVAL = 5  # seconds between polls of the feed that is published on
AT_REST = 75.0  # children of the sandbox end after a minute without work
LONGEST = 120.0
SOURCE = """\
[[sources]]
name = "feed {number}"
kind = "feed"
url = "{url}"
allow_private = true
firehose = true
every = "1d"
"""
FEED = """\
[[sources]]
name = "feed"
kind = "feed"
url = "{url}"
allow_private = true
every = "{every}s"
"""
CHANNEL = """\
[[channels]]
adapter = "discord"
destination = "{channel}"
schedule = "daily 03:00"
"""
LIVE = """\
[[channels]]
adapter = "discord"
destination = "{channel}"
schedule = "as it happens, at most 60 an hour"
lookback = "9999d"
"""


@dataclass
class Place:
    """A service with so many sources and channels, and the servers around it; one feed and one channel are alive."""

    at: Crew
    web: HttpServer
    size: int
    live: Channel
    settings: str
    every: int = 3600  # seconds between polls of the live feed
    _names: count[int] = field(default_factory=count)

    def publish(self, rows: Sequence[Gold]) -> None:
        """Have the feed show these, newest first, and a page behind each."""
        items = ""
        for row in rows:
            path = f"/statements/{row['id']}"
            self.web.route(path, page(row.get("html") or row["text"]))
            items += f"<item><title>{row['title']}</title><link>{self.web.url(path)}</link></item>"
        feed = f"{HEAD}<channel><title>Statements</title><link>{ADDRESS}</link>{items}</channel></rss>"
        self.web.route("/feed", page(feed, media_type="application/rss+xml"))

    async def polled(self) -> None:
        """Wait until every source was looked at, and both platforms have the service on the line."""
        now = SystemClock().now()
        async with asyncio.timeout(LONGEST + self.size):
            while not (self.at.discord.gateway.sessions and self.at.slack.socket.sockets):  # noqa: ASYNC110 - no event
                await asyncio.sleep(0.1)
            sources = self.at.store.sources
            while len((await asyncio.to_thread(sources.watched, gaps_since=now)).names) < self.size:  # noqa: ASYNC110 - no event
                await asyncio.sleep(0.5)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """The service, stopped afterwards."""
        self.at.configure(self.settings + FEED.format(url=self.web.url("/feed"), every=self.every))
        process = await self.at.begin(f"run {next(self._names)}", command="run")
        try:
            yield process
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()
            await stop([process])


@asynccontextmanager
async def place(size: int, port: int) -> AsyncIterator[Place]:
    """A place with so many sources, served at `port`, and as many channels; all but one of each have little to do."""
    with TemporaryDirectory(prefix="bench") as folder:
        url = f"sqlite:///{folder}/attache.db"
        async with HttpServer() as web, crew(Path(folder), url, web=True) as at:
            rooms = [at.discord.world.channel() for _ in range(size)]
            quiet = range(size - 1)
            settings = "".join(SOURCE.format(number=n, url=address(n, port)) for n in quiet)
            settings += "".join(CHANNEL.format(channel=rooms[n].id) for n in quiet)
            made = Place(at, web, size, rooms[-1], settings + LIVE.format(channel=rooms[-1].id))
            made.publish([])
            yield made


async def settled(here: Place) -> None:
    """Run it until every source was looked at."""
    async with here.running():
        await here.polled()


async def started(here: Place) -> float:
    """Seconds from the start of a process to its being ready."""
    begun = perf_counter()
    async with here.running() as process, httpx.AsyncClient() as client:
        while not await _ready(client, here.at.port):
            if process.returncode is not None or perf_counter() - begun > LONGEST:
                raise RuntimeError(f"the service is not ready: {here.at.log(list(here.at.processes)[-1])[-1500:]}")
            await asyncio.sleep(0.01)
        return perf_counter() - begun


async def _ready(client: httpx.AsyncClient, port: int) -> bool:
    try:
        return (await client.get(f"http://127.0.0.1:{port}/readyz")).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


async def rested(here: Place) -> float:
    """What the service and its children hold, in MB, a while after it has done what there was to do."""
    async with here.running() as process:
        await here.polled()
        await asyncio.sleep(AT_REST)
        return sum(memory_of(one, "VmRSS") for one in family(process.pid))


async def told(here: Place, rows: Sequence[Gold], seed: int) -> Sequence[float | None]:
    """Publish one after the other; seconds until each is told, None for one that is not."""
    chance, published, arrived = random.Random(seed), dict[str, float](), dict[str, float]()
    here.every = INTERVAL
    async with here.running():
        await here.polled()
        await asyncio.sleep(2 * INTERVAL)  # what the first polls bring is told together, and there was nothing in it
        watching = asyncio.create_task(_watched(here, rows, arrived))
        for number, row in enumerate(rows):
            here.publish([*reversed(rows[max(0, number - 9) : number + 1])])
            published[row["id"]] = perf_counter()
            await asyncio.sleep(SPACING * (0.5 + chance.random()))
        end = perf_counter() + LONGEST
        while len(arrived) < len(rows) and perf_counter() < end:  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.1)
        watching.cancel()
    return [arrived[id] - at if id in arrived else None for id, at in published.items()]


async def _watched(here: Place, rows: Sequence[Gold], arrived: dict[str, float]) -> None:
    """Note when the web page's address of each statement stands in the channel."""
    while True:
        text = str(here.live.messages)
        for row in rows:
            if row["id"] not in arrived and here.web.url(f"/statements/{row['id']}") in text:
                arrived[row["id"]] = perf_counter()
        await asyncio.sleep(0.05)
