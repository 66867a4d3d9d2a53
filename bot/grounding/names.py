"""Who and what a text names: states, groups, institutions, names with a capital."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot import data
from bot.briefing.lexicon import fold as letters
from bot.briefing.vocabulary import vocabulary
from bot.domain.brief import Brief
from bot.domain.search import fold
from bot.reading.states import country_name, find_states
from bot.reading.who.groups import find_groups
from bot.reading.who.vocabulary import script_of_language

WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Named:
    """A state (by code) or group named at `text[start:end]`."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks, as a text of one language may name them; `names` are codes of states and names of groups."""

    names: frozenset[str]
    person: str | None
    shown: str

    def __bool__(self) -> bool:
        return bool(self.shown)


def speaker_of(brief: Brief, language: str) -> Speaker:
    """The speaker of a statement for texts of a language; false where that language has no name for them."""
    s = brief.statement
    names = frozenset(name for name in (s.country, s.group) if name)
    shown = _group_name(s.group, language) if s.group else ""
    if not shown and s.country:
        shown = country_name(s.country, language)
    person = s.speaker if s.speaker and not names and language == s.language else None
    return Speaker(names=names, person=person, shown=shown or person or "")


def _group_name(group: str, language: str) -> str:
    forms = data.table("groups.toml").get(group, {}).get(language, [])
    return next((form for form in forms if len(form) > 4), forms[0] if forms else "")


def named(text: str, language: str) -> list[Named]:
    """The states and groups a text names, in order."""
    states = [Named(m.code, m.start, m.end) for m in find_states(text, language)]
    taken = [(one.start, one.end) for one in states]
    groups = [
        Named(group, at, at)
        for at, group in find_groups(text, script_of_language(language))
        if not any(start <= at < end for start, end in taken)
    ]
    return sorted(states + groups, key=lambda one: one.start)


def opens_with(text: str, language: str, speaker: Speaker) -> Named | None:
    """Where a text begins with the speaker's name as its only subject; None where it does not."""
    words = vocabulary(language)
    found = _opening(text, language, speaker)
    if found is None:
        return None
    before, after = text[: found.start], text[found.end :]
    if any(fold(word) not in words.articles for word in WORD.findall(before)):
        return None
    if not words.spaced:
        return None if after.startswith(tuple(words.joins)) or not after[:1].isalnum() else found
    following = WORD.match(after.lstrip(" \u00a0"))
    lone = after.startswith(" ") and following is not None and fold(following[0]) not in words.joins
    return found if lone else None


def _opening(text: str, language: str, speaker: Speaker) -> Named | None:
    # The longest name first: `the Nordic countries` is not the countries of anybody called Nordic.
    for name in _forms(speaker, language):
        at = letters(text).casefold().find(letters(name).casefold())
        if 0 <= at <= 4:
            return Named(next(iter(sorted(speaker.names)), name), at, at + len(name))
    return next((one for one in named(text, language)[:1] if one.name in speaker.names and one.end > one.start), None)


@lru_cache(maxsize=256)
def _forms(speaker: Speaker, language: str) -> tuple[str, ...]:
    groups = [form for name in speaker.names for form in data.table("groups.toml").get(name, {}).get(language, ())]
    return tuple(sorted({*groups, speaker.shown}, key=len, reverse=True))


def same_cast(text: str, quoted: str, language: str, of: str, speaker: Speaker, *, opening: int) -> bool:
    """Whether a text names the quotes' states and groups, in their order, besides the speaker at its opening.

    The order is what tells who does and who suffers; where a word before a name says so (`by`), it must be there too.
    """
    said, heard = named(text, language), named(quoted, of)
    rest = [one for one in said if one.start >= opening]
    cast, others = [one.name for one in rest], [one.name for one in heard]
    if others and others[0] in speaker.names and cast == others[1:]:
        heard = heard[1:]
    elif cast != others:
        return False
    return _acting(text, rest, language) == _acting(quoted, heard, of) and (
        language != of or _before(text, rest, language) == _before(quoted, heard, of)
    )


def _acting(text: str, cast: Sequence[Named], language: str) -> list[bool]:
    agents = vocabulary(language).agents
    return [bool(agents.search(_lead(text, one, language))) for one in cast]


def _before(text: str, cast: Sequence[Named], language: str) -> list[str]:
    """The word before each name, articles left out."""
    if not vocabulary(language).spaced:
        return [_lead(text, one, language)[-1:] for one in cast]
    return [(WORD.findall(_lead(text, one, language)) or [""])[-1].casefold() for one in cast]


def _lead(text: str, one: Named, language: str) -> str:
    """What stands right before a name, articles left out."""
    words, lead = vocabulary(language), letters(text[: one.start]).rstrip()
    while (last := WORD.search(lead[-16:].rpartition(" ")[2])) and fold(last[0]) in words.articles:
        lead = lead[: lead.rfind(last[0])].rstrip()
    return lead


def strange_name(text: str, quoted: str, language: str, of: str, speaker: Speaker, forum: str | None) -> bool:
    """Whether a text bears a name that neither the quotes nor what is known of the speaker bear."""
    words, plain = vocabulary(language), letters(text)
    concepts = _institutions(quoted, of) | _FORUMS.get(forum or "", frozenset())
    if not _institutions(text, language) <= concepts:
        return True
    spans = [(one.start, one.end) for one in named(text, language)]
    spans += [found.span() for name in words.institutions for found in words.institutions[name].finditer(plain)]
    spans += [found.span() for month in words.months.values() for found in month.finditer(plain)]
    known = {_bare(found[0]) for found in WORD.finditer(quoted)}
    known |= {_bare(found[0]) for form in _forms(speaker, language) for found in WORD.finditer(form)}
    for number, found in enumerate(WORD.finditer(text)):
        word = _bare(found[0])
        shielded = any(start <= found.start() and found.end() <= end for start, end in spans)
        opening = number == 0 and fold(word) in words.articles
        if _capital(word) and not shielded and not opening and word not in known and word not in words.titles:
            return True
    return False


def _bare(word: str) -> str:
    """A word without an elided article and a possessive."""
    return re.sub(r"^(?:[LlDdSsNnCcJjMm]|[Qq]u)['’](?=\w)", "", POSSESSIVE.sub("", word))


def _capital(word: str) -> bool:
    return any(char.isupper() or char.istitle() for char in word)


def _institutions(text: str, language: str) -> frozenset[str]:
    plain = letters(text)
    return frozenset(name for name, cue in vocabulary(language).institutions.items() if cue.search(plain))


_FORUMS: dict[str, frozenset[str]] = {
    "UNSC": frozenset({"security_council", "un"}),
    "UNGA": frozenset({"general_assembly", "un"}),
    "UNGA-C1": frozenset({"first_committee", "general_assembly", "un"}),
    "UNGA-C3": frozenset({"third_committee", "general_assembly", "un"}),
    "OEWG": frozenset({"working_group", "un"}),
    "GGE": frozenset({"experts", "un"}),
    "AHC": frozenset({"ad_hoc_committee", "un"}),
    "GM": frozenset({"global_mechanism", "un"}),
    "HRC": frozenset({"human_rights_council", "un"}),
}
