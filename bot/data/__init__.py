"""Data, not code: one folder a language (all of one shape), the states, the source catalogue, the demo's pages."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

ROOT: Traversable = files("bot.data")


@cache
def languages() -> tuple[str, ...]:
    """The languages there is data for (ISO 639-1), in a stable order."""
    return tuple(sorted(folder.name for folder in (ROOT / "languages").iterdir() if len(folder.name) == 2))


@cache
def table(name: str) -> dict[str, Any]:
    """A TOML file of this folder, parsed once: `table("topics.toml")`."""
    return tomllib.loads((ROOT / name).read_text(encoding="utf-8"))


@cache
def language(code: str, name: str) -> dict[str, Any]:
    """One of a language's tables, parsed once: `language("fr", "dates")` is `languages/fr/dates.toml`."""
    return table(f"languages/{code}/{name}.toml")
