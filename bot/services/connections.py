"""The connections over which people ask: each open in one worker at a time, taken over where that one is gone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field

from bot.errors import AttacheError, RetryLaterError
from bot.ports import ChatAdapter
from bot.services.membership import Membership

log = logging.getLogger(__name__)
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0
# So many at a time, so that workers that start together share them.
AT_ONCE = 2
NAMES_GOOD_FOR = 600.0


@dataclass(slots=True, kw_only=True)
class Connections:
    """Opens what nobody else has open, on the platforms that run; what fails is told in `problems`, by platform."""

    running: Mapping[str, ChatAdapter]
    problems: MutableMapping[str, Sequence[str]]
    workers: Membership
    _open: dict[str, asyncio.Task[bool]] = field(default_factory=dict)
    _names: dict[str, tuple[float, Sequence[str]]] = field(default_factory=dict)
    _pauses: dict[str, tuple[float, float]] = field(default_factory=dict)
    _closing: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.workers.on_loss(self._abandon)

    async def look(self) -> None:
        """Open what is free, a few at a time; one that fails is given back for another to try."""
        for platform, adapter in list(self.running.items()):
            try:
                await self._platform(platform, adapter)
            except AttacheError as error:
                log.warning("%s: its connections cannot be looked after: %s", platform, error)

    async def stop(self) -> None:
        """Open nothing more. What is open the adapters close when they stop; the leases go with the session."""
        for task in self._open.values():
            task.cancel()
        await asyncio.gather(*self._open.values(), *self._closing, return_exceptions=True)

    async def _platform(self, platform: str, adapter: ChatAdapter) -> None:
        names = await self._known(platform, adapter)
        wanted = {_lease(platform, name): name for name in names}
        for lease in [one for one in self._open if _of(one) == platform and one not in wanted]:
            await self._close(lease, adapter)
        free = [lease for lease in wanted if lease not in self._open and not self._pausing(lease)]
        if not free:
            return
        for lease in await self.workers.claim(free, limit=AT_ONCE):
            if lease not in self._open:
                self._open[lease] = asyncio.create_task(self._listen(lease, adapter, wanted[lease]))

    async def _known(self, platform: str, adapter: ChatAdapter) -> Sequence[str]:
        now = asyncio.get_running_loop().time()
        at, names = self._names.get(platform, (-NAMES_GOOD_FOR, ()))
        if now - at >= NAMES_GOOD_FOR:
            try:
                names = await adapter.connections()
            except RetryLaterError as error:
                self._names[platform] = (now - NAMES_GOOD_FOR + FIRST_PAUSE, names)
                log.warning("%s does not say how it is to be listened to: %s", platform, error)
                return names
            self._names[platform] = (now, names)
        return names

    async def _listen(self, lease: str, adapter: ChatAdapter, name: str) -> bool:
        try:
            await adapter.listen(name)
        except RetryLaterError as error:
            await self._failed(lease, f"{error}; it is tried again", error.retry_after or 0.0)
        except AttacheError as error:
            await self._failed(lease, str(error), LONGEST_PAUSE)
        except Exception as error:  # an adapter's defect must not cost the others
            log.exception("listening to %s", lease)
            await self._failed(lease, f"{type(error).__name__}: {error}", LONGEST_PAUSE)
        else:
            self._pauses.pop(lease, None)
            log.info("%s: people are answered here (%s)", _of(lease), name)
            return True
        return False

    async def _failed(self, lease: str, why: str, wait: float) -> None:
        pause = max(wait, min(2 * self._pauses.get(lease, (0.0, FIRST_PAUSE / 2))[1], LONGEST_PAUSE))
        self._pauses[lease] = (asyncio.get_running_loop().time() + pause, pause)
        self.problems[_of(lease)] = (f"commands are not answered: {why}",)
        log.error("%s: commands are not answered: %s", _of(lease), why)
        del self._open[lease]
        await self.workers.release([lease])

    async def _close(self, lease: str, adapter: ChatAdapter) -> None:
        """Give up a connection that is wanted no longer: a platform that grew has others."""
        task = self._open.pop(lease)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await adapter.hang_up(_name(lease))
        await self.workers.release([lease])

    def _pausing(self, lease: str) -> bool:
        until, _ = self._pauses.get(lease, (0.0, 0.0))
        return asyncio.get_running_loop().time() < until

    def _abandon(self) -> None:
        """Somebody else may have opened them: they are closed here."""
        for lease, task in self._open.items():
            task.cancel()
            if adapter := self.running.get(_of(lease)):
                closing = asyncio.create_task(_hang_up(adapter, lease, task))
                self._closing.add(closing)
                closing.add_done_callback(self._closing.discard)
        self._open.clear()


async def _hang_up(adapter: ChatAdapter, lease: str, opening: asyncio.Task[bool]) -> None:
    await asyncio.gather(opening, return_exceptions=True)
    try:
        await adapter.hang_up(_name(lease))
    except Exception:  # an adapter's defect must not cost the others
        log.exception("hanging up %s", lease)


def _lease(platform: str, name: str) -> str:
    return f"listen {platform} {name}"


def _of(lease: str) -> str:
    return lease.split(" ", 2)[1]


def _name(lease: str) -> str:
    return lease.split(" ", 2)[2]
