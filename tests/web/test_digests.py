"""The page behind a digest, and messages as the platforms show them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.config import Settings
from bot.config.settings import Web
from bot.domain.asker import Asker
from bot.domain.identity import identify
from bot.domain.timing import Slot, parse_schedule
from bot.infra.web.digests import clean
from bot.wiring import House
from tests.samples import NOW, another, brief, channel
from tests.web.conftest import Served, serve
from tests.web.reading import links, texts

SLOT = Slot(NOW, "2026-11-23T08:30 UTC")
PUBLIC = "https://attache.example"


def posted(served: Served, adapter: str, number: int = 2) -> Any:
    """Open a slot of a channel with some statements; its first message."""
    for each in range(number):
        served.keep(another(each) if each else brief())
    ledger = served.house.store.ledger
    served.house.digests.open(channel(adapter=adapter), SLOT, now=NOW)
    return ledger.history(channel=f"{adapter}:room")[-1]


def test_a_digest_in_chat_leads_to_its_page(tmp_path: Any) -> None:
    with serve(tmp_path, web=Web(port=0, public_url=PUBLIC)) as served:
        message = posted(served, "discord")
        address = message.payload["embeds"][0]["url"]
        assert address == f"{PUBLIC}/digests/{message.key}"
        page = served.get(address.removeprefix(PUBLIC))
        assert texts(page, "h1") == ["Digest of 23 November 2026, 08:30 UTC"]
        assert sorted(texts(page, "article h2")) == ["Statement 1", "Statement on existing threats"]
        assert "room" not in page.text, "which channel got it is nobody's business"


def test_without_a_public_address_no_digest_leads_anywhere(empty: Served) -> None:
    assert "url" not in posted(empty, "discord").payload["embeds"][0]


def test_its_messages_are_shown_as_they_were_posted_and_as_others_would_show_them(empty: Served) -> None:
    key = posted(empty, "discord").key
    page = empty.get(f"/digests/{key}")
    assert links(page, ".count a") == [f"/digests/{key}/discord", f"/digests/{key}/slack"]
    frozen, other = (empty.get(f"/digests/{key}/{name}") for name in ("discord", "slack"))
    empty.keep(replace(another(1), statement=replace(another(1).statement, title="Retitled")))
    assert "as posted" in texts(frozen, ".count")[0]
    assert texts(frozen, ".dc-title")[0] == "UN cyber statements: 2 new"
    assert texts(other, ".sl h3") == ["UN cyber statements: 2 new"]
    assert empty.get(f"/digests/{key}/teams").status_code == 404


def test_a_digest_there_is_not_is_said_so(empty: Served) -> None:
    for path in ("/digests/0123456789abcdef01234567", "/digests/x/discord", "/digests/%00"):
        assert empty.get(path).status_code == 404


def test_a_long_digest_comes_in_pages_of_statements_and_of_messages(empty: Served) -> None:
    key = posted(empty, "slack", 120).key
    pages = [empty.get(f"/digests/{key}?page={number}") for number in (1, 2, 3)]
    assert [len(texts(page, "article")) for page in pages] == [50, 50, 20]
    assert empty.get(f"/digests/{key}?page=4").status_code == 404
    path, seen = f"/digests/{key}/slack", 0
    while path:
        page = empty.get(path)
        assert len(page.content) < 200_000
        seen += len(texts(page, ".message"))
        path = "".join(f"/digests/{key}/slack{link}" for link in links(page, 'nav [rel="next"]'))
    assert seen == len(empty.house.store.ledger.messages(key))


def test_any_search_can_be_seen_as_a_digest_before_anything_is_connected(archive: Served) -> None:
    page = archive.get("/digests/preview?country=CHN")
    assert texts(page, ".dc-title")[0] == "UN cyber statements: 1 new"
    assert texts(page, ".sl h3") == ["UN cyber statements: 1 new"]
    assert page.text.count("中方坚决反对") == 2
    assert len(archive.get("/digests/preview").content) < 200_000
    style = archive.get("/static/messages.css")
    assert style.headers["content-type"].startswith("text/css")
    assert ".dc{" in style.text
    assert ".sl{" in style.text


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ('<div class="dc" style="position:fixed" onclick="x()">a</div>', '<div class="dc">a</div>'),
        ("<script>x()</script><b>a</b>", "<b>a</b>"),
        ('<a href="javascript:x()">a</a>', '<a rel="noopener noreferrer">a</a>'),
        ('<a href="data:text/html,x">a</a>', '<a rel="noopener noreferrer">a</a>'),
        ('<img src="https://track.example/1.png" alt="a">', '<img alt="a">'),
        ('<img src="data:image/svg+xml,x" alt="a">', '<img alt="a">'),
        ('<iframe srcdoc="x"></iframe><form action="/x"><input></form>', ""),
    ],
)
def test_what_an_adapter_makes_is_kept_only_as_far_as_it_is_harmless(sent: str, kept: str) -> None:
    assert clean(sent) == kept


@pytest.mark.parametrize("schedule", ["08:30", "as it happens"])
def test_every_kind_of_digest_leads_to_a_page_that_is_there(tmp_path: Any, schedule: str) -> None:
    with serve(tmp_path, web=Web(port=0, public_url=PUBLIC)) as served:
        served.keep(brief())
        told = channel(adapter="discord", schedule=parse_schedule(schedule), name="norms")
        if told.schedule.live:
            served.house.digests.open_live(told, now=NOW)
        else:
            served.house.digests.open_due(told, SLOT, now=NOW)
        (message,) = served.house.store.ledger.history()
        page = served.get(message.payload["embeds"][0]["url"].removeprefix(PUBLIC))
        assert texts(page, "article h2") == ["Statement on existing threats"]


async def test_a_brief_that_is_shown_in_chat_leads_to_its_page(tmp_path: Any) -> None:
    web = Web(port=0, public_url=PUBLIC)
    house = House(Settings(database=f"sqlite:///{tmp_path / 'attache.db'}", web=web))
    id = house.store.statements.keep(brief(), identify(brief().statement), source="sample", now=NOW).id
    reply = await house.desk("discord").answer(f"show {id}", Asker(platform="discord", user="1"))
    assert reply.permalink == f"{PUBLIC}/statements/{id}"
    await house.close()
