"""How a post of ours is known again after a crash.

A post carries its key as metadata, which Slack keeps and shows to the app alone. Before it is posted the moment is
kept, so that it is looked for in a few minutes of the channel's history: some apps may read 15 messages a minute.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import AttacheError
from bot.ports import Installations

log = logging.getLogger(__name__)
EVENT = "attache_post"
KEPT_FOR = 30 * 86400
# Our clock and Slack's may differ by so many seconds.
SKEW = 600
PREFIX = "post/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """When a post was first and last tried, in seconds."""

    first: int
    last: int

    def window(self) -> dict[str, str]:
        """Where it would stand in the history, as arguments of `conversations.history`."""
        return {"oldest": f"{self.first - SKEW}.000000", "latest": f"{self.last + SKEW}.000000"}


class Posts:
    """The notes, kept where another worker finds them. Every method raises AttacheError if they cannot be kept."""

    def __init__(self, kept: Installations) -> None:
        self._kept = kept

    async def about_to(self, key: str, now: int) -> None:
        """Note that something is about to be posted; one noted before keeps its first moment."""
        before = await self.note(key)
        note = {"first": before.first if before else now, "last": now}
        await asyncio.to_thread(self._kept.keep, f"{PREFIX}{key}", note)

    async def note(self, key: str) -> Note | None:
        """The note of a post, None if it was never about to be posted."""
        kept = await asyncio.to_thread(self._kept.get, f"{PREFIX}{key}")
        return Note(first=int(kept["first"]), last=int(kept["last"])) if kept else None

    async def forget_old(self, now: int) -> None:
        """Drop the notes nobody will ask for any more, or leave them for another day."""
        try:
            await asyncio.to_thread(self._drop_before, now - KEPT_FOR)
        except AttacheError as error:
            log.warning("old notes of posts are still kept: %s", error)

    def _drop_before(self, moment: int) -> None:
        for name in self._kept.names():
            kept = self._kept.get(name) if name.startswith(PREFIX) else None
            if kept and int(kept["last"]) < moment:
                self._kept.drop(name)


def marked(key: str) -> dict[str, Any]:
    """A message's metadata, by which it is known again."""
    return {"event_type": EVENT, "event_payload": {"key": key}}


def found(messages: Iterable[Mapping[str, Any]], key: str) -> str | None:
    """The id of the post among messages."""
    for message in messages:
        metadata = message.get("metadata") or {}
        if metadata.get("event_type") == EVENT and (metadata.get("event_payload") or {}).get("key") == key:
            return str(message["ts"])
    return None
