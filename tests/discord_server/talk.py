"""One interaction as the server sees it: when it was acknowledged, and the messages that answered it."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.discord_server.world import RefusalError, message, snowflake

DEADLINE, TOKEN_LIVES = 3.0, 900.0
DEFERRED, DEFERRED_UPDATE, CHOICES = 5, 6, 8
ONLY_FOR_THE_ASKER = 64
UNKNOWN_INTERACTION = (404, 10062, "Unknown interaction")
UNKNOWN_MESSAGE = (404, 10008, "Unknown Message")
UNKNOWN_WEBHOOK = (404, 10015, "Unknown Webhook")


@dataclass
class Talk:
    """What became of an interaction. `original` is the first answer, or the message whose button was pressed."""

    channel: int
    pressed: dict[str, Any] | None = None
    id: int = field(default_factory=snowflake)
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    asked_at: float = field(default_factory=time.monotonic)
    kind: int | None = None
    acknowledged_after: float | None = None
    answered_after: float | None = None
    original: dict[str, Any] | None = None
    edited: bool = False
    followups: list[dict[str, Any]] = field(default_factory=list)
    choices: list[dict[str, Any]] = field(default_factory=list)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What the asker sees of the answer, in order."""
        first = [self.original] if self.original and (self.edited or self.pressed is None) else []
        return [*first, *self.followups]

    def private(self, answer: Mapping[str, Any]) -> bool:
        """Whether only the asker sees a message."""
        return bool(answer["flags"] & ONLY_FOR_THE_ASKER)

    async def answered(self, *, within: float = 60.0) -> Talk:
        """Wait for the answer; itself."""
        async with asyncio.timeout(within):
            while self.answered_after is None:
                self._changed.clear()
                await self._changed.wait()
        return self

    def callback(self, body: Mapping[str, Any]) -> None:
        """The first answer."""
        if self._age > DEADLINE:
            raise RefusalError(*UNKNOWN_INTERACTION)
        if self.kind is not None:
            raise RefusalError(400, 40060, "Interaction has already been acknowledged.")
        self.kind, self.acknowledged_after = body["type"], self._age
        if self.kind == DEFERRED:
            self.original = message(self.channel, body.get("data") or {}, {})
        elif self.kind == DEFERRED_UPDATE:
            self.original = self.pressed
        elif self.kind == CHOICES:
            self.choices = body["data"]["choices"]
            self._answered()

    def edit(self, body: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, Any]:
        """Change the original."""
        if self._found() is None:
            raise RefusalError(*UNKNOWN_MESSAGE)
        kept = {key: self._found()[key] for key in ("id", "flags")}  # type: ignore[index]
        self.original = {**message(self.channel, body, files), **kept}
        self.edited = True
        self._answered()
        return self.original

    def delete(self) -> None:
        """Take the original away."""
        if self._found() is None:
            raise RefusalError(*UNKNOWN_MESSAGE)
        self.original = None

    def follow(self, body: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, Any]:
        """One more message. The first after a deferral takes its place, and is as private as that was."""
        if self.kind == DEFERRED and self._found() is not None and not self.edited:
            return self.edit(body, files)
        self._found()
        self.followups.append(message(self.channel, body, files))
        self._answered()
        return self.followups[-1]

    def _found(self) -> dict[str, Any] | None:
        if self.kind is None or self._age > TOKEN_LIVES:
            raise RefusalError(*UNKNOWN_WEBHOOK)
        return self.original

    @property
    def _age(self) -> float:
        return time.monotonic() - self.asked_at

    def _answered(self) -> None:
        if self.answered_after is None:
            self.answered_after = self._age
        self._changed.set()
