"""`attache config`, `doctor`, `backup`, `restore` and `export`."""

from __future__ import annotations

import argparse
import json
import sys

from bot.cli.common import in_house, settings_of
from bot.config import Settings, edit
from bot.config.load import DEFAULT_PATH
from bot.domain.subscription import Filter
from bot.errors import AttacheError
from bot.plugins import installed
from bot.wiring import House

PAGE = 500


def init(options: argparse.Namespace) -> int:
    """Write a commented settings file."""
    path = options.config or DEFAULT_PATH
    edit.write_template(path)
    print(f"{path}: written; `attache run` serves it")
    return 0


def check(options: argparse.Namespace) -> int:
    """Read the settings and say what they come to."""
    for line in _summary(settings_of(options)):
        print(line)
    return 0


def _summary(settings: Settings) -> list[str]:
    where = settings.path or "no settings file"
    lines = [
        f"{where}: {len(settings.sources)} sources, {len(settings.channels)} channels, time zone {settings.zone.key}"
    ]
    lines += [f"{channel.key}: {channel.schedule}, {channel.zone.key}" for channel in settings.channels]
    return lines


def doctor(options: argparse.Namespace) -> int:
    """Check each part in turn, one line each; 1 if any is not well."""

    async def live(house: House) -> int:
        print("\n".join(f"ok    {line}" for line in _summary(house.settings)))
        wrong = 0
        for name, said in (("database", _database(house)), *[await _adapter(house, name) for name in _adapters(house)]):
            wrong += said is not None
            print(f"wrong {name}: {said}" if said else f"ok    {name}")
        if not wrong and house.settings.sources:
            coverage = house.digests.coverage(house.clock.now())
            print(f"{'wrong' if coverage.failing else 'ok   '} sources: {coverage}")
            for state in house.store.sources.states().values():
                if state.name in coverage.failing:
                    print(f"      {state.name}: {state.problem}")
            wrong += bool(coverage.failing)
        return int(bool(wrong))

    return in_house(settings_of(options), live)


def _adapters(house: House) -> list[str]:
    return (
        sorted({channel.adapter for channel in house.settings.channels} | set(house.settings.adapters)) or installed()
    )


def _database(house: House) -> str | None:
    try:
        house.store.ping()
    except AttacheError as error:
        return str(error)
    return None


async def _adapter(house: House, name: str) -> tuple[str, str | None]:
    try:
        adapter = house.adapter(name)
        await adapter.start()
        await adapter.stop()
    except AttacheError as error:
        return f"adapter {name}", str(error)
    return f"adapter {name}", None


def backup(options: argparse.Namespace) -> int:
    """Write a consistent copy of the database."""

    async def live(house: House) -> int:
        house.store.backup(options.file)
        print(f"{options.file}: {house.store.statements.count()} statements")
        return 0

    return in_house(settings_of(options), live)


def restore(options: argparse.Namespace) -> int:
    """Put a backup back."""
    from bot.infra.store import restore_store

    settings = settings_of(options)
    restore_store(settings.database, options.file)

    async def live(house: House) -> int:
        print(f"{options.file}: restored, {house.store.statements.count()} statements")
        return 0

    return in_house(settings, live)


def export(options: argparse.Namespace) -> int:
    """Print every brief that is kept, newest first."""

    async def live(house: House) -> int:
        offset, first = 0, True
        while page := house.store.statements.search("", Filter(), limit=PAGE, offset=offset).briefs:
            for brief in page:
                opening = "" if options.jsonl else ("[" if first else ",\n")
                sys.stdout.write(
                    opening + json.dumps(brief.as_json(), ensure_ascii=False) + ("\n" if options.jsonl else "")
                )
                first = False
            offset += PAGE
        if not options.jsonl:
            print("[]" if first else "]")
        return 0

    return in_house(settings_of(options), live)
