"""A run: the service is killed again and again while the sources go on, then left to finish; what arrived is judged."""

from __future__ import annotations

import asyncio
import itertools
import random
import signal
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from bot.errors import AttacheError
from tests.faults.nursery import Born
from tests.faults.points import Kill
from tests.faults.town import Town
from tests.faults.verdict import Verdict, arrived, judge, key_of, messages_of, noted

LOOK_EVERY = 0.03
SELDOM = 50
# Time for what must not come.
REST = 0.3
KILLED = -signal.SIGKILL
# A life of so many points has at least so many of each stage, also if it begins when the run is half over.
POINTS = 400
OF_A_STAGE = {"poll": 20, "brief": 20, "select": 50, "send": 40, "record": 16}


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """Kill from outside, so many seconds after the life began."""

    seconds: float


Death = Kill | After


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a run: where its lives were killed, and the verdict; `why` says what kept it from its end."""

    deaths: tuple[str, ...]
    verdict: Verdict
    why: str = ""
    log: str = field(default="", repr=False)


async def run(town: Town, deaths: Sequence[Death], *, workers: int = 1, within: float = 900.0, **about: Any) -> Outcome:
    """Have a life for each death, and a last one that is left to finish; lives that finish before they die are enough.

    Where there are several workers, each has its share of the deaths, and its last life. The sources go on once what
    they show at first has arrived. `about` is what else a life is given.
    """
    outside: list[str] = []
    ended = asyncio.Event()
    passing = asyncio.create_task(town.time_passes())
    shares = [deaths[number::workers] for number in range(workers)]
    living = asyncio.gather(*(_lives(town, share, outside, ended, about) for share in shares))
    why = ""
    try:
        async with asyncio.timeout(within):
            await _phases(town, living)
            ended.set()
            await living
    except TimeoutError:
        why = f"not at its end within {within:g} s"
    except RunError as error:
        why = str(error)
    finally:
        for task in (passing, living):
            task.cancel()
        await asyncio.gather(passing, living, return_exceptions=True)
    verdict = await asyncio.to_thread(judge, town)
    return Outcome(deaths=(*town.graves(), *outside), verdict=verdict, why=why, log=town.log() if why else "")


class RunError(Exception):
    """A run cannot come to its end: a life ended that should not have, or something was lost."""


def seeded(seed: int, workers: int, turns: int) -> list[Death]:
    """A death from outside, one at a point of the whole run, and so many in the stages whose turn it is."""
    chance = random.Random(seed)
    stages = list(OF_A_STAGE.items())
    deaths: list[Death] = [After(seconds=chance.uniform(0.1, 1.0)), Kill(at=chance.randint(1, POINTS // workers))]
    for number in range(turns):
        stage, most = stages[(seed + 2 * number) % len(stages)]
        deaths.append(Kill(at=chance.randint(1, max(1, most // workers)), of=f"{stage}: "))
    chance.shuffle(deaths)
    return deaths


async def _phases(town: Town, living: asyncio.Future[list[None]]) -> None:
    await _until(town, living, in_the_end=False)
    town.sources.go_on()
    await _until(town, living, in_the_end=True)
    while await asyncio.to_thread(unsettled, town):  # noqa: ASYNC110 - it comes about in another process
        await asyncio.sleep(LOOK_EVERY)
    await asyncio.sleep(REST)


async def _until(town: Town, living: asyncio.Future[list[None]], *, in_the_end: bool) -> None:
    before: set[str] = set()
    for look in itertools.count(1):
        if arrived(town, in_the_end=in_the_end):
            return
        if living.done():
            await living
        if look % SELDOM == 0:
            missing = await gone(town)
            if lost := missing & before:
                raise RunError(f"noted as sent, but not there: {', '.join(sorted(lost))}")
            before = missing
        await asyncio.sleep(LOOK_EVERY)


async def gone(town: Town) -> set[str]:
    """The keys of messages that the ledger has as sent and that stand nowhere: nobody will send them any more."""
    sent: set[str] = set()
    with suppress(AttacheError):
        # Before what has arrived is looked at, or one that comes meanwhile would seem lost.
        sent = await asyncio.to_thread(noted, town)
    return sent - {key_of(message) for each in town.listeners for message in messages_of(town.discord, each)}


def unsettled(town: Town) -> bool:
    """Whether the ledger has something that was not sent, or cannot be asked."""
    with suppress(AttacheError):
        return bool(town.store.ledger.unsettled())
    return True


async def _lives(
    town: Town, deaths: Sequence[Death], outside: list[str], ended: asyncio.Event, about: Mapping[str, Any]
) -> None:
    """One life after the other, until one is told to stop."""
    for number, death in enumerate([*deaths, None]):
        kill = death if isinstance(death, Kill) else None
        life = town.bear(kill=kill, **about)
        hand = asyncio.create_task(_by_hand(life, death, outside)) if isinstance(death, After) else None
        stopping = asyncio.create_task(_stop(life, ended))
        try:
            status = await life.end()
        finally:
            stopping.cancel()
            if hand:
                hand.cancel()
        if ended.is_set() and status == 0:
            return
        if status != KILLED or number == len(deaths):
            raise RunError(f"life {number + 1} ended with status {status}: {town.log()[-600:]}")


async def _by_hand(life: Born, death: After, outside: list[str]) -> None:
    await asyncio.sleep(death.seconds)
    if life.alive:
        life.process.kill()
        outside.append("outside: at any moment")


async def _stop(life: Born, ended: asyncio.Event) -> None:
    await ended.wait()
    life.process.terminate()
