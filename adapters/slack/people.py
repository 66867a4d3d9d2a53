"""What Slack knows of who asks: whether they may manage a channel, their time zone and language.

Slack does not tell an app who manages a channel. These may: whoever is alone with the app in a direct message, the
workspace's owners and administrators, and who made the channel.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from adapters.slack.asked import Who
from adapters.slack.client import Slack
from adapters.slack.workspaces import Workspaces
from bot.domain.asker import Asker
from bot.errors import DeliveryError

log = logging.getLogger(__name__)
KNOWN_FOR = 300.0
REMEMBERED = 5000
INVITE = "The app is not in this channel and cannot read back what it posts: /invite @Attaché."


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What Slack tells of a person."""

    zone: ZoneInfo | None = None
    language: str | None = None
    administers: bool = False


class People:
    """Says who asks. A look-up never waits for a network: it has what is known from before."""

    def __init__(self, slack: Slack, workspaces: Workspaces) -> None:
        self._slack, self._workspaces = slack, workspaces
        self._known: OrderedDict[tuple[str, str], tuple[float, Person]] = OrderedDict()

    async def asker(self, who: Who, *, rights: bool) -> Asker:
        """Who asks; with `rights`, whether they may manage the channel, which Slack is asked."""
        person, about = self._remembered(who) or Person(), None
        if rights:
            person, about = await asyncio.gather(self._person(who), self._channel(who))
        # Between two people the app is not: nothing can be posted there.
        there = bool(who.channel) and not (who.direct and rights and about is None)
        creator = about is not None and about.get("creator") == who.user
        return Asker(
            platform="slack",
            user=self._workspaces.named(who.workspace, who.user),
            channel=f"slack:{self._workspaces.named(who.workspace, who.channel)}" if there else None,
            private=who.direct,
            team=who.workspace or None,
            may_manage=person.administers or creator or (who.direct and about is not None),
            zone=person.zone,
            language=person.language,
        )

    async def enter(self, who: Who) -> str:
        """Join the channel if the app is not in it, so that it can read back its posts; what is amiss, in a line."""
        about = await self._channel(who)
        if who.direct or (about and about.get("is_member")):
            return ""
        if about is None or about.get("is_private"):
            return INVITE
        try:
            token = await self._workspaces.token(who.workspace)
            await self._slack.tell("conversations.join", token, channel=who.channel)
        except DeliveryError as error:
            log.warning("%s is not joined: %s", who.channel, error)
            return INVITE
        return ""

    def _remembered(self, who: Who) -> Person | None:
        until, person = self._known.get((who.workspace, who.user), (0.0, None))
        return person if until > asyncio.get_running_loop().time() else None

    async def _person(self, who: Who) -> Person:
        if known := self._remembered(who):
            return known
        told = await self._ask("users.info", who, user=who.user, include_locale=True)
        user = (told or {}).get("user") or {}
        person = Person(
            zone=_zone(user.get("tz")),
            language=str(user.get("locale") or "").partition("-")[0] or None,
            administers=bool(user.get("is_admin") or user.get("is_owner") or user.get("is_primary_owner")),
        )
        if told:
            self._known[who.workspace, who.user] = asyncio.get_running_loop().time() + KNOWN_FOR, person
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return person

    async def _channel(self, who: Who) -> Mapping[str, Any] | None:
        if not who.channel:
            return None
        told = await self._ask("conversations.info", who, channel=who.channel)
        return (told or {}).get("channel")

    async def _ask(self, method: str, who: Who, **arguments: Any) -> Mapping[str, Any] | None:
        try:
            token = await self._workspaces.token(who.workspace)
            return await self._slack.ask(method, token, **arguments)
        except DeliveryError as error:
            log.info("%s for %s: %s", method, arguments, error)
            return None


def _zone(name: Any) -> ZoneInfo | None:
    try:
        return ZoneInfo(str(name)) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
