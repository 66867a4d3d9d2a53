"""Sources out to OPML and back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.catalogue import load_catalogue
from bot.domain.source import Source, SourceKind
from bot.errors import UsageError
from bot.infra.opml import from_opml, to_opml

FULL = Source(
    name='Mission "A" & <B>',
    kind=SourceKind.PAGE,
    url="https://mission.example/news?a=1&b=2",
    country="CHN",
    language="zh",
    every=timedelta(seconds=90),
    allow_private=True,
    firehose=True,
    item="li > a",
    link="a",
    date=".date",
    note="Répond",
    state="guess",
)
FOLDER = Source(name="pages", kind=SourceKind.FOLDER, url="demo/pages")


def opml(body: str, head: str = "") -> str:
    return f'{head}<opml version="2.0"><head/><body>{body}</body></opml>'


def test_nothing_is_lost_on_the_way_out_and_back() -> None:
    assert from_opml(to_opml([FULL, FOLDER, *load_catalogue()])) == [FULL, FOLDER, *load_catalogue()]


def test_other_readers_see_feeds_and_only_feeds() -> None:
    feed = Source(name="feed", kind=SourceKind.FEED, url="https://mission.example/feed")
    assert to_opml([FULL, feed]).count("xmlUrl=") == 1


def test_folders_are_opened_and_an_address_counts_once() -> None:
    outline = '<outline text="A" xmlUrl="https://a.example/feed"/>'
    (source,) = from_opml(opml(f'<outline text="Missions"><outline text="Asia">{outline}</outline>{outline}</outline>'))
    assert (source.name, source.kind) == ("A", SourceKind.FEED)


def test_two_sources_of_one_name_are_told_apart() -> None:
    body = "".join(f'<outline text="News" xmlUrl="https://{host}.example/"/>' for host in "ab")
    assert [source.name for source in from_opml(opml(body))] == ["News", "News (2)"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not xml", "no XML"),
        ("", "no XML"),
        ("<html/>", "begins with <html>"),
        (opml('<outline text="Bad" xmlUrl="file:///etc/passwd"/>'), "Bad: .* no web address"),
        (opml("", '<!DOCTYPE opml [<!ENTITY a "b">]>'), "entities"),
    ],
)
def test_what_is_wrong_is_named(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        from_opml(text)
