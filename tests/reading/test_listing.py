"""Listing pages of missions without a feed, as windows."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.domain.source import Window
from bot.errors import UnreadableError
from bot.reading.listing import read_listing

MENU = (
    "<ul class='menu'><li><a href='/'>Home</a><li><a href='/about'>About the mission</a><li><a href='/s'>Statements</a>"
    "<li><a href='mailto:mission@norland.example'>Write to us</a><li><a href='javascript:print()'>Print</a></ul>"
)
TITLES = [
    "Statement on ransomware at the Security Council",
    "Remarks on the final report",
    "Statement on the law of the sea",
]
ITEMS = list(enumerate(TITLES))


def read(body: str, **selectors: str) -> Window:
    html = f"<html><head><title>Statements</title></head><body>{MENU}{body}</body></html>"
    return read_listing(html.encode(), charset="utf-8", base_url="https://norland.example/en/list/", **selectors)


SHAPES = {
    "list": "<ul>" + "".join(f"<li><a href='s{n}.htm'>{t}</a> (2024-06-2{n})</li>" for n, t in ITEMS) + "</ul>",
    "table": "<table>"
    + "".join(f"<tr class='row{n}'><td>2{n} June 2024</td><td><a href='s{n}.htm'>{t}</a></td></tr>" for n, t in ITEMS)
    + "</table>",
    "definitions": "<dl>"
    + "".join(f"<dt>June 2{n}, 2024</dt><dd><a href='s{n}.htm'>{t}</a></dd>" for n, t in ITEMS)
    + "</dl>",
    "flat": "<div>" + "".join(f"<a href='s{n}.htm'>{t}</a> 2024-06-2{n}<br>" for n, t in ITEMS) + "</div>",
    "rows of one card": "".join(
        f"<div class='row'><div class='card'><a href='s{n}.htm'><img src='x'></a><h3><a href='s{n}.htm'>{t}</a></h3>"
        f"<span>2024-06-2{n}</span><a href='s{n}.htm'>Read more</a></div></div>"
        for n, t in ITEMS
    ),
    "title beside the file": "<table>"
    + "".join(f"<tr><td>2024-06-2{n}</td><td>{t}</td><td><a href='s{n}.htm'>PDF</a></td></tr>" for n, t in ITEMS)
    + "</table>",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_repeated_block_of_links_and_dates_is_found(shape: str) -> None:
    window = read(SHAPES[shape])
    assert [(e.id, e.url, e.title) for e in window.entries] == [
        (f"s{n}.htm", f"https://norland.example/en/list/s{n}.htm", t) for n, t in ITEMS
    ]
    assert [e.published for e in window.entries] == [datetime(2024, 6, 20 + n, tzinfo=UTC) for n, _ in ITEMS]
    assert (window.title, window.problems) == ("Statements", ())


def test_a_time_element_gives_the_moment_with_its_zone() -> None:
    body = "".join(
        f"<article><a href='s{n}'>{t}</a><time datetime='2024-06-2{n}T10:00:00+02:00'>x</time></article>"
        for n, t in ITEMS
    )
    assert read(body).entries[0].published == datetime(2024, 6, 20, 10, tzinfo=timezone(timedelta(hours=2)))


def test_selectors_are_followed_where_a_source_has_them() -> None:
    body = "<table>" + "".join(
        "<tr><td><a href='/topic'>Disarmament and arms control, all topics</a></td>"
        f"<td class='when'>2024-06-2{n}</td><td><b><a href='s{n}'>{t}</a></b></td></tr>"
        for n, t in ITEMS
    )
    window = read(body, item="tr", link="b", date="td.when")
    assert [(e.id, e.published) for e in window.entries] == [
        (f"s{n}", datetime(2024, 6, 20 + n, tzinfo=UTC)) for n, _ in ITEMS
    ]


def test_links_that_lead_to_no_page_are_passed_over_and_named() -> None:
    body = (
        "<ul><li class='s'><a href='#top'>To the top of this page</a> 2024-06-20</li>"
        "<li class='s'><a href='a.htm'>Remarks on the report</a> 2024-06-21</li></ul>"
    )
    window = read(body, item="li.s")
    assert [e.id for e in window.entries] == ["a.htm"]
    assert window.problems == ("block 1: no link to a page in 'To the top of this page 2024-06-20'",)


def test_an_address_listed_twice_is_one_entry() -> None:
    body = "<ul>" + "<li class='s'><a href='a.htm'>Remarks on the report</a> 2024-06-21</li>" * 2 + "</ul>"
    assert [e.id for e in read(body).entries] == ["a.htm"]


@pytest.mark.parametrize(
    ("body", "selectors", "why"),
    [
        ("<p>Nothing here", {}, "no repeated block of links with dates"),
        (SHAPES["list"], {"item": "tr.none"}, "the selector item = 'tr.none' matches nothing"),
    ],
)
def test_an_empty_window_says_why(body: str, selectors: dict[str, str], why: str) -> None:
    window = read(body, **selectors)
    assert window.entries == ()
    assert why in window.problems[0]


def test_a_page_filled_in_by_scripts_is_called_so() -> None:
    window = read_listing(b"<div id='app'></div>", charset=None, base_url="https://norland.example/")
    assert window.problems == ("the page has no links: perhaps it is filled in by scripts",)


def test_a_selector_that_is_no_css_is_refused() -> None:
    with pytest.raises(UnreadableError, match="item = 'li\\['"):
        read(SHAPES["list"], item="li[")


def test_a_page_as_large_as_may_be_is_read_without_delay() -> None:
    body = "<ul>" + "".join(
        f"<li><a href='s{n}'>Statement {n} on the subject</a> 2024-06-21</li>" for n in range(30_000)
    )
    assert len(read(body).entries) == 200


def test_reading_a_listing_loads_no_language_model_and_no_extractor() -> None:
    heavy = ("trafilatura", "py3langid", "numpy", "pypdfium2")
    code = f"import sys, bot.reading.listing; print([m for m in {heavy} if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"
