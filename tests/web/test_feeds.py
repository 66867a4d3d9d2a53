"""Feeds and charts as they are served."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

import pytest
from lxml import etree

from bot.domain.chart import ChartName
from tests.feed_rules import ATOM, valid_atom, valid_json_feed
from tests.samples import NOW, another
from tests.web.conftest import Served
from tests.web.reading import links

ATOM_TYPE, JSON_TYPE = "application/atom+xml; charset=utf-8", "application/feed+json; charset=utf-8"


@pytest.mark.parametrize("query", ["", "?q=mobile+money", "?country=CHN&country=JPN&language=en", "?q=nowhere"])
def test_every_search_is_a_valid_feed_in_both_forms(archive: Served, query: str) -> None:
    atom, json = archive.get(f"/feed.atom{query}"), archive.get(f"/feed.json{query}")
    assert (atom.headers["content-type"], json.headers["content-type"]) == (ATOM_TYPE, JSON_TYPE)
    root, feed = valid_atom(atom.content), valid_json_feed(json.content)
    told = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert told == [item["id"] for item in feed["items"]]
    assert len(told) == {"": 8, "?q=mobile+money": 1, "?q=nowhere": 0}.get(query, 2)


def test_every_language_of_the_demo_is_told_in_its_own_words(archive: Served) -> None:
    items = valid_json_feed(archive.get("/feed.json").content)["items"]
    assert {item["language"] for item in items} == {"ar", "en", "es", "fr", "ru", "zh"}
    assert all("<li" in item["content_html"] and "#:~:text=" in item["content_html"] for item in items)


def test_what_has_not_changed_is_not_sent_again(empty: Served) -> None:
    empty.keep(another(1))
    first = empty.get("/feed.atom")
    etag, changed = first.headers["etag"], first.headers["last-modified"]
    assert parsedate_to_datetime(changed) == NOW
    for told in ({"If-None-Match": etag}, {"If-None-Match": f'"other", W/{etag}'}, {"If-Modified-Since": changed}):
        again = empty.get("/feed.atom", headers=told)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    # An ETag is believed before a date.
    for told in ({"If-None-Match": '"other"', "If-Modified-Since": changed}, {"If-Modified-Since": "yesterday"}):
        assert empty.get("/feed.atom", headers=told).status_code == 200
    empty.keep(another(2))
    assert empty.get("/feed.atom", headers={"If-None-Match": etag}).status_code == 200


def test_an_empty_feed_can_be_asked_for_again_too(empty: Served) -> None:
    first = empty.get("/feed.json")
    assert "last-modified" not in first.headers
    assert empty.get("/feed.json", headers={"If-None-Match": first.headers["etag"]}).status_code == 304


@pytest.mark.parametrize(
    "path", ["/feed.atom?country=Atlantis", "/feed.json?since=soon", "/charts/timeline.svg?topic=x"]
)
def test_a_value_that_is_none_is_refused_with_what_would_be_right(archive: Served, path: str) -> None:
    page = archive.get(path)
    assert page.status_code == 400
    assert page.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("name", list(ChartName))
def test_every_chart_is_an_svg_that_can_run_nothing(archive: Served, name: str) -> None:
    answer = archive.get(f"/charts/{name}.svg?country=CHN&country=JPN")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src")
    assert len(answer.content) < 200_000
    root = etree.fromstring(answer.content)
    assert root.findtext("{http://www.w3.org/2000/svg}desc")
    assert "China" in answer.text


def test_a_chart_there_is_not_is_not_found(archive: Served) -> None:
    assert archive.get("/charts/pie.svg").status_code == 404
    assert archive.get("/charts/compare.svg").status_code == 400


def test_every_search_leads_to_its_feeds(archive: Served) -> None:
    page = archive.get("/search?q=ICT&country=CHN,JPN&page=1")
    declared = links(page, "head link[rel=alternate]")
    assert declared == links(page, ".follow a")
    assert [path.partition("?")[0] for path in declared] == ["/feed.atom", "/feed.json"]
    assert {path.partition("?")[2] for path in declared} == {"q=ICT&country=CHN,JPN"}
    assert valid_atom(archive.get(declared[0]).content).findall(f"{ATOM}entry")
