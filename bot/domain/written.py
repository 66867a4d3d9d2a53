"""What a language model wrote, once it has been checked: shown beside the quote it is about, never instead of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One machine-written sentence.

    `points` are the numbers of the points it rests on, from 1; `quotes` their words that bear it out, verbatim.
    `language` is ISO 639-1, `model` the name of what wrote it.
    """

    text: str
    points: tuple[int, ...]
    quotes: tuple[str, ...]
    language: str
    model: str

    def as_json(self) -> dict[str, Any]:
        """The sentence as a JSON object."""
        return {
            "text": self.text,
            "language": self.language,
            "model": self.model,
            "points": list(self.points),
            "quotes": list(self.quotes),
        }
