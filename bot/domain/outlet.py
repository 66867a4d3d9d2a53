"""A feed that Attaché gives out, before it is written as Atom or JSON Feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.moments import aware


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One statement of a feed.

    `id` never changes, whatever is corrected; `page` is where its brief is, `source` the statement itself. `content` is
    HTML, all text in it escaped; `summary` is plain text. `updated` moves with every revision.
    """

    id: str
    page: str
    source: str | None
    title: str
    summary: str
    content: str
    author: str
    language: str
    published: datetime
    updated: datetime
    topics: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        aware(self.published, "published")
        aware(self.updated, "updated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A feed: where it is (`address`), the page that shows the same (`home`), its items, last seen first."""

    id: str
    title: str
    address: str
    home: str
    updated: datetime
    items: tuple[Item, ...]

    def __post_init__(self) -> None:
        aware(self.updated, "updated")
