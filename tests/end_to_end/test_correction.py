"""A page that changes after it was posted, and a service that is killed outright: one correction, no more, no less."""

from __future__ import annotations

import asyncio
import os
import re
import sqlite3
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bot.infra.clock import SystemClock
from tests.end_to_end.test_run import running
from tests.servers import HttpServer, page
from tests.services.test_poll import CYBER, POSITION, feed, speech

SETTINGS = """\
[[sources]]
name = "Chile"
kind = "feed"
url = "{url}"
allow_private = true
every = "1d"

[[channels]]
adapter = "console"
destination = "file:out.txt"
schedule = "{never:%H:%M}"
lookback = "9999d"
"""


async def attache(folder: Path, *arguments: str) -> str:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    out, _ = await asyncio.wait_for(process.communicate(), 180)
    assert process.returncode == 0
    return out.decode()


async def says(path: Path, words: str, *, seconds: float = 180) -> None:
    """Wait until a file holds some words."""
    by = SystemClock().now() + timedelta(seconds=seconds)
    while not path.exists() or words not in path.read_text(encoding="utf-8"):
        assert SystemClock().now() < by, f"{path.name} never said {words!r}"
        await asyncio.sleep(0.02)


def six_hours_pass(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE pages SET next_look = '2026-01-01 00:00:00'")


async def test_what_was_posted_is_corrected_once_though_the_service_is_killed_at_every_step(tmp_path: Path) -> None:
    out, log = tmp_path / "out.txt", tmp_path / "log.txt"
    async with HttpServer() as server:
        url = server.url("/gm")
        server.route("/feed.xml", page(feed((CYBER[0], url)), media_type="application/rss+xml"))
        server.route("/gm", page(speech()))
        never = SystemClock().now() - timedelta(hours=2)
        (tmp_path / "attache.toml").write_text(
            SETTINGS.format(url=server.url("/feed.xml"), never=never), encoding="utf-8"
        )
        await attache(tmp_path, "poll")
        await attache(tmp_path, "digest", "--post", "console:file:out.txt")
        digest = out.read_text(encoding="utf-8")
        assert POSITION in digest

        server.route("/gm", page(speech(position=POSITION.replace("a template", "two templates"))))
        six_hours_pass(tmp_path / "attache.db")
        for step in ("revision 2", "to post"):
            async with running(tmp_path) as service:
                await says(log, step)
                service.kill()
                await service.wait()
        async with running(tmp_path):
            await says(out, "Correction: ")
            await asyncio.sleep(12)
        async with running(tmp_path):
            await asyncio.sleep(6)
        text = out.read_text(encoding="utf-8")
        assert text.startswith(digest)
        assert text.count("Correction: ") == 1
        assert "It said" in text
        assert "adopt two templates" in text
        why = await attache(tmp_path, "why", url)
        assert "1 point reworded" in why
        assert re.search(r"correction \w+ revision 2 +1/1 +sent", why)
