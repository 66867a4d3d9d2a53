"""Fires the slots of every channel that is served, and catches up on the last one missed while the service was down."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.subscription import Channel
from bot.domain.timing import Slot, next_slot
from bot.errors import AttacheError
from bot.ports import Clock
from bot.services.channels import Channels
from bot.services.digests import Digests

log = logging.getLogger(__name__)


class Timing(Protocol):
    """What keeps the time."""

    def start(self) -> None: ...
    def at(self, moment: datetime, name: str, job: Callable[[], Awaitable[None]]) -> None: ...
    def every(self, seconds: float, name: str, job: Callable[[], Awaitable[None]]) -> None: ...
    def cancel(self, name: str) -> None: ...
    def stop(self) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedules:
    """Opens slots when they are due; `opened` is told afterwards, so that what was frozen is posted at once."""

    digests: Digests
    channels: Channels
    timer: Timing
    clock: Clock
    opened: Callable[[], Awaitable[object]]
    _served: dict[str, Channel] = field(default_factory=dict)
    _looked: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def served(self) -> list[Channel]:
        """The channels that get their digests now."""
        return list(self._served.values())

    async def refresh(self) -> None:
        """Serve what is subscribed now: a channel that is new, changed, paused or gone since the last look."""
        try:
            served = {channel.key: channel for channel in await asyncio.to_thread(self.channels.served)}
        except AttacheError as error:
            log.error("channels cannot be looked up, those known are served on: %s", error)
            return
        first = not self._looked.is_set()
        self._looked.set()
        for key in self._served.keys() - served.keys():
            del self._served[key]
            self.timer.cancel(_job(key))
            log.info("%s: served no longer", key)
        for key, channel in served.items():
            if self._served.get(key) != channel:
                self._served[key] = channel
                await self._serve(channel, catch_up=first)

    async def _serve(self, channel: Channel, *, catch_up: bool) -> None:
        now = self.clock.now()
        if catch_up:
            # Only what was missed while the service was down: a new schedule has missed nothing.
            try:
                await asyncio.to_thread(self.digests.catch_up, channel, now=now)
            except AttacheError as error:
                log.error("%s: what was missed is not composed: %s", channel.key, error)
        self._expect(channel, next_slot(channel.schedule, channel.zone, now))

    def _expect(self, channel: Channel, slot: Slot) -> None:
        async def fire() -> None:
            if self._served.get(channel.key) == channel:
                self._expect(channel, next_slot(channel.schedule, channel.zone, slot.at))
                await self._digest(channel, slot)

        self.timer.at(slot.at, _job(channel.key), fire)
        log.info("%s: next digest %s", channel.key, slot.name)

    async def _digest(self, channel: Channel, slot: Slot) -> None:
        try:
            await asyncio.to_thread(self.digests.open, channel, slot, now=self.clock.now())
        except AttacheError as error:
            log.error("%s: %s not composed: %s", channel.key, slot.name, error)
        try:
            await self.opened()
        except AttacheError as error:
            log.error("nothing can be posted now: %s", error)


def _job(channel: str) -> str:
    return f"digest/{channel}"
