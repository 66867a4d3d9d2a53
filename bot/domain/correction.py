"""A correction a channel is owed: it was told one revision, and there is a newer one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What a channel was told of a statement, and what there is now.

    `told` is the newest revision it was sent, at `told_at` under the name `slot`; `newest` the newest that is kept.
    """

    channel: str
    statement_id: str
    told: int
    told_at: datetime
    slot: str
    newest: int

    @property
    def name(self) -> str:
        """What its slot in the ledger is called: one for each channel, statement and revision."""
        return f"correction {self.statement_id} revision {self.newest}"
