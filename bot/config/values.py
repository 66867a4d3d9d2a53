"""How one value is read: each function returns the value or raises ValueError saying what would be right.

Values come from TOML with their types, from variables as text; both are accepted everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot.domain.rewriting import LANGUAGES
from bot.domain.source import parse_every
from bot.domain.timing import zones
from bot.reading.states import codes

Choice = TypeVar("Choice", bound=StrEnum)
Parsed = TypeVar("Parsed")


def text(value: Any) -> str:
    """Words, not empty."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"should be words in quotes, is {value!r}")
    return value.strip()


def switch(value: Any) -> bool:
    """true or false."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in {"true", "false", "1", "0", "yes", "no"}:
        return value.lower() in {"true", "1", "yes"}
    raise ValueError(f"should be true or false, is {value!r}")


def words(value: Any) -> tuple[str, ...]:
    """A list of words; as one text, separated by commas."""
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, list):
        raise ValueError(f'should be a list such as ["a", "b"], is {value!r}')
    return tuple(text(part) for part in value)


def choice(kind: type[Choice], value: Any) -> Choice:
    """One value of a closed list."""
    try:
        return kind(text(value))
    except ValueError:
        raise ValueError(f"should be one of {', '.join(kind)}; is {value!r}") from None


def choices(kind: type[Choice], value: Any) -> tuple[Choice, ...]:
    """Several values of a closed list."""
    return tuple(choice(kind, part) for part in words(value))


def country(value: Any) -> str:
    """A country's ISO 3166-1 alpha-3 code."""
    code = text(value).upper()
    if code not in codes():
        raise ValueError(f"should be a country's three-letter code (ISO 3166-1) such as CHN, is {value!r}")
    return code


def countries(value: Any) -> tuple[str, ...]:
    """Several countries' codes."""
    return tuple(country(part) for part in words(value))


def duration(value: Any) -> timedelta:
    """A length of time: `90s`, `30m`, `12h`, `7d`."""
    return parse_every(text(value))


def retention(value: Any) -> timedelta:
    """How long something is remembered: a day at least."""
    length = duration(value)
    if length < timedelta(days=1):
        raise ValueError(f"should be a day or longer, such as 90d, is {value!r}")
    return length


def lease(value: Any) -> timedelta:
    """A length of time that a busy machine does not take for a dead one, and people do not wait out."""
    length = duration(value)
    if not timedelta(seconds=2) <= length <= timedelta(minutes=10):
        raise ValueError(f"should be between 2s and 10m, is {value!r}")
    return length


def written(value: Any) -> str:
    """One of the languages that machine-written lines can be in."""
    code = text(value).lower()
    if code not in LANGUAGES:
        raise ValueError(f"should be one of {', '.join(LANGUAGES)}; is {value!r}")
    return code


def web_address(value: Any) -> str:
    """An http:// or https:// address."""
    address = text(value)
    if not address.startswith(("http://", "https://")):
        raise ValueError(f"should begin with http:// or https://, is {value!r}")
    return address


def site(value: Any) -> str:
    """The address of a whole site, without a slash at its end."""
    return web_address(value).rstrip("/")


def port(value: Any) -> int:
    """A port to listen at; 0 for any that is free."""
    number = int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= 65535:
        raise ValueError(f"should be a number from 0 to 65535, is {value!r}")
    return number


def zone(value: Any) -> ZoneInfo:
    """An IANA time zone."""
    name = text(value)
    if name not in zones():
        raise ValueError(f"should be an IANA time zone such as Europe/Geneva's 'Europe/Zurich', is {value!r}")
    return ZoneInfo(name)


def database(value: Any) -> str:
    """A database's address."""
    url = text(value)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("should begin with sqlite:/// or postgresql+psycopg://")  # the value may hold a password
    return url


def parsed(parse: Callable[[str], Parsed]) -> Callable[[Any], Parsed]:
    """A reader of text that a domain function parses."""
    return lambda value: parse(text(value))
