"""What a channel wants to be told, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.brief import Brief
from bot.domain.quiet import NO_QUIET, QuietHours
from bot.domain.taxonomy import Forum, Topic
from bot.domain.timing import Schedule, Slot

NAME = re.compile(r"[^\W_][\w-]{0,29}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which statements are meant; an empty field means any. `country` values are ISO 3166-1 alpha-3."""

    countries: frozenset[str] = frozenset()
    forums: frozenset[Forum] = frozenset()
    topics: frozenset[Topic] = frozenset()
    languages: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None

    def matches(self, brief: Brief) -> bool:
        """Whether a brief passes every field; a statement without a date passes no date bound."""
        s = brief.statement
        return (
            (not self.countries or s.country in self.countries)
            and (not self.forums or s.forum in self.forums)
            and (not self.topics or bool(self.topics & set(brief.topics)))
            and (not self.languages or s.language in self.languages)
            and (self.since is None or (s.date is not None and s.date >= self.since))
            and (self.until is None or (s.date is not None and s.date <= self.until))
        )


def parse_name(words: str) -> str:
    """The name of one of the things a channel is told; empty for the usual one. Raises ValueError."""
    name = words.strip().casefold()
    if name and not NAME.fullmatch(name):
        raise ValueError(f"{words!r} is no name; write up to 30 letters, digits and hyphens, such as urgent")
    return name


class Style(StrEnum):
    """How much a digest says when there is nothing new."""

    HONEST = "honest"  # an empty digest says so, with what was checked
    QUIET = "quiet"  # an empty digest is not posted


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What a place is told. `key` names the place for good: `<adapter>:<destination>`.

    A place may have several, told apart by `name`; `id` is its key and that. What one of them told it no other repeats.
    In `quiet` hours nothing is posted; what comes waits for their end, and comes together.

    `lookback` is how far back its very first digest reaches. `since`, where it is set, is when it came to be (again):
    nothing earlier, less the lookback, is news to it. `language` is the one its machine-written lines are in.
    """

    adapter: str
    destination: str
    schedule: Schedule
    zone: ZoneInfo
    filter: Filter = field(default_factory=Filter)
    style: Style = Style.HONEST
    lookback: timedelta = timedelta(days=7)
    since: datetime | None = None
    language: str = "en"
    quiet: QuietHours = NO_QUIET
    name: str = ""

    @property
    def key(self) -> str:
        return f"{self.adapter}:{self.destination}"

    @property
    def id(self) -> str:
        """What tells it from every other: its key, with its name if it has one."""
        return f"{self.key}#{self.name}" if self.name else self.key

    def named(self, slot: Slot) -> str:
        """What the ledger calls one of its slots: of several things told in one place each has its own."""
        return f"{slot.name} {self.name}" if self.name else slot.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What somebody subscribed a channel to from chat: who did (`Asker.key`), and in which workspace or server."""

    channel: Channel
    made_by: str
    made_at: datetime
    team: str | None = None


class Standing(StrEnum):
    """Why a channel is not served for the time being."""

    PAUSED = "paused"  # somebody holds its digests back
    GONE = "gone"  # the platform says that it is deleted or closed to us


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """That a channel, by its key, is not served, and why in one line."""

    channel: str
    standing: Standing
    reason: str
    since: datetime
