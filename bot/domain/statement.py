"""A document as it comes in (`Record`) and what reading makes of it (`Statement`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.moments import aware
from bot.domain.taxonomy import Forum, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One document as a source, a user or a file of records gave it.

    `html` wins over `text`; `text` is a page as a person would copy it, menus and all, or the text of a PDF.
    `published` is the date of the feed or listing and beats whatever the page says of its publication.
    `country` and `language` are what is known of the source, used only where the document is silent.
    """

    id: str
    url: str | None = None
    title: str | None = None
    html: str | None = None
    text: str | None = None
    published: datetime | None = None
    country: str | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        if self.published is not None:
            aware(self.published, "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What reading found in a record.

    `body` is the clean text, paragraphs separated by a blank line; every offset in Attaché counts its characters.
    `country` is ISO 3166-1 alpha-3, `language` ISO 639-1, `relevance` from 0 to 1, `why` the evidence for a human.
    `date` is the day of delivery; `published` the day of publication as the source gave it.
    """

    id: str
    url: str | None
    title: str
    body: str
    is_cyber_statement: bool
    relevance: float
    why: tuple[str, ...]
    kind: Kind
    country: str | None
    group: str | None
    speaker: str | None
    role: str | None
    forum: Forum | None
    symbol: str | None
    date: date | None
    language: str
    published: datetime | None = None
