"""One message: begun, sent, and settled, or looked for where nobody knows what became of it."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.domain.delivery import Delivery, State
from bot.domain.moments import set_back
from bot.domain.reply import IN_THREAD
from bot.domain.subscription import Hold, Standing
from bot.errors import AttacheError, DestinationGoneError, RejectedError, RetryLaterError, UnknownOutcomeError
from bot.ports import ChatAdapter, Clock, Ledger, SubscriptionStore
from bot.services.membership import Membership

log = logging.getLogger(__name__)
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=30)
# A platform that cannot say now what it has is asked again after so long.
ASK_AGAIN = timedelta(seconds=30)
UNKNOWN = "the last attempt's outcome is unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """Moves one channel's deliveries on, for the session of a worker that holds the channel."""

    ledger: Ledger
    subscriptions: SubscriptionStore
    clock: Clock
    workers: Membership
    session: str
    adapter: ChatAdapter
    later: dict[str, datetime]
    """Before when a channel, by its key, is not to be asked again what it has."""

    async def move(self, delivery: Delivery, thread: str | None) -> str | None:
        """The id of a delivery's message if it is there after this; None if what follows in the channel must wait.

        One that is in sending is nobody's: whoever holds the channel makes its posts, and this one was not begun here.
        """
        if delivery.state is State.SENDING:
            return await self._look_back(delivery, delivery.attempts)
        now = self.clock.now()
        if delivery.due_after > now and not set_back(delivery.changed_at, now):
            return None
        begin = partial(self.ledger.begin, delivery.key, now=self.clock.now(), holder=self.session)
        return await self._send(delivery, thread) if await asyncio.to_thread(begin) else None

    async def _send(self, delivery: Delivery, thread: str | None) -> str | None:
        payload = {key: value for key, value in delivery.payload.items() if key != IN_THREAD}
        under = thread if delivery.payload.get(IN_THREAD) else None
        attempt, fence = delivery.attempts + 1, partial(self.workers.check, self.session)
        try:
            message_id = await self.adapter.send(
                _destination(delivery), payload, key=delivery.key, thread=under, fence=fence
            )
        except DestinationGoneError as error:
            await self._retire(delivery, attempt, error)
        except RejectedError as error:
            await self._dead(delivery, attempt, str(error))
        except RetryLaterError as error:
            await self._again(delivery, attempt, str(error), error.retry_after)
        except UnknownOutcomeError as error:
            return await self._look_back(delivery, attempt, f"{UNKNOWN}: {error}", under)
        except Exception as error:  # unknown to us, so the outcome is unknown too
            log.exception("posting %s", delivery.key)
            return await self._look_back(delivery, attempt, f"{type(error).__name__}: {error}", under)
        else:
            await self._settle(delivery, attempt, State.SENT, message_id=message_id)
            return message_id
        return None

    async def _look_back(
        self, delivery: Delivery, attempt: int, problem: str = UNKNOWN, thread: str | None = None
    ) -> str | None:
        """Ask the platform whether it has the message; only if it has not may it be posted again."""
        self.later[delivery.channel] = self.clock.now() + ASK_AGAIN
        under = thread or (delivery.thread if delivery.payload.get(IN_THREAD) else None)
        try:
            message_id = await self.adapter.find(_destination(delivery), key=delivery.key, thread=under)
        except UnknownOutcomeError as error:
            # Nobody can ever say: posted once or not at all is better than twice.
            await self._dead(delivery, attempt, f"it may or may not have arrived: {error}")
        except DestinationGoneError as error:
            await self._hold(delivery, error)
        except AttacheError as error:
            if isinstance(error, RetryLaterError) and error.retry_after:
                self.later[delivery.channel] = self.clock.now() + timedelta(seconds=error.retry_after)
            log.warning("%s: cannot look back for %s yet: %s", delivery.channel, delivery.key, error)
        else:
            if message_id is not None:
                await self._settle(delivery, attempt, State.SENT, message_id=message_id)
                return message_id
            await self._again(delivery, attempt, problem, None)
        return None

    async def _retire(self, delivery: Delivery, attempt: int, error: DestinationGoneError) -> None:
        """Post nothing more to a channel that is gone; what waits is kept for the day it is back."""
        await self._settle(delivery, attempt, State.PENDING, reason=str(error))
        await self._hold(delivery, error)

    async def _hold(self, delivery: Delivery, error: DestinationGoneError) -> None:
        hold = Hold(channel=delivery.channel, standing=Standing.GONE, reason=str(error), since=self.clock.now())
        await asyncio.to_thread(self.subscriptions.hold, hold)
        log.error("%s: %s; it is served no longer, `resume` there serves it again", delivery.channel, error)

    async def _dead(self, delivery: Delivery, attempt: int, reason: str) -> None:
        await self._settle(delivery, attempt, State.DEAD, reason=reason)
        log.error("%s: part %d of %d: %s", delivery.channel, delivery.part, delivery.parts, reason)

    async def _again(self, delivery: Delivery, attempt: int, reason: str, retry_after: float | None) -> None:
        due = self.clock.now() + _wait(max(0, attempt - 1), retry_after)
        await self._settle(delivery, attempt, State.PENDING, reason=reason, due_after=due)
        # Told once: what is still the same at the next try needs no other line.
        level = logging.INFO if delivery.reason == reason else logging.WARNING
        log.log(level, "%s: %s; next try at %s", delivery.channel, reason, due.isoformat(timespec="seconds"))

    async def _settle(
        self,
        delivery: Delivery,
        attempt: int,
        state: State,
        *,
        message_id: str | None = None,
        reason: str | None = None,
        due_after: datetime | None = None,
    ) -> None:
        self.later.pop(delivery.channel, None)
        settle = partial(self.ledger.settle, message_id=message_id, reason=reason, due_after=due_after)
        await asyncio.to_thread(settle, delivery.key, state, now=self.clock.now(), attempt=attempt)


def _destination(delivery: Delivery) -> str:
    return delivery.channel.partition(":")[2]


def _wait(attempts: int, retry_after: float | None) -> timedelta:
    if retry_after is not None:
        return timedelta(seconds=retry_after)
    doublings = min(attempts, 12)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
