"""The operator's page: who is let in, and what it says."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot.config.settings import Web
from bot.domain.delivery import State
from bot.domain.secret import Secret
from bot.domain.source import Source, SourceKind, SourceState, after_failure, after_success
from bot.domain.timing import Slot
from bot.infra.web.session import COOKIE, Session
from tests.fakes import SetClock
from tests.samples import NOW, brief, channel
from tests.web.conftest import TOKEN, Served, serve
from tests.web.reading import texts

BEARER = {"Authorization": f"Bearer {TOKEN}"}
FEED = Source(name="Mission feed", kind=SourceKind.FEED, url="https://mission.example/feed")
DOWN = Source(name="Down", kind=SourceKind.FEED, url="https://down.example/feed")


def test_nobody_is_let_in_without_the_token(empty: Served) -> None:
    page = empty.get("/operator")
    assert (page.status_code, page.headers["cache-control"]) == (401, "no-store")
    assert texts(page, "form label") == ["Token, as set under [web]"]
    for offered in ("", "wrong", TOKEN[:-1], TOKEN + "x", "é"):
        answer = httpx.post(f"{empty.at}/operator/begin", data={"token": offered})
        assert (answer.status_code, "set-cookie" in answer.headers) == (401, False)
    for header in ("Bearer wrong", "Bearer", f"Basic {TOKEN}"):
        assert empty.get("/operator", headers={"Authorization": header}).status_code == 401
    for cookie in ("", "1.x", f"9999999999.{'0' * 64}", "99999999999999.a", f"{TOKEN}"):
        assert empty.get("/operator", headers={"Cookie": f"{COOKIE}={cookie}"}).status_code == 401


def test_the_token_opens_it_and_the_cookie_is_no_secret_of_its_own(empty: Served) -> None:
    assert empty.get("/operator", headers=BEARER).status_code == 200
    with httpx.Client(base_url=empty.at) as browser:
        answer = browser.post("/operator/begin", data={"token": TOKEN})
        given = answer.headers["set-cookie"]
        assert (answer.status_code, answer.headers["location"]) == (303, "/operator")
        assert TOKEN not in given
        assert {"HttpOnly", "SameSite=strict", "Path=/operator"} <= {part.strip() for part in given.split(";")}
        assert browser.get("/operator").status_code == 200
        browser.post("/operator/end")
        assert browser.get("/operator").status_code == 401


def test_a_cookie_is_good_for_half_a_day_and_on_a_public_address_only_sent_encrypted(tmp_path: Path) -> None:
    with serve(tmp_path, web=Web(port=0, token=Secret(TOKEN), public_url="https://attache.example")) as served:
        clock = SetClock(served.house.clock.now())
        answer = httpx.post(f"{served.at}/operator/begin", data={"token": TOKEN})
        given = answer.headers["set-cookie"].partition(";")[0]
        assert "Secure" in answer.headers["set-cookie"]
        assert served.get("/operator", headers={"Cookie": given}).status_code == 200
        until = int(given.partition("=")[2].partition(".")[0])
        assert timedelta(hours=11) < timedelta(seconds=until - clock.now().timestamp()) <= timedelta(hours=12)
        forged = given.replace(str(until), str(until + 9))
        assert served.get("/operator", headers={"Cookie": forged}).status_code == 401


def test_after_many_wrong_tokens_nobody_is_listened_to_for_a_minute() -> None:
    clock = SetClock(NOW)
    session = Session(Secret(TOKEN), clock, secure=False)
    assert not any(session.right(f"wrong{number}") for number in range(20))
    assert not session.right(TOKEN)
    clock.pass_by(timedelta(minutes=1))
    assert session.right(TOKEN)


def test_without_a_token_the_page_says_how_to_set_one(tmp_path: Path) -> None:
    with serve(tmp_path, web=Web(port=0)) as served:
        page = served.get("/operator", headers=BEARER)
        assert page.status_code == 403
        assert "ATTACHE_WEB__TOKEN" in texts(page, "main p")[0]
        assert httpx.post(f"{served.at}/operator/begin", data={"token": ""}).status_code == 403


@pytest.fixture
def busy(tmp_path: Path) -> Served:
    """A service with a source that fails and a message that was given up."""
    return serve(tmp_path, sources=(FEED, DOWN), channels=(channel(adapter="console"),))


def test_it_says_how_everything_fares_and_why_what_failed_did(busy: Served) -> None:
    with busy as served:
        store = served.house.store
        store.sources.remember(after_success(SourceState(name=FEED.name), FEED, NOW, fresh_for=None))
        store.sources.remember(after_failure(SourceState(name=DOWN.name), DOWN, NOW, "no host <b>there</b>"))
        served.keep(brief())
        served.house.digests.open(channel(), Slot(NOW, "2026-11-23T08:30 UTC"), now=NOW)
        (message,) = store.ledger.unsettled()
        store.ledger.begin(message.key, now=NOW)
        store.ledger.settle(message.key, State.DEAD, now=NOW, reason="the channel is closed")
        page = served.get("/operator", headers=BEARER)
        assert texts(page, "section[aria-labelledby=sources] tr")[1:] == [
            "Mission feed well 2026-11-23 08:30 UTC 2026-11-23 09:00 UTC",
            "Down failing never 2026-11-23 09:00 UTC no host <b>there</b>",
        ]
        (told,) = texts(page, "section[aria-labelledby=channels] tr")[1:]
        assert told.startswith("console:room daily 08:30, UTC served 20")
        assert told.endswith("dead 2026-11-23 08:30 UTC: the channel is closed")
        assert texts(page, "section[aria-labelledby=messages] tr")[1:] == [
            "console:room 2026-11-23T08:30 UTC 1/1 dead the channel is closed never"
        ]
        assert "Dead 1" in texts(page, ".pairs div")
        assert "Schedule failing the schedule does not run yet, or no more" in texts(page, ".pairs div")


def test_metrics_say_what_is_kept_and_what_this_process_did(busy: Served) -> None:
    with busy as served:
        served.house.store.sources.remember(after_failure(SourceState(name=DOWN.name), DOWN, NOW, "no host"))
        served.keep(brief())
        tally = served.house.tally
        tally.polls.update(["read", "failed"])
        with tally.answering("call"):
            pass
        page = served.get("/metrics")
        assert page.headers["content-type"].startswith("text/plain; version=")
        lines = page.text.splitlines()
        for line in (
            'attache_statements{state="kept"} 1.0',
            'attache_sources{health="failing"} 1.0',
            'attache_sources{health="new"} 1.0',
            'attache_deliveries{state="dead"} 0.0',
            'attache_polls_total{outcome="failed"} 1.0',
            'attache_answer_seconds_bucket{kind="call",le="0.05"} 1.0',
            'attache_answer_seconds_bucket{kind="call",le="+Inf"} 1.0',
            'attache_answer_seconds_count{kind="call"} 1.0',
        ):
            assert line in lines
        assert any(line.startswith("process_cpu_seconds_total") for line in lines)
