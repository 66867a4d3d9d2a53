"""`attache run` told to stop while nothing that it waits for answers: a source, the model, a post on its way."""

from __future__ import annotations

import asyncio
import signal
import time
from pathlib import Path

from bot.domain.delivery import State
from bot.infra.store import open_store
from tests.end_to_end.test_model import PAGE
from tests.end_to_end.test_run import running
from tests.grounding.samples import short_brief
from tests.model_server import COMPLETIONS
from tests.servers import HttpServer, dripping, silent

SETTINGS = """\
[[sources]]
name = "Saved"
kind = "folder"
url = "saved"

[[sources]]
name = "Silent"
kind = "feed"
url = "{silent}"
allow_private = true

[[sources]]
name = "Dripping"
kind = "feed"
url = "{dripping}"
allow_private = true

[[channels]]
adapter = "apprise"
destination = "desk"
schedule = "as it happens"
lookback = "9999d"
language = "en"

[adapters.apprise.urls]
desk = "json://{host}/push?rto=120"

[model]
name = "small-model"
base_url = "{model}"
timeout = "120s"

[web]
enabled = false
"""


async def test_it_ends_within_ten_seconds_and_knows_next_time_what_is_in_doubt(tmp_path: Path) -> None:
    (tmp_path / "saved").mkdir()
    page = PAGE.format(points="</p><p>".join(point.quote for point in short_brief().points))
    (tmp_path / "saved" / "kenya.html").write_text(page, encoding="utf-8")
    async with HttpServer() as server:
        for path in ("/feed", "/push", COMPLETIONS):
            server.route(path, silent())
        server.route("/drip", dripping(b"<rss>" + b" " * 10_000, pause=0.5))
        host = server.url("").removeprefix("http://").rstrip("/")
        settings = SETTINGS.format(
            silent=server.url("/feed"), dripping=server.url("/drip"), host=host, model=server.url("/v1")
        )
        (tmp_path / "attache.toml").write_text(settings, encoding="utf-8")
        async with running(tmp_path) as service:
            wanted = {"/feed", "/drip", "/push", COMPLETIONS}
            end = time.monotonic() + 60
            while not wanted <= {request.path for request in server.requests}:
                assert time.monotonic() < end, f"asked only for {[r.path for r in server.requests]}"
                assert service.returncode is None, (tmp_path / "log.txt").read_text(encoding="utf-8")
                await asyncio.sleep(0.1)
            start = time.monotonic()
            service.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(service.wait(), 10) == 0
            assert time.monotonic() - start < 10
    log = (tmp_path / "log.txt").read_text(encoding="utf-8")
    assert "stopped" in log
    assert "Traceback" not in log
    store = open_store(f"sqlite:///{tmp_path}/attache.db")
    # Whether the push arrived nobody can say yet: it is asked after before anything is posted there again.
    assert [row.state for row in store.ledger.history()] == [State.SENDING]
    assert store.cluster.workers() == []
    store.close()
