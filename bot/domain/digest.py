"""A digest: the new statements of a channel at one slot, and how much was watched to say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.brief import Brief
from bot.domain.moments import aware
from bot.domain.timing import LIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How well the sources were watched: what makes an empty digest honest."""

    checked: int = 0
    failing: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()

    def __str__(self) -> str:
        parts = [f"{self.checked} {'source' if self.checked == 1 else 'sources'} checked"]
        if self.failing:
            parts.append(f"{len(self.failing)} failing")
        if self.gaps:
            parts.append(f"{len(self.gaps)} possible {'gap' if len(self.gaps) == 1 else 'gaps'}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What is posted at a slot. `late` marks one that was due while the service was down.

    `permalink` is where it can be read on the web, if that is anywhere.
    """

    slot: str
    made_at: datetime
    briefs: tuple[Brief, ...]
    coverage: Coverage
    late: bool = False
    permalink: str | None = None

    @property
    def live(self) -> bool:
        """Whether it is told as it happened."""
        return self.slot == LIVE

    def __post_init__(self) -> None:
        aware(self.made_at, "made_at")
