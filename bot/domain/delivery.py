"""A message on its way to a channel, and where it stands."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.reply import Payload
from bot.domain.timing import moment_of

LOOKED_FOR = "a backup was put back: looked for before it is posted again"
# What has no moment in its name (a correction) comes again at the first polls after a restore, if it does at all.
COMES_AGAIN = timedelta(hours=6)
KEY_DIGITS = 24


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


def delivery_keys(channel: str, slot: str, parts: int) -> list[str]:
    """The keys of a slot's messages: 24 hex digits each, short enough for every platform's own field for them."""
    seeds = (json.dumps([channel, slot, part]) for part in range(1, parts + 1))
    return [hashlib.sha256(seed.encode()).hexdigest()[:KEY_DIGITS] for seed in seeds]


def maybe_posted(slot: str, restored_at: datetime | None, now: datetime) -> bool:
    """Whether a slot opened now may have been posted before, as a backup put back at `restored_at` knows nothing of it.

    The same slot has the same name, so its messages have the same keys and can be looked for.
    """
    if restored_at is None:
        return False
    moment = moment_of(slot)
    return now - restored_at < COMES_AGAIN if moment is None else moment <= restored_at
