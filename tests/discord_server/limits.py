"""Every request body checked: against Discord's published OpenAPI description where the project has it beside itself,
and against the limits that does not know (PLATFORMS: content, all embeds together, names, buttons, nonces)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

SPEC = Path(__file__).parents[2].parent / "shared" / "specs" / "discord-openapi.json"
WITHOUT_SPEC = f"no {SPEC.name} beside the project: request bodies are checked against its limits only in part"
ROOT = "urn:discord"
COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")
MESSAGE_KEYS = {
    *("content", "embeds", "allowed_mentions", "components", "attachments", "flags", "nonce", "enforce_nonce", "tts")
}
PICTURE = re.compile(r"attachment://(.+)")


def units(text: str) -> int:
    """A text's length as the strictest counting has it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def complaints(method: str, template: str, body: Any, files: Iterable[str]) -> list[str]:
    """What is wrong with a request's body as far as the description does not know; nothing if Discord would take it."""
    found: list[str] = []
    if method in {"POST", "PATCH"} and "messages" in template.rsplit("/threads", 1)[0] and "threads" not in template:
        found += _message(body, set(files), editing=method == "PATCH")
    elif template == "/webhooks/{webhook_id}/{webhook_token}":
        found += _message(body, set(files), editing=False)
    elif template.endswith("/commands"):
        found += [line for command in body for line in _command(command)]
    return found


@cache
def _spec() -> tuple[dict[str, Any], Registry[Any]] | None:
    if not SPEC.exists():
        return None
    document = json.loads(SPEC.read_text(encoding="utf-8"))
    resource = DRAFT202012.create_resource(document)
    return document, Registry().with_resource(ROOT, resource)


@cache
def _validator(method: str, template: str) -> Draft202012Validator | None:
    loaded = _spec()
    operation = loaded[0]["paths"].get(template, {}).get(method.lower(), {}) if loaded else {}
    if not loaded or "requestBody" not in operation:
        return None
    place = f"{template.replace('~', '~0').replace('/', '~1')}/{method.lower()}"
    pointer = f"#/paths/{place}/requestBody/content/application~1json/schema"
    return Draft202012Validator({"$ref": f"{ROOT}{pointer}"}, registry=loaded[1])


def by_spec(method: str, template: str, body: Any) -> Iterator[str]:
    """What is wrong with a request's body by the published description. Takes its time: not while Discord is timed."""
    validator = _validator(method, template)
    for error in validator.iter_errors(body) if validator else ():
        yield f"{method} {template}: {error.json_path}: {error.message[:300]}"


def _message(body: Mapping[str, Any], files: set[str], *, editing: bool) -> Iterator[str]:
    yield from (f"unknown key {key!r}" for key in set(body) - MESSAGE_KEYS)
    embeds = body.get("embeds") or []
    if units(body.get("content") or "") > 2000:
        yield "content over 2000"
    if len(embeds) > 10 or sum(map(_size, embeds)) > 6000:
        yield f"{len(embeds)} embeds of {sum(map(_size, embeds))} characters"
    for embed in embeds:
        yield from _embed(embed)
    yield from _buttons(body.get("components") or [])
    if not (body.get("content") or embeds or editing or files):
        yield "an empty message"
    if len(str(body.get("nonce", ""))) > 25:
        yield "a nonce over 25 characters"
    yield from _attached(body, files)


def _attached(body: Mapping[str, Any], files: set[str]) -> Iterator[str]:
    announced = body.get("attachments") or []
    if {f"files[{about['id']}]" for about in announced} != files:
        yield f"attachments {announced} for the files {sorted(files)}"
    names = {about["filename"] for about in announced}
    yield from ("a picture without words" for about in announced if not about.get("description"))
    yield from ("alt text over 1024" for about in announced if units(about.get("description") or "") > 1024)
    for embed in body.get("embeds") or ():
        shown = PICTURE.fullmatch(embed.get("image", {}).get("url", ""))
        if shown and shown[1] not in names:
            yield f"shows {shown[1]}, which is not attached"


def _size(embed: Mapping[str, Any]) -> int:
    fields = sum(units(field["name"]) + units(field["value"]) for field in embed.get("fields", ()))
    footer = embed.get("footer", {}).get("text", "")
    return units(embed.get("title", "")) + units(embed.get("description", "")) + units(footer) + fields


def _embed(embed: Mapping[str, Any]) -> Iterator[str]:
    limits = {"title": 256, "description": 4096}
    yield from (f"{key} over {most}" for key, most in limits.items() if units(embed.get(key, "")) > most)
    if units(embed.get("footer", {}).get("text", "")) > 2048:
        yield "footer over 2048"
    if not any(embed.get(key) for key in ("title", "description", "image", "footer", "fields")):
        yield "an empty embed"


def _buttons(rows: list[Mapping[str, Any]]) -> Iterator[str]:
    if len(rows) > 5 or any(len(row["components"]) > 5 for row in rows):
        yield "too many buttons"
    buttons = [button for row in rows for button in row["components"]]
    ids = [button["custom_id"] for button in buttons if "custom_id" in button]
    if len(set(ids)) != len(ids):
        yield "two buttons with the same custom_id"
    yield from (f"a button of {units(i)} units" for i in ids if not 1 <= units(i) <= 100)
    yield from ("a label over 80" for button in buttons if not 1 <= units(button.get("label", "")) <= 80)


def _command(command: Mapping[str, Any]) -> Iterator[str]:
    chat_input = command.get("type", 1) == 1
    if chat_input and not (COMMAND_NAME.fullmatch(command["name"]) and command["name"] == command["name"].lower()):
        yield f"a bad command name {command['name']!r}"
    if (total := _words(command)) > 8000:
        yield f"{command['name']} has {total} characters in all"
    yield from _options(command.get("options", ()))


def _options(options: list[Mapping[str, Any]]) -> Iterator[str]:
    if len(options) > 25:
        yield "over 25 options"
    needed = [option.get("required", False) for option in options]
    if needed != sorted(needed, reverse=True):
        yield "a required option after an optional one"
    for option in options:
        if not COMMAND_NAME.fullmatch(option["name"]) or option["name"] != option["name"].lower():
            yield f"a bad option name {option['name']!r}"
        if not 1 <= len(option["description"]) <= 100:
            yield f"{option['name']}: description of {len(option['description'])}"
        if len(option.get("choices", ())) > 25 or (option.get("choices") and option.get("autocomplete")):
            yield f"{option['name']}: choices"
        yield from _options(option.get("options", []))


def _words(thing: Mapping[str, Any]) -> int:
    inner = sum(map(_words, (*thing.get("options", ()), *thing.get("choices", ()))))
    return len(thing["name"]) + len(thing.get("description", "")) + len(str(thing.get("value", ""))) + inner
