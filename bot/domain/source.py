"""Where statements come from: sources, what a poll of one yields, and how it fares."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.moments import aware, set_back


class SourceKind(StrEnum):
    """How a source is read."""

    FEED = "feed"  # RSS, Atom, RDF, JSON Feed, or WordPress's wp-json posts: told apart by content
    PAGE = "page"  # a listing page of links and dates
    FOLDER = "folder"  # a folder of saved pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source. `url` is a path for a folder; `every` the interval between polls.

    `firehose` marks sources that publish on everything: their entries are fetched only if title or summary hint at
    the subject. `item`, `link`, `date` are CSS selectors for a listing page; without them its structure is inferred.
    `note` says what is known of the source and its traps, `state` how far its address is to be believed ("answered
    2026-09", "listed", "guess").
    """

    name: str
    kind: SourceKind
    url: str
    country: str | None = None
    language: str | None = None
    every: timedelta = timedelta(minutes=30)
    allow_private: bool = False
    firehose: bool = False
    item: str | None = None
    link: str | None = None
    date: str | None = None
    note: str | None = None
    state: str | None = None


_EVERY = re.compile(r"([0-9]{1,6})\s?([smhd])", re.IGNORECASE)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def parse_every(text: str) -> timedelta:
    """An interval written as a whole number and a unit: `90s`, `30m`, `6h`, `2d`. Raises ValueError for all else."""
    found = _EVERY.fullmatch(text.strip())
    if found is None or int(found[1]) == 0:
        raise ValueError(f"{text!r} is no interval: write a number above 0 and s, m, h or d, such as 30m")
    return timedelta(**{_UNITS[found[2].lower()]: int(found[1])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed, listing or folder. `id` is taken as given, never resolved or rewritten.

    `html` is the fullest content the entry itself carries (often only a summary), plain `title` and `summary` are
    without mark-up. `published` is None where no date could be trusted. `version` changes when the entry says it did
    (Atom's updated, a file's time and size).
    """

    id: str
    url: str | None
    title: str
    summary: str = ""
    html: str | None = None
    published: datetime | None = None
    version: str = ""

    def __post_init__(self) -> None:
        if self.published is not None:
            aware(self.published, "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What a source shows at one moment: its entries, newest first, and what was wrong with it.

    `problems` are human-readable, one per entry or oddity passed over; an empty feed has neither.
    """

    title: str = ""
    entries: tuple[Entry, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave to ask 'has it changed?' with, sent back as it came."""

    etag: str | None = None
    last_modified: str | None = None


class Health(StrEnum):
    """How a source fares, as told to people: one notice when it changes."""

    NEW = "new"  # never polled
    WELL = "well"
    FAILING = "failing"  # the last poll failed
    DEAD = "dead"  # failed for so long that it is asked only once a day


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is remembered of a source between polls. `window` holds the entry ids of the last good poll.

    `content` fingerprints what that poll was given to read, for servers that give no validators. `problem` is the last
    failure's one line; `failures` how many in a row; `gap_at` when entries were last found to have possibly come and
    gone unseen.
    """

    name: str
    health: Health = Health.NEW
    validators: Validators = field(default_factory=Validators)
    failures: int = 0
    problem: str | None = None
    next_try: datetime | None = None
    last_success: datetime | None = None
    window: tuple[str, ...] = ()
    gap_at: datetime | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Remembered sources at a glance, by name: the `unwell` with their health, those with recent possible `gaps`."""

    names: frozenset[str] = frozenset()
    unwell: Mapping[str, Health] = field(default_factory=dict)
    gaps: frozenset[str] = frozenset()


BACKOFF_CAP = timedelta(hours=24)
DEAD_AFTER = 7


def after_success(state: SourceState, source: Source, now: datetime, *, fresh_for: timedelta | None) -> SourceState:
    """The state after a good poll. `fresh_for` is the server's Cache-Control, honoured up to a day."""
    wait = max(source.every, min(fresh_for or timedelta(), BACKOFF_CAP))
    return replace(state, health=Health.WELL, failures=0, problem=None, next_try=now + wait, last_success=now)


def after_failure(
    state: SourceState, source: Source, now: datetime, problem: str, *, retry_after: timedelta | None = None
) -> SourceState:
    """The state after a failed poll: the wait doubles from one interval up to a day, Retry-After beats it if longer."""
    failures = state.failures + 1
    wait = min(source.every * 2 ** min(failures - 1, 16), BACKOFF_CAP)
    if retry_after is not None:
        wait = max(wait, min(retry_after, BACKOFF_CAP))
    health = Health.DEAD if failures >= DEAD_AFTER else Health.FAILING
    return replace(state, health=health, failures=failures, problem=problem, next_try=now + wait)


def due(state: SourceState, now: datetime) -> bool:
    """Whether a source should be polled at `now`: also after the clock was set back, its next try being wrong then."""
    wrong = state.last_success is not None and set_back(state.last_success, now)
    return state.next_try is None or now >= state.next_try or wrong


def possible_gap(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether entries may have been missed: two full windows that share nothing.

    Feeds show their newest entries only (UN Press: ten). If none of them was there at the last poll, more may have
    come and gone between the two.
    """
    return len(before) >= MINIMAL_WINDOW and len(after) >= MINIMAL_WINDOW and not set(before) & set(after)


MINIMAL_WINDOW = 5
