"""`attache config init` at a terminal: four questions, each answered by Enter if need be."""

from __future__ import annotations

import sys
from collections.abc import Callable

from bot.config import edit, values
from bot.domain.timing import parse_schedule
from bot.errors import UsageError

CONSOLE = "console"
PLACES = (CONSOLE, "discord", "slack")
NEXT = {
    CONSOLE: "`make run` serves it",
    "discord": "connect Discord (docs/discord.md), ask `attache doctor` what is missing, then `make run`",
    "slack": "connect Slack (docs/slack.md), ask `attache doctor` what is missing, then `make run`",
}


def asked() -> edit.Wishes:
    """What somebody at the terminal wants. Raises UsageError if they leave off; nothing is written then."""
    usual = edit.Wishes()
    place = _ask(f"Where to: {', '.join(PLACES)}?", usual.adapter, _place)
    destination = usual.destination
    if place != CONSOLE:
        destination = _ask("The channel's id? (Enter: it is subscribed from chat)", "", str.strip)
    schedule = _ask("When, in local time?", usual.schedule, lambda words: str(parse_schedule(words)) and words)
    zone = _ask("Whose local time?", usual.zone, lambda words: values.zone(words).key)
    return edit.Wishes(adapter=place, destination=destination, schedule=schedule, zone=zone)


def _ask(question: str, usual: str, read: Callable[[str], str]) -> str:
    """One answer that can be read; what cannot be is told, and asked again."""
    while True:
        try:
            answer = input(f"{question} [{usual}] " if usual else f"{question} ")
        except EOFError:
            raise UsageError("left off; nothing was written") from None
        try:
            return read(answer.strip() or usual)
        except ValueError as error:
            print(f"  {error}", file=sys.stderr)


def _place(words: str) -> str:
    if words.lower() not in PLACES:
        raise ValueError(f"should be one of {', '.join(PLACES)}, is {words!r}")
    return words.lower()
