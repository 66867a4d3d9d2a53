"""What whoever watches the service is told."""

from __future__ import annotations

import asyncio
import logging
import socket
from pathlib import Path

import pytest

from bot.config import Settings
from bot.errors import AttacheError
from bot.infra.web.app import application
from bot.infra.web.server import WebServer
from bot.services.readiness import Ready
from bot.wiring import House
from tests.web.conftest import Served, serve


def silent() -> None: ...


def down() -> None:
    raise AttacheError("database attache.db: the disk is full; free some space")


def ready(**changes: object) -> Ready:
    parts: dict[str, object] = {
        "ping": silent,
        "needed": lambda: ["discord"],
        "running": ["discord"],
        "problems": {"discord": ["may not attach files; give it the right"]},
        "keeping_time": lambda: True,
    }
    return Ready(**(parts | changes))  # type: ignore[arg-type]


def test_the_process_says_that_it_lives(empty: Served) -> None:
    page = empty.get("/healthz")
    assert (page.status_code, page.json()) == (200, {"status": "ok"})
    assert page.headers["cache-control"] == "no-store"


def test_a_service_whose_schedule_does_not_run_is_not_ready(empty: Served) -> None:
    page = empty.get("/readyz")
    assert page.status_code == 503
    assert page.json() == {
        "status": "not ready",
        "database": [],
        "adapters": [],
        "schedule": ["the schedule does not run yet, or no more"],
    }


def test_an_adapter_that_is_up_is_ready_even_if_something_is_not_well() -> None:
    assert ready().troubles() == {"database": [], "adapters": [], "schedule": []}


def test_each_part_says_what_is_wrong_with_it() -> None:
    waiting = ready(running=[], ping=down).troubles()
    assert waiting["database"] == ["database attache.db: the disk is full; free some space"]
    assert waiting["adapters"] == ["discord: may not attach files; give it the right"]
    assert ready(running=[], problems={}).troubles()["adapters"] == ["discord: is not connected yet"]


def test_every_answer_forbids_what_the_pages_do_not_need(empty: Served) -> None:
    for path in ("/", "/nowhere", "/search?country=Atlantis", "/static/site.css", "/healthz"):
        headers = empty.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'; script-src 'self';")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "server" not in headers


def test_only_what_is_there_can_be_had_and_nothing_can_be_changed(empty: Served) -> None:
    assert empty.get("/static/../app.py").status_code == 404
    assert empty.get("/static/%2e%2e/app.py").status_code == 404
    assert empty.get("/nowhere").status_code == 404
    assert empty.get("/chat/nobody/events").status_code == 404


async def test_a_port_that_is_taken_is_one_line_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    house = House(Settings(database=f"sqlite:///{tmp_path / 'attache.db'}"))
    with socket.create_server(("127.0.0.1", 0)) as taken, caplog.at_level(logging.ERROR):
        port = taken.getsockname()[1]
        server = WebServer(lambda: application(house.site), host="127.0.0.1", port=port)
        assert not await asyncio.wait_for(server.start(), 30)
        await server.stop()
    await house.close()
    (line,) = caplog.messages
    assert line.startswith(f"no web pages: 127.0.0.1:{port} cannot be listened at (Address already in use); set ")


def test_without_its_database_the_site_says_so_and_lives_on(tmp_path: Path) -> None:
    with serve(tmp_path) as served:
        assert served.get("/").status_code == 200
        served.house.store.close()
        (tmp_path / "attache.db").rename(tmp_path / "away.db")
        (tmp_path / "attache.db").mkdir()
        page = served.get("/")
        assert page.status_code == 503
        assert "Try again in a minute" in page.text
        assert str(tmp_path) not in page.text, "how we are built is for the log"
        assert served.get("/readyz").json()["database"] != []
        assert served.get("/healthz").status_code == 200
        (tmp_path / "attache.db").rmdir()
        (tmp_path / "away.db").rename(tmp_path / "attache.db")
        assert served.get("/").status_code == 200
