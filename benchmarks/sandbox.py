"""What it costs to run a job in the sandbox instead of calling it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.corpora import OWN, record
from benchmarks.feeds import ADDRESS, feed
from benchmarks.measure import ms, times, wall_ms
from benchmarks.report import Part, Table
from bot.domain.identity import canonical_url
from bot.infra.feeds import parse_feed
from bot.infra.sandbox import ProcessSandbox
from bot.services.documents import brief_record
from tests.corpus.scoring import Gold

RUNS = 30
Job = tuple[Callable[..., object], tuple[Any, ...]]
NOTE = (
    f"Milliseconds by the clock on the wall, the median of {RUNS} calls one after the other; the first call also "
    "starts the child process and imports what the job needs. The overhead is what is left after the direct call: "
    "pickling, the pipe and the limits."
)


def measure(found: Mapping[str, list[Gold]]) -> Part:
    """Three jobs, from nothing to a whole page, called and sandboxed."""
    pages = sorted((record(row, html=True) for row in found[OWN]), key=lambda page: len(page.html or ""))
    body = feed(found[OWN], 50, whole=False)
    jobs: dict[str, Job] = {
        "next to nothing": (canonical_url, ("https://mission.example/statements/1?utm_source=a",)),
        "a feed of 50 entries": (parse_feed, (body, "application/rss+xml", "utf-8", ADDRESS)),
        "read and brief a median page": (brief_record, (pages[len(pages) // 2],)),
    }
    rows = tuple(_line(name, *job) for name, job in jobs.items())
    columns = ("", "sandbox ÷ direct", "overhead ms", "direct ms", "in the sandbox ms", "first call ms")
    table = Table(title="A job in the sandbox and without", columns=columns, rows=rows)
    return Part(title="Sandbox", note=NOTE, tables=(table,))


def _line(name: str, function: Callable[..., object], arguments: tuple[Any, ...]) -> tuple[str, ...]:
    function(*arguments)
    direct = median(wall_ms(function, *arguments)[1] for _ in range(RUNS))
    first, inside = asyncio.run(_sandboxed(function, arguments))
    return (name, times(inside / direct), ms(inside - direct), ms(direct), ms(inside), ms(first))


async def _sandboxed(function: Callable[..., object], arguments: tuple[Any, ...]) -> tuple[float, float]:
    """The first call and the median of the others, in milliseconds."""
    sandbox = ProcessSandbox(workers=1)
    taken = []
    for _ in range(RUNS + 1):
        start = perf_counter()
        await sandbox.run(function, *arguments)
        taken.append(1000 * (perf_counter() - start))
    await sandbox.close()
    return taken[0], median(taken[1:])
