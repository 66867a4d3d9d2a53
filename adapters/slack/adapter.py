"""Slack as a chat platform: posts with the Web API, answers people over Socket Mode or signed HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from adapters.slack.client import Slack
from adapters.slack.faults import RefusedTokenError
from adapters.slack.manifest import lacking
from adapters.slack.posts import Posts
from adapters.slack.render import renderer
from adapters.slack.sending import Sending
from adapters.slack.settings import SlackSettings, settings_from, wrong
from adapters.slack.tasks import Tasks
from adapters.slack.workspaces import Workspaces
from bot.domain.reply import Payload
from bot.errors import AttacheError, RetryLaterError
from bot.ports import ChatAdapter, Desk, Renderer

CHECKED_WITHIN = 9.0
LAST_POSTS_WITHIN = 5.0


class SlackAdapter:
    """The port ChatAdapter. A destination is a channel's id, after its workspace's where there may be several."""

    renderer: Renderer = renderer

    def __init__(self, settings: SlackSettings, desk: Desk) -> None:
        self._settings = settings
        self._slack = Slack(settings)
        self._workspaces = Workspaces(settings, desk.installations)
        self._posts = Posts(desk.installations)
        self._sending = Sending(self._slack, self._workspaces, self._posts)
        self._under_way = Tasks()

    async def start(self) -> None:
        """Try the token, then listen for people."""
        try:
            if self._settings.bot_token:
                await self._slack.scopes(self._settings.bot_token.reveal())
        except RefusedTokenError as error:
            raise wrong("bot_token", str(error)) from error
        await self._posts.forget_old(self._slack.now())

    async def send(self, destination: str, payload: Payload, *, key: str, thread: str | None = None) -> str:
        """Post one message, noted beforehand so that it is found again."""
        return await self._sending.send(destination, payload, key=key, thread=thread)

    async def find(self, destination: str, *, key: str, thread: str | None = None) -> str | None:
        """The post of that key, by its metadata, among what was written when it was tried."""
        return await self._sending.find(destination, key=key, thread=thread)

    async def health(self) -> Sequence[str]:
        """Whether the tokens are taken and may do what is needed, and people's questions reach us."""
        was_open = self._slack.is_open
        try:
            async with asyncio.timeout(CHECKED_WITHIN):
                return await self._workspace_problems()
        except TimeoutError:
            return [f"Slack did not answer within {CHECKED_WITHIN:.0f} seconds"]
        except AttacheError as error:
            return [str(error)]
        finally:
            if not was_open:
                await self._slack.close()

    async def stop(self) -> None:
        """Let posts and answers under way finish, then disconnect."""
        await self._under_way.end(within=LAST_POSTS_WITHIN)
        await self._slack.close()

    async def _workspace_problems(self) -> list[str]:
        problems = []
        for name, token in (await self._workspaces.tokens()).items():
            where = f"workspace {name}: " if name else ""
            try:
                missing = lacking(await self._slack.scopes(token))
            except RefusedTokenError as error:
                problems.append(f"{where}{error}")
            except RetryLaterError as error:
                problems.append(f"{where}{error}")
            else:
                problems += [f"{where}{missing}"] if missing else []
        return problems


def create(settings: Mapping[str, Any], desk: Desk) -> ChatAdapter:
    """The adapter for `[adapters.slack]`. Raises SettingsError; connects to nothing."""
    return SlackAdapter(settings_from(settings), desk)
