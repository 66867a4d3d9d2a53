"""Replies as people see them: to themselves at first, to the channel once shared, in a modal, on the app's page."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from adapters.slack.asked import Who
from adapters.slack.client import Slack
from adapters.slack.pictures import Pictures, without_pictures
from adapters.slack.views import modal, waiting
from adapters.slack.workspaces import Workspaces
from bot.domain.reply import FILES, Payload, Reply
from bot.errors import DestinationGoneError, RejectedError
from bot.ports import Renderer

log = logging.getLogger(__name__)
URL_USES = 5
NOT_SHOWN = {"text": "Slack did not take the answer; Attaché's log says why."}


class Shown:
    """Shows replies. What cannot be shown is logged: there is nobody else to tell."""

    def __init__(self, slack: Slack, workspaces: Workspaces, renderer: Renderer) -> None:
        self._slack, self._workspaces, self._renderer = slack, workspaces, renderer
        self._pictures = Pictures(slack)

    async def note(self, who: Who, words: str) -> None:
        """A line for the asker while they wait."""
        if who.response_url:
            body = {"text": words, "response_type": "ephemeral", "replace_original": False}
            await self._slack.respond(who.response_url, body, again=True)

    async def answer(
        self,
        who: Who,
        reply: Reply,
        *,
        instead: bool = False,
        noted: bool = False,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        """The reply's messages in order, the first `instead` of the message whose button was pressed.

        `noted` says that a line was shown before, `more` is a block to stand at the end.
        """
        left = URL_USES - noted if who.response_url else 0
        payloads = await self.payloads(who, reply)
        if more and len(payloads[-1]["blocks"]) < 50:
            payloads[-1]["blocks"] = [*payloads[-1]["blocks"], more]
        for number, body in enumerate(payloads):
            first = instead and number == 0
            if number < left:
                await self._at_url(who, body, private=reply.private, instead=first)
            else:
                await self._by_method(who, body, private=reply.private)

    async def payloads(self, who: Who, reply: Reply) -> list[dict[str, Any]]:
        """The reply as messages, pictures uploaded."""
        return [await self._placed(who, payload) for payload in self._renderer.render(reply)]

    async def open(self, who: Who) -> str:
        """Open a modal that asks for patience, on top of the one that is open; its id."""
        token = await self._workspaces.token(who.workspace)
        method = "views.push" if who.view else "views.open"
        opened = await self._slack.tell(method, token, trigger_id=who.trigger, view=waiting(who.channel))
        return str(opened["view"]["id"])

    async def update(self, who: Who, view_id: str, view: Mapping[str, Any]) -> None:
        """Put another view in the place of a modal."""
        token = await self._workspaces.token(who.workspace)
        try:
            await self._slack.tell("views.update", token, view_id=view_id, view=view)
        except RejectedError:
            await self._slack.tell("views.update", token, view_id=view_id, view=without_pictures(view))

    async def in_modal(self, who: Who, view_id: str, reply: Reply, *, more: Mapping[str, Any] | None = None) -> None:
        """A reply in a modal."""
        blocks = [block for body in await self.payloads(who, reply) for block in body["blocks"]]
        await self.update(who, view_id, modal("Attaché", [*blocks, *([more] if more else [])], channel=who.channel))

    async def at_home(self, who: Who, view: Mapping[str, Any]) -> None:
        """The app's own page for whoever looks at it."""
        token = await self._workspaces.token(who.workspace)
        await self._slack.tell("views.publish", token, user_id=who.user, view=view)

    async def _placed(self, who: Who, payload: Payload) -> dict[str, Any]:
        token = await self._workspaces.token(who.workspace) if payload.get(FILES) else ""
        return await self._pictures.placed(payload, token)

    async def _at_url(self, who: Who, body: Mapping[str, Any], *, private: bool, instead: bool) -> None:
        kind = "ephemeral" if private else "in_channel"
        message = {**body, "response_type": kind, "replace_original": instead}
        again = private or instead
        try:
            await self._slack.respond(who.response_url, message, again=again)
        except RejectedError as error:
            log.warning("an answer is shown without its pictures, or not: %s", error)
            bare = without_pictures(message)
            told = bare if bare != message else {**NOT_SHOWN, "response_type": "ephemeral", "replace_original": False}
            await self._slack.respond(who.response_url, told, again=again)

    async def _by_method(self, who: Who, body: Mapping[str, Any], *, private: bool) -> None:
        """Where a response_url may be used no more: in the channel, or where the app is not in it, directly."""
        token = await self._workspaces.token(who.workspace)
        try:
            if not private:
                await self._slack.tell("chat.postMessage", token, posting=True, **{**body, "channel": who.channel})
                return
            place = {"channel": who.channel, "user": who.user}
            await self._slack.tell("chat.postEphemeral", token, posting=True, **{**body, **place})
        except DestinationGoneError:
            await self._slack.tell("chat.postMessage", token, posting=True, **{**body, "channel": who.user})
