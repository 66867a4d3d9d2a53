"""The port of what is due: the side of the ledger that opens slots, each once. Part of `bot.ports`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.brief import Brief
from bot.domain.delivery import Delivery
from bot.domain.reply import Payload
from bot.domain.subscription import Channel
from bot.domain.timing import Slot

Compose = Callable[[Sequence[Brief]], Sequence[Payload]]


class SlotLedger(Protocol):
    """Knows from when on each channel's slots count, and opens those that are due; the same for every process."""

    def count_from(self, served: Sequence[Channel], *, now: datetime) -> Mapping[str, datetime]:
        """From when on the slots of each channel count, by its id: since its present schedule was first seen here.

        A new or changed schedule counts from now, so it has missed nothing; so does one that counted from a later
        moment, which only a clock that was set back explains. What is not served counts no longer.
        """
        ...

    def open_due(self, channel: Channel, slot: Slot, *, now: datetime, compose: Compose) -> Sequence[Delivery] | None:
        """`Ledger.open_slot` of a slot that is due; None also if a later one of the channel was opened before.

        One that lies more than a day ahead is taken for the doing of a clock that was wrong, and forgotten.
        """
        ...

    def open_live(self, channel: Channel, *, now: datetime, compose: Compose) -> Sequence[Delivery]:
        """Open what a channel that is told as it happens has not been told: a slot for each statement.

        They are selected as in `Ledger.open_slot`, all or nothing. All come in one slot if it is the channel's first
        time, if there are more of them than the channel may get within this hour (`Schedule.burst`, corrections and
        digests counted), or if the first of them has waited for more than a few minutes. If the hour is full, nothing
        is opened: they wait. A slot is named by its first statement, `as it happens 0123456789ab`: a statement is
        selected once, so no other slot has its name.
        """
        ...

    def newest(self) -> int:
        """The number of the statement kept last, 0 where there is none: whether anything came since."""
        ...
