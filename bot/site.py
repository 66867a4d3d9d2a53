"""Between the core and the web face: what its pages ask, all of it answered from the store. Part of `bot.ports`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.brief import Brief
from bot.domain.delivery import Delivery, State
from bot.domain.differences import Run
from bot.domain.reply import Payload, Reply, Section
from bot.domain.source import Source, SourceState
from bot.domain.subscription import Channel, Filter
from bot.domain.worker import Worker


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One revision of a statement: its number, when it was first seen, what it changed of the one before in a line."""

    number: int
    seen_at: datetime
    changed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A statement to be read beside its brief.

    `earlier` are the statements in which some of its points were said before, by id. `stages` are its revisions, oldest
    first; none where there is but one. `readers` says what readers found, if any did. `retold` are the languages in
    which a model retold it; the brief bears one of them, if there is any.
    """

    entry: Entry
    earlier: Mapping[str, Entry]
    stages: tuple[Stage, ...]
    readers: str
    retold: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A revision beside the one before it: what it changed for a reader, if anything, and of the text, word by word."""

    entry: Entry
    stage: Stage
    stages: tuple[Stage, ...]
    told: Section | None
    runs: tuple[Run, ...]


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

    def statement(self, key: str, *, retold: str | None = None) -> Reading:
        """A statement by id or by any address or symbol it is known by; `retold` is the language a model's words should
        be in, if there are any in it. Raises NotFoundError.
        """
        ...

    def change(self, key: str, revision: int) -> Change:
        """What a revision changed of the one before; of the first, its whole text. Raises NotFoundError."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A slot's content: the statements it told of, as they stand now, and the messages as they were frozen.

    `platform` is where they went; which channel is nobody's business. `shelf` is a page of the statements.
    """

    key: str
    slot: str
    platform: str
    shelf: Shelf
    payloads: tuple[Payload, ...]


class Postings(Protocol):
    """What was posted to channels, and what would be."""

    def posted(self, key: str, *, page: int = 1) -> Posted:
        """A digest or correction by the key of its first message. Raises NotFoundError."""
        ...

    def retold(self, key: str) -> Reply:
        """A digest that was posted as a reply again, of its statements as they stand now. Raises NotFoundError."""
        ...

    def sample(self, words: str, filter: Filter) -> Reply:
        """A digest of the newest statements that hold every word and pass the filter: nothing is recorded."""
        ...


class Readiness(Protocol):
    """Whether the service can do its work now."""

    def troubles(self) -> Mapping[str, Sequence[str]]:
        """For each part there is (database, adapters, schedule), what is not well, one line each; none if all is.

        May wait for the database; never raises.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A source and how it fares; None before its first poll."""

    source: Source
    state: SourceState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLine:
    """A channel, how it stands, when it is told next (None if as it happens, or not at all), its last message."""

    channel: Channel
    standing: str
    coming: datetime | None
    last: Delivery | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How the service fared at a moment.

    `stuck` are messages that wait for a reason or were given up, with it; `adapters` what is not well with each, by
    name: nothing if all is.
    """

    at: datetime
    statements: int
    sources: tuple[SourceLine, ...]
    channels: tuple[ChannelLine, ...]
    deliveries: Mapping[State, int]
    stuck: tuple[Delivery, ...]
    adapters: Mapping[str, tuple[str, ...]]
    workers: tuple[Worker, ...]


class Operator(Protocol):
    """What whoever runs the service sees. Both may wait for the database, and raise AttacheError if it fails."""

    def overview(self) -> Overview:
        """Everything."""
        ...

    def numbers(self) -> Mapping[str, Mapping[str, int]]:
        """How many there are: `statements`, `deliveries` by state, `sources` by health, `workers`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How long something took: `counts[i]` took at most `bounds[i]` seconds, the last more; `total` all together."""

    bounds: tuple[float, ...]
    counts: tuple[int, ...]
    total: float


class Counts(Protocol):
    """What this process counted since it started."""

    @property
    def polls(self) -> Mapping[str, int]:
        """Polls by outcome: read, not_modified, failed."""
        ...

    @property
    def entries(self) -> Mapping[str, int]:
        """Entries by outcome (`Trace.outcome`)."""
        ...

    @property
    def answers(self) -> Mapping[str, Times]:
        """How long answers to people took, by what they did: answer, call, press, brief."""
        ...
