"""Feeds as servers send them: of every kind, broken, and hostile."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.source import Window
from bot.errors import UnreadableError
from bot.infra.feeds import parse_feed

URL = "https://mission.example/news/feed"


def read(body: str | bytes, charset: str | None = None) -> Window:
    data = body.encode() if isinstance(body, str) else body
    return parse_feed(data, media_type="text/html", charset=charset, url=URL)


def outcome(body: str | bytes) -> Window | UnreadableError:
    """What comes of a feed, without a word on which of the two it should be."""
    try:
        return read(body)
    except UnreadableError as error:
        return error


def rss(items: str, head: str = "") -> str:
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>Mission</title>{items}</channel></rss>'


def item(title: str = "A statement", more: str = "") -> str:
    return f"<item><title>{title}</title><link>/one</link>{more}</item>"


RSS = rss(
    "<item><title>Statement &amp; reply</title><link>/a</link><guid>urn:a</guid><description>Short</description>"
    '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[<p>Whole</p>]]></content:encoded>'
    "<pubDate>Thu, 27 Aug 26 10:15:00 MSK</pubDate></item>"
)
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Mission</title><entry><id>urn:a</id>
<title type="html">Statement &amp;amp; reply</title><link rel="self" href="/self"/><link href="/a"/>
<published>2026-08-27T07:15:00Z</published><updated>2026-08-28T00:00:00Z</updated><summary>Short</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Whole</p></div></content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Mission</title></channel><item rdf:about="urn:a">
<title>Statement &amp; reply</title><link>https://mission.example/a</link><description>Whole</description>
<dc:date>2026-08-27T10:15+03:00</dc:date></item></rdf:RDF>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Mission",
        "items": [
            {"id": "urn:a", "url": "/a", "title": "Statement & reply", "content_html": "<p>Whole</p>"}
            | {"date_published": "2026-08-27T07:15:00Z"}
        ],
    }
)
POSTS = json.dumps(
    [
        {"id": 7, "guid": {"rendered": "urn:a"}, "link": "https://mission.example/a", "date_gmt": "2026-08-27T07:15:00"}
        | {"title": {"rendered": "Statement &#038; reply"}, "content": {"rendered": "<p>Whole</p>"}}
    ]
)


@pytest.mark.parametrize("body", [RSS, ATOM, RDF, JSON_FEED, POSTS], ids=["rss", "atom", "rdf", "json", "posts"])
def test_every_kind_of_feed_says_the_same(body: str) -> None:
    (entry,) = read(body).entries
    assert (entry.id, entry.url, entry.title) == ("urn:a", "https://mission.example/a", "Statement & reply")
    assert entry.published == datetime(2026, 8, 27, 7, 15, tzinfo=UTC)
    assert "Whole" in (entry.html or "")


def test_atoms_updated_is_the_version() -> None:
    assert read(ATOM).entries[0].version == "2026-08-28T00:00:00Z"


@pytest.mark.parametrize("body", [rss(""), "[]", '<feed xmlns="http://www.w3.org/2005/Atom"/>'])
def test_an_empty_feed_is_a_feed(body: str) -> None:
    assert read(body).entries == () == read(body).problems


def test_ids_are_taken_as_given() -> None:
    window = read(rss(item(more='<guid isPermaLink="true">12 Ab/../c</guid>')))
    assert window.entries[0].id == "12 Ab/../c"


def test_without_an_id_the_address_is_the_id_and_without_both_the_words() -> None:
    assert read(rss(item())).entries[0].id == "https://mission.example/one"
    words = rss("<item><title>A</title></item><item><title>B</title></item>")
    assert len({entry.id for entry in read(words).entries} | {entry.id for entry in read(words).entries}) == 2


def test_links_that_run_code_are_dropped_and_named() -> None:
    window = read(rss("<item><title>Trap</title><link>javascript:alert(1)</link><guid>g</guid></item>"))
    assert window.entries[0].url is None
    assert "javascript:alert(1)" in window.problems[0]


def test_titles_are_plain_text() -> None:
    title = "&lt;b&gt;Cyber&lt;/b&gt;\u202e &amp;amp;\u200b&lt;script&gt;alert(1)&lt;/script&gt; &nbsp;norms &#xD800;"
    assert read(rss(item(title))).entries[0].title == "Cyber & norms \ufffd"


def test_a_title_of_ten_megabytes_is_shortened() -> None:
    assert len(read(rss(item("a" * 10_000_001))).entries[0].title) <= 500


def test_entries_are_newest_first_and_duplicates_one() -> None:
    def dated(name: str, day: int) -> str:
        return f"<item><guid>{name}</guid><title>{name}</title><pubDate>2026-08-{day:02}</pubDate></item>"

    window = read(rss(dated("old", 1) + dated("new", 20) + dated("mid", 10) + dated("new", 20)))
    assert [entry.id for entry in window.entries] == ["new", "mid", "old"]


def test_entries_without_dates_stay_in_order() -> None:
    window = read(rss("".join(f"<item><title>{name}</title></item>" for name in "bca")))
    assert [entry.title for entry in window.entries] == ["b", "c", "a"]


def test_a_date_that_cannot_be_trusted_is_named() -> None:
    window = read(rss(item(more="<pubDate>soon</pubDate>")))
    assert window.entries[0].published is None
    assert "'soon'" in window.problems[0]


def test_a_broken_entry_costs_only_itself() -> None:
    window = read(rss("<item><description/></item>" + item("Good")))
    assert [entry.title for entry in window.entries] == ["Good"]
    assert len(window.problems) == 1


def test_xml_that_breaks_off_keeps_what_came_before() -> None:
    window = read(rss(item("Whole") + "<item><title>Half")[:-20])
    assert window.entries[0].title == "Whole"
    assert "broken" in window.problems[0]


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (rss(item("Déclaration")).encode(), "iso-8859-1"),
        (rss(item("Déclaration")).replace("?>", ' encoding="idna"?>', 1).encode(), None),
        (rss(item("Déclaration")).replace("?>", ' encoding="utf-8"?>', 1).encode("cp1252"), None),
        (rss(item("Déclaration")).encode("utf-16"), None),
        (b"\xef\xbb\xbf" + rss(item("Déclaration")).encode(), "windows-1251"),
        (rss(item("D&eacute;claration")).encode(), None),
        (rss(item("Décla\x00ration")).encode(), None),
    ],
)
def test_lying_encodings_do_not_garble(body: bytes, charset: str | None) -> None:
    assert read(body, charset).entries[0].title == "Déclaration"


@pytest.mark.parametrize(
    "body",
    [
        "\n" * 40_000 + rss(item()),
        rss(item(more=f"<author>{'a.' * 20_000}</author>")),
        rss(item("<" * 40_000)),
        rss(item("&lt;a " * 40_000)),
        rss(item("&lt;script&gt;" * 20_000)),
        rss(item(more="<pubDate>" + "1 June " * 20_000 + "</pubDate>")),
        rss("<x>" * 20_000 + item()),
        "<!DOCTYPE " * 20_000 + rss(item()),
        "[" * 100_000,
        rss("<item " + " ".join(f'a{number}="1"' for number in range(50_000)) + "/>"),
    ],
)
def test_what_hangs_other_parsers_is_over_soon(body: str) -> None:
    begin = time.thread_time()
    came = outcome(body)
    assert isinstance(came, Window) or came.why.startswith("not a feed")
    assert time.thread_time() - begin < 3


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE r [<!-- <x> --><!ENTITY f SYSTEM "file:///etc/hostname">]>',
        '<!-- <![CDATA[ --><!DOCTYPE r [<!ENTITY a "secret">]>',
        '<!DOCTYPE r [<!EN\x00TITY a "secret">]>',
    ],
)
def test_entities_are_never_expanded(head: str) -> None:
    came = outcome(rss(item("x &a;&b;&f; y"), head))
    assert isinstance(came, UnreadableError) or [entry.title for entry in came.entries] == ["x &a;&b;&f; y"]


def test_a_doctype_alone_and_talk_of_entities_do_no_harm() -> None:
    body = rss(item(more="<description><![CDATA[<!ENTITY x>]]></description>"), '<!DOCTYPE rss SYSTEM "r.dtd">')
    assert read(body).entries[0].title == "A statement"


@pytest.mark.parametrize(
    "body", ["", " \n", "/etc/hostname", "{}", "[1]", '{"code": "rest_no_route"}', "<svg/>", "\x00"]
)
def test_what_is_no_feed_is_refused(body: str) -> None:
    with pytest.raises(UnreadableError, match="not a feed"):
        read(body)


def test_a_page_that_names_a_feed_says_which() -> None:
    page = '<!doctype html><html><link rel="alternate" type="application/rss+xml" href="/feed.xml"></html>'
    with pytest.raises(UnreadableError, match=r"https://mission\.example/feed\.xml"):
        read(page)


@settings(max_examples=150)
@given(st.binary(max_size=300) | st.text(max_size=300).map(rss).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    came = outcome(body)
    assert isinstance(came, Window) or came.why
