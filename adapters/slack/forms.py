"""Modals for subscribing and scheduling: made of what `subscribe` takes, and read back as its options. Pure.

Limits: Slack's Block Kit reference (title, submit and close 24; option text 75, value 150; 10 checkboxes).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from adapters.slack.views import Block, modal, paragraph, plain
from bot.domain.commands import ANY, BY_NAME, Holds, Option, Suggestion
from bot.domain.text import label, units
from bot.domain.timing import DAYS, LIVE, Schedule, parse_schedule

SUBSCRIBE, SCHEDULE = "subscribe", "schedule"
DAYS_BLOCK, TIMES_BLOCK, CHANNEL_BLOCK = "schedule.days", "schedule.times", "channel"
FIELD = "field"
SUGGEST = "suggest-"
OPTION_TEXT, OPTION_VALUE, HINT, PLACEHOLDER = 75, 150, 2000, 150
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SCHEDULING = {Holds.SCHEDULE, Holds.ZONE, Holds.QUIET}

Present = Mapping[str, Sequence[Suggestion]]
"""What each option is now, by its name; several values where it takes several."""


def options_of(kind: str) -> list[Option]:
    """What a form asks for."""
    every = BY_NAME["subscribe"].every
    return [option for option in every if kind == SUBSCRIBE or option.holds in SCHEDULING]


def form(kind: str, present: Present, channel: str) -> dict[str, Any]:
    """The form, filled with what is so now; it asks for the channel where that is not known."""
    blocks = [paragraph("What this channel is told, and when. An empty field means everything.")]
    blocks += [] if channel else [_which_channel()]
    for option in options_of(kind):
        blocks += _fields(option, present.get(option.name, ()))
    title = "Subscribe a channel" if kind == SUBSCRIBE else "Schedule"
    return modal(title, blocks, channel=channel, submit="Save", callback=kind)


def read(view: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """The channel that was chosen in a form, if any, and the options that were filled in."""
    values: dict[str, Mapping[str, Any]] = {
        block: next(iter(fields.values()), {}) for block, fields in view["state"]["values"].items()
    }
    channel = str(values.pop(CHANNEL_BLOCK, {}).get("selected_conversation") or "")
    options: dict[str, str] = {}
    days, times = values.pop(DAYS_BLOCK, None), values.pop(TIMES_BLOCK, None)
    if days is not None and times is not None:
        chosen = ",".join(option["value"] for option in days.get("selected_options") or ())
        typed = " ".join(str(times.get("value") or "").split())
        # Whoever is told as it happens has no days.
        live = typed.casefold().startswith(LIVE)
        options["schedule"] = typed if live else f"{chosen} {typed.replace(' ', '')}".strip()
    for name, field in values.items():
        options[name] = _value(field)
    return channel, options


def problems(options: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with a form, by the field it is shown at."""
    if "schedule" not in options:
        return {}
    try:
        parse_schedule(options["schedule"])
    except ValueError:
        return {TIMES_BLOCK: "Write times such as 08:30 or 08:30, 17:00; or: as it happens, at most 6 an hour"}
    return {}


def choices(values: Sequence[Suggestion]) -> list[dict[str, Any]]:
    """Suggestions as a select shows them."""
    return [_choice(value.value, value.label) for value in values if units(value.value) <= OPTION_VALUE]


def _value(field: Mapping[str, Any]) -> str:
    if "selected_options" in field:
        # Nothing chosen is a choice: without a value the filter would stay as it was.
        return ",".join(option["value"] for option in field["selected_options"] or ()) or ANY
    if "selected_option" in field:
        return str((field["selected_option"] or {}).get("value") or "")
    return str(field.get("value") or "")


def _fields(option: Option, present: Sequence[Suggestion]) -> list[Block]:
    if option.holds is Holds.SCHEDULE:
        return _schedule(present)
    name = option.name.replace("_", " ").capitalize()
    return [_input(option.name, name, _element(option, present), hint=option.about, optional=True)]


def _element(option: Option, present: Sequence[Suggestion]) -> Block:
    now = choices(present)
    if option.choices:
        options = [_choice(str(choice), str(choice)) for choice in option.choices]
        initial = {"initial_option": now[0]} if now and now[0] in options else {}
        return {"type": "static_select", "action_id": FIELD, "options": options, **initial}
    if not option.suggested:
        typed = {"initial_value": present[0].value} if present else {}
        return {"type": "plain_text_input", "action_id": FIELD, "max_length": PLACEHOLDER, **typed}
    select: Block = {"action_id": f"{SUGGEST}{option.name}", "min_query_length": 0}
    select["placeholder"] = plain("Anything" if option.several else "Choose or type", PLACEHOLDER)
    if option.several:
        return {"type": "multi_external_select", **select, **({"initial_options": now} if now else {})}
    return {"type": "external_select", **select, **({"initial_option": now[0]} if now else {})}


def _schedule(present: Sequence[Suggestion]) -> list[Block]:
    now = _parsed(present[0].value) if present else None
    days = [_choice(day, name) for day, name in zip(DAYS, DAY_NAMES, strict=True)]
    ticked = [days[day] for day in sorted(now.days)] if now else days[:5]
    times = (", ".join(f"{at:%H:%M}" for at in now.times) or str(now)) if now else "08:00"
    boxes = {"type": "checkboxes", "action_id": FIELD, "options": days, "initial_options": ticked}
    typed = {"type": "plain_text_input", "action_id": FIELD, "initial_value": times, "max_length": PLACEHOLDER}
    return [
        _input(DAYS_BLOCK, "Days", boxes),
        _input(TIMES_BLOCK, "Local times", typed, hint="one or several, such as 08:30, 17:00; or: as it happens"),
    ]


def _parsed(words: str) -> Schedule | None:
    try:
        return parse_schedule(words)
    except ValueError:
        return None


def _which_channel() -> Block:
    filtered = {"include": ["public", "private"], "exclude_bot_users": True}
    select = {"type": "conversations_select", "action_id": FIELD, "filter": filtered}
    return _input(CHANNEL_BLOCK, "Channel", select)


def _input(block: str, name: str, element: Block, *, hint: str = "", optional: bool = False) -> Block:
    made = {"type": "input", "block_id": block, "label": plain(name), "element": element, "optional": optional}
    return made | ({"hint": plain(hint, HINT)} if hint else {})


def _choice(value: str, words: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": label(words, OPTION_TEXT)}, "value": value}
