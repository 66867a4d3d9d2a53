"""Reads the settings file and the variables beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.config.settings import Settings, settings_from
from bot.config.table import Places, Table
from bot.errors import SettingsError

DEFAULT_PATH = "attache.toml"
PREFIX = "ATTACHE_"


def load_settings(path: str | None, environ: Mapping[str, str]) -> Settings:
    """The settings of a file, variables winning over it.

    Without `path`, `attache.toml` of the working folder if there is one, else the defaults. A variable is named
    `ATTACHE_<KEY>` or `ATTACHE_<SECTION>__<KEY>`; a list of tables is given as TOML, `[{name = "…", …}]`.
    Raises SettingsError, naming the key and the place.
    """
    text = _text(path)
    shown = path or DEFAULT_PATH
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError("file", shown, f"is not TOML: {error}") from None
    variables: dict[str, str] = {}
    for variable, value in sorted(environ.items()):
        if variable.startswith(PREFIX):
            keys = variable.removeprefix(PREFIX).lower().split("__")
            _put(raw, keys, _value(value), variable)
            variables[".".join(keys)] = variable
    return settings_from(Table(raw, Places(shown, text, variables)), shown if text else None)


def _text(path: str | None) -> str:
    file = Path(path or DEFAULT_PATH)
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        if path is None:
            return ""
        raise SettingsError("file", path, "does not exist; write one with `attache config init`") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError("file", str(file), f"cannot be read: {error}") from None


def _value(words: str) -> Any:
    """A variable's value: TOML where it is a list or table, else the words themselves."""
    if words.lstrip().startswith(("[", "{")):
        try:
            return tomllib.loads(f"value = {words}")["value"]
        except tomllib.TOMLDecodeError:
            return words
    return words


def _put(raw: dict[str, Any], keys: list[str], value: Any, variable: str) -> None:
    *sections, last = keys
    for section in sections:
        inner = raw.setdefault(section, {})
        if not isinstance(inner, dict):
            raise SettingsError(".".join(keys), f"${variable}", f"{section} is no section of settings")
        raw = inner
    raw[last] = value
