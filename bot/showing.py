"""The ports of charts and feeds: what they ask of the store, who draws, and what the web asks. Part of `bot.ports`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from bot.domain.brief import Brief
from bot.domain.chart import Chart, Form
from bot.domain.moments import aware
from bot.domain.outlet import Outlet
from bot.domain.outline import Outline, Place, Said
from bot.domain.subscription import Filter


class CountBy(StrEnum):
    """What statements are counted by."""

    FORUM = "forum"
    SPEAKER = "speaker"  # the group, else the state
    TOPIC = "topic"


class Count(NamedTuple):
    """How many statements of a day bear a key; `key` is None for those without."""

    day: date
    key: str | None
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A brief as it stands now: when its statement was first seen, and when what it says now was."""

    brief: Brief
    first: datetime
    last: datetime

    def __post_init__(self) -> None:
        aware(self.first, "first")
        aware(self.last, "last")


class Outlines(Protocol):
    """Many statements weighed at once: first who says what on what, then the words of the few that are shown."""

    def outlines(self, filter: Filter, *, limit: int) -> Sequence[Outline]:
        """The newest statements that pass the filter, in the order of StatementStore.search."""
        ...

    def said(self, places: Collection[Place]) -> dict[Place, Said]:
        """What stands in these places, also where the statement was revised since; what is in none is left out."""
        ...


class StatementIndex(Protocol):
    """What is asked of many statements at once."""

    def counts(self, filter: Filter, *, by: CountBy) -> Sequence[Count]:
        """How many statements that pass the filter and have a date of delivery, by day and key, oldest day first.

        A statement counts under each of its topics; of a filter's topics only those are counted. A group counts as the
        group, its key `group:<name>`, not as the state that spoke for it.
        """
        ...

    def seen_last(self, words: str, filter: Filter, *, limit: int) -> Sequence[Seen]:
        """The statements last seen for the first time or with a change; words and filter as in StatementStore.search.

        So what is published late stands on top, as does what was corrected.
        """
        ...


class Artist(Protocol):
    """Draws charts."""

    async def draw(self, chart: Chart, form: Form) -> bytes:
        """The chart as a picture, the same bytes for the same chart. Never blocks the event loop.

        PNG is light, at most 1600 pixels wide; SVG keeps text as text, bears title and description and follows the
        reader's light or dark. Raises SandboxError if it could not be drawn.
        """
        ...


class Gallery(Protocol):
    """Charts for the web."""

    def chart(self, name: str, options: Mapping[str, str], *, whole: bool = False) -> Chart:
        """A chart's values by name, filtered by named options as in chat; may wait for the disk. With `whole` all of
        them, else as many as a picture has room for.

        Raises NotFoundError for a name there is not, UsageError for a value that is none or two states that are not
        told; AttacheError if the store fails.
        """
        ...

    async def svg(self, name: str, options: Mapping[str, str]) -> bytes:
        """The same, drawn. Raises SandboxError too, if it could not be drawn."""
        ...


class Newsroom(Protocol):
    """Feeds for the web."""

    def outlet(self, path: str, words: str, options: Mapping[str, str]) -> Outlet:
        """The feed at a path (such as `/feed.atom`) of what holds every word and passes named filters; may wait.

        Raises UsageError for a value that is none; AttacheError if the store fails.
        """
        ...
