"""What ledger and leases cost by themselves, and what DBOS does: one process, a platform that answers at once."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.corpora import ROOT
from bot.config import Settings
from bot.domain.subscription import Channel
from bot.domain.timing import parse_schedule
from bot.wiring import House
from tests.fakes import FakeChat

CHANNELS, PARTS = 100, 4
CLAIMS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """Deliveries (or workflows) a second and CPU ms each; leases claimed and given back a second, where there are any.

    `imported` and `memory` are seconds and MB that an engine adds to the service before it does anything.
    """

    deliveries: float
    cpu: float
    claims: float | None = None
    imported: float = 0.0
    memory: float = 0.0


def costs(folder: Path, postgres: str) -> Mapping[str, Costs]:
    """The costs on a SQLite file and on PostgreSQL (its own work is not in the CPU time), and of DBOS on SQLite."""
    urls = {
        "ledger and leases, SQLite": f"sqlite:///{folder / 'costs.db'}",
        "ledger and leases, PostgreSQL": postgres,
    }
    ours = {name: asyncio.run(_measured(url)) for name, url in urls.items()}
    return {**ours, "DBOS, a workflow of one step, SQLite": _of_dbos(folder)}


async def _measured(url: str) -> Costs:
    house = House(Settings(database=url))
    chat = FakeChat()
    try:
        await house.workers.start()
        claims = await _claims(house)
        now = house.clock.now()
        for number in range(CHANNELS):
            room = Channel(
                adapter="fake", destination=f"r{number}", schedule=parse_schedule("daily 08:00"), zone=ZoneInfo("UTC")
            )
            texts = [{"text": f"{number} {part}"} for part in range(PARTS)]
            house.store.ledger.open_slot(room, "slot", now=now, compose=lambda _, texts=texts: texts)  # type: ignore[misc]
        deliverer = house.deliverer({"fake": chat})
        start, cpu = time.perf_counter(), time.process_time()
        posted = await deliverer.post()
        wall, spent = time.perf_counter() - start, time.process_time() - cpu
        assert posted == len(chat.posts) == CHANNELS * PARTS  # noqa: S101 - a figure of half of them would be none
    finally:
        await house.close()
    return Costs(claims=claims, deliveries=posted / wall, cpu=1000 * spent / posted)


async def _claims(house: House) -> float:
    start = time.perf_counter()
    for number in range(CLAIMS):
        await house.workers.claim([f"channel {number}"])
        await house.workers.release([f"channel {number}"])
    return CLAIMS / (time.perf_counter() - start)


def _of_dbos(folder: Path) -> Costs:
    """In a process of its own, as it adds modules and threads to whatever imports it."""
    command = (sys.executable, "-m", "benchmarks.engine", str(folder / "dbos.db"), str(CHANNELS * PARTS))
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=300)
    return Costs(**json.loads(told.stdout.splitlines()[-1]))
