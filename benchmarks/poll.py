"""Polling many feeds, beside the peers: who needs how much for the same."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, cast

from benchmarks.feed_server import SLOW, Counts, counts, running
from benchmarks.measure import exponent, full, times
from benchmarks.pollers import SLOW_FEEDS, Cost
from benchmarks.report import Aim, Part, Table, at_most
from tests.corpus.scoring import Gold

OURS, LEMON = "Attaché", "reader"
BESIDE_SLOW = "Attaché beside a slow host"
PEERS = (OURS, LEMON, "feedparser loop")
SIZES = (1_000, 3_000, 10_000)
WARM = 2
SLOW_TRIED = 500
INTERVAL, ROOM = 600.0, 350 * 10**6
COLUMNS = (
    "",
    "a CPU second ÷ reader's",
    "feeds a CPU second",
    "CPU s",
    "memory MB",
    "requests",
    "MB received",
    "not modified",
)
NOTE = (
    "Feeds of ten entries on a local server, each on a host of its own (an address of 127.0.0.0/8), over plain HTTP. "
    "Cold: every feed is new. Warm: nothing has changed and the server says so (304); the dearer of two rounds. "
    "Attaché is the service as `attache run` has it, leases, agenda, log and sandbox included, less the web pages; "
    "`reader` is `update_feeds` with a SQLite file; the loop is feedparser.parse and a set in memory. Nothing in the "
    "entries hints at our subject, so that no page behind them is fetched. Each runs in a process of its own. CPU time "
    "is user and system of that process and its children, memory the sum of what each of these at most held. Feeds a "
    "CPU second ÷ reader: above 1× we need less. The cold round costs us more than the others because feeds are parsed "
    f"in child processes that can be killed. The slow host has {SLOW_FEEDS} feeds and answers after {SLOW:.0f} s. "
    "`BENCH=full` measures the peers at the largest size as well."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round cost, and what the server saw of it."""

    cost: Cost
    seen: Counts

    @property
    def rate(self) -> float:
        """Feeds a CPU second."""
        return self.cost.feeds / self.cost.cpu


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A contestant's cold round and the middle one of its warm ones."""

    cold: Round
    warm: Round


def measure(_: Mapping[str, list[Gold]]) -> Part:
    """Every contestant at every size, one after the other; then ours beside a slow host."""
    smallest, largest = SIZES[0], SIZES[-1]
    measured = {
        size: {who: run(who, size) for who in PEERS if who == OURS or size < largest or full()} for size in SIZES
    }
    plain = {who: run(who, smallest, kind="plain") for who in PEERS}
    alone, beside = run(OURS, SLOW_TRIED, warm=1), run(BESIDE_SLOW, SLOW_TRIED, warm=0)
    table = Table(
        title="A slow host beside",
        columns=("", "seconds until all others are polled"),
        rows=(("without", f"{alone.cold.cost.wall:.1f}"), ("with", f"{beside.cold.cost.wall:.1f}")),
    )
    return Part(
        title="Poll",
        note=NOTE,
        aims=(*_aims(measured), _not_delayed(alone.cold.cost.wall, beside.cold.cost.wall)),
        tables=(*_tables(measured), _plain(smallest, plain), table),
    )


