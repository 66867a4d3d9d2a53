"""Opens what is due: every channel's slots at their local times, and what is told as it happens.

What is due is reckoned from the clock and the ledger at every look, not from what was waited for. So it makes no
difference whether the service was down, the machine asleep, the clock set, or another process faster.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import sample
from typing import Protocol

from bot.domain.subscription import Channel
from bot.domain.timing import missed_slot, next_slot
from bot.errors import AttacheError
from bot.ports import Clock
from bot.services.channels import Channels
from bot.services.digests import Digests

log = logging.getLogger(__name__)
# Whatever is told as it happens is looked for when something was kept, and so often in any case: the hour may be no
# longer full, a revision may have brought a statement into a filter.
LIVE_EVERY = timedelta(minutes=1)
AGAIN_AFTER = timedelta(seconds=30)
DEFECT_AFTER = timedelta(minutes=10)


class Timing(Protocol):
    """What keeps the time."""

    def start(self) -> None: ...
    def at(self, moment: datetime, name: str, job: Callable[[], Awaitable[None]]) -> None: ...
    def every(self, seconds: float, name: str, job: Callable[[], Awaitable[None]]) -> None: ...
    def cancel(self, name: str) -> None: ...
    def stop(self) -> None: ...


@dataclass(slots=True)
class Expected:
    """One channel: from when on its slots count, and in which time nothing needs to be looked for."""

    channel: Channel
    since: datetime
    looked_at: datetime | None = None
    next_at: datetime | None = None
    opened: str = ""
    newest: int = -1

    def rests(self, now: datetime) -> bool:
        """Whether nothing can be due: the last look was before `now` and named a later moment for the next."""
        return self.looked_at is not None and self.next_at is not None and self.looked_at <= now < self.next_at

    def wait(self, now: datetime, until: datetime) -> None:
        """Rest until a moment."""
        self.looked_at, self.next_at = now, until


@dataclass(slots=True, kw_only=True)
class Schedules:
    """Opens slots when they are due; `opened` is told afterwards, so that what was frozen is posted at once."""

    digests: Digests
    channels: Channels
    timer: Timing
    clock: Clock
    opened: Callable[[], Awaitable[object]]
    _expected: dict[str, Expected] = field(default_factory=dict)
    _counted_at: datetime | None = None
    _looking: bool = False

    @property
    def served(self) -> list[Channel]:
        """The channels that get their digests now."""
        return [each.channel for each in self._expected.values()]

    @property
    def silent(self) -> set[str]:
        """The places, by key, that have quiet hours now in all they are told."""
        now = self.clock.now()
        speaking = {each.key for each in self.served if each.quiet.until(now, each.zone) <= now}
        return {each.key for each in self.served} - speaking

    @property
    def speaking(self) -> list[Channel]:
        """The channels that may be posted to now."""
        silent = self.silent
        return [channel for channel in self.served if channel.key not in silent]

    async def refresh(self) -> None:
        """Serve what is subscribed now: what is new, changed, paused or gone since the last look; then look."""
        now = self.clock.now()
        try:
            served = {channel.id: channel for channel in await asyncio.to_thread(self.channels.served)}
            known = {id: each.channel for id, each in self._expected.items()}
            # After the clock was set back, what counted from a moment that is to come counts from now.
            if self._counted_at is None or now < self._counted_at or served != known:
                await self._count(served, now)
            self._counted_at = now
        except AttacheError as error:
            log.error("channels cannot be looked up, those known are served on: %s", error)
        await self.look()

    async def look(self) -> None:
        """Open what is due now, and be called again when the next slot is."""
        if self._looking:
            return
        self._looking = True
        try:
            # In no order: several workers that look at the same moment shall not all want the same channel first.
            every = list(self._expected.values())
            found = [await self._one(each) for each in sample(every, len(every))]
        finally:
            self._looking = False
        if any(found):
            # A job of its own: a slow platform must not keep anybody from looking.
            self.timer.at(self.clock.now(), "post what was opened", self._post)
        coming = [each.next_at for each in self._expected.values() if each.next_at and not each.channel.schedule.live]
        if coming:
            self.timer.at(min(coming), "slots", self.look)

    async def _count(self, served: dict[str, Channel], now: datetime) -> None:
        since = await asyncio.to_thread(self.digests.slots.count_from, list(served.values()), now=now)
        for id in self._expected.keys() - served.keys():
            del self._expected[id]
            log.info("%s: served no longer", id)
        for id, channel in served.items():
            known = self._expected.get(id)
            if known is None or known.channel != channel or known.since != since[id]:
                self._expected[id] = Expected(channel, since[id])
                log.info("%s: served, %s, %s", id, channel.schedule, channel.zone.key)

    async def _one(self, each: Expected) -> bool:
        """Open what is due for one channel; whether anything was. What fails is tried again, and costs only itself."""
        now = self.clock.now()
        try:
            return await (self._live(each, now) if each.channel.schedule.live else self._slot(each, now))
        except AttacheError as error:
            log.error("%s: not composed: %s; tried again", each.channel.id, error)
            each.wait(now, now + AGAIN_AFTER)
        except Exception:
            log.exception("%s: not composed", each.channel.id)
            each.wait(now, now + DEFECT_AFTER)
        return False

    async def _slot(self, each: Expected, now: datetime) -> bool:
        channel, opened = each.channel, False
        if each.rests(now) or self._quiet(each, now):
            return False
        slot = missed_slot(channel.schedule, channel.zone, each.since, now)
        if slot and slot.name != each.opened:
            opened = await asyncio.to_thread(self.digests.open_due, channel, slot, now=now)
            each.opened = slot.name
            log.info("%s: %s %s", channel.id, slot.name, "composed" if opened else "was opened before")
        coming = next_slot(channel.schedule, channel.zone, now)
        each.wait(now, channel.quiet.until(coming.at, channel.zone) if coming else now + LIVE_EVERY)
        return opened

    async def _live(self, each: Expected, now: datetime) -> bool:
        newest = await asyncio.to_thread(self.digests.slots.newest)
        if (each.rests(now) and newest == each.newest) or self._quiet(each, now):
            return False
        if not await asyncio.to_thread(self.digests.settled, each.since, now=now):
            return False
        opened = await asyncio.to_thread(self.digests.open_live, each.channel, now=now)
        each.newest = newest
        each.wait(now, now + LIVE_EVERY)
        return opened

    def _quiet(self, each: Expected, now: datetime) -> bool:
        until = each.channel.quiet.until(now, each.channel.zone)
        if until > now:
            each.wait(now, until)
        return until > now

    async def _post(self) -> None:
        try:
            await self.opened()
        except AttacheError as error:
            log.error("nothing can be posted now: %s", error)
