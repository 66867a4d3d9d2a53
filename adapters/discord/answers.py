"""From an interaction to the desk and back: acknowledged at once, answered when the answer is there."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

import aiohttp
import discord
from discord.http import Route

from adapters.discord.commands import MESSAGE, asked, message_text
from adapters.discord.faults import UnansweredError
from adapters.discord.under_way import UnderWay
from adapters.discord.wire import body_of, files_of, request
from bot.domain.asker import Asker
from bot.domain.commands import BY_NAME
from bot.domain.reply import Payload, Reply
from bot.ports import Desk, Renderer

log = logging.getLogger(__name__)
Interaction = discord.Interaction[discord.Client]
ONLY_FOR_THE_ASKER = 64
ALREADY_ACKNOWLEDGED = 40060
REMEMBERED = 1000
PAUSES = (0.5, 2.0)
CHOICES = 25
LAST_ANSWERS_WITHIN = 3.0
ANSWER_COMES, CHANGE_COMES, SUGGESTIONS = 5, 6, 8
# The SDK counts requests by these two names, so that no interaction waits for another.
CALLBACK = "/interactions/{webhook_id}/{webhook_token}/callback"
ORIGINAL = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
FOLLOWUP = "/webhooks/{webhook_id}/{webhook_token}"
NEEDED = discord.Permissions(view_channel=True, send_messages=True, embed_links=True, read_message_history=True)


class Answers:
    """Takes interactions to the desk. None is answered twice, none is left without an answer."""

    def __init__(self, desk: Desk, renderer: Renderer) -> None:
        self._desk, self._renderer = desk, renderer
        self._taken: OrderedDict[int, None] = OrderedDict()
        self._under_way = UnderWay()

    async def take(self, interaction: Interaction) -> None:
        """Acknowledge an interaction and answer it; whatever goes wrong is logged."""
        if self._is_known(interaction.id):
            return
        with self._under_way:
            try:
                if interaction.type is discord.InteractionType.autocomplete:
                    await self._suggest(interaction)
                elif await acknowledged(interaction):
                    await self._answer(interaction)
            except (discord.DiscordException, UnansweredError, aiohttp.ClientError, TimeoutError) as error:
                log.warning("an answer did not reach Discord: %s", error)

    async def finish(self) -> None:
        """Wait for the answers under way, but not for long."""
        if not await self._under_way.ends(within=LAST_ANSWERS_WITHIN):
            log.warning("%d answers were cut off", self._under_way.count)

    def _is_known(self, interaction: int) -> bool:
        """Whether it was taken before: after a lost connection the gateway may tell things again."""
        known = interaction in self._taken
        self._taken[interaction] = None
        if len(self._taken) > REMEMBERED:
            self._taken.popitem(last=False)
        return known

    async def _suggest(self, interaction: Interaction) -> None:
        chosen = asked(_data(interaction))
        option = chosen.typing or ""
        typed = chosen.options.get(option, "")
        values = await self._desk.suggest(chosen.command, option, typed, asker(interaction))
        choices = [{"name": value.label, "value": value.value} for value in values[:CHOICES]]
        await _respond(interaction, {"type": SUGGESTIONS, "data": {"choices": choices}})

    async def _answer(self, interaction: Interaction) -> None:
        data, who = _data(interaction), asker(interaction)
        if interaction.type is discord.InteractionType.component:
            reply = await self._desk.press(str(data["custom_id"]), who)
            await self._show(interaction, reply, instead=reply.replaces)
            return
        if data.get("type") == MESSAGE:
            reply = await self._desk.brief(message_text(data), who)
        else:
            chosen = asked(data)
            reply = await self._desk.call(chosen.command, chosen.options, who)
            reply = _with_missing_rights(reply, chosen.command, interaction)
        if not reply.private:
            # What was promised to the asker alone cannot be shown to all: it makes room for a message that is.
            await _ask(interaction, "DELETE", ORIGINAL)
        await self._show(interaction, reply, instead=reply.private)

    async def _show(self, interaction: Interaction, reply: Reply, *, instead: bool) -> None:
        """The reply's messages in order, the first `instead` of what stands there."""
        first, *others = self._renderer.render(reply)
        flags = {"flags": ONLY_FOR_THE_ASKER} if reply.private else {}
        if instead:
            await _ask(interaction, "PATCH", ORIGINAL, {"components": [], "attachments": [], **first})
        for payload in others if instead else (first, *others):
            await _ask(interaction, "POST", FOLLOWUP, {**payload, **flags})


