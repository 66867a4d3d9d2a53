"""Every message and view checked against Slack's limits (PLATFORMS): there is no official schema of Block Kit, and the
SDK's own models let 51 blocks, long fields and the same action_id twice pass."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

MESSAGE_KEYS = {
    *("channel", "user", "text", "blocks", "metadata", "thread_ts", "unfurl_links", "unfurl_media"),
    *("response_type", "replace_original", "delete_original"),
}
VIEW_KEYS = {
    *("type", "title", "blocks", "submit", "close", "private_metadata", "callback_id", "clear_on_close"),
    *("notify_on_close", "external_id"),
}
IN_MESSAGES = {"header", "section", "divider", "context", "actions", "image", "rich_text"}
IN_VIEWS = IN_MESSAGES | {"input"}
RICH_PARTS = {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
LEAVES = {"text", "link"}
SELECTS = {
    *("static_select", "external_select", "multi_static_select", "multi_external_select", "conversations_select"),
}
INPUTS = SELECTS | {"plain_text_input", "checkboxes", "radio_buttons", "timepicker"}


def units(text: str) -> int:
    """A text's length as the strictest counting has it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def message_complaints(body: Mapping[str, Any], files: Mapping[str, Any]) -> list[str]:
    """What is wrong with a message; nothing if Slack would take it."""
    found = [f"unknown key {key!r}" for key in set(body) - MESSAGE_KEYS]
    text, blocks = body.get("text") or "", body.get("blocks") or []
    if not text and not blocks:
        found.append("no_text")
    if units(text) > 4000:
        found.append(f"text of {units(text)}")
    if len(blocks) > 50:
        found.append(f"{len(blocks)} blocks")
    if sum(len(json.dumps(block, ensure_ascii=False)) for block in blocks) > 40_000:
        found.append("msg_blocks_too_long")
    return [*found, *_blocks(blocks, IN_MESSAGES, files), *_metadata(body.get("metadata"))]


def view_complaints(view: Mapping[str, Any], files: Mapping[str, Any]) -> list[str]:
    """What is wrong with a modal or a home tab."""
    found = [f"unknown key {key!r} in a view" for key in set(view) - VIEW_KEYS]
    modal = view.get("type") == "modal"
    if view.get("type") not in {"modal", "home"} or (modal and "title" not in view):
        found.append("a view without type or title")
    for key in ("title", "submit", "close"):
        if key in view and not (modal and 1 <= units(view[key]["text"]) <= 24 and view[key]["type"] == "plain_text"):
            found.append(f"{key} of a view: {view[key]}")
    if units(view.get("private_metadata", "")) > 3000 or units(view.get("callback_id", "")) > 255:
        found.append("private_metadata or callback_id too long")
    blocks = view.get("blocks") or []
    if not 1 <= len(blocks) <= 100:
        found.append(f"{len(blocks)} blocks in a view")
    if any(block["type"] == "input" for block in blocks) and modal and "submit" not in view:
        found.append("a modal with inputs needs submit")
    if len(json.dumps(view)) > 250_000:
        found.append("a view over 250 kB")
    return [*found, *_blocks(blocks, IN_VIEWS, files)]


def _metadata(metadata: Mapping[str, Any] | None) -> Iterator[str]:
    if metadata is not None and (set(metadata) != {"event_type", "event_payload"} or not metadata["event_type"]):
        yield f"metadata {metadata}"


def _blocks(blocks: Sequence[Mapping[str, Any]], allowed: set[str], files: Mapping[str, Any]) -> Iterator[str]:
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(ids)) != len(ids) or any(not 1 <= units(id) <= 255 for id in ids):
        yield "block_ids"
    for block in blocks:
        if block["type"] not in allowed:
            yield f"a block of type {block['type']}"
            continue
        yield from (f"{block['type']}: {wrong}" for wrong in _block(block, files))


