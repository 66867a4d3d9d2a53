"""What the many formats of feeds mean, and what of them is taken as given whatever feedparser makes of it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.source import Entry, Window
from bot.errors import UnreadableError
from bot.infra.feeds import parse_feed

URL = "https://mission.example/news/feed"
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'


def read(body: str) -> Window:
    return parse_feed(body.encode(), media_type="", charset=None, url=URL)


def one(body: str) -> Entry:
    (entry,) = read(body).entries
    return entry


def rss(items: str, spaces: str = "", version: str = "2.0") -> str:
    return f'<rss version="{version}" {spaces}><channel><title>Mission</title>{items}</channel></rss>'


def atom(inside: str) -> str:
    return f"<feed {ATOM}><entry><title>A</title>{inside}</entry></feed>"


def item(inside: str, spaces: str = "") -> Entry:
    return one(rss(f"<item><title>A statement</title>{inside}</item>", spaces))


@pytest.mark.parametrize(
    "body",
    [
        rss(
            "<item><title>Norms</title><link>https://mission.example/a</link><description>Words</description></item>",
            version="0.91",
        ),
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title mode="escaped">Mission</title><entry>'
        '<title>Norms</title><link rel="alternate" href="/a"/><id>urn:a</id><issued>2026-08-27T07:15:00Z</issued>'
        '<content type="text/html" mode="escaped">Words</content></entry></feed>',
        '<channel href="https://mission.example/"><title>Mission</title><item href="https://mission.example/a"'
        ' lastmod="2026-08-27T07:15:00Z"><title>Norms</title><abstract>Words</abstract></item></channel>',
        '<atom:feed xmlns:atom="http://www.w3.org/2005/Atom"><atom:title>Mission</atom:title><atom:entry>'
        '<atom:title>Norms</atom:title><atom:link href="/a"/>'
        "<atom:summary>Words</atom:summary></atom:entry></atom:feed>",
        '<rdf:RDF><channel><title>Mission</title></channel><item rdf:about="urn:a"><title>Norms</title>'
        "<link>/a</link><description>Words</description></item></rdf:RDF>",
    ],
    ids=["rss 0.91", "atom 0.3", "cdf", "prefixed atom", "rdf without namespaces"],
)
def test_old_and_odd_formats_are_read(body: str) -> None:
    window = read(body)
    (entry,) = window.entries
    assert (window.title, entry.title, entry.url) == ("Mission", "Norms", "https://mission.example/a")
    assert entry.summary == "Words"


def test_atom_03_and_cdf_have_their_dates() -> None:
    issued = (
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>A</title><issued>{}</issued></entry></feed>'
    )
    cdf = '<channel><item href="/a" lastmod="{}"><title>A</title></item></channel>'
    when = datetime(2026, 8, 27, 7, 15, tzinfo=UTC)
    assert [one(body.format("2026-08-27T07:15:00Z")).published for body in (issued, cdf)] == [when, when]


def test_prefixes_nobody_declared_mean_what_they_mostly_mean() -> None:
    entry = item("<content:encoded>&lt;p&gt;Whole&lt;/p&gt;</content:encoded><dc:date>2026-08-27</dc:date>")
    assert entry.html == "<p>Whole</p>"
    assert entry.published == datetime(2026, 8, 27, tzinfo=UTC)


@pytest.mark.parametrize("order", [slice(None), slice(None, None, -1)], ids=["after", "before"])
def test_media_speaks_only_for_a_silent_entry(order: slice) -> None:
    inside = ["<title>Norms</title><description>Words</description>"]
    inside.append(
        "<media:group><media:title>A video</media:title><media:description>Of it</media:description></media:group>"
    )
    entry = one(rss(f"<item>{''.join(inside[order])}</item>", MEDIA))
    assert (entry.title, entry.summary, entry.html) == ("Norms", "Words", "Words")
    silent = one(rss(f"<item><link>/a</link>{inside[1]}</item>", MEDIA))
    assert (silent.title, silent.summary) == ("A video", "Of it")


def test_other_vocabularies_say_nothing_of_an_entry() -> None:
    entry = item("<link>/a</link><ev:link>/event</ev:link><ev:title>Event</ev:title>", 'xmlns:ev="urn:events"')
    assert (entry.title, entry.url) == ("A statement", "https://mission.example/a")


def test_the_fullest_text_of_an_entry_is_its_html() -> None:
    content = "<content:encoded><![CDATA[<p>The whole statement</p>]]></content:encoded>"
    entry = item(f"{content}<description>Short</description>", CONTENT)
    assert entry.html == "<p>The whole statement</p>"


def test_mark_up_within_a_part_is_kept_and_comments_are_not() -> None:
    entry = one(
        f'<feed {ATOM}><entry><title>Cyber<!-- 1 --> norms</title><content type="xhtml"><div '
        'xmlns="http://www.w3.org/1999/xhtml"><p>Say &lt; less</p></div></content></entry></feed>'
    )
    assert (entry.title, entry.html) == (
        "Cyber norms",
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>Say &lt; less</p></div>',
    )


def test_cdata_within_a_text_stays_text() -> None:
    assert item("<description>a ]]&gt; b &amp;lt; c</description>").html == "a ]]> b &lt; c"


def test_content_in_base64_is_undone() -> None:
    body = f'<feed {ATOM}><entry><title>A</title><content type="image/x">V29yZHM=</content></entry></feed>'
    assert one(body).html == "Words"


@pytest.mark.parametrize(
    ("bases", "expected"),
    [
        (("https://other.example/x/", "", ""), "https://other.example/x/a"),
        (("https://other.example/x/", "y/", ""), "https://other.example/x/y/a"),
        (("", "", "https://third.example/"), "https://third.example/a"),
        (("javascript:1/", "", ""), "https://mission.example/news/a"),
    ],
)
def test_links_are_relative_to_the_nearest_base(bases: tuple[str, str, str], expected: str) -> None:
    feed, entry, link = (f'xml:base="{base}"' if base else "" for base in bases)
    assert (
        one(f'<feed {ATOM} {feed}><entry {entry}><title>A</title><link {link} href="a"/></entry></feed>').url
        == expected
    )


def test_a_permanent_id_is_the_address_where_there_is_no_other() -> None:
    assert item("<guid>https://mission.example/a</guid>").url == "https://mission.example/a"
    assert item('<guid isPermaLink="false">https://mission.example/a</guid>').url is None
    assert item("<guid>https://mission.example/a</guid><link>/b</link>").url == "https://mission.example/b"


@pytest.mark.parametrize("identity", ["http:///x//y", "a b", "../c", "?a=1&amp;copy;=2", "HTTP://Mission.Example/%7e"])
def test_no_id_is_rewritten(identity: str) -> None:
    assert item(f'<guid xml:base="https://other.example/">{identity}</guid>').id == identity.replace("&amp;", "&")


def test_the_page_of_an_entry_comes_before_its_other_forms() -> None:
    links = '<link type="application/pdf" href="/pdf"/><link rel="edit" href="/edit"/><link href="/page"/>'
    assert one(f"<feed {ATOM}><entry><title>A</title>{links}</entry></feed>").url == "https://mission.example/page"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-08-28T10:60", datetime(2026, 8, 28, 11, 0, tzinfo=UTC)),
        ("2026년 08월 11일 01:15:00", None),
        ("2026 Aug 28", None),
        ("2026", None),
        ("2026-08", None),
        ("13:00", None),
        ("2026-13-45", None),
        ("1970-01-01", None),
    ],
)
def test_dates_feedparser_alone_reads_count_only_if_the_text_names_the_day(
    text: str, expected: datetime | None
) -> None:
    assert item(f"<pubDate>{text}</pubDate>").published == expected


def test_of_several_dates_the_first_that_can_be_trusted_counts() -> None:
    entry = item("<pubDate>soon</pubDate><dc:date>2026-08-27</dc:date>", DC)
    assert entry.published == datetime(2026, 8, 27, tzinfo=UTC)


def test_an_entry_that_never_ends_costs_only_itself() -> None:
    window = read(rss("<item><guid>1</guid><title>Half <item><guid>2</guid><title>Whole</title></item></item>"))
    assert [(entry.id, entry.title) for entry in window.entries] == [("1", "Half"), ("2", "Whole")]


AUTHORS = "a." * 20_000


@pytest.mark.parametrize(
    "body",
    [
        rss(f"<managingEditor>{AUTHORS}</managingEditor><webMaster>{AUTHORS}</webMaster><item><title>A</title></item>"),
        rss(f"<item><title>A</title><dc:creator>{AUTHORS}</dc:creator></item>", DC),
        atom(f"<author><name>{AUTHORS}</name><email>{AUTHORS}</email></author>"),
        rss("<item><title>A</title><description>" + "&lt;div&gt;" * 100_000 + "</description></item>"),
        rss("<item><title>A</title></item><item><description>" + "<div>" * 100_000),
        rss("<item><title>A</title>" + "<link/>" * 200_000 + "</item>"),
        rss("<item><title>A</title><category>" + "a&amp;" * 200_000 + "</category></item>"),
        rss("<item><title>A</title></item>" + "<item><title>" * 100_000),
        rss("<item><title>A</title></item>" + "<item><title>" * 900 + "x" * 1_000_000),
        atom(f'<content type="xhtml"><div>{"<p>a</p>" * 200_000}</div></content>'),
        rss("<item><title>A</title><pubDate>Mon," + " " * 19_000 + "x</pubDate></item>"),
        rss("<item><title>A</title><description>" + "&lt;\n" * 2_000_000 + "</description></item>"),
        f'<?xml version="1.0" encoding="idna"?>{rss("<item><title>A &#xD800;</title></item>")}',
    ],
)
def test_what_feedparser_would_hang_or_fail_on_is_over_soon(body: str) -> None:
    begin = time.thread_time()
    assert "A" in {entry.title[:1] for entry in read(body).entries}
    assert time.thread_time() - begin < 2


def test_five_thousand_entries_are_read_soon_and_more_are_left_out() -> None:
    entries = "".join(f"<item><title>Statement {n}</title><link>/{n}</link></item>" for n in range(5001))
    begin = time.thread_time()
    window = read(rss(entries))
    assert time.thread_time() - begin < 4
    assert (len(window.entries), window.entries[0].title) == (5000, "Statement 0")
    assert window.problems == ("only its first 5,000 entries were read, 1 left out",)


TAGS = (
    *(
        "item",
        "entry",
        "title",
        "link",
        "guid",
        "id",
        "content",
        "description",
        "pubDate",
        "updated",
        "source",
        "image",
    ),
    *(
        "media:group",
        "media:title",
        "content:encoded",
        "dc:date",
        "itunes:summary",
        "xhtml:body",
        "svg",
        "links",
        "entries",
    ),
)
PIECES = st.one_of(
    st.sampled_from(TAGS).map("<{}>".format),
    st.sampled_from(TAGS).map("</{}>".format),
    st.sampled_from(TAGS).map('<{} href="a" type="application/x" rel="self" xml:base="//[" links="1"/>'.format),
    st.sampled_from(
        ["A", "&lt;b", "]]&gt;", "<![CDATA[<i>]]>", "<!-- - -->", "&#1;", "\x85", "\r\n", "2026-08-27", "&", "<"]
    ),
)


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_whatever_is_made_of_a_feeds_own_pieces_is_read_entry_by_entry(inside: str) -> None:
    assert not [problem for problem in read(rss(inside)).problems if "feedparser" in problem]
    assert not [problem for problem in read(atom(inside)).problems if "feedparser" in problem]


def test_a_text_too_long_to_be_a_statement_is_left_out_whole_and_named() -> None:
    window = read(rss(f"<item><title>A</title><description>{'word ' * 200_001}</description></item>"))
    assert (window.entries[0].title, window.entries[0].html) == ("A", None)
    assert window.problems == ("texts of over 1,000,000 characters were left out (1 entries)",)


def test_feedparser_is_given_bytes_in_memory_and_nothing_it_could_open(monkeypatch: pytest.MonkeyPatch) -> None:
    sources: list[Any] = []
    real = feedparser.parse

    def recorded(source: Any, **options: Any) -> Any:
        sources.append(source)
        return real(source, **options)

    monkeypatch.setattr(feedparser, "parse", recorded)
    read(rss("<item><title>A</title></item>"))
    with pytest.raises(UnreadableError):
        read("/etc/hostname")
    assert [type(source) for source in sources] == [BytesIO]


def test_a_feed_that_feedparser_fails_on_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*args: Any, **options: Any) -> Any:
        raise TypeError("unhashable\ntype")

    monkeypatch.setattr(feedparser, "parse", failing)
    with pytest.raises(
        UnreadableError, match=r"^not a feed: feedparser cannot read it \(TypeError: unhashable type\)$"
    ):
        read(rss("<item><title>A</title></item>"))


def test_when_entries_cannot_be_told_apart_feedparsers_ids_are_taken_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = feedparser.parse

    def losing_one(*args: Any, **options: Any) -> Any:
        found = real(*args, **options)
        del found["entries"][0]
        return found

    monkeypatch.setattr(feedparser, "parse", losing_one)
    window = read(rss("<item><title>A</title><guid>1</guid></item><item><title>B</title><guid>2</guid></item>"))
    assert [(entry.id, entry.title) for entry in window.entries] == [("2", "B")]
    assert "feedparser reads 1 entries where there are 2" in window.problems[0]
