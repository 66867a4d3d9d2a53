"""Groups of states that speak with one voice."""

from __future__ import annotations

import re
from functools import cache

from bot import data
from bot.reading.who.mentions import states_in
from bot.reading.who.vocabulary import SCRIPTS, bare, flat, phrases

REACH = 220
# In a line all in capitals these are as likely words of French: "DÉCLARATION DU TCHAD AU CONSEIL".
WORDS = frozenset({"AU", "EU", "PMA"})
OWN = re.compile(r"(?:\(|\b(?:the|of|on behalf of)\s)$", re.I)


@cache
def _names(script: str) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """How groups are called in a script: a pattern for names, one for acronyms, and which group each names."""
    called = {
        bare(form): group
        for group, forms in data.table("groups.toml").items()
        for language in SCRIPTS[script]
        for form in forms[language]
    }
    short = [form for form in called if form.isupper() and len(form) <= 8 and script != "han"]
    long = [flat(form) for form in called if form not in short]
    known = {form: called[form] for form in short} | {flat(f): g for f, g in called.items() if f not in short}
    return _any_of(long, script), _any_of(short, script), known


def _any_of(forms: list[str], script: str) -> re.Pattern[str]:
    body = "|".join(map(re.escape, sorted(forms, key=lambda form: (-len(form), form))))
    return re.compile(f"(?:{body or '(?!)'})" if script == "han" else rf"(?<!\w)(?:{body or '(?!)'})(?!\w)")


def find_groups(text: str, script: str) -> list[tuple[int, str]]:
    """The groups a text names, each with where, in order; never one within a state's name: VIET NAM is not NAM."""
    long, short, known = _names(script)
    spans = [m for m in short.finditer(text) if not _may_be_word(text, m)]
    found = {m.start(): (m.end(), known[m[0]]) for m in spans}
    found |= {m.start(): (m.end(), known[m[0]]) for m in long.finditer(flat(text))}
    states = [(m.start, m.end) for m in states_in(text) if not m.adjective] if found else []
    return sorted((at, group) for at, (end, group) in found.items() if not any(a <= at and end <= b for a, b in states))


def _may_be_word(text: str, found: re.Match[str]) -> bool:
    """Whether a short acronym may be a common word, as the line is all in capitals."""
    if found[0] not in WORDS or not text.isupper():
        return False
    return found.start() > 0 and not OWN.search(text, max(0, found.start() - 16), found.start())


def spoken_for(text: str, script: str) -> str | None:
    """The group a line says the statement is made for: `on behalf of the African Group`.

    None once the line aligns itself with somebody: what it names then is another's statement.
    """
    plain = flat(text)
    aligned = phrases(script, "aligns").search(plain)
    for words in phrases(script, "on_behalf").finditer(plain, 0, aligned.start() if aligned else len(plain)):
        until = min(words.end() + REACH, aligned.start() if aligned else len(plain))
        near = find_groups(text[words.end() : until], script)
        if near and near[0][0] < (6 if script == "han" else 60):
            return near[0][1]
    return None
