"""How long people wait on Discord: the service as a process, a Discord of our own, sources being polled."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.report import Part, Table, at_most
from tests.corpus.scoring import Gold
from tests.discord_server import Talk
from tests.end_to_end.crowd import PEOPLE, SOURCES, busy_service, crowd, worst

NOTE = (
    f"{PEOPLE} people ask `/brief latest country:CHL` at the same moment, every half second, while the service polls "
    f"{SOURCES} sources for the first time and briefs what they hold. From the event on the gateway to the "
    "acknowledgement (“first”), and to the answer on the screen (“whole”); Discord, the sources and the service share "
    "this machine."
)


def measure(_: Mapping[str, list[Gold]]) -> Part:
    """The waits of all of them."""
    with TemporaryDirectory(prefix="bench") as folder:
        talks, polled = asyncio.run(_ask(Path(folder)))
    first, whole = [talk.acknowledged_after for talk in talks], [talk.answered_after for talk in talks]
    rows = (_row("first", first), _row("whole", whole))
    columns = ("answer", "p50 ms", "p90 ms", "p99 ms", "slowest ms")
    aim = at_most(f"Chat: first answer, p99 of {len(talks)}, {PEOPLE} at once while polling", worst(first), 0.5, "s")
    title = f"Chat: {len(talks)} commands, {polled} requests to sources meanwhile"
    return Part(title="Chat", note=NOTE, aims=(aim,), tables=(Table(title=title, columns=columns, rows=rows),))


async def _ask(folder: Path) -> tuple[Sequence[Talk], int]:
    async with busy_service(folder) as busy:
        return await crowd(busy), busy.polled


def _row(name: str, waits: Sequence[float | None]) -> tuple[str, ...]:
    return (name, *(f"{worst(waits, share) * 1000:.0f}" for share in (0.5, 0.9, 0.99, 1.0)))
