"""`attache run` for real: a process, a database, sources on real sockets, the real clock."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path

from bot.infra.clock import SystemClock
from tests.servers import HttpServer, garbage, page, silent

DEMO = files("bot.data") / "demo"
SETTINGS = """\
{sources}
[[channels]]
adapter = "console"
destination = "file:{out}"
schedule = "{at:%H:%M}"
time_zone = "UTC"
lookback = "9999d"
"""
SOURCE = """\
[[sources]]
name = "{name}"
kind = "{kind}"
url = "{url}"
allow_private = true
every = "2s"
"""


@asynccontextmanager
async def sample_sources() -> AsyncIterator[HttpServer]:
    """The demo's sources on loopback, with one that never answers and one that answers with garbage."""
    async with HttpServer() as server:
        for place in (DEMO, DEMO / "pages"):
            for file in place.iterdir():
                if file.is_file():
                    path = "/pages/" + file.name if place.name == "pages" else "/" + file.name
                    server.route(path, page(file.read_bytes().replace(b"{base}", server.url("").rstrip("/").encode())))
        server.route("/silent", silent())
        server.route("/garbage", garbage())
        yield server


def settings(server: HttpServer, out: Path, at: datetime) -> str:
    kinds = {
        "un-news.rss": "feed",
        "mission-a.atom": "feed",
        "mission-b.html": "page",
        "silent": "feed",
        "garbage": "feed",
    }
    sources = "".join(SOURCE.format(name=name, kind=kind, url=server.url(f"/{name}")) for name, kind in kinds.items())
    return SETTINGS.format(sources=sources, out=out, at=at)


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """The service as a process of its own; stopped with SIGTERM, which it must obey within ten seconds."""
    with (folder / "log.txt").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=folder, stderr=log, env={**os.environ, "PYTHONPATH": os.getcwd()}
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.wait(), 10)


async def until(moment: datetime) -> None:
    await asyncio.sleep(max(0.0, (moment - SystemClock().now()).total_seconds()))


async def written(path: Path, by: datetime) -> str:
    """What a file holds once it is there."""
    while not path.exists():
        assert SystemClock().now() < by, f"nothing posted by {by}"
        await asyncio.sleep(0.2)
    return path.read_text(encoding="utf-8")


async def test_the_digest_is_posted_at_its_minute_and_never_again(tmp_path: Path) -> None:
    out = tmp_path / "digests.txt"
    # Late enough for the source that never answers to have run into its deadline of 30 s.
    due = (SystemClock().now() + timedelta(seconds=110)).replace(second=0, microsecond=0)
    async with sample_sources() as server:
        (tmp_path / "attache.toml").write_text(settings(server, out, due), encoding="utf-8")
        async with running(tmp_path) as service:
            await until(due - timedelta(seconds=1))
            assert not out.exists(), "posted before its time"
            digest = await written(out, due + timedelta(seconds=60))
        assert service.returncode == 0
        assert "UN cyber statements: 6 new" in digest
        assert "6 new, 5 sources checked, 2 failing" in digest
        assert digest.count("Kenya calls for mobile money") == 1
        log = (tmp_path / "log.txt").read_text(encoding="utf-8")
        assert re.search(r"garbage: .+, next try at", log)
        assert re.search(r"silent: no answer .+, next try at", log)

        async with running(tmp_path) as service:  # the same minute, and the slot is used up
            await asyncio.sleep(6)
        async with running(tmp_path) as service:  # killed outright, and started again
            await asyncio.sleep(4)
            service.kill()
            await service.wait()
        async with running(tmp_path) as service:
            await asyncio.sleep(4)
        assert service.returncode == 0
        assert out.read_text(encoding="utf-8") == digest, "posted again after a restart"
