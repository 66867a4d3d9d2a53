"""The web pages of `attache run` as a process of its own."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import httpx

from tests.end_to_end.test_run import running

SETTINGS = """\
catalogue = false
[[sources]]
name = "Saved"
kind = "folder"
url = "saved"
[[channels]]
adapter = "console"
destination = "file:out.txt"
[web]
port = {port}
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def prepare(folder: Path, port: int) -> Path:
    (folder / "saved").mkdir()
    (folder / "attache.toml").write_text(SETTINGS.format(port=port), encoding="utf-8")
    return folder / "log.txt"


async def until_said(log: Path, words: str) -> str:
    """What the log holds once these words are in it."""
    for _ in range(300):
        said = log.read_text(encoding="utf-8") if log.exists() else ""
        if words in said:
            return said
        await asyncio.sleep(0.1)
    raise AssertionError(f"{words!r} was never said: {said}")


async def test_it_is_alive_ready_and_serves_its_archive(tmp_path: Path) -> None:
    port = free_port()
    log = prepare(tmp_path, port)
    async with running(tmp_path) as service, httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        await until_said(log, "watching 1 sources")
        assert (await client.get("/healthz")).json() == {"status": "ok"}
        for _ in range(100):
            ready = await client.get("/readyz")
            if ready.status_code == 200:
                break
            await asyncio.sleep(0.1)
        assert ready.json() == {"status": "ok", "database": [], "adapters": [], "schedule": []}
        assert "Nothing is kept that fits" in (await client.get("/")).text
        assert "attache_polls_total" in (await client.get("/metrics")).text
    assert service.returncode == 0


async def test_a_port_that_is_taken_costs_the_pages_and_nothing_else(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        log = prepare(tmp_path, port)
        async with running(tmp_path) as service:
            said = await until_said(log, "watching 1 sources")
            await asyncio.sleep(1)
            still_running = service.returncode is None
        assert (still_running, service.returncode) == (True, 0)
    (line,) = [line for line in said.splitlines() if "no web pages" in line]
    assert f"127.0.0.1:{port} cannot be listened at (Address already in use)" in line