def run(who: str, feeds: int, warm: int = WARM, kind: str = "feed") -> Run:
    """One contestant on so many feeds of a kind: a cold round, then warm ones."""
    with running() as port, _poller(who, feeds, port, kind) as costs:
        rounds = []
        for _ in range(1 + warm):
            cost = costs()
            rounds.append(Round(cost=cost, seen=counts(port)))
        cold, *later = rounds
        later.sort(key=lambda one: one.cost.cpu)
        return Run(cold=cold, warm=later[len(later) // 2] if later else cold)


@contextmanager
def _poller(who: str, feeds: int, port: int, kind: str) -> Iterator[Callable[[], Cost]]:
    """A contestant's process, and what has it do another round."""
    command = (sys.executable, "-m", "benchmarks.pollers", who, str(feeds), str(port), kind)
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        asked, told, errors = cast(IO[str], process.stdin), cast(IO[str], process.stdout), cast(IO[str], process.stderr)
        begun = False

        def next_round() -> Cost:
            nonlocal begun
            if begun:
                print(file=asked, flush=True)
            begun = True
            if not (line := told.readline()):
                raise RuntimeError(f"{who} ended: {errors.read()[-2000:]}")
            return Cost(**json.loads(line))

        try:
            yield next_round
            asked.close()
            process.wait(60)
        finally:
            process.kill()


def _tables(measured: Mapping[int, Mapping[str, Run]]) -> Iterator[Table]:
    for size, runs in measured.items():
        cold = [
            _row(f"{who}, cold", one.cold, runs[LEMON].cold if LEMON in runs else None) for who, one in runs.items()
        ]
        warm = [
            _row(f"{who}, warm", one.warm, runs[LEMON].warm if LEMON in runs else None) for who, one in runs.items()
        ]
        yield Table(title=f"{size:,} feeds", columns=COLUMNS, rows=(*cold, *warm))
    yield _growth(measured)


def _plain(size: int, runs: Mapping[str, Run]) -> Table:
    """Servers that send everything every time."""
    rows = tuple(_row(f"{who}, warm", one.warm, runs[LEMON].warm) for who, one in runs.items())
    return Table(title=f"{size:,} feeds whose servers know no 304", columns=COLUMNS, rows=rows)


def _row(name: str, one: Round, peer: Round | None) -> tuple[str, ...]:
    return (
        name,
        times(one.rate / peer.rate) if peer else "–",
        f"{one.rate:,.0f}",
        f"{one.cost.cpu:.2f}",
        f"{one.cost.memory / 10**6:.0f}",
        f"{one.seen.requests:,}",
        f"{one.seen.sent / 10**6:.2f}",
        f"{one.seen.unchanged:,}",
    )


def _growth(measured: Mapping[int, Mapping[str, Run]]) -> Table:
    """How CPU and memory grow with the feeds: 1 is in proportion."""
    rows = []
    for who in PEERS:
        sizes = [size for size, runs in measured.items() if who in runs]
        runs = [measured[size][who] for size in sizes]
        figures = (
            [r.cold.cost.cpu for r in runs],
            [r.warm.cost.cpu for r in runs],
            [float(r.warm.cost.memory) for r in runs],
        )
        rows.append(
            (who, ", ".join(f"{size:,}" for size in sizes), *(f"{exponent(sizes, each):.2f}" for each in figures))
        )
    columns = ("exponent", "feeds", "CPU, cold", "CPU, warm", "memory")
    return Table(title="Growth with the number of feeds", columns=columns, rows=tuple(rows))


def _aims(measured: Mapping[int, Mapping[str, Run]]) -> Iterator[Aim]:
    for size, runs in measured.items():
        if LEMON in runs:
            ratio = runs[OURS].warm.rate / runs[LEMON].warm.rate
            what = f"Poll: feeds a CPU second, warm, ÷ reader's, {size:,} feeds"
            yield Aim(what=what, wanted="≥ 3×", figure=times(ratio), met=ratio >= 3)
    size = SIZES[-1]
    ours = measured[size][OURS]
    yield at_most(f"Poll: {size:,} feeds warm, CPU, of ten minutes of one core", ours.warm.cost.cpu, INTERVAL, "s")
    yield at_most(f"Poll: {size:,} feeds cold, CPU, of ten minutes of one core", ours.cold.cost.cpu, INTERVAL, "s")
    yield at_most(f"Poll: {size:,} feeds, memory of all processes", ours.warm.cost.memory / 10**6, ROOM / 10**6, "MB")


def _not_delayed(alone: float, beside: float) -> Aim:
    """Whether others were done before the slow one, which takes minutes."""
    slow = SLOW * SLOW_FEEDS / 2
    told = f"{alone:.1f} → {beside:.1f} s; the slow host itself takes {slow:.0f} s"
    return Aim(
        what="Poll: others are not delayed by a slow host", wanted="≤ 1.5×", figure=told, met=beside <= 1.5 * alone
    )
