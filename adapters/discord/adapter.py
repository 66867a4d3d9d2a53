"""Discord as a chat platform: posts with the HTTP API, answers people over the gateway."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from adapters.discord.answers import Answers
from adapters.discord.faults import PORTAL, RefusedTokenError, fenced
from adapters.discord.posts import Note, Posts, found, nonce
from adapters.discord.render import renderer
from adapters.discord.rest import Rest
from adapters.discord.rights import ASKED, lacking_in
from adapters.discord.settings import SECTION, DiscordSettings, settings_from
from adapters.discord.shards import Shards
from adapters.discord.threads import Threads
from adapters.discord.under_way import UnderWay
from bot.domain.reply import Payload
from bot.errors import (
    AttacheError,
    DeliveryError,
    DestinationGoneError,
    RetryLaterError,
    SettingsError,
    UnknownOutcomeError,
)
from bot.ports import ChatAdapter, Desk, Fence, Renderer

CHECKED_WITHIN = 9.0
LAST_POSTS_WITHIN = 5.0
INVITE = "https://discord.com/oauth2/authorize?client_id={id}&scope=bot+applications.commands&permissions={rights}"


class DiscordAdapter:
    """The port ChatAdapter. A destination is the id of a channel."""

    renderer: Renderer = renderer

    def __init__(self, settings: DiscordSettings, desk: Desk) -> None:
        self._rest = Rest(settings, desk.paces)
        self._threads = Threads(self._rest)
        self._posts = Posts(desk.installations)
        self._shards = Shards(settings, Answers(desk, renderer), self._rest, desk.paces)
        self._under_way = UnderWay()

    async def start(self) -> None:
        """Log in."""
        with _token_tried():
            await self._rest.me()
            await self._posts.forget_old()

    async def connections(self) -> Sequence[str]:
        """A connection for every shard Discord recommends."""
        return await self._shards.names()

    async def listen(self, connection: str) -> None:
        """Connect a shard to the gateway; the first one registers the commands."""
        with _token_tried():
            await self._shards.open(connection)

    async def hang_up(self, connection: str) -> None:
        """Close a shard's connection."""
        await self._shards.close(connection)

    async def send(
        self, destination: str, payload: Payload, *, key: str, thread: str | None = None, fence: Fence | None = None
    ) -> str:
        """Post one message, noted beforehand so that it is known again; in a thread where the channel has them."""
        channel, mark = _channel(destination), nonce(key)
        with self._under_way, fenced(fence):
            await self._note(channel, key, payload)
            sent = await self._threads.post(channel, thread, payload, nonce=mark) if thread else None
            sent = sent or await self._rest.post(channel, payload, nonce=mark)
            self._posts.arrived(channel, sent)
            return sent

    async def find(self, destination: str, *, key: str, thread: str | None = None) -> str | None:
        """The post of that key, among what was written in the thread and the channel since it was first tried."""
        channel = _channel(destination)
        try:
            note = await self._posts.note(key)
        except AttacheError as error:
            raise RetryLaterError(f"cannot tell whether it was posted: {error}") from error
        in_thread = await self._find_in_thread(thread, key, note) if thread else None
        return in_thread or await self._find(channel, key, note)

    async def health(self) -> Sequence[str]:
        """Whether the token is taken, the bot in a server, and its commands reach us."""
        was_open = self._rest.is_open
        try:
            async with asyncio.timeout(CHECKED_WITHIN):
                return [*await self._application_problems(), *self._shards.problems()]
        except TimeoutError:
            return [f"Discord did not answer within {CHECKED_WITHIN:.0f} seconds", *self._shards.problems()]
        except AttacheError as error:
            return [str(error), *self._shards.problems()]
        finally:
            if not was_open and not self._under_way.count:
                await self._rest.close()

    async def reach(self, destinations: Sequence[str]) -> Mapping[str, str]:
        """Whether each channel is there, and what the bot may not do in it."""
        was_open, found = self._rest.is_open, {}
        try:
            for destination in destinations:
                try:
                    found[destination] = await lacking_in(self._rest, _channel(destination))
                except DeliveryError as error:
                    found[destination] = str(error)
        finally:
            if not was_open and not self._under_way.count:
                await self._rest.close()
        return {destination: line for destination, line in found.items() if line}

    async def stop(self) -> None:
        """Let posts and answers under way finish, then disconnect."""
        await self._shards.stop()
        await self._under_way.ends(within=LAST_POSTS_WITHIN)  # one cut off is looked for at the next start
        await self._rest.close()

    async def _note(self, channel: str, key: str, payload: Payload) -> None:
        try:
            await self._posts.about_to(channel, key, payload)
        except AttacheError as error:
            raise RetryLaterError(f"not posted, as it could not be noted: {error}") from error

    async def _find_in_thread(self, thread: str, key: str, note: Note | None) -> str | None:
        try:
            return await self._find(thread, key, note)
        except DestinationGoneError:
            return None  # the thread was never opened

    async def _find(self, channel: str, key: str, note: Note | None) -> str | None:
        me, empty = await self._rest.me(), True
        async for page in self._rest.read(channel, after=note.since if note else None):
            if message := found(page, me, key, note):
                return message
            empty = empty and not page
        if empty and note and await self._written_since(channel, note):
            raise UnknownOutcomeError("the bot cannot read back what it posted; give it Read Message History there")
        return None

    async def _written_since(self, channel: str, note: Note) -> bool:
        """Without the right to read a channel's history, Discord shows none."""
        about = await self._rest.ask("GET", "/channels/{channel_id}", {"channel_id": channel})
        return int(about.get("last_message_id") or 0) > note.since

    async def _application_problems(self) -> list[str]:
        about = await self._rest.application()
        problems = []
        if about.get("interactions_endpoint_url"):
            problems.append(f"commands go to {about['interactions_endpoint_url']}, not to us; clear that at {PORTAL}")
        if not await self._rest.ask("GET", "/users/@me/guilds", query={"limit": "1"}):
            problems.append(f"the bot is in no server yet; invite it: {INVITE.format(id=about['id'], rights=ASKED)}")
        return problems


def create(settings: Mapping[str, Any], desk: Desk) -> ChatAdapter:
    """The adapter for `[adapters.discord]`. Raises SettingsError; connects to nothing."""
    return DiscordAdapter(settings_from(settings), desk)


@contextmanager
def _token_tried() -> Iterator[None]:
    """A token that is refused is a wrong setting."""
    try:
        yield
    except RefusedTokenError as error:
        raise SettingsError(f"{SECTION}.token", "settings", str(error)) from error


def _channel(destination: str) -> str:
    if not destination.isascii() or not destination.isdigit():
        raise DestinationGoneError(
            f"{destination!r} is no channel id: turn on developer mode in Discord, right-click the channel, Copy ID"
        )
    return destination
