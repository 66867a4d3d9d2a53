"""The service on a Discord and a Slack of our own: ready when, how large at rest, how soon an item is told."""

from __future__ import annotations

import asyncio
import os
import random
import socket
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import httpx

from benchmarks.corpora import OWN, ROOT
from benchmarks.feeds import ADDRESS, HEAD
from benchmarks.measure import percentile
from benchmarks.pollers import family
from benchmarks.report import Part, Table, at_most
from tests.corpus.scoring import Gold
from tests.discord_server import TOKEN, DiscordServer
from tests.discord_server.world import Channel
from tests.servers import HttpServer, page
from tests.slack_server import APP_TOKEN, SlackServer
from tests.slack_server import TOKEN as SLACK_TOKEN

STARTS, MOST_ITEMS, SPACING = 5, 20, 5.0
INTERVAL = 5  # seconds between polls
AT_REST = 75.0  # children of the sandbox end after a minute without work
LONGEST = 120.0
SETTINGS = """\
catalogue = false
[web]
port = {port}
[[sources]]
name = "feed"
kind = "feed"
url = "{feed}"
allow_private = true
every = "{every}s"
[[channels]]
adapter = "discord"
destination = "{channel}"
schedule = "as it happens, at most 60 an hour"
lookback = "9999d"
[adapters.discord]
token = "{token}"
api_url = "{discord.api_url}"
gateway_url = "{discord.gateway_url}"
[adapters.slack]
bot_token = "{slack_token}"
app_token = "{app_token}"
api_url = "{slack_api}"
"""
NOTE = (
    "`attache run` as a process of its own with web pages, both adapters, one feed and one channel told as it happens, "
    "on servers of our own. Ready is when `/readyz` says so, asked every 10 ms from the moment the process is started, "
    f"on a database that is there: the median of {STARTS} starts. At rest: what the process and its children hold "
    f"{AT_REST:.0f} s after both adapters are connected and the feed was polled. An item is published on the feed at a "
    f"moment drawn by chance, one in {SPACING:.0f} s or so; its page has to be fetched, read and briefed; it counts as "
    f"told when Discord has the message. The feed is polled every {INTERVAL} s. Seconds by the clock on the wall."
)


@dataclass(slots=True)
class Place:
    """A folder with settings, the servers around it, and the channel that is told."""

    folder: Path
    web: HttpServer
    discord: DiscordServer
    slack: SlackServer
    channel: Channel
    port: int

    def configure(self, every: int) -> None:
        """Write the settings."""
        text = SETTINGS.format(
            port=self.port,
            feed=self.web.url("/feed"),
            every=every,
            channel=self.channel.id,
            token=TOKEN,
            discord=self.discord,
            slack_token=SLACK_TOKEN,
            app_token=APP_TOKEN,
            slack_api=self.slack.url("/api"),
        )
        (self.folder / "attache.toml").write_text(text, encoding="utf-8")

    def publish(self, rows: Sequence[Gold]) -> None:
        """Have the feed show these, newest first, and a page behind each."""
        items = ""
        for row in rows:
            path = f"/statements/{row['id']}"
            self.web.route(path, page(row.get("html") or row["text"]))
            items += f"<item><title>{row['title']}</title><link>{self.web.url(path)}</link></item>"
        feed = f"{HEAD}<channel><title>Statements</title><link>{ADDRESS}</link>{items}</channel></rss>"
        self.web.route("/feed", page(feed, media_type="application/rss+xml"))

    @property
    def connected(self) -> bool:
        """Whether both platforms have the service on the line."""
        return bool(self.discord.gateway.sessions and self.slack.socket.sockets)


def measure(found: Mapping[str, list[Gold]]) -> Part:
    """Starts, a rest, and items one after the other."""
    return asyncio.run(_measure([row for row in found[OWN] if row["is_cyber_statement"] and row.get("html")]))