async def acknowledged(interaction: Interaction) -> bool:
    """Tell Discord within its three seconds that an answer will come; False if somebody else did, or it is too late.

    A try whose outcome is unknown is made again: acknowledging twice does no harm.
    """
    if interaction.type is discord.InteractionType.application_command:
        coming = {"type": ANSWER_COMES, "data": {"flags": ONLY_FOR_THE_ASKER}}
    else:
        coming = {"type": CHANGE_COMES}
    for again in (False, True):
        try:
            await _respond(interaction, coming)
        except discord.HTTPException as error:
            log.log(logging.DEBUG if again else logging.WARNING, "an interaction was not acknowledged: %s", error)
            return again and error.code == ALREADY_ACKNOWLEDGED
        except (UnansweredError, aiohttp.ClientError) as error:
            log.warning("acknowledging an interaction: %s", error)
        else:
            return True
    return False


def asker(interaction: Interaction) -> Asker:
    """Who asks, as far as Discord tells: people manage a channel who have Manage Channels there, or write privately."""
    in_server = interaction.guild_id is not None
    rights = interaction.permissions
    here = interaction.channel_id
    private = isinstance(interaction.channel, discord.DMChannel)
    return Asker(
        platform="discord",
        user=str(interaction.user.id),
        channel=f"discord:{here}" if here and (in_server or private) else None,
        private=not in_server,
        team=str(interaction.guild_id) if in_server else None,
        may_manage=private or rights.manage_channels or rights.administrator,
        language=interaction.locale.value.partition("-")[0],
    )


def _data(interaction: Interaction) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", interaction.data or {})


def _with_missing_rights(reply: Reply, command: str, interaction: Interaction) -> Reply:
    """The answer to a command that changes what a channel is told, with what the bot lacks there to tell it."""
    has = interaction.app_permissions
    known = BY_NAME.get(command)
    if known is None or not known.manages or interaction.guild_id is None or has.administrator or not has.value:
        return reply
    missing = [name.replace("_", " ").title() for name, wanted in NEEDED if wanted and not getattr(has, name)]
    if not missing:
        return reply
    warning = f"The bot cannot post here yet: give it {', '.join(missing)} in this channel."
    return replace(reply, footer=f"{warning} {reply.footer}".strip())


async def _respond(interaction: Interaction, response: Mapping[str, Any]) -> None:
    where = {"webhook_id": str(interaction.id), "webhook_token": interaction.token}
    await request(interaction.client.http, Route("POST", CALLBACK, **where), response)


async def _ask(interaction: Interaction, method: str, path: str, payload: Payload | None = None) -> None:
    """Change or add a message of the answer. What does no harm twice is tried again, a message is not added again."""
    where = {"webhook_id": str(interaction.application_id), "webhook_token": interaction.token}
    for pause in PAUSES if method != "POST" else ():
        try:
            return await _once(interaction, Route(method, path, **where), payload)
        except (discord.DiscordServerError, aiohttp.ClientError) as error:
            log.warning("answering, to be tried again: %s", error)
            await asyncio.sleep(pause)
    return await _once(interaction, Route(method, path, **where), payload)


async def _once(interaction: Interaction, route: Route, payload: Payload | None) -> None:
    body, files = (body_of(payload), files_of(payload)) if payload is not None else (None, [])
    await request(interaction.client.http, route, body, files)
