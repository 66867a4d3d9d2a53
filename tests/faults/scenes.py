"""What the tests of single faults share: a service at work in its town, and what it said."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from tests.faults.nursery import Born
from tests.faults.run import LOOK_EVERY, REST, unsettled
from tests.faults.town import Town
from tests.faults.verdict import arrived

BAD = re.compile(r"^(\S+ \S+ (WARNING|ERROR|CRITICAL)|Traceback)\b")


@asynccontextmanager
async def at_work(town: Town, *, jumps: bool = True, **about: Any) -> AsyncIterator[Born]:
    """A life at work; at the end it must have settled everything, and end when it is told to."""
    passing = asyncio.create_task(town.time_passes()) if jumps else None
    life = town.bear(**about)
    try:
        yield life
        if life.alive:
            await until(lambda: not unsettled(town), within=60)
            await asyncio.sleep(REST)
            life.process.terminate()
            status = await life.end()
            assert status == 0, town.log()[-2000:]
    finally:
        if passing:
            passing.cancel()


async def until(there: Callable[[], bool], *, within: float = 120) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(within):
        while not await asyncio.to_thread(there):  # noqa: ASYNC110 - it comes about in another process
            await asyncio.sleep(LOOK_EVERY)


async def first_arrived(town: Town) -> None:
    """Wait until every channel was told of the first statements, and the service knows."""
    await until(lambda: arrived(town, in_the_end=False) and not unsettled(town))


async def all_arrived(town: Town) -> None:
    """Wait until every channel was told of everything."""
    await until(lambda: arrived(town, in_the_end=True))


def complaints(town: Town, words: str = "") -> list[str]:
    """The warnings and errors in the log, those with some words."""
    lines = [line for line in town.log().splitlines() if BAD.search(line)]
    return [line for line in lines if words in line]
