"""What a document's address says of who published it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from bot import data
from bot.reading.states import find_states


@dataclass(frozen=True, kw_only=True)
class Host:
    """Who seems to publish at an address: a mission to the UN, an official body, the press, a mirror or commentator.

    `speech` says that the path is one where speeches are kept. Several may be true at once.
    """

    name: str
    mission: bool
    official: bool
    news: bool
    mirror: bool
    speech: bool


def look_at(url: str | None) -> Host:
    """Judge an address; of a missing or broken one nothing is true."""
    try:
        parts = urlsplit(unquote(url or "").lower())
        name, path = parts.hostname or "", parts.path
    except ValueError:
        name, path = "", ""
    labels = set(re.split(r"[.-]", name))
    table = data.table("publishers.toml")
    found = {kind: _is(row, name, labels, path) for kind, row in table.items()}
    # "uaeun.org", "italyun…": a state's name run together with "un".
    found["mission"] |= any(_runs_together(label) for label in labels)
    return Host(name=name, **found)


def _runs_together(label: str) -> bool:
    """Whether a label ends in "un" behind a name; "…mun" is a Model UN unless the name is a state's (Vietnam)."""
    if not re.fullmatch(r"[a-z]{3,24}un", label) or "shimb" in label:
        return False
    return not label.endswith("mun") or bool(find_states(label.removesuffix("un").capitalize(), "en"))


def _is(row: dict[str, list[str]], name: str, labels: set[str], path: str) -> bool:
    return (
        not labels.isdisjoint(row["labels"])
        or any(part in name for part in row["parts"])
        or any(part in path for part in row["paths"])
    )
