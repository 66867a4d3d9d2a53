"""The service on a Discord and a Slack of our own: ready when, how large at rest, how soon an item is told."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from statistics import median

from benchmarks.corpora import OWN
from benchmarks.feed_server import running
from benchmarks.measure import exponent, percentile
from benchmarks.report import Aim, Part, Table, at_most
from benchmarks.serving import AT_REST, INTERVAL, LONGEST, SPACING, place, rested, settled, started, told
from tests.corpus.scoring import Gold

SIZES = (10, 100, 1_000)
STARTS, ITEMS = 3, 8
NOTE = (
    "`attache run` as a process of its own on SQLite, with web pages and both adapters, on servers of our own, "
    "with so many feeds and as many channels on Discord: one feed on which items are published and one channel "
    "told as it happens, the others polled once and told daily. Ready is when `/readyz` says so, asked every "
    "10 ms from the moment the process is started, on a database that is there, no feed due: the median of "
    f"{STARTS} starts after one more. At rest: what the process and its children hold (resident) {AT_REST:.0f} s "
    "after both adapters are connected and every feed was polled. An item is published at a moment drawn by "
    f"chance, one in {SPACING:.0f} s or so, {ITEMS} for each size, the three side by side; its page has to be "
    "fetched, a second after the feed as both are on one server, read and briefed; it counts as told when Discord "
    f"has the message. The feed is polled every {INTERVAL} s. Seconds by the clock on the wall. `attache --help`, "
    "under Start, knows no size."
)
COLUMNS = (
    "feeds and channels", "ready, s", "slowest, s", "at rest, MB", "items told", "item to channel, p50 s", "slowest, s",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """What was measured of one size: starts and waits in seconds, memory in MB; what is never told waits LONGEST."""

    starts: Sequence[float]
    memory: float
    waits: Sequence[float]
    missed: int


def measure(found: Mapping[str, list[Gold]]) -> Part:
    """Starts, a rest, and items one after the other, with few sources and channels and with many."""
    rows = [row for row in found[OWN] if row["is_cyber_statement"] and row.get("html")]
    with running() as port:
        sizes = asyncio.run(_measured(rows[:ITEMS], port))
    table = Table(title="The service", columns=COLUMNS, rows=(*map(_row, SIZES, sizes), _growth(sizes)))
    return Part(title="Service", note=NOTE, aims=_aims(sizes), tables=(table,))


async def _measured(rows: Sequence[Gold], port: int) -> list[Size]:
    async with AsyncExitStack() as opened:
        places = [await opened.enter_async_context(place(size, port)) for size in SIZES]
        for here in places:
            await settled(here)
        starts = [[await started(here) for _ in range(STARTS)] for here in places]
        memory = await asyncio.gather(*map(rested, places))
    async with AsyncExitStack() as opened:
        places = [await opened.enter_async_context(place(size, port)) for size in SIZES]
        waits = await asyncio.gather(*(told(here, rows, seed) for seed, here in enumerate(places)))
    return [
        Size(starts=s, memory=m, waits=[LONGEST if one is None else one for one in w], missed=w.count(None))
        for s, m, w in zip(starts, memory, waits, strict=True)
    ]


def _row(size: int, of: Size) -> tuple[str, ...]:
    return (
        f"{size:,}",
        f"{median(of.starts):.2f}",
        f"{max(of.starts):.2f}",
        f"{of.memory:.0f}",
        f"{len(of.waits) - of.missed} of {len(of.waits)}",
        f"{median(of.waits):.1f}",
        f"{max(of.waits):.1f}",
    )


def _growth(sizes: Sequence[Size]) -> tuple[str, ...]:
    kinds = [
        [median(of.starts) for of in sizes],
        [max(of.starts) for of in sizes],
        [of.memory for of in sizes],
        [median(of.waits) for of in sizes],
        [max(of.waits) for of in sizes],
    ]
    grown = [f"{exponent(SIZES, kind):.2f}" for kind in kinds]
    return ("exponent", *grown[:3], "", *grown[3:])


def _aims(sizes: Sequence[Size]) -> tuple[Aim, ...]:
    waits = [wait for of in sizes for wait in of.waits]
    few = SIZES[0]
    return (
        at_most(f"Start: attache run ready, {few} sources, wall", median(sizes[0].starts), 2, "s"),
        at_most(f"At rest: memory with both adapters connected, {few} sources", sizes[0].memory, 120, "MB"),
        at_most(f"Item to channel: p95, polled every {INTERVAL} s", percentile(waits, 0.95), INTERVAL + 5, "s"),
    )
