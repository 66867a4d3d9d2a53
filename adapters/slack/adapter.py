"""Slack as a chat platform: posts with the Web API, answers people over Socket Mode or signed HTTP."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Mapping, Sequence
from typing import Any

from adapters.slack.answers import Answers
from adapters.slack.client import Slack
from adapters.slack.connection import Connection
from adapters.slack.door import Door
from adapters.slack.entrance import Entrance
from adapters.slack.faults import RefusedTokenError
from adapters.slack.fencing import fenced
from adapters.slack.listening import app_for
from adapters.slack.manifest import lacking
from adapters.slack.posts import Posts
from adapters.slack.render import renderer
from adapters.slack.sending import Sending
from adapters.slack.settings import Mode, SlackSettings, settings_from, wrong
from adapters.slack.tasks import Tasks
from adapters.slack.workspaces import Workspaces
from bot.domain.reply import Payload
from bot.errors import AttacheError, DeliveryError
from bot.ports import ChatAdapter, Desk, Fence, Renderer

log = logging.getLogger(__name__)
CHECKED_WITHIN = 9.0
LAST_POSTS_WITHIN = 5.0


class SlackAdapter:
    """The port ChatAdapter. A destination is a channel's id, after its workspace's where there may be several."""

    renderer: Renderer = renderer

    def __init__(self, settings: SlackSettings, desk: Desk) -> None:
        self._settings, self._paths = settings, desk.entrance
        self._slack = Slack(settings)
        self._workspaces = Workspaces(settings, desk.installations)
        self._posts = Posts(desk.installations)
        self._sending = Sending(self._slack, self._workspaces, self._posts, desk.paces)
        self._answers = Answers(desk, self._slack, self._workspaces, renderer)
        self._door: Connection | Entrance | None = None
        self._under_way = Tasks()

    async def start(self) -> None:
        """Try the token; with signed HTTP, take Slack's requests: whichever process they come to answers them."""
        if self._settings.bot_token:
            await _tried("bot_token", self._slack.scopes(self._settings.bot_token.reveal()))
        if self._elsewhere:
            log.warning("Slack's requests are not taken by this process: it serves no web pages ([web] enabled)")
        await self._posts.forget_old(self._slack.now())
        if self._settings.mode is Mode.HTTP and not self._elsewhere:
            await self.listen(Mode.HTTP)

    async def connections(self) -> Sequence[str]:
        """The websocket of Socket Mode; what comes over HTTP any number of processes take."""
        return [Mode.SOCKET] if self._settings.mode is Mode.SOCKET else []

    @property
    def _elsewhere(self) -> bool:
        """Whether what Slack sends comes to another process: one with web pages."""
        return self._settings.mode is Mode.HTTP and not self._paths.there

    async def listen(self, connection: str) -> None:  # noqa: ARG002 - there is one
        """Listen for people."""
        door = self._door or self._made_door()
        await _tried("app_token", door.start())
        self._door = door

    async def hang_up(self, connection: str) -> None:  # noqa: ARG002 - there is one
        """Let answers under way finish, then listen no more."""
        await self._answers.finish()
        door, self._door = self._door, None
        if door:
            await door.stop()

    async def send(
        self, destination: str, payload: Payload, *, key: str, thread: str | None = None, fence: Fence | None = None
    ) -> str:
        """Post one message, noted beforehand so that it is found again."""
        with fenced(fence):
            return await self._under_way.run(self._sending.send(destination, payload, key=key, thread=thread))

    async def find(self, destination: str, *, key: str, thread: str | None = None) -> str | None:
        """The post of that key, by its metadata, among what was written when it was tried."""
        return await self._sending.find(destination, key=key, thread=thread)

    async def health(self) -> Sequence[str]:
        """Whether the tokens are taken and may do what is needed, and people's questions reach us."""
        was_open, heard = self._slack.is_open, self._door.problems() if self._door else ()
        try:
            async with asyncio.timeout(CHECKED_WITHIN):
                return [*await self._workspace_problems(), *await self._app_problems(), *heard]
        except TimeoutError:
            return [f"Slack did not answer within {CHECKED_WITHIN:.0f} seconds", *heard]
        except AttacheError as error:
            return [str(error), *heard]
        finally:
            if not was_open and not self._under_way.count:
                await self._slack.close()

    async def reach(self, destinations: Sequence[str]) -> Mapping[str, str]:
        """Whether each channel is there for the app, and open."""
        was_open = self._slack.is_open
        try:
            found = {destination: await self._closed(destination) for destination in destinations}
        finally:
            if not was_open and not self._under_way.count:
                await self._slack.close()
        return {destination: line for destination, line in found.items() if line}

    async def stop(self) -> None:
        """Let posts and answers under way finish, then disconnect."""
        await self.hang_up(self._settings.mode)
        await self._under_way.end(within=LAST_POSTS_WITHIN)  # one cut off is looked for at the next start
        await self._slack.close()

    async def _closed(self, destination: str) -> str:
        try:
            place = await self._workspaces.place(destination)
            about = await self._slack.ask("conversations.info", place.token, channel=place.channel)
        except DeliveryError as error:
            return "" if "missing_scope" in str(error) else str(error)  # of scopes `health` speaks
        return "that channel is archived; name another" if (about.get("channel") or {}).get("is_archived") else ""

    def _made_door(self) -> Connection | Entrance:
        app, settings = app_for(self._answers, self._slack), self._settings
        if settings.mode is Mode.SOCKET and settings.app_token:
            return Connection(app, settings.app_token.reveal(), self._slack)
        door = Door(app, settings, self._slack, self._workspaces, self._paths.address)
        return Entrance(door, self._paths)

    async def _workspace_problems(self) -> list[str]:
        problems = []
        for name, token in (await self._workspaces.tokens()).items():
            where = f"workspace {name}: " if name else ""
            try:
                missing = lacking(await self._slack.scopes(token))
            except DeliveryError as error:
                problems.append(f"{where}{error}")
            else:
                problems += [f"{where}{missing}"] if missing else []
        return problems

    async def _app_problems(self) -> list[str]:
        """What is wrong with the app's own token; while it is connected, nothing."""
        token = self._settings.app_token
        if self._settings.mode is not Mode.SOCKET or self._door or token is None:
            return []
        try:
            await self._slack.tell("apps.connections.open", token.reveal())
        except DeliveryError as error:
            return [f"app_token: {error}"]
        return []


async def _tried(key: str, attempt: Awaitable[Any]) -> None:
    """An attempt with one of the tokens: one that is refused is a wrong setting."""
    try:
        await attempt
    except RefusedTokenError as error:
        raise wrong(key, str(error)) from error


def create(settings: Mapping[str, Any], desk: Desk) -> ChatAdapter:
    """The adapter for `[adapters.slack]`. Raises SettingsError; connects to nothing."""
    return SlackAdapter(settings_from(settings), desk)
