"""What the options of `subscribe` make of a channel, and how each would be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.domain.calls import to_filter
from bot.domain.commands import ANY, FilterName
from bot.domain.quiet import parse_quiet
from bot.domain.source import parse_every
from bot.domain.subscription import Channel, Filter, Style
from bot.domain.timing import parse_schedule, zones
from bot.errors import UsageError
from bot.services.naming import find_code

Value = TypeVar("Value")
LONGEST_LOOKBACK = timedelta(days=3650)


def changed(channel: Channel, options: Mapping[str, str]) -> Channel:
    """The channel with what the options name; the rest as it was. Raises UsageError."""
    named = {key: value for key, value in options.items() if key in set(FilterName)}
    asked = to_filter({key: value for key, value in named.items() if value.casefold() != ANY}, find_code)
    was = channel.filter
    wanted = Filter(
        countries=asked.countries if FilterName.COUNTRY in named else was.countries,
        forums=asked.forums if FilterName.FORUM in named else was.forums,
        topics=asked.topics if FilterName.TOPIC in named else was.topics,
        languages=asked.languages if FilterName.LANGUAGE in named else was.languages,
    )
    return replace(
        channel,
        filter=wanted,
        schedule=_read(options, "schedule", parse_schedule, channel.schedule),
        zone=_read(options, "time_zone", _zone, channel.zone),
        quiet=_read(options, "quiet", parse_quiet, channel.quiet),
        style=_read(options, "style", _style, channel.style),
        lookback=_read(options, "lookback", _lookback, channel.lookback),
    )


def _read(options: Mapping[str, str], name: str, read: Callable[[str], Value], present: Value) -> Value:
    if name not in options:
        return present
    try:
        return read(options[name])
    except ValueError as error:
        raise UsageError(f"{name}: {error}") from None


def _zone(words: str) -> ZoneInfo:
    names = {name.casefold(): name for name in zones()}
    name = names.get(words.strip().replace(" ", "_").casefold())
    if name is None:
        raise ValueError(f"{words!r} is no time zone; write one such as Europe/Zurich or America/New_York")
    return ZoneInfo(name)


def _style(words: str) -> Style:
    try:
        return Style(words.casefold())
    except ValueError:
        raise ValueError(f"{words!r} is no style; write {' or '.join(Style)}") from None


def _lookback(words: str) -> timedelta:
    length = parse_every(words)
    if length > LONGEST_LOOKBACK:
        raise ValueError(f"{words} is too long; the first digest reaches back {LONGEST_LOOKBACK.days}d at most")
    return length


def values(channel: Channel) -> dict[str, str]:
    """What each option of `subscribe` would be written as."""
    wanted = channel.filter
    return {
        "schedule": str(channel.schedule),
        "time_zone": channel.zone.key,
        "quiet": str(channel.quiet),
        "name": channel.name,
        FilterName.COUNTRY: ",".join(sorted(wanted.countries)),
        FilterName.FORUM: ",".join(sorted(wanted.forums)),
        FilterName.TOPIC: ",".join(sorted(wanted.topics)),
        FilterName.LANGUAGE: ",".join(sorted(wanted.languages)),
        "style": channel.style,
        "lookback": _length(channel.lookback),
    }


def _length(time: timedelta) -> str:
    days, rest = divmod(time, timedelta(days=1))
    return f"{int(time.total_seconds())}s" if rest else f"{days}d"
