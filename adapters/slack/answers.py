"""From what people do on Slack to the desk and back. All of it happens after it was acknowledged."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import replace
from typing import Any

from adapters.slack.asked import Who, command_behind, command_of, line_typed, message_text, metadata, who
from adapters.slack.client import Slack
from adapters.slack.forms import SCHEDULE, SUBSCRIBE, Present, form, options_of
from adapters.slack.people import People
from adapters.slack.shown import Shown
from adapters.slack.tasks import Tasks
from adapters.slack.views import HELP_BUTTON, REFRESH_BUTTON, SCHEDULE_BUTTON, SUBSCRIBE_BUTTON, changing, home
from adapters.slack.workspaces import Workspaces
from bot.domain.asker import Asker
from bot.domain.commands import Command, Option, Suggestion
from bot.domain.reply import Reply
from bot.errors import DeliveryError
from bot.ports import Desk, Renderer

log = logging.getLogger(__name__)
LAST_ANSWERS_WITHIN = 3.0
# A form is acknowledged with a view that asks for patience; were the answer there first, that would take its place.
ACKNOWLEDGED_AFTER = 0.5
PRESSED = "press-"
READING = "Reading it; this may take a minute."
FORMS = {SUBSCRIBE_BUTTON: SUBSCRIBE, SCHEDULE_BUTTON: SCHEDULE}
ABOUT_SUBSCRIPTIONS = {"subscriptions", "subscribe", "pause", "resume"}


class Answers:
    """Takes what people do to the desk. Nothing here waits: every method begins a task and returns."""

    def __init__(self, desk: Desk, slack: Slack, workspaces: Workspaces, renderer: Renderer) -> None:
        self._desk, self._workspaces = desk, workspaces
        self._people = People(slack, workspaces)
        self._shown = Shown(slack, workspaces, renderer)
        self._tasks = Tasks()

    def command(self, body: Mapping[str, Any]) -> None:
        """Somebody wrote `/brief …`."""
        asking, line = who(body), line_typed(str(body.get("text") or ""))
        if line.casefold() == SUBSCRIBE and asking.trigger:
            self._begin(self._form(asking, SUBSCRIBE))
        else:
            self._begin(self._command(asking, line))

    def press(self, body: Mapping[str, Any]) -> None:
        """Somebody pressed a button."""
        asking = who(body)
        for action in body.get("actions") or ():
            name, words = str(action.get("action_id") or ""), str(action.get("value") or "")
            if name in FORMS:
                self._begin(self._form(asking, FORMS[name]))
            elif name == REFRESH_BUTTON:
                self._begin(self._home(asking))
            elif name == HELP_BUTTON:
                self._begin(self._press(asking, "go:help"))
            elif name.startswith(PRESSED):
                self._begin(self._press(asking, words))

    def brief_this(self, body: Mapping[str, Any]) -> None:
        """Somebody chose ‘Brief this’ on a message."""
        self._begin(self._brief(who(body), message_text(body.get("message") or {})))

    def home(self, body: Mapping[str, Any]) -> None:
        """Somebody looks at the app's own page."""
        if (body.get("event") or {}).get("tab", "home") == "home":
            self._begin(self._home(who(body)))

    def submitted(self, body: Mapping[str, Any], channel: str, options: Mapping[str, str]) -> None:
        """Somebody sent a form; a view that asks for patience stands in its place already."""
        asking = who(body)
        about = replace(asking, channel=channel or str(metadata(body["view"]).get("channel") or ""))
        self._begin(self._subscribe(about, options))

    def removed(self, body: Mapping[str, Any]) -> None:
        """A workspace took the app or its token away."""
        event = body.get("event") or {}
        if event.get("type") == "app_uninstalled" or (event.get("tokens") or {}).get("bot"):
            self._begin(self._workspaces.gone(who(body).workspace, at=int(body.get("event_time") or 0)))

    async def suggest(self, body: Mapping[str, Any], option: str) -> Sequence[Suggestion]:
        """Values for a field of a form while it is typed; within a second."""
        asker = await self._people.asker(who(body), rights=False)
        return await self._desk.suggest(SUBSCRIBE, option, str(body.get("value") or ""), asker)

    async def finish(self) -> None:
        """Wait for the answers under way, but not for long."""
        if late := await self._tasks.end(within=LAST_ANSWERS_WITHIN):
            log.warning("%d answers were cut off", late)

    def _begin(self, job: Coroutine[Any, Any, None]) -> None:
        self._tasks.begin(_told(job))

    async def _command(self, asking: Who, line: str) -> None:
        command = command_of(line)
        asker = await self._asker(asking, command)
        waits = command is not None and command.waits
        if waits:
            await self._shown.note(asking, READING)
        reply = await self._desk.answer(line, asker)
        reply = await self._entered(asking, command, asker, reply)
        await self._shown.answer(asking, reply, noted=waits, more=_more(command, asker))

    async def _press(self, asking: Who, words: str) -> None:
        command = command_behind(words)
        view = await self._shown.open(asking) if (asking.view or asking.home) and not _pages(words) else ""
        # A button whose words only the store knows may stand for anything.
        unknown = command is None
        asker = await self._asker(asking, command) if not unknown else await self._people.asker(asking, rights=True)
        waits = command is not None and command.waits and not view
        if waits:
            await self._shown.note(asking, READING)
        reply = await self._desk.press(words, asker)
        if view:
            await self._shown.in_modal(asking, view, reply, more=_more(command, asker))
        elif asking.home:
            await self._home(asking, latest=reply)
        elif asking.view:
            await self._shown.in_modal(asking, asking.view, reply)
        else:
            instead = reply.replaces and asking.private_message
            await self._shown.answer(asking, reply, instead=instead, noted=waits, more=_more(command, asker))

    async def _brief(self, asking: Who, text: str) -> None:
        asker = await self._people.asker(asking, rights=False)
        await self._shown.answer(asking, await self._desk.brief(text, asker))

    async def _home(self, asking: Who, latest: Reply | None = None) -> None:
        nowhere = replace(asking, channel="")
        asker = await self._people.asker(nowhere, rights=False)
        subscriptions = await self._desk.call("subscriptions", {}, asker)
        newest = latest or await self._desk.call("latest", {}, asker)
        parts = [await self._blocks(nowhere, reply) for reply in (subscriptions, newest)]
        await self._shown.at_home(nowhere, home(*parts))

    async def _blocks(self, asking: Who, reply: Reply) -> list[Mapping[str, Any]]:
        return [block for body in await self._shown.payloads(asking, reply) for block in body["blocks"]]

    async def _form(self, asking: Who, kind: str) -> None:
        view = await self._shown.open(asking)
        asker = await self._people.asker(asking, rights=True)
        if asking.channel and not asker.may_manage:
            # The desk says who may.
            await self._shown.in_modal(asking, view, await self._desk.call(SUBSCRIBE, {}, asker))
            return
        present = await self._present(kind, asker)
        await self._shown.update(asking, view, form(kind, present, asking.channel))

    async def _present(self, kind: str, asker: Asker) -> Present:
        options = options_of(kind)
        found = await asyncio.gather(*(self._now(option, asker) for option in options))
        return {option.name: values for option, values in zip(options, found, strict=True)}

    async def _now(self, option: Option, asker: Asker) -> Sequence[Suggestion]:
        """What an option is now, each of its values as a reader calls it."""
        first = next(iter(await self._desk.suggest(SUBSCRIBE, option.name, "", asker)), None)
        if first is None or not first.present:
            return ()
        if not option.several:
            return (Suggestion(label=first.value, value=first.value),)
        return [await self._called(option, value, asker) for value in first.value.split(",")]

    async def _called(self, option: Option, value: str, asker: Asker) -> Suggestion:
        found = await self._desk.suggest(SUBSCRIBE, option.name, value, asker)
        return next((each for each in found if each.value == value), Suggestion(label=value, value=value))

    async def _subscribe(self, asking: Who, options: Mapping[str, str]) -> None:
        reply, _ = await asyncio.gather(self._subscribed(asking, options), asyncio.sleep(ACKNOWLEDGED_AFTER))
        await self._shown.in_modal(asking, asking.view, reply)

    async def _subscribed(self, asking: Who, options: Mapping[str, str]) -> Reply:
        asker = await self._people.asker(asking, rights=True)
        reply = await self._desk.call(SUBSCRIBE, options, asker)
        return _with_footer(reply, await self._people.enter(asking)) if asker.may_manage else reply

    async def _asker(self, asking: Who, command: Command | None) -> Asker:
        return await self._people.asker(asking, rights=command is not None and command.manages)

    async def _entered(self, asking: Who, command: Command | None, asker: Asker, reply: Reply) -> Reply:
        if command is None or command.name != SUBSCRIBE or not asker.may_manage:
            return reply
        return _with_footer(reply, await self._people.enter(asking))


async def _told(job: Coroutine[Any, Any, None]) -> None:
    """Have an answer that does not reach Slack cost only itself."""
    try:
        await job
    except DeliveryError as error:
        log.warning("an answer did not reach Slack: %s", error)


def _pages(words: str) -> bool:
    return words.startswith("page:")


def _more(command: Command | None, asker: Asker) -> Mapping[str, Any] | None:
    """The adapter's own buttons under what a channel is told."""
    about = command is not None and command.name in ABOUT_SUBSCRIPTIONS
    return changing() if about and asker.channel else None


def _with_footer(reply: Reply, warning: str) -> Reply:
    return replace(reply, footer=f"{warning} {reply.footer}".strip()) if warning else reply
