"""Whether a sentence takes the stance of the points it rests on, and is about what they are about."""

from __future__ import annotations

from collections.abc import Sequence

from bot.briefing.features import topics
from bot.briefing.lexicon import fold as letters
from bot.briefing.lexicon import lexicon
from bot.briefing.stance import marks, stance
from bot.domain.brief import Point
from bot.domain.taxonomy import Stance, Topic

# What two readers may call the same position, where the words themselves are the quote's own.
COMPATIBLE: dict[Stance, frozenset[Stance]] = {
    Stance.CALLS_FOR: frozenset({Stance.PROPOSES}),
    Stance.PROPOSES: frozenset({Stance.CALLS_FOR}),
    Stance.SUPPORTS: frozenset({Stance.WELCOMES}),
    Stance.WELCOMES: frozenset({Stance.SUPPORTS}),
}
# One act in two words, in whatever language: what will be done is promised and announced.
ALIKE: dict[Stance, frozenset[Stance]] = {
    Stance.COMMITS: frozenset({Stance.ANNOUNCES}),
    Stance.ANNOUNCES: frozenset({Stance.COMMITS}),
}
# The cues for it are found in the very word for cyber security in some languages: it tells nothing apart.
EVERYWHERE = frozenset({Topic.THREATS})


def same_stance(text: str, points: Sequence[Point], language: str, of: str) -> bool:
    """Whether the stance a text takes is that of the points it rests on.

    What it names first must be what their quotes name first, or the stance of one of them; it may name no stance that
    they do not. In translation the text must take a stance that is one of theirs; within a language, where the words
    are the quotes' own, a neighbouring one will do.
    """
    seen = marks(letters(text), lexicon(language))
    theirs = {point.stance for point in points if point.stance}
    quotes = [marks(letters(point.quote), lexicon(of)) for point in points]
    first = {mark.stance() for mark in quotes} | theirs
    heard = {one for mark in quotes for one in mark.named} | theirs
    near = {other for one in heard for other in (*ALIKE.get(one, ()), *_near(one, language == of))}
    if not set(seen.named) <= heard | near or (seen.named and seen.stance() not in first | near):
        return False
    taken = stance(letters(text), lexicon(language))
    if language == of:
        return taken is None or taken in heard | near
    # Where the weighing of cues leaves it open, the cue that is named first must be a cue of the quote.
    return taken in theirs | near or (taken is None and bool(seen.named))


def _near(one: Stance, own_words: bool) -> frozenset[Stance]:
    return COMPATIBLE.get(one, frozenset()) if own_words else frozenset()


def same_topics(text: str, points: Sequence[Point], of: str, language: str) -> bool:
    """Whether a translation is about something its points are about, and about nothing else."""
    about = set(topics(letters(text), lexicon(language)))
    theirs = {topic for point in points for topic in point.topics}
    theirs |= {topic for point in points for topic in topics(letters(point.quote), lexicon(of))}
    return about <= theirs | EVERYWHERE and (bool(about & theirs) or not theirs)


def obliges(text: str, language: str) -> bool:
    """Whether a text says what must or should be."""
    return bool(lexicon(language).signals["obligation"].search(letters(text)))
