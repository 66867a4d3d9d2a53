"""Several workers as processes of their own on one database, a Discord and a Slack of ours, and messages to post."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.reply import Reply, Section
from bot.domain.subscription import Channel
from bot.domain.timing import parse_schedule
from bot.infra.clock import SystemClock
from bot.infra.store import Store, open_store
from bot.plugins import renderer
from tests.discord_server import TOKEN, DiscordServer
from tests.end_to_end.test_web import free_port
from tests.slack_server import APP_TOKEN, SlackServer
from tests.slack_server import TOKEN as SLACK_TOKEN

SETTINGS = """\
database = "{database}"
catalogue = false

[workers]
lease = "{lease}"

[web]
enabled = {web}
port = {port}

[adapters.discord]
token = "{token}"
api_url = "{discord.api_url}"
gateway_url = "{discord.gateway_url}"

[adapters.slack]
bot_token = "{slack_token}"
app_token = "{app_token}"
api_url = "{slack_api}"
"""
PORT = "<port>"


@dataclass
class Crew:
    """The workers, by the names they were started under, and what they work on."""

    folder: Path
    store: Store
    discord: DiscordServer
    slack: SlackServer
    settings: str
    port: int = 0
    processes: dict[str, asyncio.subprocess.Process] = field(default_factory=dict)

    def configure(self, more: str) -> None:
        """Write the settings that workers start with from now on: the crew's, more tables, a port that is free now."""
        self.port = free_port()
        text = self.settings.replace(PORT, str(self.port)) + more
        (self.folder / "attache.toml").write_text(text, encoding="utf-8")

    async def start(self, *names: str, command: str = "worker", apart: bool = False) -> None:
        """Start workers; back when all of them are at work. `apart`, they see of each other what two machines do."""
        before = len(self.store.cluster.workers())
        for name in names:
            await self.begin(name, command=command, apart=apart)
        async with asyncio.timeout(180):
            while len(await asyncio.to_thread(self.store.cluster.workers)) < before + len(names):  # noqa: ASYNC110 - no event
                await asyncio.sleep(0.1)

    async def begin(self, name: str, *, command: str, apart: bool = False) -> asyncio.subprocess.Process:
        """Start a worker without waiting for it."""
        environment = {**os.environ, "PYTHONPATH": os.getcwd()}
        if apart:
            (self.folder / name).mkdir()
            environment["TMPDIR"] = str(self.folder / name)
        with (self.folder / f"{name}.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "bot", command),
                cwd=self.folder,
                stderr=log,
                env=environment,
            )
        self.processes[name] = process
        return process

    def signal(self, name: str, number: int) -> None:
        self.processes[name].send_signal(number)

    async def ended(self, name: str, *, within: float = 10.0) -> int:
        """Wait for a worker's end; its exit status."""
        return await asyncio.wait_for(self.processes[name].wait(), within)

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(encoding="utf-8")

    def holder(self, lease: str) -> str | None:
        """The id of the worker that has a lease beginning so."""
        return next((one.holder for one in self.store.cluster.leases() if one.name.startswith(lease)), None)

    def of(self, lease: str) -> str | None:
        """The name of the worker that answers people on a platform, by its log."""
        said = [name for name in self.processes if f"{lease}: people are answered here" in self.log(name)]
        return said[-1] if said else None

    def write(self, adapter: str, destination: str, parts: int, slot: str = "2026-11-23T08:30 UTC") -> list[str]:
        """Put a digest of so many messages into the ledger; their titles."""
        channel = Channel(
            adapter=adapter, destination=destination, schedule=parse_schedule("daily 08:30"), zone=ZoneInfo("UTC")
        )
        titles = [f"{destination} {slot} {number}" for number in range(parts)]
        payloads = [renderer(adapter).render(Reply(heading=t, sections=(Section(heading="Said"),)))[0] for t in titles]
        opened = self.store.ledger.open_slot(channel, slot, now=SystemClock().now(), compose=lambda _: payloads)
        assert opened is not None
        return titles

    def moments(self, adapter: str, destination: str | None = None) -> list[float]:
        """When each message was stored on a platform, or in a channel of it, in seconds."""
        if adapter == "slack":
            slack = self.slack.world.channels.items()
            return [float(m["ts"]) for id, room in slack if destination in {None, id} for m in room.messages]
        discord = self.discord.world.channels.items()
        messages = (m for id, room in discord if destination in {None, str(id)} for m in room.messages)
        return [(int(message["id"]) >> 22) / 1000 for message in messages]

    def refused(self, adapter: str) -> int:
        """How many requests a platform refused as too many."""
        if adapter == "discord":
            return self.discord.too_many
        stored = sum(len(channel.messages) for channel in self.slack.world.channels.values())
        return len(self.slack.asked("chat.postMessage")) - stored

    def posted(self, adapter: str, destination: str) -> list[str]:
        """The titles that stand in a channel, in order."""
        if adapter == "discord":
            return self.discord.world.channels[int(destination)].texts()
        messages = self.slack.world.channels[destination].messages
        return [str(message["blocks"][0]["text"]["text"]) for message in messages]

    async def settled(self, *, within: float) -> None:
        """Wait until nothing waits any more."""
        async with asyncio.timeout(within):
            while await asyncio.to_thread(self.store.ledger.unsettled):  # noqa: ASYNC110 - no event
                await asyncio.sleep(0.2)


@asynccontextmanager
async def crew(
    folder: Path, url: str, *, lease: str = "15s", sources: str = "", web: bool = False, **discord: Any
) -> AsyncIterator[Crew]:
    """Nobody at work yet, on an empty database; whoever is at work at the end is stopped.

    `sources` are tables of settings, `web` has `attache run` show its pages, `discord` is what the server is made with.
    """
    async with AsyncExitStack() as opened:
        servers = await opened.enter_async_context(DiscordServer(**discord)), SlackServer(seconds_apart=0.9)
        await opened.enter_async_context(servers[1])
        servers[0].world.dedupes = False  # Discord's memory for nonces would hide a double
        text = SETTINGS.format(
            database=url,
            lease=lease,
            web=str(web).lower(),
            port=PORT,
            token=TOKEN,
            discord=servers[0],
            slack_token=SLACK_TOKEN,
            app_token=APP_TOKEN,
            slack_api=servers[1].url("/api"),
        )
        store = await asyncio.to_thread(open_store, url)
        opened.callback(store.close)
        made = Crew(folder, store, *servers, text)
        made.configure(sources)
        try:
            yield made
        finally:
            await stop(made.processes.values())


async def stop(processes: Sequence[asyncio.subprocess.Process] | Any) -> None:
    """End processes that still run, outright."""
    for process in processes:
        if process.returncode is None:
            process.send_signal(signal.SIGCONT)
            process.kill()
        await process.wait()
