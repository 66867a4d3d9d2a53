"""What every command needs: settings, a house that is closed again, output for people and for programs."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from bot.config import Settings, load_settings
from bot.domain.reply import Reply
from bot.plugins import renderer
from bot.wiring import House


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings a command runs with."""
    return load_settings(options.config, os.environ)


def in_house(
    settings: Settings,
    job: Callable[[House], Awaitable[int]],
    *,
    role: str = "by hand",
    loop: Callable[[], asyncio.AbstractEventLoop] | None = None,
) -> int:
    """Run a job in a house of its own, on asyncio's event loop or another, and close it, whatever happens."""

    async def live() -> int:
        house = House(settings, role=role)
        try:
            return await job(house)
        finally:
            await house.close()

    with asyncio.Runner(loop_factory=loop) as runner:
        return runner.run(live())


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=None if not sys.stdout.isatty() else 2)
    sys.stdout.write("\n")


async def print_reply(house: House, reply: Reply) -> None:
    """A reply on the terminal, by the console adapter."""
    for payload in renderer("console").render(reply):
        await house.adapter("console").send("-", payload, key="terminal")


def progress(line: str) -> None:
    """A line about work under way, for people only: standard error, when it is a terminal."""
    if sys.stderr.isatty():
        print(line, file=sys.stderr)
