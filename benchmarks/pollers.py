"""Those who poll: `python -m benchmarks.pollers NAME FEEDS PORT KIND`, each in a process of its own.

A line of JSON a round, cold first, then warm: what it cost. The next round begins when a line comes in.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks.feed_server import address, slow_address

if TYPE_CHECKING:
    from bot.wiring import House

TICK = os.sysconf("SC_CLK_TCK")
LATER = timedelta(minutes=31)  # after that every source is due again
LONGEST = 1800.0
SLOW_FEEDS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """One round: CPU and wall seconds; `memory` is the sum of what each process at most held so far, in bytes."""

    feeds: int
    cpu: float
    wall: float
    memory: int


def family(root: int | None = None) -> list[int]:
    """This process, or another, and those it started, by number."""
    found, waiting = list[int](), [root or os.getpid()]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                waiting += map(int, task.read_text(encoding="ascii").split())
            except OSError:
                continue  # it ended meanwhile
    return found


def memory() -> int:
    """What this process and its children held at most, each by itself, added up; bytes."""
    peaks = 0
    for one in family():
        try:
            status = Path(f"/proc/{one}/status").read_text(encoding="ascii", errors="replace")
        except OSError:
            continue
        peaks += next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)
    return 1024 * peaks


def cpu() -> float:
    """The CPU seconds of this process and its children, those that have ended included."""
    spent = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        used = resource.getrusage(who)
        spent += used.ru_utime + used.ru_stime
    for one in family()[1:]:
        try:
            fields = Path(f"/proc/{one}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        spent += sum(map(int, fields[11:15])) / TICK
    return spent


@contextmanager
def round_of(feeds: int) -> Iterator[None]:
    """Measure what is done inside, and print it."""
    begun, before = time.perf_counter(), cpu()
    yield
    cost = Cost(feeds=feeds, cpu=cpu() - before, wall=time.perf_counter() - begun, memory=memory())
    print(json.dumps(asdict(cost)), flush=True)


def again() -> bool:
    """Whether another round is wanted."""
    return bool(sys.stdin.readline())


class Ahead:
    """The machine's clock, set forward between rounds."""

    def __init__(self) -> None:
        from bot.infra.clock import SystemClock

        self._clock, self.ahead = SystemClock(), timedelta()

    def now(self) -> datetime:
        return self._clock.now() + self.ahead


def attache(feeds: int, port: int, folder: Path, kind: str, slow: int = 0) -> None:
    """The service as `attache run` has it, less the web pages, with sources that publish on everything."""
    from bot.config import Settings
    from bot.domain.source import Source, SourceKind
    from bot.infra import garbage, log
    from bot.infra.loop import service_loop
    from bot.infra.threads import Threads
    from bot.wiring import House

    def source(name: str, url: str) -> Source:
        return Source(name=name, kind=SourceKind.FEED, url=url, allow_private=True, firehose=True)

    late = [source(f"slow {number}", slow_address(number, port)) for number in range(slow)]
    sources = [source(f"feed {number}", address(number, port, kind)) for number in range(feeds)]
    log.set_up(filename=str(folder / "log"))

    async def live() -> None:
        settings = Settings(
            database=f"sqlite:///{folder / 'attache.db'}", sources=(*late, *sources), adapters={"console": {}}
        )
        house, clock, stop = House(settings, role="run"), Ahead(), asyncio.Event()
        house.clock = clock
        asyncio.get_running_loop().set_default_executor(Threads(64))
        watch, wanted = house.watch(), 0
        garbage.set_apart()
        running = None
        while running is None or await asyncio.to_thread(again):
            wanted += feeds
            with round_of(feeds):
                clock.ahead += LATER
                running = running or asyncio.create_task(watch.run(stop))
                await _until(partial(_done, house, slow, running, wanted))
            if running.done():
                running.result()
        stop.set()
        await running
        await house.close()

    with asyncio.Runner(loop_factory=service_loop) as runner:
        runner.run(live())


def _done(house: House, slow: int, running: asyncio.Task[None], wanted: int) -> bool:
    return running.done() or _polled(house, slow) >= wanted


def _polled(house: House, slow: int) -> int:
    """How many polls of the other hosts there were; with a slow one, those are told by their states."""
    if not slow:
        return sum(house.tally.polls.values())
    states = house.store.sources.states()
    return sum(state.last_success is not None for name, state in states.items() if name.startswith("feed"))


async def _until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST
    while not done():
        if time.monotonic() > end:
            raise TimeoutError(f"not done within {LONGEST:.0f} s")
        await asyncio.sleep(0.05)


def attache_beside_a_slow_host(feeds: int, port: int, folder: Path, kind: str) -> None:
    """The same, with one host more that is slow and has many feeds."""
    attache(feeds, port, folder, kind, slow=SLOW_FEEDS)


def lemon24(feeds: int, port: int, folder: Path, kind: str) -> None:
    """`reader`, as its documentation says it is used."""
    from reader import make_reader

    reader = make_reader(str(folder / "reader.db"))
    for number in range(feeds):
        reader.add_feed(address(number, port, kind))
    more = True
    while more:
        with round_of(feeds):
            reader.update_feeds(scheduled=False)
        more = again()
    reader.close()


def loop(feeds: int, port: int, folder: Path, kind: str) -> None:  # noqa: ARG001 - one shape for all
    """What a small bot does: feedparser fetches and parses one after the other, and what it has seen is a set."""
    import feedparser

    parse: Any = feedparser.parse  # it fetches as well, which its stubs do not say
    seen, known = set[str](), dict[str, str]()
    more = True
    while more:
        with round_of(feeds):
            for number in range(feeds):
                url = address(number, port, kind)
                parsed = parse(url, etag=known.get(url))
                if etag := parsed.get("etag"):
                    known[url] = etag
                seen.update(entry.get("id") or entry.get("link") for entry in parsed["entries"])
        more = again()


POLLERS: dict[str, Callable[[int, int, Path, str], None]] = {
    "Attaché": attache,
    "Attaché beside a slow host": attache_beside_a_slow_host,
    "reader": lemon24,
    "feedparser loop": loop,
}

if __name__ == "__main__":
    _, who, feeds, port, kind = sys.argv
    with TemporaryDirectory(prefix="bench") as folder:
        POLLERS[who](int(feeds), int(port), Path(folder), kind)
