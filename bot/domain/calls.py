"""What was asked, understood: a command line, or a command with named options, as a call.

A command line is `name words… option:value option:"two words"`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from bot.domain.chart import ChartName
from bot.domain.commands import BY_NAME, Command, FilterName
from bot.domain.subscription import Filter
from bot.domain.taxonomy import FORUM_NAMES, Forum, Stance, Topic
from bot.errors import UsageError

Chosen = TypeVar("Chosen", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A command and what was given to it.

    `words` is what its own words came to, wherever they stood, `options` the rest by name.
    """

    command: Command
    words: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


# One option or one word; a quoted part may hold spaces.
PIECE = re.compile(r'(?:([a-z_]+):)?(?:"([^"]*)"|(\S+))')


def parse(line: str) -> Call:
    """A command line as a call. Raises UsageError, saying what is wrong and what would be right."""
    name, _, rest = line.strip().removeprefix("/brief").strip().partition(" ")
    command = _command(name)
    known = {option.name for option in command.every}
    words, options = [], dict[str, str]()
    for key, quoted, plain in PIECE.findall(rest):
        value = quoted or plain
        if key in known:
            options[key] = value
        elif key in set(FilterName):
            raise UsageError(f"{name} takes no {key}:; write it without")
        else:
            words.append(f"{key}:{value}" if key else value)
    return _called(command, options, words)


def call(name: str, options: Mapping[str, str]) -> Call:
    """A command with its options by name as a call; an empty value is one not given. Raises UsageError."""
    command = _command(name)
    known = [option.name for option in command.every]
    for key in options:
        if key not in known:
            raise UsageError(_unknown(f"option of {name}", key, known, f"it takes {', '.join(known) or 'none'}"))
    return _called(command, {key: " ".join(value.split()) for key, value in options.items()}, [])


def line_of(call: Call) -> str:
    """A call as a command line, which `parse` reads as the same call."""
    words = [f'"{_unquoted(call.words)}"'] if call.words else []
    options = [
        f'{key}:"{_unquoted(value)}"' if " " in value else f"{key}:{value}" for key, value in call.options.items()
    ]
    return " ".join((call.command.name, *words, *options))


def _unquoted(words: str) -> str:
    return words.replace('"', "'")


def _command(name: str) -> Command:
    command = BY_NAME.get(name.lower())
    if command is None:
        raise UsageError(_unknown("command", name, list(BY_NAME), "help lists them"))
    return command


def _called(command: Command, options: Mapping[str, str], words: list[str]) -> Call:
    # Two words such as `compare` takes are told apart by the comma, where they came by name.
    named = ", ".join(options[option.name] for option in command.words if options.get(option.name))
    said = " ".join(word for word in (named, *words) if word)
    own = {option.name for option in command.words}
    if command.needed and not said:
        wanted = " ".join(f"<{option.name}>" for option in command.words)
        raise UsageError(f"{command.name} needs words: {command.name} {wanted}")
    rest = {key: value for key, value in options.items() if value and key not in own}
    return Call(command=command, words=said, options=rest)


def to_filter(options: Mapping[str, str], country_code: Callable[[str], str | None]) -> Filter:
    """The filter the options of a call ask for; `country_code` finds a state by code or name.

    Raises UsageError for a value that is not one.
    """
    return Filter(
        countries=frozenset(_country(word, country_code) for word in _split(options, FilterName.COUNTRY)),
        forums=frozenset(_choice(Forum, word, "forum") for word in _split(options, FilterName.FORUM)),
        topics=frozenset(_choice(Topic, word, "topic") for word in _split(options, FilterName.TOPIC)),
        languages=frozenset(map(_language, _split(options, FilterName.LANGUAGE))),
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


def _language(word: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2}", word):
        raise UsageError(f"language:{word} is no language's code; write two letters, such as language:fr")
    return word.lower()


def topic_of(words: str) -> Topic:
    """A topic by its slug or its words. Raises UsageError."""
    return _choice(Topic, words, "topic")


def chart_of(words: str) -> ChartName:
    """A chart by its name. Raises UsageError."""
    return _choice(ChartName, words, "chart")


def stance_of(words: str) -> Stance:
    """A stance by its slug or its words. Raises UsageError."""
    return _choice(Stance, words, "stance")


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
