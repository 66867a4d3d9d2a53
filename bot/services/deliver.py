"""Posts what the ledger holds, each message once, each channel in order, whichever worker does it."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.worker import channel_lease
from bot.errors import AttacheError
from bot.ports import ChatAdapter, Clock, Ledger, SubscriptionStore
from bot.services.membership import Membership
from bot.services.posting import Posting

log = logging.getLogger(__name__)
# So many channels of one platform a worker posts to at once: it fills a platform's rate, and leaves little if it dies.
AT_ONCE = 16
# Claimed together where many wait: a claim is a write.
CLAIMED = 4
# A channel is kept for so many seconds after its last post, so that whoever has it next is not too quick for a platform
# that takes one message a second.
KEPT_FOR = 1.0


@dataclass(slots=True, kw_only=True)
class Deliverer:
    """Moves deliveries from pending to sent; `adapters` are those that can be posted with now, by name.

    A channel is posted to under its lease, so its order holds over all workers, and a post that the ledger says is
    under way in a channel taken over was given up by whoever began it. `silent` tells the channels that have quiet
    hours now: what waits for them goes on waiting, however old.
    """

    ledger: Ledger
    subscriptions: SubscriptionStore
    adapters: Mapping[str, ChatAdapter]
    clock: Clock
    workers: Membership
    silent: Callable[[], Collection[str]] = tuple
    _tasks: dict[str, asyncio.Task[int]] = field(default_factory=dict)
    _queue: deque[str] = field(default_factory=deque)
    _later: dict[str, datetime] = field(default_factory=dict)
    _idle: dict[str, float] = field(default_factory=dict)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _asked: bool = False
    _running: bool = False
    _closing: bool = False

    def __post_init__(self) -> None:
        self.workers.on_loss(self._abandon)

    async def post(self, channel: str | None = None) -> int:
        """Post every delivery that is due, of one channel or all; how many were. One that fails costs only itself.

        While this is under way for all, another call has it look again, and returns at once. A channel that another
        worker posts to is left to it.
        """
        if channel is not None:
            self._queue.extend(await asyncio.to_thread(self._waiting, channel))
        else:
            self._asked = True
        self._wake.set()
        if self._running:
            return 0
        self._running = True
        try:
            return await self._round()
        finally:
            self._running = False

    async def close(self, *, within: float) -> None:
        """Begin nothing more; let posts under way finish, but not for long: whoever is next looks for one cut off."""
        self._closing = True
        self._queue.clear()
        self._wake.set()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks.values(), timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _round(self) -> int:
        posted, running = 0, set[asyncio.Task[int]]()
        while not self._closing:
            self._wake.clear()
            running |= await self._begin()
            done = {task for task in running if task.done()}
            posted += sum(_outcome(task) for task in done)
            running -= done
            if not running and not self._asked and not self._queue:
                break
            await self._wake.wait()
        return posted + sum(_outcome(task) for task in running if task.done())

    async def _begin(self) -> set[asyncio.Task[int]]:
        """Start with as many channels as there is room for."""
        await self._give_back()
        if self._asked:
            self._asked = False
            self._queue = deque(await asyncio.to_thread(self._waiting, None))
        wanted = self._wanted()
        if not wanted:
            return set()
        session = self.workers.id
        mine = await self.workers.claim([channel_lease(key) for key in wanted])
        begun = set()
        for key in wanted:
            if channel_lease(key) in mine and not self._closing and key not in self._tasks:
                self._tasks[key] = task = asyncio.create_task(self._alone(key, session))
                begun.add(task)
        return begun

    def _waiting(self, channel: str | None) -> list[str]:
        """The channels in which there is something to do, those first that this worker begins with."""
        found = self.ledger.waiting(now=self.clock.now(), holder=self.workers.id, channel=channel)
        held = self.subscriptions.holds() if found else {}
        resting = {*held, *self.silent()} if found else set()
        free = [key for key in found if key not in resting]
        # Every worker begins somewhere else, so that few want the same.
        start = int(self.workers.id or "0", 16) % len(free) if len(free) > AT_ONCE else 0
        return [*free[start:], *free[:start]]

    def _wanted(self) -> list[str]:
        """The next channels of the queue, as many as each platform has room for; what cannot be done now is dropped."""
        now, busy = self.clock.now(), Counter(_platform(key) for key in self._tasks)
        wanted, rest = list[str](), deque[str]()
        while self._queue:
            key = self._queue.popleft()
            name = _platform(key)
            if name not in self.adapters or key in self._tasks or self._later.get(key, now) > now:
                continue
            if busy[name] < AT_ONCE:
                busy[name] += 1
                wanted.append(key)
            else:
                rest.append(key)
        if rest and self._tasks and len(wanted) < CLAIMED:
            rest.extendleft(reversed(wanted))
            wanted = []
        self._queue = rest
        return wanted

    async def _alone(self, key: str, session: str) -> int:
        self._idle.pop(key, None)
        try:
            return await self._channel(key, session)
        except AttacheError as error:
            log.error("%s cannot be posted to now: %s", key, error)
            return 0
        finally:
            self._tasks.pop(key, None)
            self._idle[key] = asyncio.get_running_loop().time()
            self._wake.set()

    async def _channel(self, key: str, session: str) -> int:
        posting = Posting(
            ledger=self.ledger,
            subscriptions=self.subscriptions,
            clock=self.clock,
            workers=self.workers,
            session=session,
            adapter=self.adapters[_platform(key)],
            later=self._later,
        )
        posted, first = 0, dict[str, str]()
        for delivery in await asyncio.to_thread(self.ledger.unsettled, key):
            # Order within a channel: nothing overtakes a message that waits, or whose outcome is unknown.
            message_id = (
                None if self._closing else await posting.move(delivery, first.get(delivery.slot) or delivery.thread)
            )
            if message_id is None:
                break
            posted += 1
            first.setdefault(delivery.slot, delivery.thread or message_id)
        return posted

    async def _give_back(self) -> None:
        """Let others have the channels that have been idle for a while."""
        now = asyncio.get_running_loop().time()
        idle = [key for key, since in self._idle.items() if now - since >= KEPT_FOR and key not in self._tasks]
        for key in idle:
            del self._idle[key]
        if idle:
            await self.workers.release([channel_lease(key) for key in idle])

    def _abandon(self) -> None:
        """Whoever took over goes on: what is under way here must not be sent after all."""
        self._queue.clear()
        self._idle.clear()
        for task in self._tasks.values():
            task.cancel()


def _platform(key: str) -> str:
    return key.partition(":")[0]


def _outcome(task: asyncio.Task[int]) -> int:
    """How many a channel's task posted; a defect in it is raised, one cut off posted none."""
    return 0 if task.cancelled() else task.result()
