"""Feeds written out: valid as Atom 1.0 and JSON Feed 1.1 whatever stands in them, and read back as they were."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from bot.domain.outlet import Item, Outlet
from bot.domain.source import Window
from bot.infra.feeds import parse_feed
from bot.infra.syndication import WRITERS, as_atom, as_json_feed
from bot.infra.syndication.fit import fit
from tests.feed_rules import ATOM, GRAMMAR, SCHEMA, valid_atom, valid_json_feed

MOMENT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
SITE = "https://attache.example"
ITEM = Item(
    id="tag:attache.example,2026:attache/statements/0123456789ab",
    page=f"{SITE}/statements/0123456789ab",
    source="https://mission.example/a?b=1&c=2",
    title="Statement on “norms” & law",
    summary="Kenya · Global Mechanism. 2 points.",
    content="<p>Kenya</p><ul><li><b>Proposes</b> “A register &amp; a list.”</li></ul>",
    author="Kenya",
    language="en",
    published=MOMENT,
    updated=MOMENT + timedelta(hours=2),
    topics=("norms", "international_law"),
)
OUTLET = Outlet(
    id="tag:attache.example,2026:attache/feed?q=norms",
    title="UN statements on cyber security: “norms”",
    address=f"{SITE}/feed.atom?q=norms&topic=norms,gender",
    home=f"{SITE}/search?q=norms",
    updated=MOMENT,
    items=(ITEM,),
)
# Control characters, ends of CDATA and comments, lone surrogates, noncharacters, direction overrides, mark-up.
HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.characters(min_codepoint=0, max_codepoint=31),
        st.sampled_from("\x00\x0b\x1b\x7f\x85\ud800\udfff\ufffe\uffff\u202e\ufeff<>&\"']]>"),
    ),
    max_size=60,
).map(lambda text: text + "]]>--><!--&amp;</title>")
ITEMS = st.builds(
    replace, st.just(ITEM), title=HOSTILE, summary=HOSTILE, content=HOSTILE, author=HOSTILE, language=HOSTILE,
    topics=st.lists(HOSTILE, max_size=2).map(tuple),
)  # fmt: skip


def read(body: bytes) -> Window:
    return parse_feed(body, "", None, OUTLET.address)


def test_atom_is_valid_and_says_where_it_is() -> None:
    root = valid_atom(as_atom(OUTLET))
    (own,) = [link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own.get("href") == OUTLET.address
    (entry,) = root.findall(f"{ATOM}entry")
    links = {link.get("rel"): link.get("href") for link in entry.findall(f"{ATOM}link")}
    assert links == {"alternate": ITEM.page, "via": ITEM.source}
    assert entry.findtext(f"{ATOM}content") == ITEM.content
    assert [category.get("term") for category in entry.findall(f"{ATOM}category")] == list(ITEM.topics)


def test_a_json_feed_is_valid_and_says_where_it_is() -> None:
    feed = valid_json_feed(as_json_feed(OUTLET))
    assert (feed["feed_url"], feed["home_page_url"]) == (OUTLET.address, OUTLET.home)
    (item,) = feed["items"]
    assert (item["url"], item["external_url"]) == (ITEM.page, ITEM.source)
    assert (item["content_html"], item["title"], item["tags"]) == (ITEM.content, ITEM.title, list(ITEM.topics))


@pytest.mark.parametrize("write", [as_atom, as_json_feed])
def test_our_own_reader_reads_back_what_was_written(write: object) -> None:
    assert callable(write)
    window = read(write(OUTLET))
    assert window.problems == ()
    assert window.title == OUTLET.title
    (entry,) = window.entries
    assert (entry.id, entry.url, entry.title) == (ITEM.id, ITEM.page, ITEM.title)
    assert (entry.html, entry.summary) == (ITEM.content, ITEM.summary)
    assert entry.published == ITEM.published


def test_a_correction_is_a_new_version_of_the_same_entry() -> None:
    corrected = replace(OUTLET, items=(replace(ITEM, updated=MOMENT + timedelta(days=1)),))
    (before,), (after,) = read(as_atom(OUTLET)).entries, read(as_atom(corrected)).entries
    assert before.id == after.id
    assert before.version != after.version


@pytest.mark.parametrize("write", [as_atom, as_json_feed])
def test_moments_are_told_in_utc(write: object) -> None:
    assert callable(write)
    away = timezone(timedelta(hours=-5))
    item = replace(ITEM, published=MOMENT.astimezone(away), updated=ITEM.updated.astimezone(away))
    assert write(replace(OUTLET, updated=MOMENT.astimezone(away), items=(item,))) == write(OUTLET)


def test_an_empty_feed_is_valid_too() -> None:
    empty = replace(OUTLET, items=())
    assert valid_atom(as_atom(empty)).findall(f"{ATOM}entry") == []
    assert valid_json_feed(as_json_feed(empty))["items"] == []
    assert read(as_atom(empty)) == read(as_json_feed(empty)) == Window(title=OUTLET.title)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ITEMS, max_size=3), HOSTILE)
def test_whatever_stands_in_it_a_feed_is_valid_and_says_what_it_was_given(items: list[Item], title: str) -> None:
    apart = tuple(replace(item, id=f"{item.id}/{number}") for number, item in enumerate(items))
    outlet = replace(OUTLET, title=title, items=apart)
    root, feed = valid_atom(as_atom(outlet)), valid_json_feed(as_json_feed(outlet))
    for item, entry, told in zip(apart, root.findall(f"{ATOM}entry"), feed["items"], strict=True):
        assert entry.findtext(f"{ATOM}title") == told["title"] == fit(item.title)
        assert entry.findtext(f"{ATOM}content") == told["content_html"] == fit(item.content)


def test_the_grammar_refuses_what_is_no_atom() -> None:
    good = as_atom(OUTLET).decode()
    for was, now in (
        ("<id>", "<id/><id>"),
        ("<updated>2026-11-23T08:30:00Z</updated>", "<updated>yesterday</updated>"),
        ("<generator>", "<colour>red</colour><generator>"),
        ('type="html"', 'type="poem"'),
        ('term="norms"', ""),
        ("<name>Kenya</name>", ""),
    ):
        assert was in good
        assert not GRAMMAR.validate(etree.fromstring(good.replace(was, now).encode()))


def test_the_schema_refuses_what_is_no_json_feed() -> None:
    good = json.loads(as_json_feed(OUTLET))
    item = good["items"][0]
    for bad in (
        good | {"version": "https://jsonfeed.org/version/1"},
        good | {"items": [{**item, "date_published": "yesterday"}]},
        good | {"items": [{key: value for key, value in item.items() if key != "content_html"}]},
        good | {"items": [{**item, "url": "javascript:alert(1)"}]},
        {key: value for key, value in good.items() if key != "title"},
    ):
        with pytest.raises(jsonschema.ValidationError):
            SCHEMA.validate(bad)


def test_every_path_has_its_media_type() -> None:
    assert {path: media_type for path, (media_type, _) in WRITERS.items()} == {
        "/feed.atom": "application/atom+xml",
        "/feed.json": "application/feed+json",
    }
