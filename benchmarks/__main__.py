"""`make bench`: measure everything, print it, write it to benchmarks/RESULTS.md.

`python -m benchmarks brief start` prints those parts only and writes nothing; with `--renew` before their names they
take the place of what RESULTS.md has of them, each saying so.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from rich.console import Console

from benchmarks import (
    archive,
    brief,
    chat,
    cost,
    faults,
    feeds,
    poll,
    reading,
    sandbox,
    schedules,
    service,
    showing,
    soak,
    starting,
    web,
    workers,
)
from benchmarks.corpora import corpora
from benchmarks.machine import anew, preface
from benchmarks.renewal import renewed
from benchmarks.report import Part, aims_of, markdown, show, show_part
from tests.corpus.scoring import Gold

RESULTS = Path(__file__).with_name("RESULTS.md")
RENEW = "--renew"
PARTS: dict[str, Callable[[Mapping[str, list[Gold]]], Part]] = {
    "start": starting.measure,
    "sandbox": sandbox.measure,
    "read": reading.measure,
    "brief": brief.measure,
    "feeds": feeds.measure,
    "poll": poll.measure,
    "archive": archive.measure,
    "web": web.measure,
    "charts": showing.measure,
    "chat": chat.measure,
    "service": service.measure,
    "schedules": schedules.measure,
    "cost": cost.measure,
    "faults": faults.measure,
    "soak": soak.measure,
    "workers": workers.measure,
}


def main(asked: list[str]) -> int:
    """Measure the parts named, or all; 2 for a name that is none."""
    wanted = [name for name in asked if name != RENEW]
    if unknown := [name for name in wanted if name not in PARTS]:
        print(f"no part is called {unknown[0]!r}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    console, found = Console(width=150 if not sys.stdout.isatty() else None), corpora()
    start, load, parts = time.perf_counter(), os.getloadavg(), list[Part]()
    for name in wanted or PARTS:
        console.print(f"measuring: {name} …", style="dim")
        gc.collect()
        gc.freeze()  # what earlier parts left behind is not the next one's to sort through
        parts.append(PARTS[name](found))
        show_part(console, parts[-1])
    show(console, aims_of(parts))
    if not wanted:
        told = preface(time.perf_counter() - start, (load, os.getloadavg()))
        RESULTS.write_text(markdown(parts, told), encoding="utf-8")
    elif RENEW in asked:
        RESULTS.write_text(renewed(RESULTS.read_text(encoding="utf-8"), parts, anew()), encoding="utf-8")
    if not wanted or RENEW in asked:
        console.print(f"written to {RESULTS.parent.name}/{RESULTS.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
