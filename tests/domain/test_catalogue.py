"""The sources that are shipped, and how a wrong one is told."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from bot.domain.catalogue import load_catalogue, sources_of
from bot.domain.source import parse_every

GOOD: dict[str, Any] = {"name": "A", "kind": "feed", "url": "https://a.example/", "note": "known", "state": "guess"}


def test_every_shipped_source_is_sound() -> None:
    sources = load_catalogue()
    assert len({source.name for source in sources}) == len(sources) > 50
    assert len({source.url for source in sources}) == len(sources)
    for source in sources:
        assert urlsplit(source.url).hostname
        assert source.note
        assert re.fullmatch(r"answered 20\d\d-\d\d|listed|guess", source.state or "")
        assert source.every >= timedelta(minutes=15)


def test_all_six_languages_are_watched() -> None:
    assert {"ar", "en", "es", "fr", "ru", "zh"} <= {source.language for source in load_catalogue()}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"note": ""}, "A: note: is missing"),
        ({"url": "ftp://a.example"}, "A: url: .* no web address"),
        ({"country": "China"}, "A: country: .* alpha-3"),
        ({"language": "english"}, "A: language: .* 639-1"),
        ({"kind": "rss"}, "A: 'rss' is not a valid"),
        ({"every": "soon"}, "A: 'soon' is no interval"),
        ({"firehose": "yes"}, "A: firehose: .* true or false"),
        ({"colour": "red"}, "A: colour: is no key"),
    ],
)
def test_a_wrong_source_is_named_with_its_key(change: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        sources_of([GOOD | change])


def test_a_name_used_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="used twice"):
        sources_of([GOOD, GOOD])


@pytest.mark.parametrize(
    ("text", "every"),
    [("90s", timedelta(seconds=90)), ("30m", timedelta(minutes=30)), ("6H", timedelta(hours=6)), ("2d", timedelta(2))],
)
def test_an_interval_is_a_number_and_a_unit(text: str, every: timedelta) -> None:
    assert parse_every(text) == every


@pytest.mark.parametrize("text", ["", "30", "m", "0m", "-5m", "1w", "1.5h", "٣m", "1h30m", "9999999d"])
def test_what_is_no_interval_says_what_one_is(text: str) -> None:
    with pytest.raises(ValueError, match="such as 30m"):
        parse_every(text)
