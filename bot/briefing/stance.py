"""What a speaker does with a position: the cues in a sentence, and the stance they add up to."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.briefing.lexicon import Lexicon
from bot.briefing.weights import content, weights
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
SAME_PLACE = 12
# A character of a script without spaces says as much as so many letters.
UNSPACED = 6
OPPOSITE = {
    Stance.SUPPORTS: Stance.OPPOSES,
    Stance.OPPOSES: Stance.SUPPORTS,
    Stance.WELCOMES: Stance.CONDEMNS,
    Stance.CONDEMNS: Stance.WELCOMES,
}
SURE = 0.85
MOST_COUNTED = 3
ASKED = re.compile(r"[?？؟]")
OPENINGS = " \"“«'’(「『¿"

Places = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Where a folded text names a stance, where it hints at one, and its other signals; (start, end) each."""

    named: Mapping[Stance, Places]
    hinted: Mapping[Stance, Places]
    signals: Mapping[str, Places]
    near: int = SAME_PLACE

    def stance(self, start: int = 0, end: int | None = None) -> Stance | None:
        """The likeliest stance between two offsets, None if nothing there takes one.

        The stance named first is the speaker's: what follows qualifies it. Where none is named, the hints decide.
        """
        named = {s: found for s, places in self.named.items() if (found := _within(places, start, end)) is not None}
        if named:
            first = min(named.values())
            return next(s for s in NAMED if s in named and named[s] <= first + self.near)
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
    signals = {name: found for name, cue in lexicon.signals.items() if (found := _places(cue, folded))}
    others = signals.get("attributed", ())
    return Marks(
        named={s: found for s in NAMED if (found := _own(_places(lexicon.strong[s], folded), others))},
        hinted={s: found for s in HINTED if (found := _own(_places(lexicon.weak[s], folded), others))},
        signals=signals,
        near=SAME_PLACE if lexicon.spaced else SAME_PLACE // UNSPACED,
    )


@lru_cache(maxsize=1024)
def stance(folded: str, lexicon: Lexicon) -> Stance | None:
    """The stance of a folded text as a reader is told it, None if it takes none or a doubtful one.

    Every cue, and every word that is known to, weighs for or against every stance (`bot/briefing/weights.py`).
    """
    seen = marks(folded, lexicon)
    if not seen.named and not seen.hinted and not seen.signals_in("view", 0, None) and not _active(folded, lexicon):
        return None
    fitted, found = weights(lexicon.language), evidence(folded, lexicon)
    shares = fitted.stance_shares(found, content(folded))
    best = max(range(len(shares)), key=shares.__getitem__)
    taken = fitted.order[best]
    # Support told of what is opposed is the worst mistake: against the stance named first it takes certainty.
    against = f"first_{OPPOSITE.get(taken)}" in found
    return taken if shares[best] >= (SURE if against else fitted.least) else None


def evidence(folded: str, lexicon: Lexicon) -> dict[str, float]:
    """What speaks for one stance or another in a folded text, each up to about 1."""
    seen = marks(folded, lexicon)
    taken = seen.stance()
    found = {"bias": 1.0, "asked": float(asks_for(folded, lexicon))}
    found |= {f"named_{one}": 1.0 for one in seen.named}
    found |= {f"hinted_{one}": 1.0 for one in seen.hinted}
    # 'In our view' is support where nothing else is said, and only an opening where a stance is named.
    found |= {f"signal_{name}": 1.0 for name in seen.signals if not (name == "view" and seen.named)}
    if taken:
        found[f"first_{taken}" if seen.named else f"colour_{taken}"] = 1.0
    for name, cue in lexicon.acts.items():
        places = [match.start() for match in cue.finditer(folded)]
        if places:
            found[f"act_{name}"] = math.sqrt(min(len(places), MOST_COUNTED) / MOST_COUNTED)
        if places and places[0] < len(folded) / 3:
            found[f"opening_{name}"] = 0.6
    return found


def asks_for(folded: str, lexicon: Lexicon) -> bool:
    """Whether a text puts a proposal as a question: 'Why should there not be a roster …?'"""
    return bool(ASKED.search(folded) and lexicon.proposing.match(folded.lstrip(OPENINGS)))


def _active(folded: str, lexicon: Lexicon) -> bool:
    """Whether a text that names and hints at nothing still takes a position: it proposes, or shows several signs."""
    return asks_for(folded, lexicon) or sum(1 for cue in lexicon.acts.values() if cue.search(folded)) > 1


def _places(cue: re.Pattern[str], folded: str) -> Places:
    return tuple(found.span() for found in cue.finditer(folded))


def _own(places: Places, others: Places) -> Places:
    """The places that are the speaker's: not 'those who object to an observer'."""
    return tuple(place for place in places if not any(start <= place[0] < end for start, end in others))


def _within(places: Places, start: int, end: int | None) -> int | None:
    return next((a for a, b in places if a >= start and (end is None or b <= end)), None)
