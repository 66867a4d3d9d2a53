"""Posts what the ledger holds, each message once, each channel in order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from bot.domain.delivery import Delivery, State
from bot.errors import AttacheError, DestinationGoneError, RetryLaterError, UnknownOutcomeError
from bot.ports import ChatAdapter, Clock, Ledger

log = logging.getLogger(__name__)
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverer:
    """Moves deliveries from pending to sent; `adapters` by name."""

    ledger: Ledger
    adapters: Mapping[str, ChatAdapter]
    clock: Clock

    async def post(self, channel: str | None = None) -> int:
        """Post every delivery that is due, of one channel or all; how many were. One that fails costs only itself."""
        waiting = await asyncio.to_thread(self.ledger.unsettled, channel)
        channels = [list(rows) for _, rows in groupby(waiting, key=lambda delivery: delivery.channel)]
        return sum(await asyncio.gather(*(self._channel(rows) for rows in channels)))

    async def reconcile(self) -> None:
        """After a start: find out what became of posts that were under way when the last run ended."""
        for delivery in await asyncio.to_thread(self.ledger.unsettled, None):
            if delivery.state is State.SENDING:
                await self._look_back(delivery)

    async def _channel(self, deliveries: Iterable[Delivery]) -> int:
        posted = 0
        for delivery in deliveries:
            due = delivery.due_after <= self.clock.now()
            # Order within a channel: nothing overtakes a message that waits.
            if delivery.state is State.SENDING or not due or not await self._one(delivery):
                break
            posted += 1
        return posted

    async def _one(self, delivery: Delivery) -> bool:
        adapter, destination = self._adapter(delivery)
        if adapter is None or not await asyncio.to_thread(self.ledger.begin, delivery.key, now=self.clock.now()):
            return False
        try:
            message_id = await adapter.send(destination, delivery.payload, key=delivery.key)
        except DestinationGoneError as error:
            await self._settle(delivery, State.DEAD, reason=str(error))
            log.error("%s: %s; its messages are kept, see `attache why`", delivery.channel, error)
        except RetryLaterError as error:
            await self._later(delivery, str(error), error.retry_after)
        except UnknownOutcomeError:
            return await self._look_back(delivery)
        except Exception as error:  # unknown to us, so the outcome is unknown too
            log.exception("posting %s", delivery.key)
            return await self._look_back(delivery, problem=f"{type(error).__name__}: {error}")
        else:
            await self._settle(delivery, State.SENT, message_id=message_id)
            return True
        return False

    async def _look_back(self, delivery: Delivery, problem: str = "the last attempt's outcome is unknown") -> bool:
        """Ask the platform whether it has the message; only if it has not may it be posted again."""
        adapter, destination = self._adapter(delivery)
        if adapter is None:
            return False
        try:
            message_id = await adapter.find(destination, key=delivery.key)
        except AttacheError as error:
            log.warning("%s: cannot look back for %s yet: %s", delivery.channel, delivery.key, error)
            return False
        if message_id is None:
            await self._later(delivery, problem, None)
            return False
        await self._settle(delivery, State.SENT, message_id=message_id)
        return True

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
