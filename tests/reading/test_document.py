"""Bytes as they came: told apart, decoded without mojibake, refused with a reason."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.statement import Record
from bot.errors import UnreadableError
from bot.reading.document import to_record

RUSSIAN = "Госпожа Председатель, Норландия признательна за созыв прений о безопасности в киберпространстве."
FRENCH = "Madame la Présidente, la Norlande vous sait gré d’avoir porté ce débat à l’ordre du jour."
CHINESE = "主席先生：感谢贵国召开会议，也感谢秘书处的介绍。网络空间是人类共同的家园。"
ARABIC = "السيد الرئيس، يشكركم وفد بلادي على عقد هذه الجلسة حول أمن المعلومات."


def record(body: bytes, media_type: str = "text/html", charset: str | None = None) -> Record:
    return to_record(body, id="d", url=None, media_type=media_type, charset=charset)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (FRENCH, "utf-8"),
        (FRENCH, "cp1252"),
        (CHINESE, "gb18030"),
        (CHINESE, "utf-8"),
        (ARABIC, "cp1256"),
    ],
)
@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "x-no-such-charset", "base64"])
def test_no_label_however_wrong_makes_mojibake(text: str, encoding: str, declared: str | None) -> None:
    html = f"<html><body><p>{text}</p></body></html>"
    assert record(html.encode(encoding), charset=declared).html == html


def test_the_page_s_own_label_is_heeded_where_the_server_gives_none() -> None:
    html = f'<html><head><meta charset="windows-1251"></head><body>{RUSSIAN}</body></html>'
    assert record(html.encode("cp1251")).html == html


def test_a_single_bad_byte_does_not_spoil_a_page_of_utf_8() -> None:
    found = record(f"<html><p>{RUSSIAN}</p>".encode() + b"\xff</html>").html
    assert found is not None
    assert RUSSIAN in found


def test_html_is_told_from_text_by_what_it_is_not_by_what_it_is_called() -> None:
    assert record(b"<!DOCTYPE html><p>Mr. Chair", media_type="text/plain").html == "<!DOCTYPE html><p>Mr. Chair"
    plain = record(b"Mr. Chair, thank you.", media_type="text/plain; charset=utf-8")
    assert (plain.html, plain.text) == (None, "Mr. Chair, thank you.")


def test_what_is_known_of_the_source_goes_along() -> None:
    moment = datetime(2024, 6, 20, 15, tzinfo=UTC)
    made = to_record(
        b"<p>Hello",
        id="x",
        url="https://mission.example/1",
        media_type="text/html",
        charset=None,
        title="Statement",
        published=moment,
        country="NOR",
        language="en",
    )
    assert (made.id, made.url, made.title, made.published) == ("x", "https://mission.example/1", "Statement", moment)
    assert (made.country, made.language) == ("NOR", "en")


@pytest.mark.parametrize(
    ("body", "media_type", "why"),
    [
        (b"", "text/html", "empty"),
        (b" \n ", "text/html", "empty"),
        (b"\x89PNG\r\n\x1a\n", "text/html", "not a document: image/png"),
        (b"anything", "image/webp", "not a document: image/webp"),
        (b"PK\x03\x04rest", "application/octet-stream", "zip archive or Office file"),
        (b"\x00\x01\x02 binary", "application/octet-stream", "not a document: application/octet-stream"),
        (b"not one at all", "application/pdf", "called a PDF, but"),
        (b"%PDF-1.7 and then rubbish", "text/html", "broken PDF"),
        (b"<p>" + b"x" * 5_000_001, "text/html", "too large"),
    ],
)
def test_what_is_no_document_is_refused_with_the_reason(body: bytes, media_type: str, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        record(body, media_type)
