"""The commands as Discord registers them, and what a person chose in them as text. Pure.

Limits: Discord API documentation, interactions/application-commands (25 options and choices, name 32, description 100,
8,000 characters in all the names, descriptions and values of one command).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.commands import COMMANDS, Command, Option

SLASH = "brief"
BRIEF_THIS = "Brief this"
CHAT_INPUT, MESSAGE = 1, 3
SUBCOMMAND, TEXT = 1, 3
IN_SERVERS_AND_WITH_THE_BOT = {"contexts": [0, 1], "integration_types": [0]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A command as it was chosen: its options as text by name, and the one being typed, for suggestions."""

    command: str
    options: Mapping[str, str]
    typing: str | None = None


def registration() -> list[dict[str, Any]]:
    """Every application command: `/brief` with a subcommand for each of ours, and ‘Brief this’ on messages.

    Discord keeps rights per command, not per subcommand, and look-ups are for everybody: that only channel managers
    may subscribe is for the desk to say (`Asker.may_manage`).
    """
    slash = {
        "name": SLASH,
        "type": CHAT_INPUT,
        "description": "New UN statements on cyber security: look up, compare, subscribe",
        "options": [_subcommand(command) for command in COMMANDS],
    }
    return [slash | IN_SERVERS_AND_WITH_THE_BOT, {"name": BRIEF_THIS, "type": MESSAGE} | IN_SERVERS_AND_WITH_THE_BOT]


def _subcommand(command: Command) -> dict[str, Any]:
    return {
        "name": command.name,
        "type": SUBCOMMAND,
        "description": command.about,
        "options": [_option(option) for option in command.every],
    }


def _option(option: Option) -> dict[str, Any]:
    registered: dict[str, Any] = {
        "name": option.name,
        "type": TEXT,
        "description": option.about,
        "required": option.needed,
    }
    if option.choices:
        registered["choices"] = [{"name": str(choice), "value": str(choice)} for choice in option.choices]
    elif option.suggested:
        registered["autocomplete"] = True
    return registered


def asked(data: Mapping[str, Any]) -> Asked:
    """What an interaction's data says was asked; a slash command without a subcommand is a call for help."""
    subcommand = next(iter(data.get("options") or ()), None)
    if subcommand is None or subcommand.get("type") != SUBCOMMAND:
        return Asked(command="help", options={})
    chosen = subcommand.get("options") or ()
    return Asked(
        command=str(subcommand["name"]),
        options={str(option["name"]): str(option.get("value", "")) for option in chosen},
        typing=next((str(option["name"]) for option in chosen if option.get("focused")), None),
    )


def message_text(data: Mapping[str, Any]) -> str:
    """The text of the message that ‘Brief this’ was chosen on, with the addresses of its embeds."""
    messages = (data.get("resolved") or {}).get("messages") or {}
    message = messages.get(str(data.get("target_id"))) or {}
    return "\n".join(_texts(message))


def _texts(message: Mapping[str, Any]) -> Iterator[str]:
    yield message.get("content") or ""
    for embed in message.get("embeds") or ():
        yield from (str(embed[key]) for key in ("url", "description") if embed.get(key))
    for forwarded in message.get("message_snapshots") or ():
        yield from _texts(forwarded.get("message") or {})
