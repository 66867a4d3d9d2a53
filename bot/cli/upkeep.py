"""`attache config`, `doctor`, `health`, `backup`, `restore` and `export`."""

from __future__ import annotations

import argparse
import asyncio
import json
import socket
import sys
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.cli import asking
from bot.cli.common import in_house, progress, settings_of
from bot.cli.guides import beside, page_of
from bot.config import Settings, edit
from bot.config.load import DEFAULT_PATH
from bot.domain.subscription import Filter, Standing
from bot.errors import AttacheError
from bot.infra.clock import SystemClock
from bot.plugins import installed
from bot.services.gold import records
from bot.services.platforms import health_of
from bot.wiring import House

PAGE = 500
SERVICES = ("run", "worker")
SILENT_SECONDS = 60
# Each is a request or three to the platform.
MOST_CHANNELS = 50
MOST_SOURCES = 5


def init(options: argparse.Namespace) -> int:
    """Write a commented settings file; at a terminal, with the answers to four questions."""
    path = options.config or DEFAULT_PATH
    edit.refuse_if_there(path)
    wishes = asking.asked() if sys.stdin.isatty() and not options.defaults else edit.Wishes()
    edit.write_template(path, wishes)
    print(f"{path}: written; next: {asking.NEXT[wishes.adapter]}")
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
    lines += [f"{channel.id}: {channel.schedule}, {channel.zone.key}" for channel in settings.channels]
    return lines


def doctor(options: argparse.Namespace) -> int:
    """Check each part in turn, one line each; 1 if any is not well."""

    async def live(house: House) -> int:
        found = [Finding(line) for line in _summary(house.settings)]
        found.append(_database(house))
        if not found[-1].wrong:
            adapters = await _adapters(house)
            unwell = {one.part for one in adapters if one.wrong}
            found += [*_crew(house), *adapters, *await _channels(house, unwell), *_sources(house)]
        for finding in found:
            print(finding)
        return int(any(finding.wrong for finding in found))

    return in_house(settings_of(options), live)


def health(options: argparse.Namespace) -> int:
    """Whether `attache run` or `attache worker` of this machine has been heard of lately; 1 if not."""

    async def live(house: House) -> int:
        here = [worker for worker in house.store.cluster.workers() if worker.host == socket.gethostname()]
        latest = min((worker.silent for worker in here if worker.role in SERVICES), default=None)
        if latest is not None and latest < SILENT_SECONDS:
            print(f"at work, heard of {latest:.0f} s ago")
            return 0
        raise AttacheError(
            "no `attache run` or `attache worker` of this machine is at work"
            if latest is None
            else f"the service of this machine was last heard of {latest:.0f} s ago"
        )

    return in_house(settings_of(options), live)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's: a part, and what is wrong with it."""

    part: str
    wrong: str = ""

    def __str__(self) -> str:
        if not self.wrong:
            return f"ok    {self.part}"
        return beside(f"wrong {self.part}: {self.wrong}", page_of(self.part))


def _database(house: House) -> Finding:
    try:
        house.store.ping()
    except AttacheError as error:
        return Finding("database", str(error))
    return Finding("database")


def _crew(house: House) -> list[Finding]:
    """Who is at work on the database, and what each alone does; one that is silent is not well."""
    from bot.services.crew import in_short

    most = house.settings.lease.total_seconds()
    silent = [one for one in house.store.cluster.workers() if one.silent > most]
    wrong = "; ".join(f"{one.id} on {one.host} has been silent for {one.silent:.0f} s" for one in silent)
    workers, leases = in_short(house.store.cluster, hosts=True)
    return [Finding("workers", wrong) if wrong else Finding(f"workers: {workers}"), Finding(f"leases: {leases}")]


async def _adapters(house: House) -> list[Finding]:
    """How each adapter says that it fares, asked on the platform without being started."""
    found = []
    for name in house.platforms() or installed():
        try:
            lines = await health_of(house.adapter(name))
        except AttacheError as error:
            lines = (str(error),)
        found += [Finding(f"adapter {name}", line) for line in lines] or [Finding(f"adapter {name}")]
    return found


async def _channels(house: House, unwell: Collection[str]) -> list[Finding]:
    """Channels that are gone, and what keeps posts from the others; one that somebody paused is well.

    Those of an adapter that is not well itself are not asked.
    """
    known = house.channels.known()
    held = {one.channel.key: one for one in known if one.hold}
    found = [
        Finding(f"channel {key}", one.standing if one.hold and one.hold.standing is Standing.GONE else "")
        for key, one in held.items()
    ]
    served: dict[str, list[str]] = {}
    for one in known:
        if one.channel.key not in held and f"adapter {one.channel.adapter}" not in unwell:
            served.setdefault(one.channel.adapter, []).append(one.channel.destination)
    for name, destinations in served.items():
        asked = sorted(set(destinations))
        with suppress(AttacheError):  # an adapter that cannot be made was told of above
            closed = await house.adapter(name).reach(asked[:MOST_CHANNELS])
            found += [Finding(f"channel {name}:{destination}", line) for destination, line in closed.items()]
            left = f"; {len(asked) - MOST_CHANNELS} more were not asked" if len(asked) > MOST_CHANNELS else ""
            found.append(Finding(f"channels of {name}: {len(asked) - len(closed)} of {len(asked)} well{left}"))
    return found


def _sources(house: House) -> list[Finding]:
    if not house.settings.sources:
        return []
    coverage = house.digests.coverage(house.clock.now())
    problems = [f"{state.name}: {state.problem}" for state in house.store.sources.states(coverage.failing).values()]
    left = len(problems) - MOST_SOURCES
    more = (f"and {left} more: `attache lookup sources` tells of each",) if left > 0 else ()
    wrong = "; ".join((str(coverage), *problems[:MOST_SOURCES], *more))
    return [Finding("sources", wrong) if coverage.failing else Finding(f"sources: {coverage}")]


def backup(options: argparse.Namespace) -> int:
    """Write all that is kept to a file, while the service runs."""

    async def live(house: House) -> int:
        print(f"{options.file}: {house.store.backup(options.file)} statements")
        return 0

    return in_house(settings_of(options), live)


def restore(options: argparse.Namespace) -> int:
    """Put a backup back."""
    from bot.infra.store import restore_store

    settings = settings_of(options)
    before = restore_store(settings.database, options.file, now=SystemClock().now())

    async def live(house: House) -> int:
        print(f"{options.file}: restored, {house.store.statements.count()} statements")
        if before:
            print(f"{before}: what was there")
        return 0

    return in_house(settings, live)


def export(options: argparse.Namespace) -> int:
    """Print every brief that is kept, newest first; or write readers' marks as a gold file."""
    if options.gold:
        return in_house(settings_of(options), lambda house: _gold(house, options.gold))

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


async def _gold(house: House, name: str) -> int:
    found = records(house.store.statements, house.store.marks)
    lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in found]
    if name == "-":
        sys.stdout.writelines(lines)
    else:
        await asyncio.to_thread(_write, Path(name), "".join(lines))
        progress(f"{name}: {len(lines)} records")
    return 0


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise AttacheError(f"{path} cannot be written: {error.strerror}") from error
