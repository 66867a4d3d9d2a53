"""What a speaker does with a position: the stance of a sentence or clause."""

from __future__ import annotations

from bot.briefing.lexicon import Lexicon
from bot.domain.taxonomy import Stance

# Where two stances are named at the same place, or only hinted at, the one that would be missed most comes first.
ORDER = (
    Stance.OPPOSES,
    Stance.CONDEMNS,
    Stance.CAUTIONS,
    Stance.PROPOSES,
    Stance.COMMITS,
    Stance.CALLS_FOR,
    Stance.ANNOUNCES,
    Stance.WELCOMES,
    Stance.SUPPORTS,
)


def stance(folded: str, lexicon: Lexicon) -> Stance | None:
    """The stance of a folded text, None if nothing in it takes one.

    The stance named first is the speaker's: what follows qualifies it. Where none is named, the hints decide.
    """
    named = [(found.start(), ORDER.index(s), s) for s in ORDER if (found := lexicon.strong[s].search(folded))]
    if named:
        return min(named)[2]
    hinted = [s for s in ORDER if lexicon.weak[s].search(folded)]
    if hinted:
        return hinted[0]
    return Stance.SUPPORTS if lexicon.signals["view"].search(folded) else None
