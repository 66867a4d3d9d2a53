"""Runs with seed after seed, a few at once, until the service has been killed at so many points."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.points import STAGES
from tests.faults.run import Outcome, run, seeded
from tests.faults.town import Town

AT_ONCE = 2
# Where several workers live at once, time goes slower, or those that are idle would look round all the time.
SPEED = 20.0


@dataclass
class Tally:
    """What a campaign came to: points tried by stage, and a line for all that went wrong, with its seed."""

    tried: Counter[str] = field(default_factory=Counter)
    runs: int = 0
    lost: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)

    @property
    def points(self) -> int:
        """How many points between a source and a reader were tried; kills from outside and elsewhere not counted."""
        return sum(self.tried[stage] for stage in STAGES)

    def add(self, seed: int, outcome: Outcome) -> None:
        """Count a run."""
        self.runs += 1
        self.tried.update(death.partition(":")[0] for death in outcome.deaths)
        about = f"seed {seed}, killed at {', '.join(outcome.deaths)}"
        for lines, found in (
            (self.lost, outcome.verdict.lost),
            (self.repeated, outcome.verdict.repeated),
            (self.disordered, outcome.verdict.disordered),
            (self.unfinished, [outcome.why] if outcome.why else []),
        ):
            lines += [f"{line} ({about})" for line in found]

    def wrong(self) -> list[str]:
        """Everything that went wrong."""
        return [*self.lost, *self.repeated, *self.disordered, *self.unfinished]


async def campaign(
    folder: Path,
    database: Callable[[int], AbstractContextManager[str]],
    points: int,
    *,
    workers: int,
    turns: int,
    at_once: int = AT_ONCE,
) -> Tally:
    """Kill at so many points, or a few more. `database` lends a seed's run the address of a new database."""
    tally, seeds, running = Tally(), itertools.count(), set[int]()

    async def one_after_another() -> None:
        # Lives often finish before they die: half of the points a run is given are tried.
        while tally.points + len(running) * turns / 2 < points and not tally.unfinished:
            seed = next(seeds)
            running.add(seed)
            place = folder / f"seed{seed}"
            place.mkdir()
            with database(seed) as url:
                async with Town(folder=place, database=url, speed=SPEED) as town:
                    tally.add(seed, await run(town, seeded(seed, workers, turns), workers=workers))
            running.remove(seed)

    while tally.points < points and not tally.unfinished:
        await asyncio.gather(*(one_after_another() for _ in range(at_once)))
    return tally
