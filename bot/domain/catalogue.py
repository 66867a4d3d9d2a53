"""The sources Attaché ships with, read from `bot/data/sources.toml`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from bot.data import language, languages, table
from bot.domain.source import Source, SourceKind, parse_every

_TEXTS = {"name", "url", "country", "language", "item", "link", "date", "note", "state"}
_KEYS = _TEXTS | {"kind", "every", "firehose"}


@cache
def load_catalogue() -> tuple[Source, ...]:
    """The shipped sources, in their order. Raises ValueError, naming the source and the key, if the data is wrong."""
    return sources_of(table("sources.toml").get("sources", []))


def sources_of(rows: Sequence[dict[str, Any]]) -> tuple[Source, ...]:
    """The sources of a catalogue's rows, each checked. Raises ValueError as `load_catalogue` does."""
    sources = tuple(_source(row, number) for number, row in enumerate(rows, 1))
    names: set[str] = set()
    for source in sources:
        if source.name in names:
            raise ValueError(f"sources.toml: {source.name}: the name is used twice; give each source its own")
        names.add(source.name)
    return sources


def _source(row: dict[str, Any], number: int) -> Source:
    place = f"sources.toml: {row.get('name') or f'source {number}'}"
    for key in ("name", "kind", "url", "note", "state"):
        if not row.get(key):
            raise ValueError(f"{place}: {key}: is missing; every source has one")
    for key, value in row.items():
        if key not in _KEYS:
            raise ValueError(f"{place}: {key}: is no key of a source; these are: {', '.join(sorted(_KEYS))}")
        if not isinstance(value, bool if key == "firehose" else str):
            raise ValueError(
                f"{place}: {key}: is {value!r}, should be {'true or false' if key == 'firehose' else 'text'}"
            )
    _check(row, place)
    try:
        kind, every = SourceKind(row["kind"]), parse_every(row.get("every", "30m"))
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from error
    texts = {key: row[key] for key in _TEXTS & set(row)}
    return Source(kind=kind, every=every, firehose=row.get("firehose", False), **texts)


def _check(row: dict[str, Any], place: str) -> None:
    parts = urlsplit(row["url"])
    if row["kind"] != SourceKind.FOLDER and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ValueError(f"{place}: url: {row['url']!r} is no web address; it should begin with https://")
    if "country" in row and row["country"] not in language("en", "states"):
        raise ValueError(f"{place}: country: {row['country']!r} is no ISO 3166-1 alpha-3 code such as CHN")
    code = row.get("language", languages()[0])
    if not (len(code) == 2 and code.isascii() and code.islower()):
        raise ValueError(f"{place}: language: {code!r} is no ISO 639-1 code such as en")
