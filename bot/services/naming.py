"""States and speakers by name: from what a user typed, and to what a reader is shown."""

from __future__ import annotations

from bot.data import languages
from bot.domain.brief import Brief
from bot.domain.outline import Outline
from bot.domain.statement import Statement
from bot.reading.states import codes, country_name, find_states


def who(brief: Brief) -> str:
    """Who speaks, as a reader names them: `Denmark for the Nordic countries` becomes `Nordic (Denmark)`."""
    return named(brief.statement)


def named(s: Statement | Outline) -> str:
    """The same, of a statement or its outline."""
    state = country_name(s.country) if s.country else None
    if s.group:
        return f"{s.group} ({state})" if state else s.group
    if state is None and s.speaker and s.role:
        return f"{s.speaker}, {s.role}"  # an official is known by the office
    return state or s.speaker or "Unknown speaker"


def find_code(words: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of a state given by code or by name in any of the languages; None if it is none."""
    wanted = words.strip()
    if wanted.upper() in codes():
        return wanted.upper()
    for language in languages():
        for spelling in (wanted, wanted.title()):
            found = find_states(spelling, language)
            if len(found) == 1 and not found[0].adjective and found[0].end - found[0].start == len(spelling):
                return found[0].code
    return None
