"""What the service says while it runs: a line each on standard error, or in a file."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from typing import Any

from bot.errors import StoreError

FORMAT = "%(asctime)s %(levelname)s %(message)s"
NOISY = ("apscheduler", "httpx", "alembic", "uvicorn")
AGAIN_AFTER = 3600.0


class TroubleOnce(logging.Filter):
    """Lets one line an hour say what is wrong with the database.

    Everybody who asks it finds the same, some of them every few seconds, and each would say so in words of its own.
    """

    def __init__(self, stopwatch: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._stopwatch = stopwatch
        self._said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is to be said."""
        trouble = next(filter(None, map(_trouble, _values(record))), "")
        if not trouble:
            return True
        now = self._stopwatch()
        self._said = {words: at for words, at in self._said.items() if now - at < AGAIN_AFTER}
        first = trouble not in self._said
        self._said.setdefault(trouble, now)
        return first


def set_up(**where: Any) -> None:
    """Begin to say what happens; `where` is a `filename`, or nothing for standard error."""
    logging.basicConfig(level=logging.INFO, format=FORMAT, datefmt="%Y-%m-%d %H:%M:%S", force=True, **where)
    for noisy in NOISY:
        logging.getLogger(noisy).setLevel(logging.WARNING)
    for handler in logging.getLogger().handlers:
        handler.addFilter(TroubleOnce())


def _values(record: logging.LogRecord) -> Iterator[object]:
    yield from record.args.values() if isinstance(record.args, dict) else record.args or ()


def _trouble(value: object) -> str:
    """What is wrong with the database, if that is what an error comes from."""
    while isinstance(value, BaseException):
        if isinstance(value, StoreError):
            return str(value)
        value = value.__cause__
    return ""
