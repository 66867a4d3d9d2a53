"""The service killed again and again on a message's way: is anything lost, repeated, out of order?"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import full
from benchmarks.report import Aim, Part, Table, none_of
from tests.corpus.scoring import Gold
from tests.faults.campaign import Tally, campaign
from tests.faults.points import STAGES, Kill
from tests.faults.run import run
from tests.faults.town import Town
from tests.postgres import lent_database, postgres_server

POINTS, ALL_POINTS = 100, 1000
AT_ONCE = 3
# What is broken on purpose, where the service is killed then, and what the verdict has to say of it.
DEFECTS = {
    "a look-back that finds nothing": ("blind", "send: answered POST", "repeated"),
    "a post noted as sent too early": ("hasty", "send: before POST", "lost"),
}
NOTE = (
    "The whole service in processes of its own, on a real database, between a web server with two feeds and servers "
    "that speak Discord's and Slack's protocols and keep what they receive; Discord's does not drop doubles by their "
    "nonce, so the look-back is tried alone. A process is ended by SIGKILL at a point drawn by a seed: before or after "
    "a write, a commit, a request, an answer or a job of one stage. Another begins in its place, until the lives of a "
    "run are used up and the last is left to finish. Then every channel must hold every statement and correction once, "
    "in the order of the ledger. Kills elsewhere and from outside come on top of the points counted. At the end two "
    f"defects are put in, which must be noticed. `BENCH=full` tries {ALL_POINTS:,} points on each database, else "
    f"{POINTS}."
)
Database = Callable[[int], AbstractContextManager[str]]


def measure(_: Mapping[str, list[Gold]]) -> Part:
    """One process on SQLite, three workers on PostgreSQL; then the defects."""
    points, found = ALL_POINTS if full() else POINTS, dict[str, tuple[Tally, float]]()
    with TemporaryDirectory(prefix="faults") as name:
        folder = Path(name)
        found["SQLite, 1 process"] = _kills(folder / "sqlite", _files(folder), points, workers=1)
        with postgres_server() as server:
            found["PostgreSQL, 3 workers"] = _kills(
                folder / "postgresql", lambda seed: lent_database(server, f"run{seed}", "template"), points, workers=3
            )
        noticed = [asyncio.run(_noticed(folder, what)) for what in DEFECTS]
    wrong = [(where, line) for where, (tally, _) in found.items() for line in tally.wrong()[:20]]
    tables = [_table(found)]
    tables += [Table(title="What was wrong", columns=("where", "what"), rows=tuple(wrong))] if wrong else []
    aims = [aim for where, (tally, _) in found.items() for aim in _aims(where, tally, points)]
    return Part(title="Faults", note=NOTE, aims=(*aims, *noticed), tables=tuple(tables))


def _files(folder: Path) -> Database:
    return lambda seed: nullcontext(f"sqlite:///{folder}/{seed}.db")


def _kills(folder: Path, database: Database, points: int, *, workers: int) -> tuple[Tally, float]:
    folder.mkdir()
    start = time.perf_counter()
    tally = asyncio.run(campaign(folder, database, points, workers=workers, turns=6 + 2 * workers, at_once=AT_ONCE))
    return tally, time.perf_counter() - start


async def _noticed(folder: Path, what: str) -> Aim:
    """Whether the same harness sees a defect."""
    mutation, of, seen_as = DEFECTS[what]
    place = folder / mutation
    place.mkdir()
    async with Town(folder=place, database=f"sqlite:///{place}/attache.db") as town:
        outcome = await run(town, [Kill(at=1, of=of)], mutation=mutation)
    seen = len(getattr(outcome.verdict, seen_as))
    return Aim(what=f"Killed: {what} is noticed", wanted="yes", figure=f"{seen} {seen_as}", met=seen > 0)


def _aims(where: str, tally: Tally, points: int) -> list[Aim]:
    about = f"Killed at points of poll → record: {where}"
    enough = Aim(what=about, wanted=f"≥ {points:,}", figure=f"{tally.points:,}", met=tally.points >= points)
    wrong = {
        "lost": tally.lost,
        "repeated": tally.repeated,
        "out of order": tally.disordered,
        "unfinished": tally.unfinished,
    }
    return [enough, *(none_of(f"{about}: {what}", len(lines)) for what, lines in wrong.items())]


def _table(found: Mapping[str, tuple[Tally, float]]) -> Table:
    rows = []
    for where, (tally, seconds) in found.items():
        stages = [tally.tried[stage] for stage in STAGES]
        elsewhere = tally.tried.total() - sum(stages)
        wrong = (tally.lost, tally.repeated, tally.disordered, tally.unfinished)
        counts = (sum(stages), *stages, elsewhere, tally.runs, *(len(lines) for lines in wrong))
        rows.append((where, *(f"{count:,}" for count in counts), f"{seconds:.0f}"))
    columns = (
        "killed",
        "at points",
        *STAGES,
        "elsewhere",
        "runs",
        "lost",
        "repeated",
        "out of order",
        "unfinished",
        "s",
    )
    return Table(title="Killed on the way", columns=columns, rows=tuple(rows))
