"""Values for an option while it is typed: from memory, for statements from one query; as many as a list shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from bot.domain.commands import BY_NAME, COMMANDS, Holds, Option, Suggestion
from bot.domain.quiet import NONE, parse_quiet
from bot.domain.search import fold
from bot.domain.subscription import Filter
from bot.domain.taxonomy import FORUM_NAMES, Topic
from bot.domain.text import one_line, shorten, units
from bot.domain.timing import LIVE, parse_schedule, zones
from bot.ports import StatementStore
from bot.reading.states import codes, country_name
from bot.services.naming import find_code
from bot.services.wording import byline

MOST = 25
LONGEST = 100
LANGUAGES = {"ar": "Arabic", "en": "English", "es": "Spanish", "fr": "French", "ru": "Russian", "zh": "Chinese"}
SCHEDULES = ("daily 08:00", "mon-fri 08:00", "mon-fri 08:00,17:00", "mon 09:00", "mon,thu 09:00", "fri 16:00", LIVE)
NIGHT, WEEKEND = "22:00-07:00", "sat,sun 00:00-24:00"
QUIET = {NONE: "no quiet hours", NIGHT: "at night", f"mon-fri 20:00-08:00; {WEEKEND}": "out of office hours"}
LENGTHS = {"1d": "one day", "7d": "a week", "14d": "two weeks", "30d": "a month", "90d": "three months"}

READ: dict[Holds, Callable[[str], object]] = {Holds.QUIET: parse_quiet, Holds.SCHEDULE: parse_schedule}

Pair = tuple[str, str]
"""A value and what a reader calls it."""


def suggestions(command: str, option: str, typed: str, statements: StatementStore) -> Sequence[Suggestion]:
    """Values for an option of a command, the likeliest first. Raises AttacheError if the store does not answer."""
    declared = next((o for o in BY_NAME[command].every if o.name == option), None) if command in BY_NAME else None
    if declared is None or not declared.suggested:
        return ()
    before, _, last = typed.rpartition(",") if declared.several else ("", "", typed)
    lead = f"{before}," if before else ""
    found = _statements(last, statements) if declared.holds is Holds.STATEMENT else _fitting(declared, last)
    made = (Suggestion(label=_label(lead, label), value=lead + value) for value, label in found)
    return [each for each in made if units(each.value) <= LONGEST][:MOST]


def _label(lead: str, label: str) -> str:
    return shorten(one_line(f"{lead} {label}"), LONGEST) or "–"


def _fitting(option: Option, typed: str) -> Iterable[Pair]:
    wanted = fold(typed).strip()
    if option.holds is Holds.STATE and (code := find_code(typed.strip())):
        # A code or a name in any of the languages is meant as it stands.
        return [(code, _named(country_name(code), code))]
    if typed and option.holds in READ and (read := _read(READ[option.holds], typed)):
        return [(read, read)]
    ranked = ((rank, pair) for pair in _known(option.holds) if (rank := _rank(wanted, pair)) is not None)
    return [pair for _, pair in sorted(ranked, key=lambda each: each[0])]


def _read(parse: Callable[[str], object], typed: str) -> str | None:
    """What was typed, as it is written, if it is right already."""
    try:
        return str(parse(typed))
    except ValueError:
        return None


def _rank(wanted: str, pair: Pair) -> int | None:
    """How well a pair fits what was typed: it begins so, a word of it does, it holds it; None if it does not."""
    folded = fold(" ".join(pair))
    if not wanted or fold(pair[0]).startswith(wanted) or fold(pair[1]).startswith(wanted):
        return 0
    if f" {wanted}" in folded:
        return 1
    return 2 if wanted in folded else None


@cache
def _known(holds: Holds) -> tuple[Pair, ...]:
    match holds:
        case Holds.STATE:
            names = ((code, country_name(code)) for code in codes())
            return tuple((code, _named(name, code)) for code, name in sorted(names, key=lambda pair: fold(pair[1])))
        case Holds.FORUM:
            return tuple((forum.value, _named(name, forum)) for forum, name in FORUM_NAMES.items())
        case Holds.TOPIC:
            return tuple((topic.value, topic.replace("_", " ").capitalize()) for topic in Topic)
        case Holds.LANGUAGE:
            return tuple((code, _named(name, code)) for code, name in LANGUAGES.items())
        case Holds.COMMAND:
            return tuple((command.name, f"{command.name}: {command.about}") for command in COMMANDS)
        case Holds.SCHEDULE:
            return tuple((schedule, schedule) for schedule in SCHEDULES)
        case Holds.ZONE:
            return tuple((zone, zone.replace("_", " ")) for zone in sorted(zones()) if "/" in zone)
        case Holds.QUIET:
            return tuple((hours, _named(words, hours)) for hours, words in QUIET.items())
        case Holds.LENGTH:
            return tuple((length, _named(words, length)) for length, words in LENGTHS.items())
    return ()


def _named(name: str, value: str) -> str:
    return f"{name} ({value})"


def _statements(typed: str, store: StatementStore) -> list[Pair]:
    found = store.search(typed, Filter(), limit=MOST)
    return [(brief.statement.id, f"{brief.statement.title} · {byline(brief)}") for brief in found.briefs]
