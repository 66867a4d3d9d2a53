"""The service on Discord under load: two hundred sources being polled while fifty people ask at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.infra.clock import SystemClock
from tests.adapters.setup import until
from tests.discord_server import TOKEN, DiscordServer, Talk
from tests.discord_server.world import Channel
from tests.end_to_end.test_run import SOURCE, running
from tests.servers import HttpServer, page
from tests.services.test_poll import feed, speech

SETTINGS = """\
{sources}
[adapters.discord]
token = "{token}"
api_url = "{api}"
gateway_url = "{gateway}"
"""
CHANNEL = """
[[channels]]
adapter = "discord"
destination = "{id}"
schedule = "{at:%H:%M}"
time_zone = "UTC"
lookback = "9999d"
"""
PEOPLE, SOURCES, HOSTS = 50, 200, 20
MOST_ROUNDS, PAUSE = 60, 0.5
# Discord's own; the aim is half a second, which a test on a busy machine cannot hold to.
DEADLINE = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """A running service, the Discord it is on, a channel there, and the servers its sources are on."""

    server: DiscordServer
    channel: Channel
    webs: Sequence[HttpServer]

    @property
    def polled(self) -> int:
        """How much its sources were asked so far."""
        return sum(len(web.requests) for web in self.webs)


@asynccontextmanager
async def busy_service(folder: Path) -> AsyncIterator[Busy]:
    """The service as a process of its own, connected to Discord and polling its sources for the first time."""
    async with AsyncExitStack() as opened:
        server = await opened.enter_async_context(DiscordServer())
        webs = [await opened.enter_async_context(HttpServer()) for _ in range(HOSTS)]
        busy = Busy(server=server, channel=server.world.channel(), webs=webs)
        sources = "".join(SOURCE.format(**statement_on(webs[n % HOSTS], n)) for n in range(SOURCES))
        write_settings(folder, sources, server, SystemClock().now() - timedelta(hours=2), busy.channel)
        await opened.enter_async_context(running(folder))
        await until(lambda: bool(server.gateway.sessions) and busy.polled > 0, within=60)
        yield busy


def write_settings(folder: Path, sources: str, server: DiscordServer, at: datetime, *channels: Channel) -> None:
    text = SETTINGS.format(sources=sources, token=TOKEN, api=server.api_url, gateway=server.gateway_url)
    text += "".join(CHANNEL.format(id=channel.id, at=at) for channel in channels)
    (folder / "attache.toml").write_text(text, encoding="utf-8")


def statement_on(web: HttpServer, number: int) -> dict[str, str]:
    """A source of one statement on a server."""
    title = f"Statement {number} by Chile at the Global Mechanism on ICT security"
    web.route(f"/{number}", page(speech(title)))
    web.route(f"/{number}.xml", page(feed((title, web.url(f"/{number}"))), media_type="application/rss+xml"))
    return {"name": f"source {number}", "kind": "feed", "url": web.url(f"/{number}.xml")}


async def crowd(busy: Busy) -> list[Talk]:
    """Rounds of people who ask all at once, until every source has been polled, feed and page."""
    talks: list[Talk] = []
    for _ in range(MOST_ROUNDS):
        people = range(8000, 8000 + PEOPLE)
        asked = [await busy.server.slash(busy.channel, "latest", {"country": "CHL"}, by=who) for who in people]
        talks += await asyncio.gather(*(talk.answered(within=60) for talk in asked))
        if busy.polled >= 2 * SOURCES:
            break
        await asyncio.sleep(PAUSE)
    return talks


def worst(waits: Sequence[float | None], share: float = 0.99) -> float:
    """What all but one in a hundred waited at most; 99 s for one that was never answered."""
    ordered = sorted(99.0 if wait is None else wait for wait in waits)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
