"""`attache sources …`."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.cli.common import in_house, print_json, progress, settings_of
from bot.cli.service import chosen
from bot.config import edit
from bot.config.load import DEFAULT_PATH
from bot.domain.source import Source, SourceKind, SourceState, parse_every
from bot.errors import AttacheError, NotFoundError, UsageError
from bot.wiring import House


def shown(options: argparse.Namespace) -> int:
    """Print the sources that are watched."""
    sources = chosen(settings_of(options).sources, options.source)
    if options.json:
        print_json([_row(source) for source in sources])
        return 0
    for source in sources:
        print(f"{source.name}\t{source.kind}\t{source.country or '-'}\t{source.url}")
        if source.note:
            print(f"  {source.note}")
    return 0


def check(options: argparse.Namespace) -> int:
    """Ask each source for its window, keep nothing, and say what came; 1 if any could not be read."""
    settings = settings_of(options)
    sources = chosen(settings.sources, options.source)

    async def live(house: House) -> int:
        results = await asyncio.gather(*(_probe(house, source) for source in sources))
        if options.json:
            print_json(results)
        else:
            for result in results:
                print(f"{result['source']}: {result['problem'] or _seen(result)}")
        return int(any(result["problem"] for result in results))

    return in_house(settings, live)


async def _probe(house: House, source: Source) -> dict[str, Any]:
    result: dict[str, Any] = {"source": source.name, "url": source.url, "entries": 0, "newest": None, "problem": None}
    try:
        look = await house.polling.windows.look(source, SourceState(name=source.name))
        entries = look.window.entries if look.window else ()
        dates = [entry.published for entry in entries if entry.published]
        result |= {"entries": len(entries), "newest": max(dates).isoformat() if dates else None}
        if not entries:
            result["problem"] = "; ".join(look.window.problems if look.window else ()) or "it shows no entries"
    except AttacheError as error:
        result["problem"] = str(error)
    progress(f"asked {source.name}")
    return result


def _seen(result: dict[str, Any]) -> str:
    newest = f", newest {result['newest'][:10]}" if result["newest"] else ", none dated"
    return f"{result['entries']} entries{newest}"


def add(options: argparse.Namespace) -> int:
    """Write another source into the settings file."""
    settings = settings_of(options)
    if options.name in {source.name for source in settings.sources}:
        raise UsageError(f"a source is called {options.name!r} already; choose another name")
    try:
        every = parse_every(options.every or "30m")
    except ValueError as error:
        raise UsageError(f"--every: {error}") from None
    source = Source(
        name=options.name,
        kind=SourceKind(options.kind),
        url=options.url,
        country=options.country,
        language=options.language,
        every=every,
    )
    return _written(options, [source])


def take(options: argparse.Namespace) -> int:
    """Write the feeds of an OPML file into the settings file, those known already passed over."""
    from bot.infra.opml import from_opml

    try:
        found = from_opml(Path(options.file).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise NotFoundError(f"{options.file} cannot be read: {error}") from error
    settings = settings_of(options)
    names, urls = {s.name for s in settings.sources}, {s.url for s in settings.sources}
    return _written(options, [s for s in found if s.name not in names and s.url not in urls])


def _written(options: argparse.Namespace, sources: Sequence[Source]) -> int:
    path = options.config or DEFAULT_PATH
    edit.add_sources(path, sources)
    settings_of(options)  # what was written must be read again without complaint
    for source in sources:
        print(f"{path}: watches {source.name}")
    if not sources:
        print(f"{path}: nothing to add; all of them are watched already")
    return 0


def remove(options: argparse.Namespace) -> int:
    """Take a source out of the settings file, or, if it is the catalogue's, leave it out from now on."""
    chosen(settings_of(options).sources, [options.name])
    path = options.config or DEFAULT_PATH
    edit.remove_source(path, options.name)
    print(f"{path}: watches {options.name} no longer")
    return 0


def export(options: argparse.Namespace) -> int:
    """Print the sources as OPML."""
    from bot.infra.opml import to_opml

    print(to_opml(settings_of(options).sources), end="")
    return 0


def _row(source: Source) -> dict[str, Any]:
    return {
        "name": source.name,
        "kind": source.kind,
        "url": source.url,
        "country": source.country,
        "language": source.language,
        "every": int(source.every.total_seconds()),
        "firehose": source.firehose,
        "note": source.note,
        "state": source.state,
    }
