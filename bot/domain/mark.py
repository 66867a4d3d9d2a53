"""What readers say of a brief: accurate or not, as a whole or point by point, and what is missing from it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.moments import aware
from bot.domain.taxonomy import Stance


class Verdict(StrEnum):
    """What a reader found."""

    ACCURATE = "accurate"
    WRONG = "wrong"
    MISSED = "missed"  # of a sentence that should have been a point


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One reader's word on a brief (`quote` is empty), on one of its points (its quote), or on a missed sentence.

    `reader` is opaque (`discord:1234`); `revision` the one that was shown. `stance` is the one the reader thinks right.
    """

    statement_id: str
    revision: int
    reader: str
    verdict: Verdict
    marked_at: datetime
    quote: str = ""
    stance: Stance | None = None
    note: str = ""

    def __post_init__(self) -> None:
        aware(self.marked_at, "marked_at")

    @property
    def target(self) -> str:
        """What is marked: of a reader's marks on the same target the newest counts."""
        return hashlib.sha256(self.quote.encode("utf-8", "replace")).hexdigest()[:32] if self.quote else "brief"
