"""Libraries that only the jobs of the sandbox need: put off until they are used, or until a job is about to begin.

The service itself never reads a page, so it need not hold what reading takes; a child of the sandbox has it all before
the job's limits of time and memory begin.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeVar

Library = TypeVar("Library")
_put_off: list[Callable[[], object]] = []


def put_off(load: Callable[[], Library]) -> Callable[[], Library]:
    """A function that imports and returns something: called once, when it is first needed."""
    once = cache(load)
    _put_off.append(once)
    return once


def load_all() -> None:
    """Import everything that was put off by what is imported so far."""
    for load in _put_off:
        load()
