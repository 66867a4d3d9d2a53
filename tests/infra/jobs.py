"""What the sandbox's tests have done in its child processes."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bot.errors import AttacheError, UnreadableError

MB = 1_000_000


def add(left: int, right: int) -> int:
    return left + right


def pid() -> int:
    return os.getpid()


def nap(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def span(seconds: float) -> tuple[float, float]:
    """When this job began and ended, on the clock all processes share."""
    begun = time.monotonic()
    time.sleep(seconds)
    return begun, time.monotonic()


def spin() -> None:
    while True:
        pass


def hold(megabytes: int) -> int:
    return len(bytearray(megabytes * MB))


KEPT: list[bytearray] = []


def leak(megabytes: int) -> int:
    KEPT.append(bytearray(megabytes * MB))
    return os.getpid()


def recurse() -> object:
    return [recurse()]


def abort() -> None:
    os.abort()


def leave(status: int) -> None:
    os._exit(status)


def system_exit() -> None:
    sys.exit("enough")


def raise_error(error: BaseException) -> None:
    raise error


def raise_unreadable() -> None:
    raise UnreadableError("a scan without text")


def two_lines() -> None:
    raise ValueError("first line\nsecond line")


class StubbornError(AttacheError):
    """An error that cannot be sent to another process."""

    def __init__(self) -> None:
        super().__init__("holds a lambda")
        self.held: Callable[[], None] = lambda: None


def raise_stubborn() -> None:
    raise StubbornError


def unsendable() -> object:
    return lambda: None


class Trap:
    """Breaks when it is unpacked, not when it is packed."""

    def __reduce__(self) -> tuple[object, ...]:
        return int, ("not a number",)


def trap() -> Trap:
    return Trap()


def chatter() -> str:
    """Prints where the answers go, and reads where the jobs come from."""
    print("hello")
    os.write(1, b"\x00" * 100)
    return sys.stdin.read()


def environment() -> dict[str, str]:
    return dict(os.environ)


def echo(text: str) -> str:
    return text


def interrupt_self() -> str:
    os.kill(os.getpid(), signal.SIGINT)
    return "still here"


def note_when_started(path: str, seconds: float) -> None:
    Path(path).write_text("started", encoding="ascii")
    time.sleep(seconds)
    Path(path).write_text("ended", encoding="ascii")
