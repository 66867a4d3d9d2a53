"""The gateway connection, over which people's questions come: opened, watched, opened again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

import discord

from adapters.discord.answers import Answers, Interaction
from adapters.discord.commands import registration
from adapters.discord.faults import fault, sent_once
from adapters.discord.settings import DiscordSettings
from adapters.discord.wire import point_at, spare_connection
from bot.errors import AttacheError, DeliveryError, RetryLaterError
from bot.ports import Paces

log = logging.getLogger(__name__)
CONNECTED_WITHIN = 30.0
IDENTIFY = "identify"
SECONDS_FOR_SOME = 5.0
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0
# Close codes after which the next attempt ends the same way (Discord API documentation, topics/opcodes).
FOR_GOOD = {4004, 4010, 4012, 4013, 4014}


class Client(discord.AutoShardedClient):
    """The connection of one shard. It subscribes to no events: interactions come without."""

    def __init__(self, answers: Answers, *, shard: int, count: int) -> None:
        # The SDK warns of what is left out here on purpose: voice, guilds.
        for missing in ("discord.state", "discord.client"):
            logging.getLogger(missing).setLevel(logging.ERROR)
        super().__init__(
            shard_ids=[shard],
            shard_count=count,
            intents=discord.Intents.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            http_trace=sent_once(),
        )
        spare_connection(self)
        self._answers, self._registers = answers, shard == 0
        self.connected = asyncio.Event()
        self.lost: set[int] = set()

    async def setup_hook(self) -> None:
        """Register the commands, in the place of those registered before; one shard's connection does it for all."""
        if not self._registers:
            return
        assert self.application_id is not None  # noqa: S101 - for the type checker: logging in asks for it
        commands: Any = registration()
        await self.http.bulk_upsert_global_commands(self.application_id, commands)

    async def on_interaction(self, interaction: Interaction) -> None:
        await self._answers.take(interaction)

    async def on_shard_connect(self, shard: int) -> None:
        self.lost.discard(shard)
        self.connected.set()

    async def on_shard_resumed(self, shard: int) -> None:
        self.lost.discard(shard)

    async def on_shard_disconnect(self, shard: int) -> None:
        self.lost.add(shard)


class Gateway:
    """Keeps a shard connected. What ends it is tried again, but for what would end it again."""

    def __init__(self, settings: DiscordSettings, answers: Answers, paces: Paces, *, shard: int, count: int) -> None:
        self._settings, self._answers, self._paces = settings, answers, paces
        self._shard, self._count = shard, count
        self._client: Client | None = None
        self._running: asyncio.Task[None] | None = None
        self._watch: asyncio.Task[None] | None = None
        self._problem = ""

    async def start(self) -> None:
        """Connect. Raises RetryLaterError if that cannot be done now."""
        if self._watch is None:
            await self._open()
            self._watch = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Let answers under way finish, then disconnect."""
        if self._watch is None:
            return
        await self._answers.finish()
        self._watch.cancel()
        await asyncio.gather(self._watch, return_exceptions=True)
        self._watch = None
        await self._close()

    def problems(self) -> Sequence[str]:
        """What keeps people's questions from us, one line each."""
        if self._problem:
            return [f"commands are not answered: {self._problem}"]
        lost = sorted(self._client.lost) if self._client else []
        return [f"the gateway connection of shard {shard} is lost and being made again" for shard in lost]

    async def _open(self) -> None:
        client = self._client = Client(self._answers, shard=self._shard, count=self._count)
        try:
            async with asyncio.timeout(CONNECTED_WITHIN):
                await client.login(self._settings.token.reveal())
                await self._find(client)
                self._running = asyncio.create_task(client.connect())
                await _either(self._running, client.connected)
        except BaseException as error:
            await self._close()
            if isinstance(error, TimeoutError):
                raise RetryLaterError("Discord's gateway does not answer") from error
            if isinstance(error, DeliveryError) or not isinstance(error, Exception):
                raise
            raise fault(error, posting=False) from error
        self._problem = ""

    async def _find(self, client: Client) -> None:
        """Say where the connection goes, and wait until it may be opened: only so many may begin in five seconds."""
        at_once = 1
        try:
            _, url, limit = await client.http.get_bot_gateway()
        except discord.GatewayNotFound:
            if self._settings.gateway_url is None:
                raise
        else:
            point_at(self._settings.api_url, self._settings.gateway_url or url)
            # One more than Discord allows a day, and it resets the token.
            if not limit["remaining"]:
                raise RetryLaterError("too many gateway connections today", retry_after=limit["reset_after"] / 1000)
            at_once = limit["max_concurrency"]
        await self._paces.turn(IDENTIFY, every=SECONDS_FOR_SOME / at_once)

    async def _keep(self) -> None:
        """Wait for the client to end, again and again, and open another each time that can help."""
        pause = 0.0
        while True:
            if self._running is not None:
                error = await _end_of(self._running)
                self._say(f"the gateway connection ended ({error})")
                await self._close()
                if isinstance(error, discord.ConnectionClosed) and error.code in FOR_GOOD:
                    return
                pause = FIRST_PAUSE
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            try:
                await self._open()
            except AttacheError as error:
                self._say(str(error))

    def _say(self, problem: str) -> None:
        self._problem = problem
        log.error("discord: %s", problem)

    async def _close(self) -> None:
        client, self._client = self._client, None
        running, self._running = self._running, None
        # Cancelled first: a client that never connected goes on trying, closed or not.
        if running:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        if client and not client.is_closed():
            await client.close()


async def _either(running: asyncio.Task[None], connected: asyncio.Event) -> None:
    """Return when the event is set; raise what ended the task if it ends first."""
    waiting = asyncio.create_task(connected.wait())
    try:
        await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
            raise RetryLaterError("Discord closed the gateway connection")
    finally:
        waiting.cancel()


async def _end_of(running: asyncio.Task[None]) -> BaseException | None:
    await asyncio.wait({running})
    return None if running.cancelled() else running.exception()
