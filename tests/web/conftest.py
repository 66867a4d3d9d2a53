"""The site as it is served: a house with its own database, listening on a free port of this machine."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.briefing import make_brief
from bot.config import Settings
from bot.config.settings import Web
from bot.data import ROOT
from bot.domain.brief import Brief
from bot.domain.identity import identify
from bot.domain.secret import Secret
from bot.domain.statement import Record
from bot.reading.reader import read
from bot.wiring import House
from tests.samples import NOW

TOKEN = "a-token-for-the-operator"
DEMO = ROOT / "demo"
PAGES = {
    "folder/china-global-mechanism.html": "CHN",
    "folder/egypt-global-mechanism.html": "EGY",
    "folder/russia-security-council.html": "RUS",
    "pages/cameroun-mecanisme-mondial.html": "CMR",
    "pages/japan-global-mechanism.html": "JPN",
    "pages/japan-security-council.html": "JPN",
    "pages/kenya-global-mechanism.html": "KEN",
    "pages/mexico-mecanismo-mundial.html": "MEX",
}


class Served:
    """A site that is being served, its house, and where."""

    def __init__(self, house: House) -> None:
        self.house = house

    def __enter__(self) -> Served:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        assert self.house.web
        assert self._do(self.house.web.start())
        return self

    def __exit__(self, *_: object) -> None:
        assert self.house.web
        self._do(self.house.web.stop())
        self._do(self.house.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def at(self) -> str:
        """The site's address, without a slash at its end."""
        assert self.house.web
        return f"http://127.0.0.1:{self.house.web.port}"

    def get(self, path: str, **options: Any) -> httpx.Response:
        """The answer to a request of a browser without JavaScript."""
        return httpx.get(f"{self.at}{path}", timeout=30, **options)

    def keep(self, brief: Brief, source: str = "sample") -> str:
        """Keep a statement, and say under which id."""
        store = self.house.store.statements
        return store.keep(brief, identify(brief.statement), source=source, now=NOW).id

    def _do(self, job: Any) -> Any:
        done: Future[Any] = asyncio.run_coroutine_threadsafe(job, self._loop)
        return done.result(30)


def serve(folder: Path, **settings: Any) -> Served:
    """A site on an empty database in a folder."""
    web = Web(port=0, token=Secret(TOKEN))
    return Served(House(Settings(**{"database": f"sqlite:///{folder / 'attache.db'}", "web": web, **settings})))


def sample(path: str) -> Brief:
    """A page of the demo as a brief."""
    html = (DEMO / path).read_text(encoding="utf-8")
    record = Record(id=path, url=f"https://mission.example/{path}", html=html, country=PAGES[path])
    return make_brief(read(record))


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo's statements, in six languages; tests read it and change nothing."""
    with serve(tmp_path_factory.mktemp("archive")) as served:
        for path in PAGES:
            served.keep(sample(path))
        yield served


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Served]:
    """A site of a test's own, with nothing in it yet."""
    with serve(tmp_path) as served:
        yield served
