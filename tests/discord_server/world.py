"""What is in the server's memory: channels, threads, messages, nonces. Refusals are raised as Discord words them."""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.infra.clock import SystemClock

EPOCH = 1420070400000
NONCE_LIVES = 300.0
BOT = 4001
TEXT, DM, ANNOUNCEMENT, THREAD = 0, 1, 5, 11
COUNT = itertools.count(1)


def snowflake() -> int:
    """An id of this moment, larger than every one before."""
    return (int(SystemClock().now().timestamp() * 1000) - EPOCH) << 22 | next(COUNT) & 0x3FFFFF


class RefusalError(Exception):
    """An error of the API."""

    def __init__(self, status: int, code: int, message: str) -> None:
        self.status, self.code, self.message = status, code, message
        super().__init__(f"{status} {code} {message}")


UNKNOWN_CHANNEL = (404, 10003, "Unknown Channel")
UNKNOWN_MESSAGE = (404, 10008, "Unknown Message")
MISSING_ACCESS = (403, 50001, "Missing Access")
MISSING_PERMISSIONS = (403, 50013, "Missing Permissions")


@dataclass
class Channel:
    """A channel or thread. `closed` refuses everything; `history`, `threads`, `embeds` are the bot's rights there."""

    id: int
    kind: int = TEXT
    name: str = "general"
    messages: list[dict[str, Any]] = field(default_factory=list)
    closed: tuple[int, int, str] | None = None
    history: bool = True
    threads: bool = True
    embeds: bool = True
    parent: int | None = None

    def texts(self) -> list[str]:
        """The title of each message's first embed, in order."""
        return [message["embeds"][0].get("title", "") for message in self.messages]


@dataclass
class World:
    """The channels there are, by id; a read-back message shows its nonce only if `tells_nonces` (Discord's do not)."""

    channels: dict[int, Channel] = field(default_factory=dict)
    tells_nonces: bool = False
    dedupes: bool = True
    _nonces: dict[str, tuple[float, dict[str, Any]]] = field(default_factory=dict)

    def channel(self, id: int | None = None, **about: Any) -> Channel:
        """A new channel."""
        made = Channel(id=id or snowflake(), **about)
        self.channels[made.id] = made
        return made

    def opened(self, id: int) -> Channel:
        """The channel of that id, if the bot may look into it."""
        if id not in self.channels:
            raise RefusalError(*UNKNOWN_CHANNEL)
        channel = self.channels[id]
        if channel.closed:
            raise RefusalError(*channel.closed)
        return channel

    def post(self, id: int, body: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, Any]:
        """Store a message, unless its nonce was used within five minutes: then the message it was used for."""
        channel = self.opened(id)
        if not channel.embeds and not body.get("content"):
            raise RefusalError(400, 50006, "Cannot send an empty message")
        nonce = body.get("nonce")
        if nonce is not None and body.get("enforce_nonce") and self.dedupes:
            at, earlier = self._nonces.get(str(nonce), (-NONCE_LIVES, {}))
            if time.monotonic() - at < NONCE_LIVES:
                return earlier
        stored = message(channel.id, body, files)
        channel.messages.append(stored)
        if nonce is not None:
            self._nonces[str(nonce)] = (time.monotonic(), stored)
        return stored

    def minutes_pass(self) -> None:
        """Forget the nonces, as Discord does after some minutes."""
        self._nonces.clear()

    def read(self, id: int, *, after: int, limit: int) -> list[dict[str, Any]]:
        """The messages after an id (without one, the newest), the newest first."""
        channel = self.opened(id)
        if not channel.history:
            return []
        kept = [m for m in channel.messages if int(m["id"]) > after]
        window = kept[:limit] if after else kept[-limit:]
        hidden = () if self.tells_nonces else ("nonce",)
        return [{key: value for key, value in m.items() if key not in hidden} for m in reversed(window)]

    def one(self, id: int, message_id: int) -> dict[str, Any]:
        """One message."""
        for found in self.opened(id).messages:
            if int(found["id"]) == message_id:
                return found
        raise RefusalError(*UNKNOWN_MESSAGE)

    def thread(self, id: int, message_id: int, name: str) -> Channel:
        """A thread under a message; it has the message's id."""
        channel = self.opened(id)
        self.one(id, message_id)
        if channel.kind not in {TEXT, ANNOUNCEMENT}:
            raise RefusalError(400, 50024, "Cannot execute action on this channel type")
        if not channel.threads:
            raise RefusalError(*MISSING_PERMISSIONS)
        if message_id in self.channels:
            raise RefusalError(400, 160004, "A thread has already been created for this message")
        return self.channel(message_id, kind=THREAD, name=name, parent=id)

    def describe(self, channel: Channel) -> dict[str, Any]:
        """A channel as JSON."""
        last = channel.messages[-1]["id"] if channel.messages else None
        return {
            "id": str(channel.id),
            "type": channel.kind,
            "name": channel.name,
            "last_message_id": last,
            "position": 0,
            "flags": 0,
            "permission_overwrites": overwrites(channel),
            "nsfw": False,
            "parent_id": channel.parent and str(channel.parent),
        }


def overwrites(channel: Channel) -> list[dict[str, Any]]:
    """What a channel takes from the bot."""
    taken = (0 if channel.history else 1 << 16) | (0 if channel.embeds else 1 << 14)
    taken |= 0 if channel.threads else 1 << 35 | 1 << 38
    return [{"id": str(BOT), "type": 1, "allow": "0", "deny": str(taken)}] if taken else []


def message(channel: int, body: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, Any]:
    """A message as Discord keeps it: embeds trimmed and marked, files with addresses."""
    embeds = [
        {"type": "rich", **{k: v.strip() if isinstance(v, str) else v for k, v in embed.items()}}
        for embed in body.get("embeds") or ()
    ]
    attachments = [
        {
            "id": str(snowflake()),
            "filename": about["filename"],
            "description": about.get("description"),
            "size": len(files[f"files[{about['id']}]"]),
            "url": f"http://cdn.invalid/{about['filename']}",
            "proxy_url": f"http://cdn.invalid/{about['filename']}",
        }
        for about in body.get("attachments") or ()
    ]
    kept = {
        "id": str(snowflake()),
        "channel_id": str(channel),
        "type": 0,
        "content": (body.get("content") or "").strip(),
        "author": user(BOT, bot=True),
        "embeds": embeds,
        "attachments": attachments,
        "components": body.get("components") or [],
        "flags": body.get("flags") or 0,
        "mentions": [],
        "mention_roles": [],
        "mention_everyone": False,
        "pinned": False,
        "tts": False,
        "timestamp": "2026-11-23T08:00:00+00:00",
        "edited_timestamp": None,
    }
    return kept | ({"nonce": body["nonce"]} if body.get("nonce") is not None else {})


def user(id: int, *, bot: bool = False) -> dict[str, Any]:
    """A user as JSON."""
    return {
        "id": str(id),
        "username": f"user{id}",
        "discriminator": "0",
        "global_name": None,
        "avatar": None,
        "bot": bot,
    }
