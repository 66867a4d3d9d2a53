"""What a service needs around it, kept in the harness's own process and so for longer than any life of the service."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from bot.infra.store import Store, open_store
from tests.discord_server import TOKEN, DiscordServer
from tests.faults.driven import DrivenClock
from tests.faults.life import CLOCK, GRAVE, LOG, SETTINGS, Life
from tests.faults.nursery import Born
from tests.faults.sample import CAMEROON, JAPAN, KENYA, MEXICO, Sources
from tests.servers import HttpServer
from tests.slack_server import APP_TOKEN, SlackServer
from tests.slack_server import TOKEN as SLACK_TOKEN

BEGIN = datetime(2026, 11, 25, 8, 59, 30, tzinfo=UTC)
# A minute passes in a second; where nothing happens for a while, the next full hour comes.
SPEED = 60.0
QUIET_FOR = 0.4
HOURLY = ",".join(f"{hour}:00" for hour in range(24))
HEAD = """\
database = "{database}"

[web]
enabled = false

[workers]
lease = "10s"

[adapters.discord]
token = "{discord_token}"
api_url = "{discord.api_url}"
gateway_url = "{discord.gateway_url}"

[adapters.slack]
bot_token = "{slack_token}"
app_token = "{app_token}"
api_url = "{slack_api}"

"""
CHANNEL = """\
[[channels]]
adapter = "{adapter}"
destination = "{destination}"
schedule = "daily {hourly}"
time_zone = "UTC"
style = "quiet"
lookback = "9999d"
countries = {countries}

"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """A channel that is posted to, and the statements that match it."""

    adapter: str
    place: Any
    countries: Sequence[str]
    matching: Sequence[str]

    @property
    def key(self) -> str:
        return f"{self.adapter}:{self.place.id}"


@dataclass
class Town:
    """The surroundings of a run. `database` is the address of a new, migrated database.

    `speed` is how many of its seconds pass in one of ours.
    """

    folder: Path
    database: str
    speed: float = SPEED
    web: HttpServer = field(default_factory=HttpServer)
    discord: DiscordServer = field(default_factory=DiscordServer)
    slack: SlackServer = field(default_factory=lambda: SlackServer(seconds_apart=0.0))
    listeners: list[Listener] = field(default_factory=list)
    lives: list[Born] = field(default_factory=list)
    _opened: AsyncExitStack = field(default_factory=AsyncExitStack)
    _number: int = 0

    async def __aenter__(self) -> Self:
        for server in (self.web, self.discord, self.slack):
            await self._opened.enter_async_context(server)
        # Without its memory for nonces Discord drops no double: the look-back alone is tried.
        self.discord.world.dedupes = False
        self.sources = Sources(web=self.web)
        self.sources.begin()
        for adapter, world in (("discord", self.discord.world), ("slack", self.slack.world)):
            self._listen(adapter, world.channel(), (), (KENYA, JAPAN, MEXICO, CAMEROON))
            self._listen(adapter, world.channel(), ("KEN", "CMR"), (KENYA, CAMEROON))
        self.clock = DrivenClock.made(self.folder / CLOCK, BEGIN, speed=self.speed)
        self.store: Store = open_store(self.database)
        self._opened.callback(self.store.close)
        self.configure()
        return self

    async def __aexit__(self, *_: object) -> None:
        for life in self.lives:
            if life.alive:
                life.process.kill()
            await life.end()
        # What a body looks like is checked where the adapters are; here it would take longer than everything else.
        self.discord._to_check.clear()
        await self._opened.aclose()

    def configure(self, *, discord_token: str = TOKEN, slack_token: str = SLACK_TOKEN) -> None:
        """Write the settings."""
        text = HEAD.format(
            database=self.database,
            discord=self.discord,
            discord_token=discord_token,
            slack_token=slack_token,
            app_token=APP_TOKEN,
            slack_api=self.slack.url("/api"),
        )
        text += self.sources.settings()
        for listener in self.listeners:
            text += CHANNEL.format(
                adapter=listener.adapter,
                destination=listener.place.id,
                hourly=HOURLY,
                countries=list(listener.countries),
            )
        (self.folder / SETTINGS).write_text(text, encoding="utf-8")

    def bear(self, **about: Any) -> Born:
        """Begin a life."""
        self._number += 1
        born = Born(Life(folder=self.folder, number=self._number, **about))
        born.begin()
        self.lives.append(born)
        return born

    def next_hour(self) -> None:
        """Let the next full hour be a tenth of our seconds away."""
        now = self.clock.now()
        hour = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        self.clock.set(hour - timedelta(seconds=self.speed / 10), speed=self.speed)

    def happened(self) -> int:
        """How much has happened so far: what does not grow stands still."""
        return len(self.web.requests) + len(self.discord.requests) + len(self.slack.requests)

    async def time_passes(self) -> None:
        """Have time jump to the next full hour whenever nothing has happened for a while, for ever."""
        while True:
            before = self.happened()
            await asyncio.sleep(QUIET_FOR)
            if self.happened() == before:
                self.next_hour()

    def log(self) -> str:
        """What the lives have logged."""
        path = self.folder / LOG
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def graves(self) -> list[str]:
        """Where the lives died that were killed at a point."""
        path = self.folder / GRAVE
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def _listen(self, adapter: str, place: Any, countries: Sequence[str], matching: Sequence[str]) -> None:
        self.listeners.append(Listener(adapter=adapter, place=place, countries=countries, matching=matching))
