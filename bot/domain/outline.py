"""A statement as look-ups weigh it by the hundred: who speaks, and on which side of what each of its points is."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from bot.domain.taxonomy import Stance, Topic


class Stand(NamedTuple):
    """What one point is about, and the stance it takes."""

    stance: Stance | None
    topics: tuple[Topic, ...]


class Place(NamedTuple):
    """Where a point stands: its statement by id, the number of the revision and its own number there, both from 1."""

    statement: str
    revision: int
    point: int


class Said(NamedTuple):
    """What a reader is shown of a point, as `Point` has it."""

    text: str
    link: str | None
    new: bool | None


class Outline(NamedTuple):
    """The newest revision of a statement without its words. `stands` are its points', in their order."""

    id: str
    revision: int
    country: str | None
    group: str | None
    speaker: str | None
    role: str | None
    date: date | None
    language: str
    stands: tuple[Stand, ...]

    def place(self, point: int) -> Place:
        """Where one of its points stands, by its number from 1."""
        return Place(self.id, self.revision, point)
