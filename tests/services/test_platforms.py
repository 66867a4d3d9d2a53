"""Platforms while the service runs: none in another's way, and what is not well is known."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from bot.errors import AttacheError, RetryLaterError
from bot.ports import ChatAdapter
from bot.services import platforms as module
from bot.services.platforms import Platforms, health_of
from tests.adapters.setup import until
from tests.fakes import FakeChat


@dataclass
class Starting(FakeChat):
    """A platform that fails to start as it is told, and counts."""

    fails: list[Exception] = field(default_factory=list)
    starts: int = 0
    stopped: bool = False
    hangs: bool = False

    async def start(self) -> None:
        self.starts += 1
        if self.hangs:
            await asyncio.Event().wait()
        if self.fails:
            raise self.fails.pop(0)

    async def stop(self) -> None:
        self.stopped = True


def made(**adapters: ChatAdapter) -> Platforms:
    return Platforms(adapters=adapters, running={}, problems={})


async def test_one_that_does_not_start_costs_only_itself() -> None:
    well, wrong, defect = Starting(), Starting(fails=[AttacheError("no token")]), Starting(fails=[KeyError("x")])
    platforms = made(well=well, wrong=wrong, defect=defect)
    await platforms.start()
    assert list(platforms.running) == ["well"]
    assert platforms.problems == {
        "well": (),
        "wrong": ("no token",),
        "defect": ("does not start: KeyError: 'x'",),
    }
    await platforms.stop()
    assert (well.stopped, wrong.stopped, wrong.starts) == (True, False, 1)


async def test_one_that_is_down_is_started_when_it_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)
    down = Starting(fails=[RetryLaterError("503"), RetryLaterError("503")])
    platforms = made(down=down)
    await platforms.start()
    assert platforms.problems == {"down": ("503; it is tried again",)}
    await until(lambda: "down" in platforms.running)
    assert (down.starts, platforms.problems) == (3, {"down": ()})
    await platforms.stop()


async def test_one_that_hangs_does_not_hold_up_the_others() -> None:
    platforms = made(slow=Starting(hangs=True), well=Starting())
    await platforms.start(wait=0.1)
    assert list(platforms.running) == ["well"]
    await platforms.stop()


async def test_how_each_fares_is_asked_again() -> None:
    chat = FakeChat(problems=("the scope chat:write is missing; add it",))
    platforms = made(chat=chat)
    await platforms.start()
    await platforms.check()
    assert list(platforms.problems["chat"]) == ["the scope chat:write is missing; add it"]
    chat.problems = ()
    await platforms.check()
    assert list(platforms.problems["chat"]) == []
    await platforms.stop()


async def test_an_adapter_that_breaks_its_word_and_raises_is_told_as_not_well() -> None:
    class Broken(FakeChat):
        async def health(self) -> Sequence[str]:
            raise ValueError("no")

    assert await health_of(Broken()) == ("it cannot say how it fares: ValueError: no",)


async def test_one_that_is_asked_how_it_fares_while_it_stops_is_not_told_as_ill() -> None:
    class Leaving(Starting):
        asked, left = asyncio.Event(), asyncio.Event()

        async def health(self) -> Sequence[str]:
            self.asked.set()
            await self.left.wait()
            return ("it is not connected",)

        async def stop(self) -> None:
            self.left.set()

    platforms = made(chat=(chat := Leaving()))
    await platforms.start()
    checking = asyncio.create_task(platforms.check())
    await chat.asked.wait()
    await platforms.stop()
    await checking
    assert platforms.problems == {"chat": ()}
