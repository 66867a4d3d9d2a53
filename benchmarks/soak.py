"""A service's long life in short time: does it grow by more than its data, does it slow down?"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from time import process_time
from zoneinfo import ZoneInfo

from benchmarks.archive import COUNTRIES, Statements
from benchmarks.corpora import OWN
from benchmarks.measure import full, memory_of, ms, times
from benchmarks.report import Aim, Part, Table, none_of
from bot.chat import Fence
from bot.config import Settings
from bot.domain.brief import Brief
from bot.domain.identity import identify
from bot.domain.reply import Payload
from bot.domain.subscription import Channel, Filter
from bot.domain.timing import Slot, parse_schedule
from bot.plugins import renderer
from bot.ports import Renderer
from bot.wiring import House
from tests.corpus.scoring import Gold
from tests.fakes import SetClock

START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
ROUND = timedelta(hours=12)
SAMPLES = 12
WARM_UP = 4  # samples until the database's caches are full
NOTE = (
    "Rounds of half a day each, one after the other: some statements are kept, then every channel's digest is opened, "
    "rendered for the console and posted by the deliverer, through the ledger on one SQLite file; each channel wants "
    "three states' statements. Memory is the process's own (RssAnon, without what is mapped from the file). Each "
    "figure of the last third stands beside that of the first third after warm-up. `BENCH=full` runs 20,000 "
    "statements and 100,000 deliveries, else it is a tenth of that."
)


@dataclass(kw_only=True)
class Recorder:
    """A platform that keeps the key of each message on disk, so that it grows by nothing in memory."""

    path: Path
    renderer: Renderer = field(default_factory=lambda: renderer("console"))

    async def start(self) -> None: ...

    async def connections(self) -> Sequence[str]:
        return ()

    async def listen(self, connection: str) -> None: ...

    async def hang_up(self, connection: str) -> None: ...

    async def send(
        self,
        destination: str,
        payload: Payload,  # noqa: ARG002 - the port's
        *,
        key: str,
        thread: str | None = None,  # noqa: ARG002 - the port's
        fence: Fence | None = None,
    ) -> str:
        if fence:
            fence()
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{destination} {key}\n")
        return key

    async def find(self, destination: str, *, key: str, thread: str | None = None) -> str | None:  # noqa: ARG002 - the port's
        return key if f"{destination} {key}\n" in self.path.read_text(encoding="utf-8") else None

    async def health(self) -> Sequence[str]:
        return ()

    async def reach(self, destinations: Sequence[str]) -> Mapping[str, str]:  # noqa: ARG002 - the port's
        return {}

    async def stop(self) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Where the run stood: memory in MiB, file in bytes, CPU milliseconds a delivery and a statement since before."""

    statements: int
    deliveries: int
    memory: float
    file: int
    per_delivery: float
    per_statement: float


class Soak:
    """So many channels, each told so often, of so many statements a round."""

    def __init__(self, folder: Path, rows: Sequence[Gold], *, channels: int, a_round: int) -> None:
        self.house = House(Settings(database=f"sqlite:///{folder / 'soak.db'}"))
        self.house.clock = self.clock = SetClock(START)
        self.recorder = Recorder(path=folder / "posted.txt")
        self._made, self._a_round = Statements(rows).made(), a_round
        self.channels = [_channel(number) for number in range(channels)]
        self.statements = self.deliveries = 0

    async def run(self, rounds: int, samples: int) -> list[Sample]:
        """Go through all rounds; where it stood at each of the samples, evenly spread."""
        deliverer = self.house.deliverer({"console": self.recorder})
        await self.house.workers.start()
        found = []
        try:
            for part in range(samples):
                before, kept, posted = self.deliveries, 0.0, 0.0
                some = rounds * (part + 1) // samples - rounds * part // samples
                for _ in range(some):
                    kept += _timed(self._keep)
                    start = process_time()
                    self._open()
                    self.deliveries += await deliverer.post()
                    posted += process_time() - start
                    self.clock.pass_by(ROUND)
                found.append(self._sample(posted / (self.deliveries - before), kept / (some * self._a_round)))
        finally:
            await self.house.close()
        return found

    def _keep(self) -> None:
        for _ in range(self._a_round):
            brief = self._dated(next(self._made))
            now = self.clock.now()
            self.house.store.statements.keep(brief, identify(brief.statement), source="soak", now=now)
            self.statements += 1

    def _dated(self, brief: Brief) -> Brief:
        now = self.clock.now()
        return replace(brief, statement=replace(brief.statement, date=now.date(), published=now))

    def _open(self) -> None:
        now = self.clock.now()
        for channel in self.channels:
            self.house.digests.open(channel, Slot(now, f"{now:%Y-%m-%dT%H:%M} UTC"), now=now)

    def _sample(self, per_delivery: float, per_statement: float) -> Sample:
        gc.collect()
        folder = self.recorder.path.parent
        return Sample(
            statements=self.statements,
            deliveries=self.deliveries,
            memory=memory_of("self"),
            file=sum(one.stat().st_size for one in folder.glob("soak.db*")),
            per_delivery=1000 * per_delivery,
            per_statement=1000 * per_statement,
        )


