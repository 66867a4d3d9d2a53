"""What is said in a channel or to a user, before any platform.

Text in a reply is plain: adapters escape it for their platform, nothing here is mark-up.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any

from bot.domain.taxonomy import Stance
from bot.domain.text import one_line, shorten

Payload = Mapping[str, Any]
"""One platform message as JSON: what an adapter's `render` makes and its `send` posts.

Two keys are ours and no platform's; an adapter takes them off before it posts: IN_THREAD, true on a message that may be
sent as an answer in a thread under the first of its kind, and FILES, a list of pictures to go with it, each
`{"name": …, "alt": …, "png": …}` with its bytes in base64.
"""
IN_THREAD = "attache_in_thread"
FILES = "attache_files"

ACTION_LIMIT = 100
"""What a button may send back, in UTF-16 units: Discord's custom_id is the shortest there is."""


MACHINE_WRITTEN = "machine-written"
"""The mark that every renderer puts beside a language model's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """One point as a reader sees it: its stance, its words, the link that opens the source there.

    `by` names the speaker where the section does not. `new` is True for what the speaker had not said before, False
    for what they repeat, None if unknown. `written` is what a language model made of the same point, shown beside the
    words themselves and marked.
    """

    text: str
    stance: Stance | None = None
    link: str | None = None
    new: bool | None = None
    by: str = ""
    written: str = ""

    @property
    def label(self) -> str:
        """What stands before the quoted words: the speaker, the stance, both or nothing."""
        stance = self.stance.replace("_", " ").capitalize() if self.stance else ""
        return " · ".join(part for part in (one_line(self.by), stance) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Columns and rows of plain text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture, as PNG; `alt` says in words what it shows, for whoever does not see it.

    `table` holds what is drawn, for platforms that show no pictures.
    """

    png: bytes
    alt: str
    table: Table | None = None


class Look(StrEnum):
    """How much a button asks for attention."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A button: it opens the address `url`, or sends the words `press` back to `Desk.press`; never both.

    In a reply that comes from a Desk, `press` has at most ACTION_LIMIT units and means the same after a restart.
    """

    label: str
    url: str | None = None
    press: str | None = None
    look: Look = Look.PLAIN

    def __post_init__(self) -> None:
        if (self.url is None) == (self.press is None):
            raise ValueError("an action opens an address or is pressed: give one of url and press")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One statement of a digest, or one part of an answer. `byline` is the line under its heading.

    `lead` is what a language model wrote of the points, shown before them and marked. `language` (ISO 639-1) lets a
    platform set right-to-left text properly.
    """

    heading: str
    url: str | None = None
    byline: str = ""
    text: str = ""
    lead: str = ""
    points: tuple[Quotation, ...] = ()
    table: Table | None = None
    image: Image | None = None
    language: str | None = None

    @property
    def untold(self) -> str | None:
        """Its address where none of its points leads to the same page: for platforms whose headings are no links."""
        pages = {point.link.partition("#")[0] for point in self.points if point.link}
        return self.url if self.url and self.url.partition("#")[0] not in pages else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A whole message: a heading, a line under it, sections, a closing line, buttons.

    `private` answers are for the asker's eyes only until they share them. `replaces` marks one that takes the place of
    the message whose button was pressed, such as the next page: this one is `page` of `pages`. With `thread`, what does
    not fit the first message may go into a thread under it. `permalink` is where the same stands on the web.
    """

    heading: str
    intro: str = ""
    sections: tuple[Section, ...] = ()
    footer: str = ""
    actions: tuple[Action, ...] = ()
    private: bool = True
    replaces: bool = False
    page: int = 1
    pages: int = 1
    thread: bool = False
    permalink: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The reply as a JSON object, field by field; a picture's bytes in base64."""
        plain: dict[str, Any] = _plain(self)
        return plain


def threaded(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A reply's messages, all but the first marked as fit for a thread."""
    return [message | ({IN_THREAD: True} if number else {}) for number, message in enumerate(messages)]


def as_file(image: Image, name: str, most: int) -> dict[str, str]:
    """A picture as a payload's FILES hold it, its words shortened to what the platform takes."""
    alt = shorten(one_line(image.alt), most)
    return {"name": name, "alt": alt, "png": base64.b64encode(image.png).decode("ascii")}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value
