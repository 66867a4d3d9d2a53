"""One interaction as the server sees it: when it was acknowledged, and what answered it."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.slack_server.world import RefusalError, World

DEADLINE, URL_LIVES, URL_USES = 3.0, 1800.0, 5


@dataclass
class Talk:
    """What became of an interaction. `original` is the message whose button was pressed, `private` to the presser."""

    user: str
    original: dict[str, Any] | None = None
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    asked_at: float = field(default_factory=time.monotonic)
    acknowledged_after: float | None = None
    acknowledgement: Any = None
    acknowledgements: int = 0
    answered_after: float | None = None
    messages: list[dict[str, Any]] = field(default_factory=list)
    view: str = ""
    uses: int = 0
    triggered: bool = False
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def acknowledge(self, payload: Any) -> None:
        """It is acknowledged, with or without words."""
        self.acknowledgements += 1
        if self.acknowledged_after is None:
            self.acknowledged_after, self.acknowledgement = self.age, payload
        self.changed()

    def respond(self, body: Mapping[str, Any]) -> None:
        """A message at its response_url."""
        self.uses += 1
        if self.uses > URL_USES or self.age > URL_LIVES:
            raise RefusalError("used_url")
        if body.get("replace_original") and self.original is not None:
            self.original.clear()
            self.original.update(body)
        self.messages.append(dict(body))
        self._answered()

    def opens(self, world: World, view: Mapping[str, Any]) -> dict[str, Any]:
        """A view opened with its trigger."""
        if self.age > DEADLINE:
            raise RefusalError("expired_trigger_id")
        if self.triggered:
            raise RefusalError("exchanged_trigger_id")
        self.triggered = True
        opened = world.view(view)
        self.view = opened["id"]
        world.views[self.view] = opened
        self._answered()
        return opened

    def public(self) -> list[dict[str, Any]]:
        """What everybody sees of the answer."""
        return [message for message in self.messages if message.get("response_type") == "in_channel"]

    async def answered(self, *, within: float = 60.0) -> Talk:
        """Wait for the first message or view and for the acknowledgement, which come by different ways; itself."""
        await self.until(lambda: self.answered_after is not None, within=within)
        return await self.acknowledged(within=within)

    async def acknowledged(self, *, within: float = 60.0) -> Talk:
        """Wait for the acknowledgement; itself."""
        return await self.until(lambda: self.acknowledged_after is not None, within=within)

    async def until(self, there: Callable[[], bool], *, within: float = 60.0) -> Talk:
        """Wait until something is so; itself."""
        async with asyncio.timeout(within):
            while not there():
                self._changed.clear()
                await self._changed.wait()
        return self

    def changed(self) -> None:
        """Something happened."""
        self._changed.set()

    @property
    def age(self) -> float:
        """Seconds since it was asked."""
        return time.monotonic() - self.asked_at

    def _answered(self) -> None:
        if self.answered_after is None:
            self.answered_after = self.age
        self.changed()
