"""A search as it stands in an address, so that every page of it can be shared: words, filters, the number of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from starlette.requests import Request

from bot.domain.subscription import Filter
from bot.errors import UsageError
from bot.site import Library

SEVERAL = ("country", "forum", "topic", "language")
SINGLE = ("since", "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks for. `options` are its filters as they were given, several values parted by commas."""

    words: str
    filter: Filter
    options: Mapping[str, str] = field(default_factory=dict)
    page: int = 1

    def query(self, **changes: str | int | None) -> str:
        """The same search as an address's query, with changes; None takes a part away."""
        parts: dict[str, str | int | None] = {"q": self.words or None, **self.options, "page": self.page}
        told = {name: value for name, value in (parts | changes).items() if value not in {None, ""}}
        if told.get("page") == 1:
            del told["page"]
        return urlencode(told, safe=",")

    def without(self, option: str, value: str) -> str:
        """The query of the same search with one value of one option less, on its first page."""
        left = [each for each in self.options.get(option, "").split(",") if each != value]
        changes: dict[str, str | int | None] = {option: ",".join(left), "page": 1}
        return self.query(**changes)


def asked(request: Request, library: Library) -> Asked:
    """What a request asks for; what is given several times adds up. Raises UsageError."""
    given = request.query_params
    options = {name: ",".join(filter(None, map(str.strip, given.getlist(name)))) for name in SEVERAL}
    options |= {name: given.get(name, "").strip() for name in SINGLE}
    options = {name: value for name, value in options.items() if value}
    words = " ".join(given.get("q", "").split())
    return Asked(
        words=words, filter=library.filter(options), options=options, page=number(given.get("page", "1"), "page")
    )


def number(words: str, name: str) -> int:
    """A number in an address. Raises UsageError for anything else."""
    if not words.isascii() or not words.isdigit() or len(words) > 9:
        raise UsageError(f"{name}={words[:40]} is no {name}; write a number such as {name}=2")
    return int(words)
