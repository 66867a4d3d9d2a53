"""What everybody says: a position that most speakers of an archive take tells little of this one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.briefing.novelty import SAME_WORDS, stems
from bot.domain.brief import Brief

# Fewer speakers than this are no archive to weigh against.
LEAST_SPEAKERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What one speaker said in one statement: the stems of each of its points."""

    speaker: str
    points: tuple[frozenset[str], ...]


def heard(brief: Brief) -> Heard:
    """A brief, made ready to be weighed against."""
    return Heard(speaker=speaker_of(brief), points=tuple(stems(point.quote) for point in brief.points))


def speaker_of(brief: Brief) -> str:
    """Who speaks, as far as an archive can tell speakers apart: a group, else a state, else this statement's own."""
    s = brief.statement
    return s.group or s.country or s.id


def commonness(text: str, others: Sequence[Heard]) -> float:
    """The share of the other speakers who say much the same, 0 to 1; 0 where too few are known."""
    speakers = {other.speaker for other in others}
    own = stems(text)
    if len(speakers) < LEAST_SPEAKERS or not own:
        return 0.0
    same = {other.speaker for other in others if any(_alike(own, point) for point in other.points)}
    return len(same) / len(speakers)


def _alike(own: frozenset[str], point: frozenset[str]) -> bool:
    return len(own & point) >= SAME_WORDS * len(own)
