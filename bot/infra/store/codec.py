"""Domain values as JSON text and back, exactly: frozen dataclasses, closed lists, dates, moments and tuples."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Value = TypeVar("Value")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
REPLACEMENT = "\ufffd"


def clean(text: str) -> str:
    """A text without what a database refuses (NUL, lone surrogates), each replaced one for one."""
    return UNSTORABLE.sub(REPLACEMENT, text)


def dump(value: Any) -> str:
    """A value as JSON text, its texts cleaned."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def load(kind: Callable[..., Value], text: str) -> Value:
    """The value of a type from its JSON text.

    Fields this version does not know are passed over, missing ones get their default: rows outlive versions.
    """
    build: Callable[[Any], Value] = _builder(kind)
    return build(json.loads(text))


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


Builder = Callable[[Any], Any]


@cache
def _builder(kind: Any) -> Builder:
    """What makes a type's values from JSON's, prepared once: reading a type's fields costs more than filling them.

    Null is for whoever calls it to pass over.
    """
    if get_origin(kind) in {Union, UnionType}:
        return _builder(next(choice for choice in get_args(kind) if choice is not type(None)))
    if get_origin(kind) is tuple:
        return _tuple_of(_builder(get_args(kind)[0]))
    if isinstance(kind, type) and is_dataclass(kind):
        return _made(kind)
    if kind in {date, datetime}:
        return cast(Builder, kind.fromisoformat)
    return _member(kind) if isinstance(kind, type) and issubclass(kind, Enum) else _as_it_is


def _made(kind: type[Any]) -> Builder:
    builders = {name: _builder(hint) for name, hint in get_type_hints(kind).items()}
    built = [(name, build) for name, build in builders.items() if build is not _as_it_is]
    names = builders.keys()

    def make(plain: dict[str, Any]) -> Any:
        known = plain if plain.keys() <= names else {name: item for name, item in plain.items() if name in names}
        for name, build in built:
            item = known.get(name)
            if item is not None:
                known[name] = build(item)
        return kind(**known)

    return make


def _tuple_of(build: Builder) -> Builder:
    if build is _as_it_is:
        return tuple
    return lambda plain: tuple([None if item is None else build(item) for item in plain])


def _member(kind: type[Enum]) -> Builder:
    members = {member.value: member for member in kind}
    return lambda plain: members.get(plain) or kind(plain)


def _as_it_is(plain: Any) -> Any:
    return plain
