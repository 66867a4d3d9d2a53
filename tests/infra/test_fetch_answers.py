from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.source import Validators
from bot.infra.fetch import answers

NOW = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "media_type", "charset"),
    [
        ("text/html", "text/html", None),
        ("Text/HTML; Charset=UTF-8", "text/html", "UTF-8"),
        ('application/rss+xml; charset="windows-1256"', "application/rss+xml", "windows-1256"),
        ("text/html;charset='utf-8' ; x=y", "text/html", "utf-8"),
        ("text/html; charset=", "text/html", None),
        ("", "", None),
    ],
)
def test_the_kind_of_document_and_its_charset(value: str, media_type: str, charset: str | None) -> None:
    assert answers.media_type({"content-type": value}) == media_type
    assert answers.charset({"content-type": value}) == charset


def test_header_fields_are_text_in_whatever_bytes_they_come() -> None:
    raw = [(b"X-A", "é".encode()), (b"x-b", b"\xe9"), (b"Cache-Control", b"public"), (b"cache-control", b"max-age=5")]
    assert answers.headers(raw) == {"x-a": "é", "x-b": "é", "cache-control": "public, max-age=5"}


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({}, None),
        ({"cache-control": "public"}, None),
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": 'private, Max-Age = "600" '}, 600),
        ({"cache-control": "max-age=600", "age": "200"}, 400),
        ({"cache-control": "max-age=600", "age": "900"}, 0),
        ({"cache-control": "max-age=600", "expires": "Mon, 02 Mar 2026 12:00:10 GMT"}, 600),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": "no-store"}, 0),
        ({"cache-control": "max-age=-1"}, None),
        ({"cache-control": "max-age=" + "9" * 500}, None),
        ({"expires": "Mon, 02 Mar 2026 12:10:00 GMT"}, 600),
        ({"expires": "Mon, 02 Mar 2026 12:10:00 GMT", "date": "Mon, 02 Mar 2026 12:09:00 GMT"}, 60),
        ({"expires": "Sun, 01 Mar 2026 12:00:00 GMT"}, 0),
        ({"expires": "0"}, 0),
    ],
)
def test_how_long_an_answer_stays_fresh(fields: dict[str, str], seconds: float | None) -> None:
    assert answers.fresh_for(fields, NOW) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Mon, 02 Mar 2026 12:05:00 GMT", 300),
        ("Mon, 02 Mar 2026 13:05:00 +0100", 300),
        ("Mon Mar  2 12:05:00 2026", 300),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 0),
        ("soon", None),
        ("-5", None),
        ("1e9", None),
        ("9" * 400, None),
        ("Mon, 99 Mar 2026 12:05:00 GMT", None),
        ("", None),
    ],
)
def test_when_to_come_back(value: str, seconds: float | None) -> None:
    assert answers.retry_after({"retry-after": value}, NOW) == seconds


def test_validators_are_asked_with_as_they_came() -> None:
    given = answers.validators({"etag": 'W/"é"', "last-modified": "Mon, 02 Mar 2026 11:00:00 GMT"})
    assert given == Validators(etag='W/"é"', last_modified="Mon, 02 Mar 2026 11:00:00 GMT")
    assert answers.conditions(given) == [
        (b"If-None-Match", 'W/"é"'.encode()),
        (b"If-Modified-Since", b"Mon, 02 Mar 2026 11:00:00 GMT"),
    ]


def test_validators_that_cannot_be_sent_are_not_kept() -> None:
    assert answers.validators({"etag": '"' + "x" * 5000 + '"'}) == Validators()
    assert answers.conditions(Validators(etag='"a"\r\nX-Evil: 1')) == []
    assert answers.conditions(None) == []


def test_a_status_is_said_by_the_book() -> None:
    assert answers.status_words(404) == "404 Not Found"
    assert answers.status_words(599) == "599 (no known status)"
