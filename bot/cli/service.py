"""`attache run`, `worker`, `poll` and `digest`."""

from __future__ import annotations

import argparse
import asyncio
import signal
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.cli.common import in_house, print_json, print_reply, progress, settings_of
from bot.domain.delivery import State
from bot.domain.digest import Digest
from bot.domain.reply import IN_THREAD
from bot.domain.source import Source, parse_every
from bot.domain.subscription import Channel, Filter, Style
from bot.domain.timing import Slot, parse_schedule
from bot.errors import NotFoundError, UsageError
from bot.infra import garbage, log
from bot.infra.loop import service_loop
from bot.infra.threads import Threads
from bot.plugins import renderer, renderers
from bot.services.preview import preview_page
from bot.services.wording import digest_reply
from bot.wiring import House

THREADS = 64
# How many pages of statements seen lately a poll by hand looks at again.
PAGES = 100


def serve(options: argparse.Namespace) -> int:
    """Run the service until SIGTERM or Ctrl-C."""
    return _serve(options, role="run", pages=True)


def work(options: argparse.Namespace) -> int:
    """Do the service's work beside others on the same database, without the web pages, until SIGTERM or Ctrl-C."""
    return _serve(options, role="worker", pages=False)


def _serve(options: argparse.Namespace, *, role: str, pages: bool) -> int:
    settings, threads = settings_of(options), Threads(THREADS)
    log.set_up()

    async def live(house: House) -> int:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        # Polls that wait for the database must not take the threads in which people are answered.
        loop.set_default_executor(threads)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        watch, web = house.watch(), house.web if pages else None
        # Where no pages are served, no chat platform's own paths are either: another process has them.
        house.doors.there = bool(web and await web.start())
        garbage.set_apart()
        try:
            await watch.run(stop)
        finally:
            if web:
                await web.stop()
        return 0

    return threads.leave(in_house(settings, live, role=role, loop=service_loop))


def poll(options: argparse.Namespace) -> int:
    """Poll sources now and print what became of each; 1 only if not one of them could be read."""
    settings = settings_of(options)
    sources = chosen(settings.sources, options.source)

    async def live(house: House) -> int:
        done = 0

        def count(_: object) -> None:
            nonlocal done
            done += 1
            progress(f"polled {done} of {len(sources)}")

        outcomes = await house.polling.poll(sources, tell=count)
        revised = 0 if options.source else await house.revisiting.look(limit=PAGES)
        if house.rewriter:
            await house.rewriter.settle()
        if options.json:
            print_json([outcome.as_json() for outcome in outcomes])
        else:
            for outcome in outcomes:
                print(outcome.line())
                for entry in outcome.entries:
                    if entry.outcome in {"new", "changed", "failed"}:
                        print(f"  {entry.outcome}: {entry.title}" + (f" ({entry.why[0]})" if entry.why else ""))
            if revised:
                print(f"Pages of statements seen lately: {revised} changed")
        return int(bool(outcomes) and all(outcome.failed for outcome in outcomes))

    return in_house(settings, live)


def chosen(sources: tuple[Source, ...], names: list[str] | None) -> tuple[Source, ...]:
    """The sources of those names, all without any. Raises NotFoundError for a name there is not."""
    known = {source.name for source in sources}
    for name in names or ():
        if name not in known:
            raise NotFoundError(f"no source is called {name!r}; `attache sources list` names them")
    return tuple(source for source in sources if not names or source.name in names)


def digest(options: argparse.Namespace) -> int:
    """Compose a digest of what is kept; print it or post it."""

    async def live(house: House) -> int:
        now = house.clock.now()
        if options.post:
            return await _post(house, options.post, now)
        wanted = Filter(since=_day(options.since, now), until=_day(options.until, now))
        await _print(house, await asyncio.to_thread(house.digests.preview, wanted, now=now), options.format)
        return 0

    return in_house(settings_of(options), live)


async def _print(house: House, made: Digest, form: str) -> None:
    reply = digest_reply(made)
    if form == "json":
        print_json(
            {
                "slot": made.slot,
                "made_at": made.made_at.isoformat(),
                "coverage": {
                    "checked": made.coverage.checked,
                    "failing": list(made.coverage.failing),
                    "gaps": list(made.coverage.gaps),
                },
                "briefs": [brief.as_json() for brief in made.briefs],
            }
        )
    elif form == "html":
        print(preview_page(reply, [each for each in renderers().values() if each.style]), end="")
    elif form == "text":
        await print_reply(house, reply)
    else:
        # Whether a message may go into a thread is for the delivery to know, not for the platform.
        payloads = renderer(form).render(reply)
        print_json([{key: value for key, value in payload.items() if key != IN_THREAD} for payload in payloads])


async def _post(house: House, key: str, now: datetime) -> int:
    """Post a channel's new statements now, through the ledger: what it got it does not get again."""
    channel = _channel(house, key)
    slot = Slot(now, f"{now.astimezone(channel.zone):%Y-%m-%dT%H:%M:%S.%f} {channel.zone.key} by hand")
    house.digests.open(channel, slot, now=now)
    await house.corrections.follow_up([channel])
    adapter = house.adapter(channel.adapter)
    deliverer = house.deliverer({channel.adapter: adapter})
    await house.workers.start()
    await adapter.start()
    try:
        posted = await deliverer.post(channel.key)
    finally:
        await adapter.stop()
    waiting = house.store.ledger.unsettled(channel.key)
    dead = [
        row
        for row in house.store.ledger.history(channel=channel.key)
        if row.slot == slot.name and row.state is State.DEAD
    ]
    if hold := house.store.subscriptions.holds().get(channel.key):
        progress(f"{key}: {hold.standing}: {hold.reason}; `attache lookup --channel {key} resume` serves it again")
    for row in (*waiting, *dead):
        progress(f"{key}: part {row.part} of {row.parts} is {row.state}: {row.reason}")
    progress(f"{key}: {posted} posted")
    return int(bool(waiting or dead))


def _channel(house: House, key: str) -> Channel:
    if known := house.channels.of(key):
        return replace(known[0].channel, style=Style.HONEST)
    adapter, _, destination = key.partition(":")
    if not destination:
        raise UsageError(f"{key!r} is no channel; write adapter:destination, such as console:-")
    return Channel(
        adapter=adapter, destination=destination, schedule=parse_schedule("daily 08:00"), zone=house.settings.zone
    )


def _day(words: str | None, now: datetime) -> date | None:
    if not words:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        pass
    try:
        return (now.astimezone(UTC) - parse_every(words)).date()
    except (ValueError, OverflowError):
        raise UsageError(f"{words!r} is no day; write 2026-11-23, or a length of time such as 7d") from None
