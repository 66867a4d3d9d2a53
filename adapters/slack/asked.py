"""What Slack tells of a command, a button, a shortcut or a view, understood. Pure."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.calls import parse
from bot.domain.commands import BY_NAME, Command
from bot.domain.press import is_kept, parse_press
from bot.errors import UsageError

# A keyboard's own quotation marks, where a command line has straight ones.
STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "\u00a0": " "})
WRAPPED = re.compile(r"<(https?://[^<|>\s]+)(?:\|[^<>]*)?>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who asks, where, and how they can be answered.

    `workspace` is the one the app was installed in (an organization's id where all of it installed it). `view` is the
    id of the modal in which a button was pressed, `home` whether it was on the app's own page.
    """

    user: str
    workspace: str
    channel: str = ""
    response_url: str = ""
    trigger: str = ""
    private_message: bool = False
    view: str = ""
    home: bool = False

    @property
    def direct(self) -> bool:
        """Whether nobody but them reads where they write."""
        return self.channel.startswith("D")


def who(body: Mapping[str, Any]) -> Who:
    """Who sent a payload: a command's, an interaction's, an event's."""
    event = body.get("event") or {}
    view, container = body.get("view") or {}, body.get("container") or {}
    channel = body.get("channel_id") or _id(body.get("channel")) or container.get("channel_id")
    return Who(
        user=str(body.get("user_id") or _id(body.get("user")) or event.get("user") or ""),
        workspace=_workspace(body),
        channel=str(channel or metadata(view).get("channel") or ""),
        response_url=str(body.get("response_url") or ""),
        trigger=str(body.get("trigger_id") or ""),
        private_message=bool(container.get("is_ephemeral")),
        view=str(view.get("id") or "") if view.get("type") == "modal" else "",
        home=view.get("type") == "home",
    )


def _workspace(body: Mapping[str, Any]) -> str:
    user = body.get("user") if isinstance(body.get("user"), Mapping) else {}
    (authorization, *_) = body.get("authorizations") or [{}]
    whole = body.get("is_enterprise_install", authorization.get("is_enterprise_install"))
    if str(whole).lower() == "true":
        enterprise = body.get("enterprise_id") or _id(body.get("enterprise")) or authorization.get("enterprise_id")
        return str(enterprise or "")
    return str(body.get("team_id") or _id(body.get("team")) or (user or {}).get("team_id") or "")


def _id(thing: Any) -> str:
    return str(thing.get("id") or "") if isinstance(thing, Mapping) else ""


def metadata(view: Mapping[str, Any]) -> Mapping[str, Any]:
    """What we wrote into a view for ourselves."""
    try:
        found = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, Mapping) else {}


def line_typed(text: str) -> str:
    """A command line as it was meant: Slack writes &, < and > as entities and may wrap an address."""
    return WRAPPED.sub(r"\1", html.unescape(text)).translate(STRAIGHT).strip()


def command_of(line: str) -> Command | None:
    """The command that a line begins with, as far as it is one."""
    return BY_NAME.get(line.partition(" ")[0].lower())


def command_behind(words: str) -> Command | None:
    """The command that a button stands for, None if only the store knows."""
    try:
        return None if is_kept(words) else parse(parse_press(words).line).command
    except UsageError:
        return None


def message_text(message: Mapping[str, Any]) -> str:
    """The text of a message, with the addresses that stand in its blocks and attachments."""
    return "\n".join(dict.fromkeys(words for words in map(html.unescape, _texts(message)) if words))


def _texts(thing: Any) -> Iterator[str]:
    if isinstance(thing, Mapping):
        links = [str(thing[key]) for key in ("url", "from_url", "original_url", "title_link") if thing.get(key)]
        words = thing.get("text")
        yield from ([WRAPPED.sub(r"\1", words)] if isinstance(words, str) else [])
        yield from links
        for inner in (words, *(thing.get(key) for key in ("blocks", "elements", "attachments", "message_blocks"))):
            yield from _texts(inner)
    elif isinstance(thing, list):
        for inner in thing:
            yield from _texts(inner)
