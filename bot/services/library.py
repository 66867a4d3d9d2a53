"""The archive as the web's visitors read it: the same look-ups as in chat, answered as values for pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.brief import Brief
from bot.domain.calls import to_filter
from bot.domain.subscription import Filter
from bot.errors import UsageError
from bot.ports import StatementStore
from bot.reading.states import codes, country_name
from bot.services.naming import find_code, who
from bot.site import Entry, Shelf

PAGE = 50
LONGEST_SEARCH = 400
MOST_PAGES = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The port Library."""

    statements: StatementStore

    def states(self) -> Mapping[str, str]:
        return dict(sorted(((code, country_name(code)) for code in codes()), key=lambda state: state[1]))

    def filter(self, options: Mapping[str, str]) -> Filter:
        return to_filter(options, find_code)

    def search(self, words: str, filter: Filter, *, page: int) -> Shelf:
        if len(words) > LONGEST_SEARCH:
            raise UsageError(f"a search takes {LONGEST_SEARCH} characters at most; this one has {len(words)}")
        if not 1 <= page <= MOST_PAGES:
            raise UsageError(f"there is no page {page}; the first is 1")
        found = self.statements.search(words, filter, limit=PAGE, offset=(page - 1) * PAGE)
        entries = tuple(map(entry, found.briefs))
        return Shelf(entries=entries, total=found.total, page=page, pages=max(1, -(-found.total // PAGE)))


def entry(brief: Brief) -> Entry:
    """A statement with who speaks."""
    return Entry(brief=brief, who=who(brief))
