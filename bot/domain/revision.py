"""A statement's revisions, and what one of them changed of another for a reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.brief import Brief
from bot.domain.moments import aware
from bot.domain.taxonomy import Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A statement as it stood when it was read: numbered from 1."""

    number: int
    brief: Brief
    seen_at: datetime

    def __post_init__(self) -> None:
        aware(self.seen_at, "seen_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of one revision, verbatim. `link` opens the page: at the words, where they still stand there."""

    text: str
    stance: Stance | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewording:
    """A sentence that carries a point, as it was and as it is."""

    before: Passage
    after: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something told of a statement that is told otherwise now; country and forum as their codes, a day as ISO 8601."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a revision changed for a reader: points reworded, gone and come, and facts.

    `replaced` says that hardly a sentence stands any more: the page may hold another text now.
    """

    reworded: tuple[Rewording, ...] = ()
    went: tuple[Passage, ...] = ()
    came: tuple[Passage, ...] = ()
    facts: tuple[Fact, ...] = ()
    replaced: bool = False

    @property
    def telling(self) -> bool:
        """Whether anything a reader was told has changed: a courtesy or a menu has not."""
        return bool(self.reworded or self.went or self.came or self.facts)


def changed_facts(before: Brief, after: Brief) -> tuple[Fact, ...]:
    """The facts told otherwise now. Where one of the two is silent, nothing is contradicted."""
    old, new = before.statement, after.statement
    pairs = [
        ("title", old.title, new.title),
        ("speaker", old.speaker, new.speaker),
        ("country", old.country, new.country),
        ("forum", old.forum, new.forum),
    ]
    if old.published == new.published:
        # A day taken from that of publication moves with it, which corrects nothing.
        pairs.append(("date", _day(before), _day(after)))
    return tuple(
        Fact(name=name, before=was, after=now) for name, was, now in pairs if was and now and _otherwise(name, was, now)
    )


def restated(before: Brief, after: Brief) -> bool:
    """Whether the page itself tells a fact otherwise: it was read with the same title and day of publication."""
    old, new = before.statement, after.statement
    alike = (old.title, old.published) == (new.title, new.published)
    return alike and bool(changed_facts(before, after))


def _day(brief: Brief) -> str | None:
    return brief.statement.date.isoformat() if brief.statement.date else None


def _otherwise(name: str, was: str, now: str) -> bool:
    one, other = set(was.casefold().split()), set(now.casefold().split())
    # The same person with more or fewer titles is the same person.
    return not (one <= other or other <= one) if name == "speaker" else was.casefold().split() != now.casefold().split()
