"""The web pages on an archive of synthetic statements: how long the server takes for each, and how large it is."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import httpx

from benchmarks.archive import COUNTRIES, LARGEST, SIZES, Statements, keep
from benchmarks.corpora import OWN
from benchmarks.enlarge import enlarge, settle
from benchmarks.measure import ms, percentile
from benchmarks.report import Aim, Part, Table
from bot.config import Settings
from bot.domain.subscription import Filter
from bot.infra.web.app import application
from bot.wiring import House
from tests.corpus.scoring import Gold

SLOWEST, HEAVIEST = 100, 200_000
ROUNDS = 30
NOTE = (
    "Synthetic statements as under Look-up, one SQLite file. The application is asked in its own process, without a "
    "network between: milliseconds by the clock on the wall from the request to the last byte, of thirty requests "
    "after the first. The archive page lists fifty statements. The largest archive is the one "
    "before it, copied ten times."
)
Asked = dict[str, tuple[list[float], int]]


def measure(found: Mapping[str, list[Gold]]) -> Part:
    """Fill an archive step by step, and ask it for the same pages at every size."""
    source = Statements(found[OWN])
    made, measured = source.made(), dict[int, Asked]()
    with TemporaryDirectory(prefix="bench") as folder:
        house = House(Settings(database=f"sqlite:///{Path(folder) / 'archive.db'}"))
        for size in SIZES:
            for _ in range(size - house.store.statements.count()):
                keep(house.store, next(made))
            settle(house.store)
            measured[size] = asyncio.run(_asked(house, source))
        enlarge(house.store, LARGEST // SIZES[-1])
        settle(house.store)
        measured[LARGEST] = asyncio.run(_asked(house, source))
        asyncio.run(house.close())
    return Part(title="Web pages", note=NOTE, aims=_aims(measured), tables=(_table(measured),))


async def _asked(house: House, source: Statements) -> Asked:
    words = source.some_words(ROUNDS)
    ids = [brief.statement.id for brief in house.store.statements.search("", Filter(), limit=ROUNDS).briefs]
    paths = {
        "archive": ["/"] * ROUNDS,
        "search": [f"/search?q={quote(word)}" for word in words],
        "filtered": [f"/search?country={code}&topic=norms&since=2022-01-01" for code in COUNTRIES[:ROUNDS]],
        "page 20": ["/?page=20"] * ROUNDS,
        "statement": [f"/statements/{id}" for id in ids],
    }
    transport = httpx.ASGITransport(application(house.site))
    async with httpx.AsyncClient(transport=transport, base_url="http://bench") as client:
        return {name: await _times(client, asked) for name, asked in paths.items()}


async def _times(client: httpx.AsyncClient, paths: Sequence[str]) -> tuple[list[float], int]:
    """Milliseconds for each path, and the bytes of the largest page."""
    await client.get(paths[0])
    loop, took, sizes = asyncio.get_running_loop(), list[float](), list[int]()
    for path in paths:
        start = loop.time()
        answer = await client.get(path)
        took.append(1000 * (loop.time() - start))
        answer.raise_for_status()
        sizes.append(len(answer.content))
    return took, max(sizes)


def _table(measured: Mapping[int, Asked]) -> Table:
    sizes = list(measured)
    rows = []
    for name in measured[sizes[0]]:
        times = [measured[size][name][0] for size in sizes]
        spread = [f"{ms(percentile(each, 0.5))} / {ms(percentile(each, 0.95))}" for each in times]
        rows.append((name, f"{max(measured[size][name][1] for size in sizes) / 1000:.0f}", *spread))
    columns = ("", "largest, kB", *(f"p50 / p95 ms at {size:,}" for size in sizes))
    return Table(title="Pages on SQLite", columns=columns, rows=tuple(rows))


def _aims(measured: Mapping[int, Asked]) -> tuple[Aim, ...]:
    """What is aimed at for the largest archive."""
    slow = percentile(measured[LARGEST]["archive"][0], 0.95)
    heavy = max(found[1] for pages in measured.values() for found in pages.values())
    return (
        Aim(
            what=f"Web: archive page of 50 at {LARGEST:,}, p95",
            wanted=f"< {SLOWEST} ms",
            figure=f"{ms(slow)} ms",
            met=slow < SLOWEST,
        ),
        Aim(what="Web: largest page", wanted="< 200 kB", figure=f"{heavy / 1000:.0f} kB", met=heavy < HEAVIEST),
    )
