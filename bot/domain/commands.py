"""Every slash command, declared once: the same on every platform and in the terminal.

A command line is `name words… option:value option:"two words"`. Options that several commands share are the filters.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from bot.domain.subscription import Filter
from bot.domain.taxonomy import FORUM_NAMES, Forum, Topic
from bot.errors import UsageError

Chosen = TypeVar("Chosen", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of a command: its name, what it means, the closed list of its values if it has one."""

    name: str
    about: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command. `words` names what follows the command itself (empty: nothing does); `needed` if it must."""

    name: str
    about: str
    words: str = ""
    needed: bool = False
    options: tuple[Option, ...] = ()


class FilterName(StrEnum):
    """The filters every look-up takes."""

    COUNTRY = "country"
    FORUM = "forum"
    TOPIC = "topic"
    LANGUAGE = "language"
    SINCE = "since"
    UNTIL = "until"


FILTERS = (
    Option(name="country", about="three-letter code or name, several with commas: country:CHN,EST"),
    Option(name="forum", about="where it was said", choices=tuple(Forum)),
    Option(name="topic", about="what a position is about", choices=tuple(Topic)),
    Option(name="language", about="language of the statement: en, fr, es, ru, zh, ar"),
    Option(name="since", about="first day, YYYY-MM-DD"),
    Option(name="until", about="last day, YYYY-MM-DD"),
)

COMMANDS: tuple[Command, ...] = (
    Command(name="latest", about="The newest statements", options=FILTERS),
    Command(name="search", about="Statements that hold all your words", words="words", needed=True, options=FILTERS),
    Command(name="show", about="One statement's brief", words="id or address", needed=True),
    Command(name="positions", about="Who takes which stance on a topic", words="topic", needed=True, options=FILTERS),
    Command(name="compare", about="Two states side by side", words="state state", needed=True, options=FILTERS),
    Command(name="new", about="What a state says that it had not said before", words="state", needed=True),
    Command(name="digest", about="A digest of what passes the filters", options=FILTERS),
    Command(name="read", about="Brief the document at an address", words="address", needed=True),
    Command(name="sources", about="The sources and how they fare"),
    Command(name="why", about="Why something was or was not posted", words="id or address", needed=True),
    Command(name="status", about="How the service fares"),
    Command(name="help", about="The commands, or one of them", words="command"),
)
BY_NAME: Mapping[str, Command] = {command.name: command for command in COMMANDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A command line, understood: the command, the words after it, its options as written."""

    command: Command
    words: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


# One option or one word; a quoted part may hold spaces.
PIECE = re.compile(r'(?:([a-z]+):)?(?:"([^"]*)"|(\S+))')


def parse(line: str) -> Call:
    """A command line as a call. Raises UsageError, saying what is wrong and what would be right."""
    name, _, rest = line.strip().removeprefix("/brief").strip().partition(" ")
    command = BY_NAME.get(name.lower())
    if command is None:
        raise UsageError(_unknown("command", name, list(BY_NAME), "help lists them"))
    known = {option.name for option in command.options}
    words, options = [], dict[str, str]()
    for key, quoted, plain in PIECE.findall(rest):
        value = quoted or plain
        if key in known:
            options[key] = value
        elif key in set(FilterName):
            raise UsageError(f"{name} takes no {key}:; write it without")
        else:
            words.append(f"{key}:{value}" if key else value)
    call = Call(command=command, words=" ".join(words), options=options)
    if command.needed and not call.words:
        raise UsageError(f"{name} needs words: {name} <{command.words}>")
    return call


def to_filter(options: Mapping[str, str], country_code: Callable[[str], str | None]) -> Filter:
    """The filter the options of a call ask for; `country_code` finds a state by code or name.

    Raises UsageError for a value that is not one.
    """
    return Filter(
        countries=frozenset(_country(word, country_code) for word in _split(options, FilterName.COUNTRY)),
        forums=frozenset(_choice(Forum, word, "forum") for word in _split(options, FilterName.FORUM)),
        topics=frozenset(_choice(Topic, word, "topic") for word in _split(options, FilterName.TOPIC)),
        languages=frozenset(word.lower() for word in _split(options, FilterName.LANGUAGE)),
        since=_day(options, FilterName.SINCE),
        until=_day(options, FilterName.UNTIL),
    )


def _split(options: Mapping[str, str], name: str) -> list[str]:
    return [word.strip() for word in options.get(name, "").split(",") if word.strip()]


def _country(word: str, country_code: Callable[[str], str | None]) -> str:
    code = country_code(word)
    if code is None:
        raise UsageError(f"country:{word} is no state; write its name or three-letter code, such as country:CHN")
    return code


def topic_of(words: str) -> Topic:
    """A topic by its slug or its words. Raises UsageError."""
    return _choice(Topic, words, "topic")


def _choice(kind: type[Chosen], word: str, name: str) -> Chosen:
    wanted = word.casefold().replace(" ", "_").replace("-", "_")
    for value in kind:
        spoken = FORUM_NAMES[value].casefold().replace(" ", "_") if isinstance(value, Forum) else ""
        if wanted in {value.casefold().replace("-", "_"), spoken}:
            return value
    raise UsageError(_unknown(name, word, [str(value) for value in kind], f"known: {', '.join(kind)}"))


def _day(options: Mapping[str, str], name: str) -> date | None:
    if name not in options:
        return None
    try:
        return date.fromisoformat(options[name])
    except ValueError:
        raise UsageError(f"{name}:{options[name]} is no day; write it as {name}:2026-11-23") from None


def _unknown(what: str, word: str, known: list[str], otherwise: str) -> str:
    near = difflib.get_close_matches(word, known, 1)
    return f"no {what} is called {word!r}; " + (f"did you mean {near[0]!r}?" if near else otherwise)
