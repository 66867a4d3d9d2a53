"""One life of the service in a process of its own: the real House on the real database, until it is killed or stopped.

Only its time is driven, and the limits are shortened that would keep a test waiting.
"""

from __future__ import annotations

import asyncio
import json
import logging
import signal
from dataclasses import dataclass
from pathlib import Path

import adapters.discord.rest
import adapters.slack.client
import adapters.slack.sending
import bot.infra.store.engine
from bot.config import load_settings
from bot.infra.log import set_up
from bot.infra.loop import service_loop
from bot.wiring import House
from tests.faults.disk import fill_disk
from tests.faults.driven import DrivenClock, DrivenTimer
from tests.faults.mutations import MUTATIONS
from tests.faults.points import Kill, PointedSandbox, Points

log = logging.getLogger(__name__)
SETTINGS, CLOCK, LOG, GRAVE, COUNTS = "attache.toml", "clock", "log.txt", "grave.txt", "counts.json"
FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What a life is given: the folder of its settings, where to die, what to break in it on purpose.

    `answer_within` is how many seconds a platform may take, `locked_for` how many a database may stay locked. Its disk
    is full (SQLite only) while there is a file `full` in its folder. With `own_timer` nothing but the clock is driven.
    """

    folder: Path
    kill: Kill | None = None
    mutation: str = ""
    answer_within: float = 20.0
    locked_for: float = 20.0
    number: int = 0
    own_timer: bool = False


def live(life: Life) -> None:
    """Serve until SIGTERM, or until the point at which to die."""
    points = Points(str(life.folder / GRAVE), life.kill)
    points.install()
    fill_disk(life.folder / FULL)
    _shorten(life)
    if life.mutation:
        MUTATIONS[life.mutation]()
    set_up(filename=life.folder / LOG)
    try:
        with asyncio.Runner(loop_factory=service_loop) as runner:  # as `attache run` does
            runner.run(_serve(life, points))
    except BaseException:
        log.exception("life %d", life.number)
        raise
    with (life.folder / COUNTS).open("a") as file:
        file.write(json.dumps(points.counts) + "\n")


async def _serve(life: Life, points: Points) -> None:
    house = House(load_settings(str(life.folder / SETTINGS), {}))
    house.clock = clock = DrivenClock(life.folder / CLOCK)
    house.__dict__["sandbox"] = PointedSandbox(points)
    if not life.own_timer:
        house.__dict__["timer"] = DrivenTimer(clock)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    # Blocked since the nursery; nothing has been started yet that would inherit that.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    try:
        await house.watch().run(stop)
    finally:
        await house.close()


def _shorten(life: Life) -> None:
    bot.infra.store.engine.BUSY_SECONDS = max(1, int(life.locked_for))
    adapters.discord.rest.ANSWER_WITHIN = life.answer_within
    adapters.slack.client.ANSWER_WITHIN = life.answer_within
    adapters.slack.sending.SECONDS_APART = 0.0
