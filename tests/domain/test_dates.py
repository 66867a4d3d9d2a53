"""Days as people write them, moments as feeds write them."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import find_days, parse_moment
from bot.domain.day_words import months

JUNE_29 = date(2021, 6, 29)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "29 June 2021",
        "29th of June, 2021",
        "June 29, 2021",
        "June 29th 2021",
        "Jun. 29, 2021",
        "the 29th day of June 2021",
        "29 June '21",
        "29-Jun-2021",
        "29-Jun-21",
        "29 JUNE 2021",
        "29-30 June 2021",
        "29 and 30 June 2021",
        "June 29–30, 2021",
        "29 June – 3 July 2021",
        "June 29 to July 3, 2021",
        "29.06.2021",
        "29.6.2021",
        "29. 06. 2021",
        "29.06.21",
        "29/06/2021",
        "06/29/2021",
        "2021-06-29",
        "2021/6/29",
        "2021-06-29T10:00:00Z",
        "New York, 29\u00a0June\u00a02021",
        "29 juin 2021",
        "mardi 29 juin 2021",
        "du 29 au 30 juin 2021",
        "29 de junio de 2021",
        "29 de junio del 2021",
        "29 июня 2021 года",
        "29 ИЮНЯ 2021 ГОДА",
        "29-го июня 2021 г.",
        "с 29 по 30 июня 2021 года",
        "2021年6月29日",
        "(2021年6月29日，纽约)",
        "2021 年 6 月 29 日",
        "2021年6月29日至30日",
        "2021年6月29-30日",
        "二〇二一年六月二十九日",
        "二零二一年六月廿九日",
        "２０２１年６月２９日",
        "٢٩ حزيران/يونيو ٢٠٢١",
        "29 حزيران / يونيو 2021",
        "29 يونيو 2021",
        "29 من يونيو، 2021",
        "29 جوان 2021",
        "٢٩/٦/٢٠٢١",
        "29. Juni 2021",
        "29 giugno 2021",
        "29 de junho de 2021",
    ],
)
def test_a_day_is_found_however_it_is_written(text: str) -> None:
    assert [found.day for found in find_days(f"x: {text} .")] == [JUNE_29]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1er juin 2021", date(2021, 6, 1)),
        ("Le premier juin 2021", date(2021, 6, 1)),
        ("1.º de marzo de 2023", date(2023, 3, 1)),
        ("1° de marzo de 2023", date(2023, 3, 1)),
        ("20th July, 2026", date(2026, 7, 20)),
        ("Item 96, 4 October, 2023", date(2023, 10, 4)),
        ("Item 12, 4 October 2023", date(2023, 10, 4)),
        ("December 2-6, 2024", date(2024, 12, 2)),
        ("٤ تشرين الأول/ أكتوبر ٢٠٢٣", date(2023, 10, 4)),
        ("05/04/2022", date(2022, 4, 5)),
        ("28 كانون الثاني/يناير 2020", date(2020, 1, 28)),
        ("12 تشرين الأول 2022", date(2022, 10, 12)),
        ("3 août 2022", date(2022, 8, 3)),
        ("3 aou\u0302t 2022", date(2022, 8, 3)),
        ("十二月十日 二〇二二年十二月十日", date(2022, 12, 10)),
        ("30 December 2020 – 2 January 2021", date(2020, 12, 30)),
        ("30 December – 2 January 2021", date(2020, 12, 30)),
        ("9 мая 2024", date(2024, 5, 9)),
    ],
)
def test_each_language_has_its_own_ways(text: str, day: date) -> None:
    assert find_days(text)[0].day == day


@pytest.mark.parametrize(
    "text",
    [
        "A/76/136",
        "A/RES/75/240",
        "S/2021/621",
        "A/C.1/76/12/2021",
        "A/AC.290/2021/CRP.3",
        "resolutions 73/27, 74/28 and 75/32",
        "+1 212 555 0120",
        "+41 22 10.12.2021",
        "version 10.12.2021",
        "v. 2021.6.1",
        "1.2.21",
        "10.12.20.21",
        "192.168.10.2021",
        "31 February 2021",
        "29/13/2021",
        "Article 51",
        "29 June",
        "June 2021",
        "at 10.30, 2021 delegates",
        "may 2021 be better",
        "2021年",
    ],
)
def test_other_numbers_are_not_days(text: str) -> None:
    assert find_days(text) == []


def test_places_are_those_of_the_text_as_it_was_given() -> None:
    text = "Déclaration, \u200f٢٩ حزيران/يونيو ٢٠٢١\u200f, puis le 1er\u00a0août 2022."
    assert [text[found.start : found.end] for found in find_days(text)] == [
        "٢٩ حزيران/يونيو ٢٠٢١",
        "1er\u00a0août 2022",
    ]


def test_a_long_text_takes_no_longer_than_its_length() -> None:
    for piece in ("29 June - 30 ", "1/1/", "二", "June 1, ", "29 \n ", "1.1.", "de ", "A/76/"):
        begin = time.thread_time()
        find_days(piece * (200_000 // len(piece)))
        assert time.thread_time() - begin < 5


@given(st.text(max_size=300))
def test_any_text_can_be_searched(text: str) -> None:
    for found in find_days(text):
        assert 0 <= found.start < found.end <= len(text)


def test_every_month_has_a_name_in_every_language() -> None:
    assert set(months().values()) == set(range(1, 13))
    assert months()["حزيران"] == months()["июня"] == months()["六月"] == months()["juin"] == 6


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Thu, 27 Aug 2026 10:15:00 GMT", "2026-08-27T10:15:00+00:00"),
        ("Thu, 27 Aug 26 10:15:00 EST", "2026-08-27T10:15:00-05:00"),
        ("27 Aug 26", "2026-08-27T00:00:00+00:00"),
        ("Thu, 27 Aug 2026 10:15 +0530", "2026-08-27T10:15:00+05:30"),
        ("Thu, 27 Aug 2026 10:15:00 CET", "2026-08-27T10:15:00+01:00"),
        ("Thu, 27 Aug 2026 10:15:00 CEST", "2026-08-27T10:15:00+02:00"),
        ("Thu, 27 Aug 2026 10:15:00 MSK", "2026-08-27T10:15:00+03:00"),
        ("Thu, 27 Aug 2026 10:15:00 SGT", "2026-08-27T10:15:00+08:00"),
        ("Thu, 27 Aug 2026 10:15:00 IST", "2026-08-27T10:15:00+05:30"),
        ("Thu, 27 Aug 2026 10:15:00 GMT+3", "2026-08-27T10:15:00+03:00"),
        ("Thu, 27 Aug 2026 10:15:00", "2026-08-27T10:15:00+00:00"),
        ("Thu Aug 27 10:15:00 CET 2026", "2026-08-27T10:15:00+01:00"),
        ("Thu Aug 27 10:15:00 2026", "2026-08-27T10:15:00+00:00"),
        ("2026-08-27T10:15:00Z", "2026-08-27T10:15:00+00:00"),
        ("2026-08-27T10:15:00.123456789+08:00", "2026-08-27T10:15:00.123456+08:00"),
        ("2026-08-27T10:15-04", "2026-08-27T10:15:00-04:00"),
        ("2026-08-27T10Z", "2026-08-27T10:00:00+00:00"),
        ("2026-08-27T24:00:00Z", "2026-08-28T00:00:00+00:00"),
        ("20260827T101500Z", "2026-08-27T10:15:00+00:00"),
        ("20260827", "2026-08-27T00:00:00+00:00"),
        ("2026-08-27 10:15:00", "2026-08-27T10:15:00+00:00"),
        ("2026-W35-4", "2026-08-27T00:00:00+00:00"),
        ("2026-239", "2026-08-27T00:00:00+00:00"),
        ("2026-08-27", "2026-08-27T00:00:00+00:00"),
        ("27.08.2026", "2026-08-27T00:00:00+00:00"),
        ("27.08.2026 - 10:15", "2026-08-27T10:15:00+00:00"),
        ("27/08/2026 10h15", "2026-08-27T10:15:00+00:00"),
        ("2026年8月27日", "2026-08-27T00:00:00+00:00"),
        ("2026年8月27日 下午3时15分", "2026-08-27T15:15:00+00:00"),
        ("August 27, 2026 3:15 p.m. EDT", "2026-08-27T15:15:00-04:00"),
        ("jeu, 27 aoû 2026 10:15:00 +0200", "2026-08-27T10:15:00+02:00"),
        ("jeu., 27 août 2026 10:15:00 +0200", "2026-08-27T10:15:00+02:00"),
        ("Чт, 27 авг 2026 10:15:00 +0300", "2026-08-27T10:15:00+03:00"),
        ("Do, 27 Okt 2025 10:15:00 +0200", "2025-10-27T10:15:00+02:00"),
        ("الخميس، 27 آب/أغسطس 2026", "2026-08-27T00:00:00+00:00"),
    ],
)
def test_a_feeds_date_is_read(text: str, moment: str) -> None:
    assert parse_moment(text, now=NOW) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "0000-00-00",
        "1970-01-01T00:00:00Z",
        "2026-08",
        "2026",
        "2031-01-01",
        "2026-08-27T10:15:00+99:00",
        "2026-08-27T25:00:00Z",
        "99/99/9999",
        "27 Aug",
        "A/76/136",
        "1 June 2026 – and 2 June 2026",
    ],
)
def test_what_cannot_be_trusted_is_no_date(text: str) -> None:
    assert parse_moment(text, now=NOW) is None


def test_a_little_ahead_is_another_time_zone() -> None:
    assert parse_moment("2026-11-25T00:00:00Z", now=NOW) is not None
    assert parse_moment("2026-11-25T12:00:01Z", now=NOW) is None
    assert parse_moment("2031-01-01") is not None


@given(st.text(max_size=100) | st.from_regex(r"\A[0-9TWZ:+. -]{0,30}\Z"))
def test_a_moment_is_always_aware(text: str) -> None:
    moment = parse_moment(text)
    assert moment is None or (moment.utcoffset() is not None and abs(moment.utcoffset() or timedelta()) < timedelta(1))
