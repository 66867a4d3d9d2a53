"""Feeds out: what was seen last of a search, with its quotes and links, under ids that never change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from lxml import html

from bot.domain.identity import identify
from bot.domain.outlet import Item, Outlet
from bot.domain.taxonomy import Stance, Topic
from bot.errors import UsageError
from bot.infra.store import Store
from bot.services.newsroom import MOST, Feeds
from tests.samples import BODY, NOW, another, brief
from tests.services.chart_scene import say

SITE = "https://attache.example/un"


def feeds(store: Store, site: str = SITE) -> Feeds:
    return Feeds(index=store.overview, public_url=site)


def outlet(store: Store, words: str = "", **options: str) -> Outlet:
    return feeds(store).outlet("/feed.atom", words, options)


def only(store: Store) -> Item:
    (item,) = outlet(store).items
    return item


def test_an_item_has_the_points_word_for_word_with_links_to_the_sentence(kept: Store) -> None:
    sample = brief()
    store_id = kept.statements.keep(sample, identify(sample.statement), source="s", now=NOW).id
    item = only(kept)
    assert item.id == f"tag:attache.example,2026:attache/statements/{store_id}"
    assert item.page == f"{SITE}/statements/{store_id}"
    assert (item.source, item.author, item.language) == (sample.statement.url, "Malawi", "en")
    assert (item.published, item.updated, item.topics) == (NOW, NOW, ("ransomware",))
    assert item.summary == "Malawi · Open-ended Working Group · 20 November 2026 · Chikondi Banda. 1 point."
    shown = html.fragment_fromstring(item.content, create_parent=True)
    (point,) = shown.cssselect("li")
    assert "".join(map(str, point.itertext())).startswith("Cautions “Nine districts went without for six weeks”")
    assert [link.get("href") for link in point.cssselect("a")] == [sample.points[0].link]


def test_a_correction_keeps_the_id_and_moves_the_moment(kept: Store) -> None:
    first, again = brief(), brief(body=BODY.replace("nine", "eleven"))
    kept.statements.keep(first, identify(first.statement), source="s", now=NOW)
    before = only(kept)
    later = NOW + timedelta(hours=3)
    kept.statements.keep(again, identify(again.statement), source="s", now=later)
    after = only(kept)
    assert (after.id, after.published) == (before.id, NOW)
    assert after.updated == outlet(kept).updated == later
    assert "corrected text" in after.content


def test_what_is_published_late_still_stands_on_top(kept: Store) -> None:
    newer, late = another(1, date=date(2026, 11, 20)), another(2, date=date(2026, 9, 1))
    for minutes, each in enumerate((newer, late)):
        kept.statements.keep(each, identify(each.statement), source="s", now=NOW + timedelta(minutes=minutes))
    assert [item.title for item in outlet(kept).items] == ["Statement 2", "Statement 1"]


def test_a_search_has_one_address_and_one_id_however_it_was_put(kept: Store) -> None:
    say(kept, "CHN", (Topic.NORMS, Stance.SUPPORTS))
    found = outlet(kept, "  norms   supports ", topic="norms", country="CHN,EST")
    same = feeds(kept).outlet("/feed.atom", "norms supports", {"country": "CHN,EST", "topic": "norms", "page": "2"})
    assert found == same
    query = "?q=norms+supports&country=CHN,EST&topic=norms"
    assert found.address == f"{SITE}/feed.atom{query}"
    assert found.home == f"{SITE}/search{query}"
    assert found.id == f"tag:attache.example,2026:attache/feed{query}"
    assert found.title == "UN statements on cyber security: “norms supports” · China and Estonia · norms"
    assert len(found.items) == 1


def test_neither_a_port_nor_https_makes_another_id(kept: Store) -> None:
    say(kept, "CHN")
    ids = {
        feeds(kept, site).outlet(path, "", {}).items[0].id
        for site in ("http://attache.example:8080", "https://attache.example", SITE)
        for path in ("/feed.atom", "/feed.json")
    }
    assert len(ids) == 1


def test_a_feed_is_no_archive(kept: Store) -> None:
    for _ in range(MOST + 5):
        say(kept, "CHN")
    assert len(outlet(kept).items) == MOST


def test_an_empty_feed_has_always_been_the_same(kept: Store) -> None:
    assert outlet(kept) == outlet(kept)
    assert outlet(kept).items == ()


def test_words_of_others_are_text_and_their_addresses_lead_to_the_web_alone(kept: Store) -> None:
    hostile = '<img src=x onerror="alert(1)">\x00\u202e]]>'
    say(kept, "CHN", (Topic.NORMS, None), group=hostile)
    plain = another(7, title=hostile, url="javascript:alert(1)", speaker=hostile)
    kept.statements.keep(plain, identify(plain.statement), source="s", now=NOW)
    for item in outlet(kept).items:
        shown = html.fragment_fromstring(item.content, create_parent=True)
        assert not shown.cssselect("img, script")
        assert all(link.get("href", "").startswith("https://") for link in shown.cssselect("a"))
        assert item.source is None or item.source.startswith("https://")
        assert "\x00" not in item.title + item.content + item.author
        assert "\u202e" not in item.title + item.content + item.author


def test_right_to_left_words_are_marked_so(kept: Store) -> None:
    body = "نؤكد أن القانون الدولي ينطبق."
    sample = brief(body=body, language="ar")
    point = brief().points[0]
    points = (replace(point, text=body, quote=body, start=0, end=len(body)),)
    kept.statements.keep(replace(sample, points=points), identify(sample.statement), source="s", now=NOW)
    assert '<li dir="rtl"><b>Cautions</b> <span lang="ar">“نؤكد' in only(kept).content


@pytest.mark.parametrize(
    ("words", "options", "said"),
    [
        ("", {"country": "Atlantis"}, "is no state"),
        ("", {"topic": "weather"}, "no topic is called"),
        ("", {"since": "yesterday"}, "is no day"),
        ("a" * 401, {}, "400 characters at most"),
    ],
)
def test_a_value_that_is_none_is_named(kept: Store, words: str, options: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        outlet(kept, words, **options)
