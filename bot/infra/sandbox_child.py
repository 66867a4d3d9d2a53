"""The other side of the sandbox: a process that reads jobs from its parent, runs them and answers.

It is started by `bot.infra.sandbox` and imports next to nothing of the project, so that it starts quickly;
a job's pickle brings in the rest. Both ways, a message is its length (8 bytes, big-endian) and a pickle.

    parent → child   (timeout, memory, function and arguments as a pickle of their own)
    child → parent   STARTED, once the function's module is imported and what it put off; then an Outcome
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from bot.errors import AttacheError
from bot.later import load_all

LENGTH = struct.Struct(">Q")
STARTED = b"started"
GRACE = 2.0  # the parent stops a job on time; this stops one whose parent was killed
MB = 1_000_000


class Outcome(NamedTuple):
    """How a job ended. One of `value` (a pickle), `error` (a pickled AttacheError) and `failure` (one line) is set.

    `worn` tells the parent to start a new child: this one ran out of memory or has kept too much of it.
    """

    value: bytes | None = None
    error: bytes | None = None
    failure: str | None = None
    worn: bool = False


def main() -> None:
    """Serve jobs until the parent closes the pipe."""
    inbox, outbox = _private_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    first = 0
    while (message := _read(inbox)) is not None:
        timeout, memory, job = pickle.loads(message)  # noqa: S301 - from our own parent
        outcome = _serve(job, timeout, memory, lambda: _write(outbox, STARTED))
        first = first or _address_space()
        worn = outcome.worn or _address_space() > first + memory
        _write(outbox, pickle.dumps(outcome._replace(worn=worn)))


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output moved out of reach: what a library prints must not end up among the answers."""
    inbox, outbox = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return inbox, outbox


def _read(inbox: BinaryIO) -> bytes | None:
    head = inbox.read(LENGTH.size)
    return inbox.read(*LENGTH.unpack(head)) if len(head) == LENGTH.size else None


def _write(outbox: BinaryIO, message: bytes) -> None:
    outbox.write(LENGTH.pack(len(message)) + message)
    outbox.flush()


def _serve(job: bytes, timeout: float, memory: int, started: Callable[[], None]) -> Outcome:
    try:
        function, args = pickle.loads(job)  # noqa: S301 - from our own parent
        load_all()
    except Exception as error:
        return Outcome(failure=f"could not be started: {described(error)}")
    started()
    _limit_memory(_address_space() + memory)
    signal.setitimer(signal.ITIMER_REAL, timeout + GRACE)
    try:
        return _outcome(function, args, memory)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        _limit_memory(None)


def _outcome(function: Callable[..., Any], args: tuple[Any, ...], memory: int) -> Outcome:
    try:
        return Outcome(value=pickle.dumps(function(*args), pickle.HIGHEST_PROTOCOL))
    except AttacheError as error:
        return _raised(error)
    except MemoryError:
        return Outcome(failure=f"needed more than {memory // MB} MB of memory", worn=True)
    except RecursionError:
        return Outcome(failure="nested too deeply")
    except BaseException as error:  # a job's sys.exit() must not end the child either
        return Outcome(failure=f"failed: {described(error)}")


def _raised(error: AttacheError) -> Outcome:
    try:
        return Outcome(error=pickle.dumps(error))
    except Exception:  # it carries something that cannot be sent: its text can
        return Outcome(failure=f"failed: {described(error)}")


def described(error: BaseException) -> str:
    """An error as one short line: its kind and the first line of its text."""
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0][:200]}" if lines else type(error).__name__


def _address_space() -> int:
    """The size of this process's address space in bytes; 0 where the system does not say (macOS)."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _limit_memory(limit: int | None) -> None:
    """Let the address space grow up to `limit` bytes, or as far as the process was given (None)."""
    if sys.platform == "darwin":  # it neither tells the size nor keeps the limit: only the time limit holds there
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if limit is None or (hard != resource.RLIM_INFINITY and limit > hard):
        limit = hard
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
