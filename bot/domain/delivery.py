"""A message on its way to a channel, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.reply import Payload


class State(StrEnum):
    """Where a delivery stands: pending → sending → sent | dead; `sending` after a crash is reconciled."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message on its way to one channel: a row of the ledger.

    `key` is unique and stable, 24 hex digits made of channel, slot and part; adapters use it to recognise their own
    post. `thread` is the platform's id of its slot's first message, once that is sent; None for the first itself.
    `statement_ids` are those of its slot. `payload` was frozen when the content was selected. `due_after` is
    when it may be tried (again).
    """

    key: str
    channel: str
    slot: str
    part: int
    parts: int
    payload: Payload
    statement_ids: tuple[str, ...]
    state: State
    message_id: str | None
    reason: str | None
    attempts: int
    due_after: datetime
    changed_at: datetime
    thread: str | None = None
