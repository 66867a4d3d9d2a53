"""Domain values as JSON text and back, exactly: frozen dataclasses, closed lists, dates, moments and tuples."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Value = TypeVar("Value")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
REPLACEMENT = "\ufffd"


def clean(text: str) -> str:
    """A text without what a database refuses (NUL, lone surrogates), each replaced one for one."""
    return UNSTORABLE.sub(REPLACEMENT, text)


def dump(value: Any) -> str:
    """A value as JSON text, its texts cleaned."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def load(kind: type[Value], text: str) -> Value:
    """The value of a type from its JSON text.

    Fields this version does not know are passed over, missing ones get their default: rows outlive versions.
    """
    value: Value = _build(kind, json.loads(text))
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return clean(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {clean(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value


def _build(kind: Any, plain: Any) -> Any:
    if plain is None or kind is Any:
        return plain
    if get_origin(kind) in {Union, UnionType}:
        return _build(next(choice for choice in get_args(kind) if choice is not type(None)), plain)
    if get_origin(kind) is tuple:
        return tuple(_build(get_args(kind)[0], item) for item in plain)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _build(hints[name], item) for name, item in plain.items() if name in hints})
    if kind in {date, datetime}:
        return kind.fromisoformat(plain)
    return kind(plain) if isinstance(kind, type) and issubclass(kind, Enum) else plain


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
