"""What Attaché says, before any platform has a say: adapters turn a Reply into their own payloads.

All text is plain: adapters escape it for their platform, nothing here is mark-up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.domain.taxonomy import Stance
from bot.domain.text import one_line

Payload = Mapping[str, Any]
"""One platform message as JSON: what an adapter's `render` makes and its `send` posts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """One point as a reader sees it: its stance, its words, the link that opens the source there.

    `by` names the speaker where the section does not. `new` is True for what the speaker had not said before, False
    for what they repeat, None if unknown.
    """

    text: str
    stance: Stance | None = None
    link: str | None = None
    new: bool | None = None
    by: str = ""

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
class Action:
    """A button that opens an address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One statement of a digest, or one part of an answer. `byline` is the line under its heading.

    `language` (ISO 639-1) lets a platform set right-to-left text properly.
    """

    heading: str
    url: str | None = None
    byline: str = ""
    text: str = ""
    points: tuple[Quotation, ...] = ()
    table: Table | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A whole message: a heading, a line under it, sections, a closing line, buttons."""

    heading: str
    intro: str = ""
    sections: tuple[Section, ...] = ()
    footer: str = ""
    actions: tuple[Action, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The reply as a JSON object, field by field."""
        return asdict(self)
