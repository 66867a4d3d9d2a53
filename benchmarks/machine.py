"""When, on what shape of machine and with which versions a run was made: no names, no paths."""

from __future__ import annotations

import os
import platform
import sqlite3
import subprocess
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.infra.clock import SystemClock

PACKAGES = (
    "feedparser lexrank lxml numpy nltk sentencex SQLAlchemy sumy trafilatura".split()  # what the figures hang on
)


def preface(seconds: float, load: Sequence[tuple[float, float, float]]) -> str:
    """The lines above the figures. `load` is the load average before and after the run."""
    day = SystemClock().now().date().isoformat()
    before, after = (f"{one[0]:.1f}" for one in load)
    return "\n".join(
        [
            f"Written by `make bench` on {day}, in {seconds:.0f} s{_at_commit()}.",
            "",
            f"- Machine: {_shape()}.",
            f"- Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {_versions()}.",
            f"- Load average before the run {before}, after it {after}. Where the machine is shared, milliseconds and "
            "rates vary from run to run; ratios and medians hold better, and CPU time better than time on the wall.",
            "- `MISSED` marks an aim this run did not reach.",
        ]
    )


def anew() -> str:
    """What is said of a part that was measured by itself, after the run that made the page."""
    return f"Measured anew on {SystemClock().now().date().isoformat()}{_at_commit()}, by itself."


def _shape() -> str:
    cores = os.cpu_count() or 0
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{cores} cores, {memory:.0f} GiB of memory, {platform.system()}, {platform.machine()}"


def _versions() -> str:
    return ", ".join(f"{name} {found}" for name in PACKAGES if (found := _version(name)))


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _at_commit() -> str:
    command = ("git", "-C", str(Path(__file__).parents[1]), "describe", "--always", "--dirty")
    try:
        named = subprocess.run(command, capture_output=True, text=True, check=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return ""
    return f", of commit {named.stdout.strip()}"
