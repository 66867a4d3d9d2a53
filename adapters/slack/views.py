"""Modals and the app's own page, made of messages that the renderer wrote. Pure.

Limits: 100 blocks to a view, title 24, private_metadata 3000.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.domain.text import label

BLOCKS, TITLE, BUTTON_TEXT = 100, 24, 75
SUBSCRIBE_BUTTON, SCHEDULE_BUTTON, REFRESH_BUTTON, HELP_BUTTON = "form-subscribe", "form-schedule", "refresh", "help"

Block = dict[str, Any]


def modal(
    title: str, blocks: Sequence[Mapping[str, Any]], *, channel: str, submit: str = "", callback: str = "answer"
) -> dict[str, Any]:
    """A modal; it remembers the channel it is about."""
    made: dict[str, Any] = {
        "type": "modal",
        "callback_id": callback,
        "title": plain(title, TITLE),
        "close": plain("Close", TITLE),
        "private_metadata": json.dumps({"channel": channel}),
        "blocks": fitted(blocks),
    }
    return made | ({"submit": plain(submit, TITLE)} if submit else {})


def waiting(channel: str) -> dict[str, Any]:
    """What is shown while the answer is made: a trigger is good for three seconds, whatever the store does."""
    return modal("Attaché", [paragraph("One moment …")], channel=channel)


def home(subscriptions: Iterable[Mapping[str, Any]], latest: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The app's own page: what the workspace's channels are told, and the latest briefs."""
    buttons = [
        button("Subscribe a channel …", SUBSCRIBE_BUTTON, primary=True),
        button("Refresh", REFRESH_BUTTON),
        button("Help", HELP_BUTTON),
    ]
    blocks = [{"type": "actions", "elements": buttons}, *subscriptions, {"type": "divider"}, *latest]
    return {"type": "home", "blocks": fitted(blocks)}


def changing() -> Block:
    """The buttons under what a channel is told."""
    buttons = [button("Change …", SUBSCRIBE_BUTTON), button("Schedule …", SCHEDULE_BUTTON)]
    return {"type": "actions", "elements": buttons}


def fitted(blocks: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """As many blocks as a view holds; where that is not all, the last one says so."""
    if len(blocks) <= BLOCKS:
        return list(blocks)
    return [*blocks[: BLOCKS - 1], paragraph("There is more than fits here: ask with /brief in a channel.")]


def paragraph(words: str) -> Block:
    """A line of plain text."""
    return {"type": "context", "elements": [plain(words)]}


def button(words: str, action: str, *, primary: bool = False) -> Block:
    """A button of the adapter's own."""
    made: Block = {"type": "button", "action_id": action, "text": plain(words, BUTTON_TEXT), "value": action}
    return made | ({"style": "primary"} if primary else {})


def plain(words: str, most: int = 2000) -> dict[str, Any]:
    """Plain text as a block holds it."""
    return {"type": "plain_text", "text": label(words, most)}
