"""What a speaker does with a position: the stance of a sentence or clause."""

from __future__ import annotations

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
SAME_PLACE = 12


def stance(folded: str, lexicon: Lexicon) -> Stance | None:
    """The stance of a folded text, None if nothing in it takes one.

    The stance named first is the speaker's: what follows qualifies it. Where none is named, the hints decide.
    """
    named = {s: found.start() for s in NAMED if (found := lexicon.strong[s].search(folded))}
    if named:
        first = min(named.values())
        return next(s for s in NAMED if s in named and named[s] <= first + SAME_PLACE)
    hinted = next((s for s in HINTED if lexicon.weak[s].search(folded)), None)
    if hinted is None and lexicon.signals["view"].search(folded):
        return Stance.SUPPORTS
    return hinted
