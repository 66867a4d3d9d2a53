"""What a speaker had not said before, and what they always said and now left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.briefing.lexicon import WIDE, words
from bot.domain.taxonomy import Stance, Topic

SAME_WORDS = 0.5
SAME_POSITION = 0.35
# Of a sentence that says of itself that it repeats.
SAME_SAID = 0.2
LIKE_TOPICS = 0.5
# Boilerplate that stands whole in a longer sentence, and so many words more that this speaker never used before.
WHOLE = 0.95
ADDED = 2
STEM = 6
SHORT_WORD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence as it is remembered: its stems and figures, what it is about, the statement it stands in."""

    statement_id: str
    text: str
    stems: frozenset[str]
    figures: frozenset[str]
    topics: frozenset[Topic]
    stance: Stance | None
    repeated: bool = False
    changed: bool = False


def said(
    statement_id: str,
    text: str,
    topics: frozenset[Topic],
    stance: Stance | None,
    *,
    figures: frozenset[str] = frozenset(),
    repeated: bool = False,
    changed: bool = False,
) -> Said:
    """A sentence made ready for comparison; `repeated` and `changed` are what it says of itself."""
    return Said(
        statement_id=statement_id,
        text=text,
        stems=stems(text),
        figures=figures,
        topics=topics,
        stance=stance,
        repeated=repeated,
        changed=changed,
    )


def find(position: Said, before: Sequence[Said]) -> Said | None:
    """Where a position was said before, None if it is new.

    Boilerplate comes back reworded: half of its words in one earlier sentence are enough, fewer where that sentence
    takes the same stance on the same topics, or where this one says that it repeats. A figure that was not there
    (an amount, a deadline), a change that is owned to, or something added to what is otherwise repeated word for word,
    makes it news.
    """
    if position.changed and not position.repeated:
        return None
    found = [old for old in before if _same(position, old)]
    best = max(found, key=lambda old: _share(position, old), default=None)
    if best is None or position.figures - best.figures or _adds(position, best, before):
        return None
    return best


def _adds(position: Said, old: Said, before: Sequence[Said]) -> bool:
    """Whether a position is an old one, whole, with something put in that was never said in any statement before."""
    if _share(old, position) < WHOLE:
        return False
    added = position.stems - old.stems
    return len(added) >= ADDED and len(added.difference(*(other.stems for other in before))) >= ADDED


def omitted(now: Sequence[Said], before: Sequence[Sequence[Said]]) -> tuple[str, ...]:
    """Positions of at least two earlier statements (newest first) that nothing in this one comes near."""
    if len(before) < 2:
        return ()
    missing = []
    for old in before[0]:
        repeated = any(_share(old, other) >= SAME_WORDS for statement in before[1:] for other in statement)
        if repeated and not any(_same(old, sentence) for sentence in now):
            missing.append(old.text)
    return tuple(missing)


def _same(one: Said, other: Said) -> bool:
    share = _share(one, other)
    if one.repeated and share >= SAME_SAID and one.topics & other.topics:
        return True
    return share >= SAME_WORDS or (share >= SAME_POSITION and one.stance == other.stance and _like(one, other))


def _like(one: Said, other: Said) -> bool:
    both = one.topics | other.topics
    return bool(both) and len(one.topics & other.topics) >= LIKE_TOPICS * len(both)


def _share(one: Said, other: Said) -> float:
    return len(one.stems & other.stems) / len(one.stems) if one.stems else 0.0


def stems(text: str) -> frozenset[str]:
    """The beginnings of its longer words, figures apart; of a script without spaces, pairs of characters."""
    plain = [word for word in words(text) if not word.isdigit()]
    wide = [word for word in plain if WIDE.match(word)]
    if len(wide) > len(plain) / 2:
        return frozenset(a + b for a, b in pairwise(plain))
    return frozenset(word[:STEM] for word in plain if len(word) > SHORT_WORD)
