"""What the hostile tiers have done in the sandbox's child processes: the real work, with what it took."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.briefing import make_brief
from bot.domain.brief import Brief
from bot.domain.source import Window
from bot.errors import AttacheError
from bot.infra.feeds import parse_feed
from bot.reading.document import to_record
from bot.reading.reader import read

MB = 1_000_000
URL = "https://mission.example/news/feed"
STATUS, RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass(frozen=True, slots=True)
class Took:
    """What came of a job (its result, or our own error's one line), how much memory it took at its peak, and how long.

    `grown` is in bytes beyond what the process held before, `seconds` are of CPU.
    """

    came: Any
    grown: int
    seconds: float


def measured(function: Callable[..., Any], *args: Any) -> Took:
    """A job done, with what it took. The peak is this job's own: the system is told to forget earlier ones."""
    RESET.write_text("5", encoding="ascii")
    before, start = _peak(), time.process_time()
    try:
        came = function(*args)
    except AttacheError as error:
        came = str(error)
    return Took(came=came, grown=_peak() - before, seconds=time.process_time() - start)


def _peak() -> int:
    """The most memory this process held at once since it was last told to forget, in bytes."""
    line = next(line for line in STATUS.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def feed(body: bytes, charset: str | None = None) -> Window:
    """A feed as the poll reads it."""
    return parse_feed(body, "application/rss+xml", charset, URL)


def page(body: bytes, media_type: str = "text/html") -> Brief:
    """A page as it is read and briefed."""
    return make_brief(
        read(to_record(body, id="x", url="https://mission.example/one", media_type=media_type, charset=None))
    )
