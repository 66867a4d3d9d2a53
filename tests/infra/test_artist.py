"""The artist: one drawing for however many ask, in a process that survives it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import pytest

from bot.domain.chart import Form
from bot.errors import SandboxError
from bot.infra.charts import KEPT, SandboxArtist
from bot.infra.sandbox import ProcessSandbox
from tests.infra.test_charts import EVERY, positions

Result = TypeVar("Result")
CHART = EVERY["nothing"]


@dataclass
class CountingSandbox:
    """A sandbox that takes a moment, counts, and fails as often as it is told."""

    failures: int = 0
    asked: list[Any] = field(default_factory=list)

    async def run(self, function: Callable[..., Result], *args: Any, timeout: float = 5.0) -> Any:
        self.asked.append(args)
        await asyncio.sleep(0.01)
        if len(self.asked) <= self.failures:
            raise SandboxError("took longer than 12 s")
        return f"picture {len(self.asked)}".encode()

    async def close(self) -> None: ...


async def test_fifty_who_ask_for_the_same_chart_get_one_drawing() -> None:
    sandbox = CountingSandbox()
    artist = SandboxArtist(sandbox)
    pictures = await asyncio.gather(*(artist.draw(CHART, Form.PNG) for _ in range(50)))
    assert set(pictures) == {b"picture 1"}
    assert await artist.draw(CHART, Form.PNG) == b"picture 1"
    assert await artist.draw(CHART, Form.SVG) == b"picture 2"
    assert await artist.draw(replace(CHART, scope="since 2025"), Form.PNG) == b"picture 3"


async def test_a_drawing_that_failed_is_tried_again() -> None:
    artist = SandboxArtist(CountingSandbox(failures=1))
    with pytest.raises(SandboxError, match="longer than 12 s"):
        await artist.draw(CHART, Form.PNG)
    assert await artist.draw(CHART, Form.PNG) == b"picture 2"


async def test_whoever_gives_up_waiting_stops_nobody_else() -> None:
    artist = SandboxArtist(CountingSandbox())
    hasty, patient = (asyncio.create_task(artist.draw(CHART, Form.PNG)) for _ in range(2))
    await asyncio.sleep(0)
    hasty.cancel()
    assert await patient == b"picture 1"


async def test_only_so_many_pictures_are_kept() -> None:
    sandbox = CountingSandbox()
    artist = SandboxArtist(sandbox)
    charts = [replace(CHART, scope=str(number)) for number in range(KEPT + 1)]
    for each in charts:
        await artist.draw(each, Form.PNG)
    await artist.draw(charts[-1], Form.PNG)
    assert len(sandbox.asked) == KEPT + 1
    await artist.draw(charts[0], Form.PNG)
    assert len(sandbox.asked) == KEPT + 2


async def test_the_process_that_draws_can_draw_again_without_a_new_start() -> None:
    sandbox = ProcessSandbox(workers=1)
    try:
        process = await sandbox.run(_process)
        for rows in range(1, 6):
            await SandboxArtist(sandbox).draw(positions(rows=rows), Form.PNG)
        assert await sandbox.run(_process) == process
    finally:
        await sandbox.close()


def _process() -> int:

    return os.getpid()
