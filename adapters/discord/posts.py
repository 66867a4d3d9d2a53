"""How a post of ours is known again after a crash.

Discord drops a second post with the same nonce for a few minutes only, and a message that is read back does not bear
its nonce. So before anything is posted, its print and the moment are kept; what stands in the channel since then and
has the same print is the post.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from discord.utils import snowflake_time, time_snowflake, utcnow

from bot.errors import AttacheError
from bot.ports import Installations

log = logging.getLogger(__name__)
NONCE = 25
KEPT_FOR = timedelta(days=30)
# Our clock and Discord's may differ by so much.
SKEW = timedelta(minutes=10)
PREFIX = "post/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is kept of a post: the id that every message after it exceeds, and its print."""

    since: int
    print: str


class Posts:
    """The notes, kept where another worker finds them. Every method raises AttacheError if they cannot be kept."""

    def __init__(self, kept: Installations) -> None:
        self._kept = kept
        self._last: dict[str, int] = {}

    async def about_to(self, channel: str, key: str, payload: Mapping[str, Any]) -> None:
        """Note that a payload is about to be posted; one noted before keeps its first moment."""
        name = f"{PREFIX}{key}"
        before = await asyncio.to_thread(self._kept.get, name)
        earliest = max(time_snowflake(utcnow() - SKEW), self._last.get(channel, 0))
        note = {"since": before["since"] if before else earliest, "print": print_of(payload)}
        await asyncio.to_thread(self._kept.keep, name, note)

    def arrived(self, channel: str, message: str) -> None:
        """Remember the last post of a channel: whatever looks like it and comes later is another."""
        self._last[channel] = max(int(message), self._last.get(channel, 0))

    async def note(self, key: str) -> Note | None:
        """The note of a post, None if it was never about to be posted."""
        kept = await asyncio.to_thread(self._kept.get, f"{PREFIX}{key}")
        return Note(since=int(kept["since"]), print=str(kept["print"])) if kept else None

    async def forget_old(self) -> None:
        """Drop the notes nobody will ask for any more, or leave them for another day."""
        try:
            await asyncio.to_thread(self._drop_before, utcnow() - KEPT_FOR)
        except AttacheError as error:
            log.warning("old notes of posts are still kept: %s", error)

    def _drop_before(self, moment: datetime) -> None:
        for name in self._kept.names():
            kept = self._kept.get(name) if name.startswith(PREFIX) else None
            if kept and snowflake_time(int(kept["since"])) < moment:
                self._kept.drop(name)


def nonce(key: str) -> str:
    """A key within the length of a nonce; a delivery's own fits as it is."""
    return key if len(key) <= NONCE else hashlib.sha256(key.encode()).hexdigest()[: NONCE - 1]


def print_of(message: Mapping[str, Any]) -> str:
    """A fingerprint of a message's words, the same however Discord trims, links or decorates them."""
    words = [message.get("content") or ""]
    for embed in message.get("embeds") or ():
        footer = (embed.get("footer") or {}).get("text") or ""
        words += [embed.get("title") or "", embed.get("description") or "", footer]
    plain = "".join(char for char in " ".join(words) if char.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()[:32]


def found(messages: Iterable[Mapping[str, Any]], author: str, key: str, note: Note | None) -> str | None:
    """The id of the post among messages, oldest first: by its nonce where the server tells it, else by its print."""
    for message in messages:
        if str((message.get("author") or {}).get("id")) != author:
            continue
        told = message.get("nonce")
        if str(told) == nonce(key) if told is not None else note is not None and print_of(message) == note.print:
            return str(message["id"])
    return None
