"""A simulated year of schedules: does every slot come once, whatever clocks and workers do?"""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from tempfile import TemporaryDirectory

from benchmarks import covering
from benchmarks.measure import full
from benchmarks.report import Part, Table, none_of
from tests.corpus.scoring import Gold
from tests.postgres import new_database, postgres_server
from tests.year.run import YEAR, ZONES, Outcome, simulate

NOTE = (
    f"The services that open slots, on a real database, for a year of simulated time: digests in {len(ZONES)} zones "
    "with slots that clock changes skip or repeat, some with quiet hours; a place that is told as it happens, at most "
    "three posts an hour, silent at night; one that is told both ways. Workers stop and start at random (seeded): now "
    "and then for minutes, mostly hours, at times days; of three each fails by itself, and sometimes all do; they race "
    "for every slot. What should be opened when is reckoned apart, minute by minute from each zone's wall clock. Wrong "
    "is a slot that is missing, repeated, early, late without saying so or late for no reason; a statement that a "
    "place was not told exactly once, or passed over; a post in quiet hours or beyond the burst limit."
)
COLUMNS = (
    "a year of",
    "slots reckoned",
    "of them caught up",
    "posts",
    "statements",
    "nobody at work, days",
    "wrong",
    "s",
)


def measure(_: Mapping[str, list[Gold]]) -> Part:
    """One worker on SQLite and three on PostgreSQL, side by side; `BENCH=full` adds three on SQLite."""
    with TemporaryDirectory(prefix="year") as folder, postgres_server() as server:
        plans = {
            "SQLite, 1 worker": (f"sqlite:///{folder}/one.db", 1),
            "PostgreSQL, 3 workers": (new_database(server, "year", "template"), 3),
        }
        if full():
            plans["SQLite, 3 workers"] = (f"sqlite:///{folder}/three.db", 3)
        with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
            running = {name: pool.submit(_year, url, workers) for name, (url, workers) in plans.items()}
            found = {name: each.result() for name, each in running.items()}
    aims = [
        none_of(f"A year of schedules in {len(ZONES)} zones, wrong: {name}", len(o.wrong))
        for name, (o, _) in found.items()
    ]
    wrong = [(name, each) for name, (outcome, _) in found.items() for each in outcome.wrong[:20]]
    more, coverage = covering.measured()
    tables = [
        coverage,
        Table(title="A simulated year", columns=COLUMNS, rows=tuple(_row(name, *each) for name, each in found.items())),
    ]
    tables += [Table(title="What was wrong", columns=("where", "what"), rows=tuple(wrong))] if wrong else []
    return Part(title="Schedules", note=f"{NOTE} {covering.NOTE}", aims=(*aims, *more), tables=tuple(tables))


def _year(url: str, workers: int) -> tuple[Outcome, float]:
    start = time.perf_counter()
    outcome = asyncio.run(simulate(url, replace(YEAR, workers=workers, seed=workers)))
    return outcome, time.perf_counter() - start


def _row(name: str, outcome: Outcome, seconds: float) -> tuple[str, ...]:
    days = f"{outcome.downtime.total_seconds() / 86400:.1f}"
    counts = (outcome.expected, outcome.caught_up, outcome.posts, outcome.statements)
    return (name, *(f"{count:,}" for count in counts), days, str(len(outcome.wrong)), f"{seconds:.0f}")
