"""What a speaker does with a position: the cues in a sentence, and the stance they add up to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.briefing.lexicon import Lexicon
from bot.domain.taxonomy import Stance

# Of stances named at the same place, the one that would be missed most comes first.
NAMED = (
    Stance.OPPOSES,
    Stance.CONDEMNS,
    Stance.CAUTIONS,
    Stance.PROPOSES,
    Stance.ANNOUNCES,
    Stance.COMMITS,
    Stance.CALLS_FOR,
    Stance.SUPPORTS,
    Stance.WELCOMES,
)
# Where none is named, an obligation says more than the colour of the words around it.
HINTED = (
    Stance.OPPOSES,
    Stance.CALLS_FOR,
    Stance.PROPOSES,
    Stance.COMMITS,
    Stance.ANNOUNCES,
    Stance.CONDEMNS,
    Stance.CAUTIONS,
    Stance.SUPPORTS,
    Stance.WELCOMES,
)
# Half of what was only hinted to be a demand or a refusal turned out to be something else: better unsaid.
DOUBTFUL = frozenset({Stance.OPPOSES, Stance.CALLS_FOR, Stance.PROPOSES, Stance.CONDEMNS})
SAME_PLACE = 12

Places = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Where a folded text names a stance, where it hints at one, and its other signals; (start, end) each."""

    named: Mapping[Stance, Places]
    hinted: Mapping[Stance, Places]
    signals: Mapping[str, Places]

    def stance(self, start: int = 0, end: int | None = None) -> Stance | None:
        """The likeliest stance between two offsets, None if nothing there takes one.

        The stance named first is the speaker's: what follows qualifies it. Where none is named, the hints decide.
        """
        named = {s: found for s, places in self.named.items() if (found := _within(places, start, end)) is not None}
        if named:
            first = min(named.values())
            return next(s for s in NAMED if s in named and named[s] <= first + SAME_PLACE)
        hinted = (s for s in HINTED if s in self.hinted and _within(self.hinted[s], start, end) is not None)
        return next(hinted, Stance.SUPPORTS if self.signals_in("view", start, end) else None)

    def names_in(self, start: int, end: int) -> bool:
        """Whether any stance is named between two offsets."""
        return any(_within(places, start, end) is not None for places in self.named.values())

    def signals_in(self, name: str, start: int, end: int | None) -> bool:
        """Whether a signal is given between two offsets."""
        return _within(self.signals.get(name, ()), start, end) is not None


@lru_cache(maxsize=512)
def marks(folded: str, lexicon: Lexicon) -> Marks:
    """The cues of a folded text."""
    return Marks(
        named={s: found for s in NAMED if (found := _places(lexicon.strong[s], folded))},
        hinted={s: found for s in HINTED if (found := _places(lexicon.weak[s], folded))},
        signals={name: found for name, cue in lexicon.signals.items() if (found := _places(cue, folded))},
    )


def stance(folded: str, lexicon: Lexicon) -> Stance | None:
    """The stance of a folded text as a reader is told it, None if it takes none or only a doubtful one."""
    seen = marks(folded, lexicon)
    taken = seen.stance()
    return None if taken in DOUBTFUL and not seen.named else taken


def _places(cue: re.Pattern[str], folded: str) -> Places:
    return tuple(found.span() for found in cue.finditer(folded))


def _within(places: Places, start: int, end: int | None) -> int | None:
    return next((a for a, b in places if a >= start and (end is None or b <= end)), None)