def _block(block: Mapping[str, Any], files: Mapping[str, Any]) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield from _text(block["text"], 150, ("plain_text",))
        case "section":
            yield from _text(block["text"], 3000) if "text" in block else ()
            fields = block.get("fields", ())
            if len(fields) > 10 or not (fields or "text" in block):
                yield f"{len(fields)} fields"
            yield from (wrong for field in fields for wrong in _text(field, 2000))
        case "context":
            if not 1 <= len(block["elements"]) <= 10:
                yield f"{len(block['elements'])} elements"
            yield from (wrong for element in block["elements"] for wrong in _text(element, 3000))
        case "actions":
            yield from _actions(block["elements"])
        case "image":
            yield from _image(block, files)
        case "rich_text":
            yield from _rich(block)
        case "input":
            yield from _input(block)


def _text(text: Mapping[str, Any], most: int, types: tuple[str, ...] = ("plain_text", "mrkdwn")) -> Iterator[str]:
    if text["type"] not in types or not 1 <= units(text["text"]) <= most:
        yield f"text of {units(text['text'])} units as {text['type']}"


def _actions(elements: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not 1 <= len(elements) <= 25:
        yield f"{len(elements)} elements"
    ids = [element["action_id"] for element in elements]
    if len(set(ids)) != len(ids):
        yield "the same action_id twice"
    for element in elements:
        if not 1 <= units(element["action_id"]) <= 255:
            yield "an action_id too long"
        if element["type"] != "button":
            yield f"a {element['type']} among the actions"
            continue
        yield from _text(element["text"], 75, ("plain_text",))
        if units(element.get("value", "")) > 2000 or units(element.get("url", "")) > 3000:
            yield "a button's value or address too long"
        if element.get("style", "primary") not in {"primary", "danger"}:
            yield f"style {element['style']}"


def _image(block: Mapping[str, Any], files: Mapping[str, Any]) -> Iterator[str]:
    if not 1 <= units(block["alt_text"]) <= 2000:
        yield "alt text"
    if "slack_file" in block and (block["slack_file"].get("id") not in files):
        yield f"invalid slack file {block['slack_file']} [json-pointer:/blocks/0/slack_file]"


def _rich(block: Mapping[str, Any]) -> Iterator[str]:
    if not block["elements"]:
        yield "no elements"
    for part in block["elements"]:
        if part["type"] not in RICH_PARTS:
            yield f"part {part['type']}"
        yield from _leaves(part)


def _leaves(part: Mapping[str, Any]) -> Iterator[str]:
    for element in part.get("elements", ()):
        if "elements" in element:
            yield from _leaves(element)
        elif element["type"] not in LEAVES or not element.get("text"):
            yield f"leaf {element}"
        elif units(element.get("url", "")) > 3000:
            yield "an address too long"


def _input(block: Mapping[str, Any]) -> Iterator[str]:
    yield from _text(block["label"], 2000, ("plain_text",))
    yield from _text(block["hint"], 2000, ("plain_text",)) if "hint" in block else ()
    element = block["element"]
    if element["type"] not in INPUTS or not 1 <= units(element.get("action_id", "x")) <= 255:
        yield f"element {element['type']}"
    yield from _text(element["placeholder"], 150, ("plain_text",)) if "placeholder" in element else ()
    options = element.get("options", [])
    if len(options) > (10 if element["type"] in {"checkboxes", "radio_buttons"} else 100):
        yield f"{len(options)} options"
    if "options" not in element and element["type"] in {"static_select", "checkboxes", "multi_static_select"}:
        yield f"a {element['type']} without options"
    initial = element.get("initial_options", [element["initial_option"]] if "initial_option" in element else [])
    if "initial_options" in element and not initial:
        yield "empty initial_options"
    for option in (*options, *initial):
        yield from option_complaints(option)
    if options and any(option not in options for option in initial):
        yield "an initial option that is none of the options"


def option_complaints(option: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with an option of a select."""
    yield from _text(option["text"], 75, ("plain_text",))
    if not 1 <= units(option["value"]) <= 150:
        yield "an option's value"
