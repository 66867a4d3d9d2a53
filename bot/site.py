"""Between the core and the web face: what its pages ask, all of it answered from the store. Part of `bot.ports`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.brief import Brief
from bot.domain.subscription import Filter


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A statement as a page names it; `who` is who speaks, as a reader knows them."""

    brief: Brief
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A page of search results, newest first: `total` in all, this one `page` of `pages`."""

    entries: tuple[Entry, ...]
    total: int
    page: int
    pages: int


class Library(Protocol):
    """The archive as visitors read it. Nothing here changes anything; every method may wait for the disk."""

    def states(self) -> Mapping[str, str]:
        """The names of all states by their ISO 3166-1 alpha-3 codes, in the names' order."""
        ...

    def filter(self, options: Mapping[str, str]) -> Filter:
        """The filter that named options ask for, as in chat (`country`, `forum`, `topic`, `language`, `since`, `until`;
        several values parted by commas). Raises UsageError, saying what would be right.
        """
        ...

    def search(self, words: str, filter: Filter, *, page: int) -> Shelf:
        """A page of the statements that hold every word and pass the filter. Raises UsageError for too many words."""
        ...


class Readiness(Protocol):
    """Whether the service can do its work now."""

    def troubles(self) -> Mapping[str, Sequence[str]]:
        """For each part there is (database, adapters, schedule), what is not well, one line each; none if all is.

        May wait for the database; never raises.
        """
        ...
