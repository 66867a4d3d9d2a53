"""How well the sources are watched, reckoned once for all who ask in the same seconds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from bot.domain.digest import Coverage
from bot.domain.source import Health, Source
from bot.ports import SourceStore

GAP_COUNTS = timedelta(days=1)
# A digest is that far behind at most. While sources are still looked at for the first time it changes by the second.
LASTS = timedelta(seconds=10)
LASTS_AT_FIRST = timedelta(seconds=1)
UNWELL = frozenset({Health.FAILING, Health.DEAD})


@dataclass(slots=True, kw_only=True)
class Covering:
    """Says how the sources that are watched fare. What was reckoned is told for LASTS, to any thread."""

    states: SourceStore
    sources: Sequence[Source]
    _known: tuple[datetime, Coverage] | None = None
    _lock: Lock = field(default_factory=Lock)

    def at(self, now: datetime) -> Coverage:
        """How well the sources were watched up to this moment, or to LASTS before; a possible gap counts for a day."""
        with self._lock:  # whoever comes while it is reckoned gets what the first one found
            if self._known is None or not self._lasts(*self._known, now):
                self._known = now, self._reckoned(now)
            return self._known[1]

    def complete(self, now: datetime) -> bool:
        """Whether every source was looked at."""
        return self.at(now).checked >= len(self.sources)

    def healths(self, now: datetime) -> Mapping[Health, int]:
        """How many sources fare how, every health named."""
        watched = self.states.watched(gaps_since=now)
        well = {True: Health.WELL, False: Health.NEW}
        counts = Counter(watched.unwell.get(s.name, well[s.name in watched.names]) for s in self.sources)
        return {health: counts[health] for health in Health}

    def _lasts(self, since: datetime, found: Coverage, now: datetime) -> bool:
        lasts = LASTS if found.checked >= len(self.sources) else LASTS_AT_FIRST
        return since <= now < since + lasts  # not after the clock was set back

    def _reckoned(self, now: datetime) -> Coverage:
        watched = self.states.watched(gaps_since=now - GAP_COUNTS)
        names = [source.name for source in self.sources if source.name in watched.names]
        return Coverage(
            checked=len(names),
            failing=tuple(name for name in names if watched.unwell.get(name) in UNWELL),
            gaps=tuple(name for name in names if name in watched.gaps),
        )
