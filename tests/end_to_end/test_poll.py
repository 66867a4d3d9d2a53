"""Sources that are down, slow, endless, lying or no feeds: each costs only itself. Real sockets, real processes."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.domain.source import Source, SourceKind
from bot.infra.clock import SystemClock
from bot.infra.feeds import parse_feed
from bot.infra.fetch import HttpFetcher
from bot.infra.folder import list_folder, read_file
from bot.infra.sandbox import ProcessSandbox
from bot.infra.store import Store
from bot.services.others import Others
from bot.services.poll import Polling
from bot.services.windows import Windows
from tests.servers import (
    HttpServer,
    bomb,
    dripping,
    dropped,
    endless,
    failure,
    garbage,
    page,
    redirect,
    silent,
    throttled,
)
from tests.services.test_poll import CULTURE, CYBER, feed, speech

RSS = "application/rss+xml"
LATIN = "Déclaration à l'Assemblée générale"
MISLABELLED = feed((LATIN, "/page")).decode().replace("<?xml version='1.0'?>", "<?xml version='1.0' encoding='utf-8'?>")
FAILING = {
    "silent": silent(),
    "drip": dripping(feed(CYBER), pause=0.5),
    "endless": endless(),
    "bomb": bomb(64 * 1024 * 1024, layers=2),
    "dropped": dropped(feed(CYBER), after=20),
    "garbage": garbage(),
    "gone": failure(410),
    "broken": failure(500),
    "busy": throttled(retry_after="120"),
    "loop": redirect("/loop"),
    "elsewhere": redirect("file:///etc/passwd"),
    "login": page(b"<!doctype html><html><body>Please log in</body></html>"),
    "path": page(b"/etc/passwd", media_type="text/plain"),
    "blank": page(b"", media_type=RSS),
    "blanks": page(b"\n" * 40_000 + b"x", media_type=RSS),
    "laughs": page(
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><rss><channel>&b;</channel></rss>",
        media_type=RSS,
    ),
}


@pytest.fixture
async def polling(store: Store) -> AsyncIterator[Polling]:
    fetcher = HttpFetcher(user_agent="Attache/test", total_timeout=3, spacing=0, max_bytes=1024 * 1024)
    sandbox = ProcessSandbox()
    yield Polling(
        windows=Windows(fetcher, sandbox, parse_feed=parse_feed, folder=list_folder),
        fetcher=fetcher,
        sandbox=sandbox,
        statements=store.statements,
        others=Others(statements=store.statements, clock=SystemClock()),
        pages=store.pages,
        sources=store.sources,
        clock=SystemClock(),
        read_file=read_file,
    )
    await sandbox.close()
    await fetcher.close()


async def test_bad_sources_cost_only_themselves(polling: Polling) -> None:
    async with HttpServer() as server:
        for name, answer in FAILING.items():
            server.route(f"/{name}", answer)
        good = feed((CYBER[0], server.url("/gm")), (CULTURE[0], server.url("/nothing-there")))
        server.route("/good", page(good, media_type=RSS))
        server.route("/gm", page(speech()))
        server.route("/latin", page(MISLABELLED.encode("latin-1"), media_type=RSS))
        server.route("/page", page(b"<html><body><p>No statement at all.</p></body></html>"))
        names = [*FAILING, "good", "latin"]
        sources = [
            Source(name=name, kind=SourceKind.FEED, url=server.url(f"/{name}"), allow_private=True) for name in names
        ]
        outcomes = {outcome.source: outcome for outcome in await polling.poll(sources)}
    for name in FAILING:
        failed = outcomes[name].failed
        assert failed, f"{name} should have failed"
        assert "\n" not in failed
        assert "unexpected" not in failed
        assert outcomes[name].line().startswith(f"{name}: {failed}, next try at 2")
    assert outcomes["good"].line() == "good: 1 new, 1 failed"
    assert [entry.title for entry in outcomes["latin"].entries] == [LATIN]
