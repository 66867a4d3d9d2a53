"""How long the command line takes to answer, process and imports included."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.corpora import ROOT
from benchmarks.measure import ms, times, wall_ms
from benchmarks.report import Part, Table, at_most
from tests.corpus.scoring import Gold

RUNS = 7
NOTE = (
    f"The whole process by the clock on the wall, the median of {RUNS} runs after one to warm the disk. “Modules” "
    "counts what is imported on the way. `attache run` to readiness and memory at rest stand under Service."
)
ATTACHE = (sys.executable, "-m", "bot")
COMMANDS: dict[str, tuple[str, ...]] = {
    "python -c pass": (sys.executable, "-c", "pass"),
    "attache --help": (*ATTACHE, "--help"),
    "attache config check": (*ATTACHE, "config", "check"),
}


def measure(_: Mapping[str, list[Gold]]) -> Part:
    """The start of Python alone, and of the commands that need little."""
    with TemporaryDirectory(prefix="bench") as folder:
        _run((*ATTACHE, "config", "init"), folder)
        taken = {name: [_run(command, folder) for _ in range(RUNS + 1)][1:] for name, command in COMMANDS.items()}
        modules = {name: _modules(command, folder) for name, command in COMMANDS.items()}
    bare = median(taken["python -c pass"])
    rows = tuple(
        (name, times(median(some) / bare), ms(median(some)), ms(min(some)), str(modules[name]))
        for name, some in taken.items()
    )
    columns = ("", "÷ Python alone", "median ms", "fastest ms", "modules")
    aim = at_most("Start: attache --help, wall", median(taken["attache --help"]) / 1000, 0.4, "s")
    return Part(title="Start", note=NOTE, aims=(aim,), tables=(Table(title="Start", columns=columns, rows=rows),))


def _run(command: Sequence[str], folder: str) -> float:
    _, taken = wall_ms(_result, command, folder)
    return taken


def _result(command: Sequence[str], folder: str) -> subprocess.CompletedProcess[str]:
    settings = {"PYTHONPATH": str(ROOT), "PATH": str(Path(sys.executable).parent)}
    return subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=True, timeout=60)


def _modules(command: Sequence[str], folder: str) -> int:
    told = _result((command[0], "-X", "importtime", *command[1:]), folder).stderr
    return sum(line.startswith("import time:") for line in told.splitlines()) - 1
