"""Posting and looking back: each message once, whatever becomes of a request or its answer."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from adapters.slack.client import Slack
from adapters.slack.faults import NoThreadError, TooManyError
from adapters.slack.pictures import Pictures, without_pictures
from adapters.slack.posts import Posts, found, marked
from adapters.slack.workspaces import Place, Workspaces
from bot.domain.reply import Payload
from bot.errors import AttacheError, DestinationGoneError, RejectedError, RetryLaterError, UnknownOutcomeError
from bot.ports import Paces

# Slack takes one message a second a channel.
SECONDS_APART = 1.0
# Of a whole workspace "several hundred messages a minute"; where it is less, Slack says so and every worker waits.
POSTS_A_SECOND = 5.0
REMEMBERED = 1000
PAGE = 100
MOST_PAGES = 20


class Sending:
    """Posts to places, and finds what was posted. Raises as the port ChatAdapter says."""

    def __init__(self, slack: Slack, workspaces: Workspaces, posts: Posts, paces: Paces) -> None:
        self._slack, self._workspaces, self._posts, self._paces = slack, workspaces, posts, paces
        self._pictures = Pictures(slack)
        self._next: OrderedDict[str, float] = OrderedDict()
        self._reached: dict[str, str] = {}

    async def send(self, destination: str, payload: Payload, *, key: str, thread: str | None) -> str:
        """Post a message, noted beforehand; in a thread where the channel lets us."""
        place = await self._workspaces.place(destination)
        body = await self._pictures.placed(payload, place.token)
        try:
            await self._posts.about_to(key, self._slack.now())
        except AttacheError as error:
            raise RetryLaterError(f"not posted, as it could not be noted: {error}") from error
        await self._pace(place.channel)
        try:
            return await self._post(place, body, key, thread)
        except NoThreadError:
            if thread is None:
                raise
            return await self._post(place, body, key, None)
        except RejectedError as error:
            if "slack_file" not in str(error):
                raise
            # Slack lets a picture be shown only where it thinks that everybody may see it.
            return await self._post(place, without_pictures(body), key, thread)

    async def find(self, destination: str, *, key: str, thread: str | None) -> str | None:
        """The id of what was posted under a key: in the thread, or else in the channel."""
        place = await self._workspaces.place(destination)
        try:
            note = await self._posts.note(key)
        except AttacheError as error:
            raise RetryLaterError(f"cannot tell whether it was posted: {error}") from error
        window = note.window() if note else {}
        try:
            in_thread = await self._in_thread(place, thread, key, window) if thread else None
            return in_thread or await self._look(place, "conversations.history", key, window)
        except DestinationGoneError as error:
            if "not_in_channel" in str(error):
                raise UnknownOutcomeError("the app reads only channels it is in; /invite @Attaché there") from error
            raise
        except RetryLaterError as error:
            if "missing_scope" in str(error):
                raise UnknownOutcomeError(f"the app cannot read back what it posted; {error}") from error
            raise

    async def _in_thread(self, place: Place, thread: str, key: str, window: Mapping[str, str]) -> str | None:
        try:
            return await self._look(place, "conversations.replies", key, {**window, "ts": thread})
        except NoThreadError:
            return None

    async def _look(self, place: Place, method: str, key: str, where: Mapping[str, str]) -> str | None:
        """Read page by page; where Slack asks to wait, the next call goes on from there."""
        at = f"{method}/{key}"
        for _ in range(MOST_PAGES):
            cursor = {"cursor": self._reached[at]} if at in self._reached else {}
            asked = {"channel": place.channel, "limit": PAGE, "include_all_metadata": True, **where, **cursor}
            page = await self._slack.ask(method, place.token, **asked)
            if message := found(page.get("messages") or (), key):
                self._reached.pop(at, None)
                return message
            following = (page.get("response_metadata") or {}).get("next_cursor")
            # Without a moment to look around, the newest page alone.
            if not page.get("has_more") or not following or "latest" not in where:
                self._reached.pop(at, None)
                return None
            self._reached[at] = str(following)
        raise RetryLaterError("much has been written there since; it is read on later")

    async def _post(self, place: Place, body: Mapping[str, Any], key: str, thread: str | None) -> str:
        under = {"thread_ts": thread} if thread else {}
        message = {**body, **under, "channel": place.channel, "metadata": marked(key)}
        await self._paces.turn(f"workspace {place.workspace}", every=1 / POSTS_A_SECOND)
        self._leaves(place.channel)
        try:
            answer = await self._slack.tell("chat.postMessage", place.token, posting=True, **message)
        except TooManyError as error:
            await self._paces.pause(f"workspace {place.workspace}", error.retry_after or 1.0)
            raise
        if not answer.get("ts"):
            raise UnknownOutcomeError("Slack's answer names no message")
        return str(answer["ts"])

    async def _pace(self, channel: str) -> None:
        while (wait := self._next.get(channel, 0.0) - asyncio.get_running_loop().time()) > 0:  # noqa: ASYNC110 - time alone ends it
            await asyncio.sleep(wait)
        self._leaves(channel)

    def _leaves(self, channel: str) -> None:
        """A post goes to a channel now: the next one waits from here, however long this one waited for its turn."""
        self._next.pop(channel, None)
        self._next[channel] = asyncio.get_running_loop().time() + SECONDS_APART
        if len(self._next) > REMEMBERED:
            self._next.popitem(last=False)
