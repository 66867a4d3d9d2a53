"""A brief: a statement and its points, each a verbatim quote."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.domain.statement import Statement
from bot.domain.taxonomy import Stance, Topic
from bot.domain.written import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One position. `quote` is `body[start:end]` of its statement, exactly; `text` is what a reader is shown.

    `new` says whether this speaker had not said it before; None where there is no earlier statement to compare with.
    `said_before` is the id of the earlier statement where it was said, if it was.
    `link` opens the source page at the sentence, None where the source has no address. `rewritten` is what a language
    model made of it for a reader's language: shown beside the quote, never kept with the brief.
    """

    text: str
    quote: str
    start: int
    end: int
    stance: Stance | None
    topics: tuple[Topic, ...]
    link: str | None
    new: bool | None = None
    said_before: str | None = None
    rewritten: Written | None = None

    def as_json(self) -> dict[str, Any]:
        """The point as the contract's JSON object."""
        return {
            "text": self.text,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "stance": self.stance,
            "topics": list(self.topics),
            "new": self.new,
            "link": self.link,
            **({"rewritten": self.rewritten.as_json()} if self.rewritten else {}),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A statement with its points, most telling first, and what it repeats or corrects (ids of statements).

    `lead` is what a language model wrote of the points for a reader's language; never kept with the brief.
    """

    statement: Statement
    topics: tuple[Topic, ...] = ()
    points: tuple[Point, ...] = ()
    duplicate_of: str | None = None
    corrects: str | None = None
    omitted: tuple[str, ...] = field(default=())
    lead: tuple[Written, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The brief as the contract's JSON object; `lead` only where a model wrote one."""
        s = self.statement
        return {
            "id": s.id,
            "url": s.url,
            "title": s.title,
            "body": s.body,
            "is_cyber_statement": s.is_cyber_statement,
            "relevance": round(s.relevance, 3),
            "why": list(s.why),
            "kind": s.kind,
            "country": s.country,
            "group": s.group,
            "speaker": s.speaker,
            "role": s.role,
            "forum": s.forum,
            "symbol": s.symbol,
            "date": s.date.isoformat() if s.date else None,
            "language": s.language,
            "topics": list(self.topics),
            "points": [point.as_json() for point in self.points],
            "duplicate_of": self.duplicate_of,
            "corrects": self.corrects,
            "error": None,
            **({"lead": [sentence.as_json() for sentence in self.lead]} if self.lead else {}),
        }


BRIEF_KEYS = (
    "id url title body is_cyber_statement relevance why kind country group speaker role forum symbol date language "
    "topics points duplicate_of corrects error"
).split()


def error_json(record_id: str | None, error: str) -> dict[str, Any]:
    """What stands in for a brief whose record could not be read: the id, the error, everything else null."""
    return {**dict.fromkeys(BRIEF_KEYS), "id": record_id, "error": error}