async def _measure(rows: Sequence[Gold]) -> Part:
    async with _place() as here:
        here.publish([])
        here.configure(every=3600)
        starts = [await _started(here) for _ in range(STARTS + 1)][1:]
        memory = await _at_rest(here)
        here.configure(every=INTERVAL)
        waits, told = await _told(here, rows[:MOST_ITEMS])
    p95 = percentile(waits, 0.95)
    rows_ = (
        ("ready, median of starts", f"{median(starts):.2f} s"),
        ("ready, slowest", f"{max(starts):.2f} s"),
        ("memory at rest", f"{memory / 10**6:.0f} MB"),
        (f"items told, of {len(waits)}", str(told)),
        ("item to channel, p50", f"{median(waits):.1f} s"),
        ("item to channel, p95", f"{p95:.1f} s"),
        ("item to channel, slowest", f"{max(waits):.1f} s"),
    )
    return Part(
        title="Service",
        note=NOTE,
        aims=(
            at_most("Start: attache run ready, wall", median(starts), 2, "s"),
            at_most("At rest: memory with both adapters connected", memory / 10**6, 120, "MB"),
            at_most(f"Item to channel: p95, polled every {INTERVAL} s", p95, INTERVAL + 5, "s"),
        ),
        tables=(Table(title="The service", columns=("", "measured"), rows=rows_),),
    )


@asynccontextmanager
async def _place() -> AsyncIterator[Place]:
    async with AsyncExitStack() as opened:
        folder = Path(opened.enter_context(TemporaryDirectory(prefix="bench")))
        web = await opened.enter_async_context(HttpServer())
        discord = await opened.enter_async_context(DiscordServer())
        slack = await opened.enter_async_context(SlackServer())
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        yield Place(folder, web, discord, slack, discord.world.channel(), port)


@asynccontextmanager
async def _running(here: Place) -> AsyncIterator[asyncio.subprocess.Process]:
    """The service, stopped afterwards."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with (here.folder / "log.txt").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=here.folder, stderr=log, env=environment
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _started(here: Place) -> float:
    """Seconds from the start of a process to its being ready."""
    begun = perf_counter()
    async with _running(here) as process, httpx.AsyncClient() as client, asyncio.timeout(LONGEST):
        while not await _ready(client, here.port):
            if process.returncode is not None:
                raise RuntimeError(f"the service ended: {(here.folder / 'log.txt').read_text(encoding='utf-8')[-500:]}")
            await asyncio.sleep(0.01)
        return perf_counter() - begun


async def _ready(client: httpx.AsyncClient, port: int) -> bool:
    try:
        return (await client.get(f"http://127.0.0.1:{port}/readyz")).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


async def _at_rest(here: Place) -> int:
    """What the service and its children hold, in bytes, a while after it has done what there was to do."""
    asked = len(here.web.requests)
    async with _running(here) as process, asyncio.timeout(LONGEST + AT_REST):
        while not (here.connected and len(here.web.requests) >= asked):  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.1)
        await asyncio.sleep(AT_REST)
        return sum(_held(one) for one in family(process.pid))


def _held(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    return 1024 * next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


async def _told(here: Place, rows: Sequence[Gold]) -> tuple[list[float], int]:
    """Publish one after the other; seconds until each is told (the longest wait if it never is), and how many were."""
    chance, published = random.Random(7), dict[str, float]()
    arrived = dict[str, float]()
    async with _running(here):
        while not here.connected:  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.1)
        await asyncio.sleep(2 * INTERVAL)  # the first poll is told together, and there was nothing in it
        watching = asyncio.create_task(_watched(here.channel, rows, arrived))
        for number, row in enumerate(rows):
            here.publish([*reversed(rows[max(0, number - 9) : number + 1])])
            published[row["id"]] = perf_counter()
            await asyncio.sleep(SPACING * (0.5 + chance.random()))
        end = perf_counter() + LONGEST
        while len(arrived) < len(rows) and perf_counter() < end:  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.1)
        watching.cancel()
    waits = [arrived.get(id, published[id] + LONGEST) - at for id, at in published.items()]
    return waits, len(arrived)


async def _watched(channel: Channel, rows: Sequence[Gold], arrived: dict[str, float]) -> None:
    """Note when each statement's title stands in the channel."""
    while True:
        text = str(channel.messages)
        for row in rows:
            if row["id"] not in arrived and row["title"][:40] in text:
                arrived[row["id"]] = perf_counter()
        await asyncio.sleep(0.05)
