"""Posts what the ledger holds, each message once, each channel in order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from bot.domain.delivery import Delivery, State
from bot.domain.reply import IN_THREAD
from bot.domain.subscription import Hold, Standing
from bot.errors import AttacheError, DestinationGoneError, RejectedError, RetryLaterError, UnknownOutcomeError
from bot.ports import ChatAdapter, Clock, Ledger, SubscriptionStore

log = logging.getLogger(__name__)
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=30)
# A post that nobody here is making and that has been under way for so long was given up by whoever made it.
DOUBTFUL_AFTER = timedelta(minutes=2)
UNKNOWN = "the last attempt's outcome is unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverer:
    """Moves deliveries from pending to sent; `adapters` are those that can be posted with now, by name."""

    ledger: Ledger
    subscriptions: SubscriptionStore
    adapters: Mapping[str, ChatAdapter]
    clock: Clock
    _under_way: set[str] = field(default_factory=set)
    _asked: dict[str, datetime] = field(default_factory=dict)
    _busy: set[str] = field(default_factory=set)

    async def post(self, channel: str | None = None) -> int:
        """Post every delivery that is due, of one channel or all; how many were. One that fails costs only itself.

        A channel that is being posted to already is passed over: a slow platform must not hold up the others.
        """
        waiting = await asyncio.to_thread(self.ledger.unsettled, channel)
        held = await asyncio.to_thread(self.subscriptions.holds) if waiting else {}
        by_channel = {key: list(rows) for key, rows in groupby(waiting, key=lambda delivery: delivery.channel)}
        free = [key for key in by_channel if key not in held and key not in self._busy]
        return sum(await asyncio.gather(*(self._alone(key, by_channel[key]) for key in free)))

    async def reconcile(self, place: str = "") -> None:
        """After a start: find out what became of posts under way when the last run ended.

        `place` is an adapter's name or a channel's key: only what concerns it is asked after.
        """
        for delivery in await asyncio.to_thread(self.ledger.unsettled, None):
            concerned = not place or f"{delivery.channel}:".startswith(f"{place}:")
            if concerned and delivery.state is State.SENDING and delivery.key not in self._under_way:
                await self._look_back(delivery)

    async def _alone(self, key: str, deliveries: Iterable[Delivery]) -> int:
        self._busy.add(key)
        try:
            return await self._channel(deliveries)
        finally:
            self._busy.discard(key)

    async def _channel(self, deliveries: Iterable[Delivery]) -> int:
        posted, first = 0, dict[str, str]()
        for delivery in deliveries:
            # Order within a channel: nothing overtakes a message that waits, or whose outcome is unknown.
            message_id = await self._next(delivery, first.get(delivery.slot) or delivery.thread)
            if message_id is None:
                break
            posted += 1
            first.setdefault(delivery.slot, delivery.thread or message_id)
        return posted

    async def _next(self, delivery: Delivery, thread: str | None) -> str | None:
        """The id of a delivery's message if it is there after this; None if what follows must wait."""
        now = self.clock.now()
        if delivery.key in self._under_way:
            return None
        if delivery.state is State.SENDING:
            since = max(delivery.changed_at, self._asked.get(delivery.key, delivery.changed_at))
            return await self._look_back(delivery) if now - since >= DOUBTFUL_AFTER else None
        return await self._one(delivery, thread) if delivery.due_after <= now else None

    async def _one(self, delivery: Delivery, thread: str | None) -> str | None:
        adapter, destination = self._adapter(delivery)
        if adapter is None or not await asyncio.to_thread(self.ledger.begin, delivery.key, now=self.clock.now()):
            return None
        self._under_way.add(delivery.key)
        try:
            return await self._send(adapter, destination, delivery, thread)
        finally:
            self._under_way.discard(delivery.key)

    async def _send(self, adapter: ChatAdapter, destination: str, delivery: Delivery, thread: str | None) -> str | None:
        payload = {key: value for key, value in delivery.payload.items() if key != IN_THREAD}
        under = thread if delivery.payload.get(IN_THREAD) else None
        try:
            message_id = await adapter.send(destination, payload, key=delivery.key, thread=under)
        except DestinationGoneError as error:
            await self._retire(delivery, error)
        except RejectedError as error:
            await self._dead(delivery, str(error))
        except RetryLaterError as error:
            await self._later(delivery, str(error), error.retry_after)
        except UnknownOutcomeError as error:
            return await self._look_back(delivery, f"{UNKNOWN}: {error}", under)
        except Exception as error:  # unknown to us, so the outcome is unknown too
            log.exception("posting %s", delivery.key)
            return await self._look_back(delivery, f"{type(error).__name__}: {error}", under)
        else:
            await self._settle(delivery, State.SENT, message_id=message_id)
            return message_id
        return None

    async def _look_back(self, delivery: Delivery, problem: str = UNKNOWN, thread: str | None = None) -> str | None:
        """Ask the platform whether it has the message; only if it has not may it be posted again."""
        adapter, destination = self._adapter(delivery)
        if adapter is None:
            return None
        self._asked[delivery.key] = self.clock.now()
        under = thread or (delivery.thread if delivery.payload.get(IN_THREAD) else None)
        try:
            message_id = await adapter.find(destination, key=delivery.key, thread=under)
        except UnknownOutcomeError as error:
            # Nobody can ever say: posted once or not at all is better than twice.
            await self._dead(delivery, f"it may or may not have arrived: {error}")
        except DestinationGoneError as error:
            await self._hold(delivery, error)
        except AttacheError as error:
            log.warning("%s: cannot look back for %s yet: %s", delivery.channel, delivery.key, error)
        else:
            if message_id is not None:
                await self._settle(delivery, State.SENT, message_id=message_id)
                return message_id
            await self._later(delivery, problem, None)
        return None

    async def _retire(self, delivery: Delivery, error: DestinationGoneError) -> None:
        """Post nothing more to a channel that is gone; what waits is kept for the day it is back."""
        await self._settle(delivery, State.PENDING, reason=str(error))
        await self._hold(delivery, error)

    async def _hold(self, delivery: Delivery, error: DestinationGoneError) -> None:
        hold = Hold(channel=delivery.channel, standing=Standing.GONE, reason=str(error), since=self.clock.now())
        await asyncio.to_thread(self.subscriptions.hold, hold)
        log.error("%s: %s; it is served no longer, `resume` there serves it again", delivery.channel, error)

    async def _dead(self, delivery: Delivery, reason: str) -> None:
        await self._settle(delivery, State.DEAD, reason=reason)
        log.error("%s: part %d of %d: %s", delivery.channel, delivery.part, delivery.parts, reason)

    async def _later(self, delivery: Delivery, reason: str, retry_after: float | None) -> None:
        due = self.clock.now() + _wait(delivery.attempts, retry_after)
        await self._settle(delivery, State.PENDING, reason=reason, due_after=due)
        log.warning("%s: %s; next try at %s", delivery.channel, reason, due.isoformat(timespec="seconds"))

    async def _settle(
        self,
        delivery: Delivery,
        state: State,
        *,
        message_id: str | None = None,
        reason: str | None = None,
        due_after: datetime | None = None,
    ) -> None:
        self._asked.pop(delivery.key, None)
        await asyncio.to_thread(
            self.ledger.settle,
            delivery.key,
            state,
            now=self.clock.now(),
            message_id=message_id,
            reason=reason,
            due_after=due_after,
        )

    def _adapter(self, delivery: Delivery) -> tuple[ChatAdapter | None, str]:
        name, _, destination = delivery.channel.partition(":")
        return self.adapters.get(name), destination


def _wait(attempts: int, retry_after: float | None) -> timedelta:
    if retry_after is not None:
        return timedelta(seconds=retry_after)
    doublings = min(attempts, 12)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
