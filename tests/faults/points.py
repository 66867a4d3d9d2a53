"""The points at which a process may die: before and after each write, commit, request, answer and job.

A read alone changes nothing outside the process, so dying at one is dying at the point before it: reads are no points.
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import httpcore
from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

from bot.infra.store.engine import WRITES
from tests.fakes import OpenSandbox, Result

STAGES = ("poll", "brief", "select", "send", "record")
# What a write is part of, by the class and method that makes it, or by the class alone.
WORK = {
    "SqlSources": "poll",
    "SqlPages": "poll",
    "SqlStatements": "brief",
    "SqlLedger.open_slot": "select",
    "SqlCorrections.follow_up": "select",
    "SqlLedger.begin": "send",
    "SqlInstallations": "send",
    "SqlLedger.settle": "record",
}
JOBS = {"read": "brief", "read_fetched": "brief", "make_brief": "brief", "compare": "select"}
POSTS = ("/messages", "/threads", "/chat.postMessage", "/conversations.history", "/conversations.replies")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill:
    """Where to die: at the `at`th point of those described with `of`; without, of all between source and reader."""

    at: int
    of: str = ""

    def means(self, stage: str, what: str) -> bool:
        """Whether a point counts."""
        return self.of in f"{stage}: {what}" if self.of else stage != "start"


@dataclass
class Points:
    """Counts the points of this process and, if told to, dies at one, leaving a line that says where in `grave`."""

    grave: str
    kill: Kill | None = None
    counts: Counter[str] = field(default_factory=Counter)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    def reached(self, stage: str, what: str) -> None:
        """Be at a point."""
        self.counts[stage] += 1
        if self.kill and self.kill.means(stage, what) and next(self._numbers) == self.kill.at:
            die(self.grave, f"{stage}: {what}")

    def install(self) -> None:
        """Have every write, commit, request, answer and job pass here; for good, as the process is made to die."""
        _watch_database(self)
        _watch_requests(self)
        _watch_fetches(self)


def die(grave: str, line: str) -> None:
    """Leave a line and be killed, as by a power cut: nothing is flushed, closed or rolled back."""
    with open(grave, "ab", buffering=0) as file:
        file.write(f"{line}\n".encode())
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)


class PointedSandbox(OpenSandbox):
    """Does jobs here and now, as starting a process for them would take longer than the rest of a run."""

    def __init__(self, points: Points) -> None:
        self._points = points

    async def run(self, function: Callable[..., Result], *args: Any, timeout: float = 5.0) -> Result:
        stage = JOBS.get(function.__name__, "poll")
        self._points.reached(stage, f"before {function.__name__}")
        result = await super().run(function, *args, timeout=timeout)
        self._points.reached(stage, f"after {function.__name__}")
        return result


def _watch_database(points: Points) -> None:
    here = threading.local()

    def before(connection: Any, _cursor: object, statement: str, *_: object) -> None:
        here.writes = connection.get_execution_options().get(WRITES, False)
        if here.writes:
            points.reached(_work(), f"before {_words(statement)}")

    def after(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if here.writes:
            points.reached(_work(), f"after {_words(statement)}")

    def commit(dialect: DefaultDialect, connection: Any) -> None:
        writes, here.writes = getattr(here, "writes", False), False
        if writes:
            points.reached(_work(), "before COMMIT")
        committed(dialect, connection)
        if writes:
            points.reached(_work(), "after COMMIT")

    event.listen(Engine, "before_cursor_execute", before)
    event.listen(Engine, "after_cursor_execute", after)
    committed = replace(DefaultDialect, "do_commit", commit)


def _watch_requests(points: Points) -> None:
    """Requests to chat platforms: before they are made, once they are written, once their answer begins."""
    asked: ContextVar[tuple[str, str]] = ContextVar("asked")

    async def ask(session: aiohttp.ClientSession, method: str, url: Any, **more: Any) -> aiohttp.ClientResponse:
        path = str(url).partition("?")[0]
        what = f"{method} {path.rpartition('/api')[2]}"
        asked.set(("send" if path.endswith(POSTS) else "start", what))
        points.reached(asked.get()[0], f"before {what}")
        response: aiohttp.ClientResponse = await asking(session, method, url, **more)
        points.reached(asked.get()[0], f"answered {what}")
        return response

    async def begin(response: aiohttp.ClientResponse, connection: Any) -> aiohttp.ClientResponse:
        stage, what = asked.get()
        points.reached(stage, f"written {what}")
        begun: aiohttp.ClientResponse = await beginning(response, connection)
        return begun

    asking = replace(aiohttp.ClientSession, "_request", ask)
    beginning = replace(aiohttp.ClientResponse, "start", begin)


def _watch_fetches(points: Points) -> None:
    async def fetch(line: httpcore.AsyncHTTP11Connection, request: httpcore.Request) -> httpcore.Response:
        what = f"GET {request.url.target.decode()}"
        points.reached("poll", f"before {what}")
        response: httpcore.Response = await fetching(line, request)
        points.reached("poll", f"answered {what}")
        return response

    fetching = replace(httpcore.AsyncHTTP11Connection, "handle_async_request", fetch)


def replace(owner: type, name: str, method: Callable[..., Any]) -> Any:
    """Put another method in the place of one, for good; the one that was there."""
    before = getattr(owner, name)
    setattr(owner, name, method)
    return before


def _work() -> str:
    """What the running code is part of."""
    frame = sys._getframe(1)
    while frame := frame.f_back:  # type: ignore[assignment]
        name = frame.f_code.co_qualname
        found = WORK.get(name) or WORK.get(name.partition(".")[0])
        if found:
            return found
    return "other"


def _words(statement: str) -> str:
    """The beginning of a statement, and the table."""
    first, _, rest = statement.partition(" ")
    words = rest.replace("\n", " ").split()
    table = words[words.index("FROM") + 1] if "FROM" in words else next(iter(w for w in words if w != "INTO"), "")
    return f"{first} {table}".strip()
