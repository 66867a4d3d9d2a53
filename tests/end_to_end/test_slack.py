"""`attache run` on a Slack of our own: commands answered from a real store, digests posted once though it is killed."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.domain.commands import COMMANDS
from bot.infra.clock import SystemClock
from tests.adapters.setup import until
from tests.end_to_end.test_correction import attache
from tests.end_to_end.test_run import SOURCE, running, sample_sources
from tests.servers import HttpServer
from tests.slack_server import APP_TOKEN, CREATOR, TOKEN, People, SlackServer, hanging
from tests.slack_server.world import Channel

SETTINGS = """\
{sources}
[[channels]]
adapter = "slack"
destination = "{channel}"
schedule = "{at:%H:%M}"
time_zone = "UTC"
lookback = "9999d"

[adapters.slack]
bot_token = "{bot_token}"
app_token = "{app_token}"
api_url = "{api_url}"
"""
KINDS = {"un-news.rss": "feed", "mission-a.atom": "feed", "mission-b.html": "page"}
CROWD = 50


@dataclass
class Place:
    """A folder with settings, a Slack, sources, and the channel that is told."""

    folder: Path
    slack: SlackServer
    web: HttpServer
    channel: Channel

    def configure(self, at: datetime, *, sources: int = 1) -> None:
        """Write the settings: a digest at a minute, and every sample source so many times."""
        every = "".join(
            SOURCE.format(name=f"{name} {n}", kind=kind, url=self.web.url(f"/{name}"))
            for n in range(sources)
            for name, kind in KINDS.items()
        )
        tokens = {"bot_token": TOKEN, "app_token": APP_TOKEN, "api_url": self.slack.url("/api")}
        text = SETTINGS.format(sources=every, channel=self.channel.id, at=at, **tokens)
        (self.folder / "attache.toml").write_text(text, encoding="utf-8")


@asynccontextmanager
async def place(folder: Path) -> AsyncIterator[Place]:
    async with SlackServer(seconds_apart=0.9) as slack, sample_sources() as web:
        slack.world.person(CREATOR)
        yield Place(folder=folder, slack=slack, web=web, channel=slack.world.channel())


async def ready(here: Place, *, within: float = 60) -> None:
    """Wait until the service is connected."""
    await until(lambda: bool(here.slack.socket.sockets), within=within)


async def test_a_digest_is_posted_once_though_the_service_is_killed_before_it_heard_so(tmp_path: Path) -> None:
    async with place(tmp_path) as here:
        due = (SystemClock().now() + timedelta(seconds=80)).replace(second=0, microsecond=0)
        here.configure(due)
        await attache(tmp_path, "poll")
        here.slack.goes_wrong("chat.postMessage", hanging(done=True))
        async with running(tmp_path) as service:
            await ready(here)
            await until(lambda: bool(here.channel.messages), within=180)
            service.kill()
            await service.wait()
        stored = len(here.channel.messages)
        assert stored == 1
        async with running(tmp_path):
            await ready(here)
            await until(lambda: unsettled(tmp_path) == 0, within=180)
            await asyncio.sleep(5)
        messages = here.channel.messages
        keys = [message["metadata"]["event_payload"]["key"] for message in messages]
        assert len(set(keys)) == len(keys)
        text = json.dumps(messages, ensure_ascii=False)
        assert "UN cyber statements: 6 new" in text
        assert text.count("Kenya calls for mobile money") == 1
        assert here.slack.asked("conversations.history")


def unsettled(folder: Path) -> int:
    """How many messages the ledger has still to post, or does not know of."""
    with closing(sqlite3.connect(folder / "attache.db")) as connection:
        (count,) = connection.execute("SELECT count(*) FROM deliveries WHERE state != 'sent'").fetchone()
        return int(count)


async def test_every_command_is_answered_from_a_real_store_and_soon_by_a_crowd(tmp_path: Path) -> None:
    async with place(tmp_path) as here:
        here.configure(SystemClock().now() - timedelta(hours=2), sources=67)
        await attache(tmp_path, "poll", "--source", "un-news.rss 0", "--source", "mission-a.atom 0")
        async with running(tmp_path):
            await ready(here)
            people, channel = People(here.slack), here.slack.world.channel()
            cold = await crowd(people, channel)
            waits = sorted([wait for _ in range(4) for wait in await crowd(people, channel)])
            p50, p99 = waits[len(waits) // 2], waits[int(len(waits) * 0.99)]
            slowest = max(talk.acknowledged_after or 99 for talk in here.slack.talks.values())
            print(
                f"{CROWD} at once while 201 sources are polled: first answers p50 {p50:.3f} s, p99 {p99:.3f} s; "
                f"right after the start p99 {cold[-1]:.3f} s; acknowledged after {slowest:.3f} s at most"
            )
            shown = await asked(people, channel, "latest")
            statement = find(shown, lambda text: "/pages/" in text).partition("#")[0]
            for line in lines(statement, here.web.url("/pages/")):
                text = json.dumps(await asked(people, channel, line), ensure_ascii=False)
                # No page of this machine is read for anybody in a chat.
                expected = "private" if line.startswith("read ") else ""
                assert expected in text, line
                refused = any(words in text for words in ("That did not", "That was not", "That is not", "too long"))
                assert refused is bool(expected), line
                if line.startswith("chart"):
                    assert '"type": "image"' in text
                    assert "most statements by forum" in text


async def crowd(people: People, channel: Channel) -> list[float]:
    """How long each of fifty people waited for a first answer, in order."""
    questions = ("latest", "search register", "positions norms", "sources", "help")
    asking = (people.slash(channel, questions[n % len(questions)], by=f"U{n}") for n in range(CROWD))
    talks = await asyncio.gather(*asking)
    for talk in talks:
        await talk.answered(within=60)
        assert talk.acknowledged_after is not None
        assert talk.acknowledged_after < 3
    return sorted(talk.answered_after or 99 for talk in talks)


async def asked(people: People, channel: Channel, line: str) -> list[dict[str, object]]:
    """What answers a line, once it is no note that an answer will come."""
    talk = await people.slash(channel, line, by=CREATOR)
    await talk.until(lambda: any(message.get("blocks") for message in talk.messages) or bool(talk.view), within=60)
    return talk.messages


def find(thing: object, wanted: Callable[[str], bool]) -> str:
    """The first text in some JSON that is wanted."""
    if isinstance(thing, dict | list):
        inner = thing.values() if isinstance(thing, dict) else thing
        return next((found for each in inner if (found := find(each, wanted))), "")
    return thing if isinstance(thing, str) and wanted(thing) else ""


def lines(statement: str, pages: str) -> list[str]:
    """A line for every command, in an order in which each can be carried out."""
    special = {
        "search": "search register country:CHL",
        "show": f"show {statement}",
        "positions": "positions norms",
        "compare": "compare Kenya Chile",
        "new": "new Kenya",
        "chart": "chart timeline",
        "read": f"read {pages}",
        "why": f"why {statement}",
        "mark": f"mark {statement} accurate",
        "subscribe": 'subscribe schedule:"mon-fri 08:30" topic:ransomware',
    }
    order = sorted(COMMANDS, key=lambda command: command.name == "unsubscribe")
    return [special.get(command.name, command.name) for command in order]