def measure(found: Mapping[str, list[Gold]]) -> Part:
    """The whole run, and what it came to."""
    rounds, a_round, channels = (1000, 20, 100) if full() else (100, 20, 100)
    with TemporaryDirectory(prefix="bench") as folder:
        soak = Soak(Path(folder), found[OWN], channels=channels, a_round=a_round)
        samples = asyncio.run(soak.run(rounds, SAMPLES))
        posted = soak.recorder.path.read_text(encoding="utf-8").splitlines()
        lost = _lost(soak)
    twice = len(posted) - len(set(posted))
    last = samples[-1]
    title = f"Soak: {last.statements:,} statements, {last.deliveries:,} deliveries"
    return Part(title=title, note=NOTE, aims=_aims(samples, twice, lost), tables=(_table(samples),))


def _lost(soak: Soak) -> int:
    again = House(soak.house.settings)
    lost: int = len(again.store.ledger.unsettled())
    again.store.close()
    return lost


def _aims(samples: Sequence[Sample], twice: int, lost: int) -> tuple[Aim, ...]:
    steps = list(_steps(samples))
    first, last = samples[WARM_UP : WARM_UP + SAMPLES // 3], samples[-(SAMPLES // 3) :]
    memory = fmean(s.memory for s in last) / fmean(s.memory for s in first)
    file = fmean(steps[-(SAMPLES // 3) :]) / fmean(steps[: SAMPLES // 3])
    delivery = fmean(s.per_delivery for s in last) / fmean(s.per_delivery for s in samples[: SAMPLES // 3])
    return (
        none_of("Soak: messages posted twice", twice),
        none_of("Soak: messages not posted", lost),
        _at_most("Soak: memory, last third ÷ first after warm-up", memory, 1.05),
        _at_most("Soak: file growth a round, last third ÷ first", file, 1.1),
        _at_most("Soak: CPU a delivery, last third ÷ first", delivery, 1.2),
    )


def _at_most(what: str, ratio: float, wanted: float) -> Aim:
    return Aim(what=what, wanted=f"≤ {wanted:g}×", figure=times(ratio), met=ratio <= wanted)


def _steps(samples: Sequence[Sample]) -> Iterator[float]:
    """Bytes the file grew by for each delivery, from one sample to the next."""
    for before, after in pairwise(samples):
        yield (after.file - before.file) / (after.deliveries - before.deliveries)


def _table(samples: Sequence[Sample]) -> Table:
    first = samples[0]
    rows = tuple(
        (
            f"{one.statements:,}",
            f"{one.deliveries:,}",
            times(one.per_delivery / first.per_delivery),
            ms(one.per_delivery),
            ms(one.per_statement),
            f"{one.memory:.0f}",
            f"{one.file / 2**20:.1f}",
            f"{one.file / one.deliveries:,.0f}",
        )
        for one in samples
    )
    columns = (
        "statements",
        "deliveries",
        "a delivery ÷ first",
        "CPU ms a delivery",
        "CPU ms a statement",
        "memory MiB",
        "file MiB",
        "bytes a delivery",
    )
    return Table(title="A long life", columns=columns, rows=rows)


def _channel(number: int) -> Channel:
    wanted = frozenset(COUNTRIES[(number * 3 + step) % len(COUNTRIES)] for step in range(3))
    return Channel(
        adapter="console",
        destination=f"room{number}",
        schedule=parse_schedule("daily 08:00,20:00"),
        zone=ZoneInfo("UTC"),
        filter=Filter(countries=wanted),
    )


def _timed(job: Callable[[], None]) -> float:
    start = process_time()
    job()
    return process_time() - start
