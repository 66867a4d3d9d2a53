"""A state from what a user typed."""

from __future__ import annotations

from bot.data import languages
from bot.reading.states import codes, find_states


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
