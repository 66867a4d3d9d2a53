"""The day of delivery, as against the day of publication."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bot.reading.day import find_day

POSTED = datetime(2024, 6, 21, 14, 3, tzinfo=timezone(timedelta(hours=-4)))


@pytest.mark.parametrize(
    ("header", "day"),
    [
        ("New York, 20 June 2024", date(2024, 6, 20)),
        ("New York, le 20 juin 2024", date(2024, 6, 20)),
        ("Nueva York, 20 de junio de 2024", date(2024, 6, 20)),
        ("20 июня 2024 года", date(2024, 6, 20)),
        ("2024年6月20日", date(2024, 6, 20)),
        ("نيويورك، 20 حزيران/يونيو 2024", date(2024, 6, 20)),
        ("20/06/2024", date(2024, 6, 20)),
        ("20.06.2024", date(2024, 6, 20)),
        ("Date: 20 June 2024", date(2024, 6, 20)),
    ],
)
def test_a_date_above_the_text_beats_the_day_of_publication(header: str, day: date) -> None:
    assert find_day(header=header, published=POSTED) == day


def test_the_title_beats_everything() -> None:
    assert find_day(title="Statement, 19 June 2024", header="20 June 2024", published=POSTED) == date(2024, 6, 19)


@pytest.mark.parametrize(
    "posted",
    ["Posted on June 24, 2024", "Publié le 24/06/2024", "Publicado el 24 de junio de 2024", "2024-06-24 18:32"],
)
def test_a_day_of_posting_gives_way_to_a_day_of_delivery(posted: str) -> None:
    assert find_day(header=f"{posted}\n(20 June 2024)") == date(2024, 6, 20)


def test_a_dateline_beats_the_bare_date_of_the_page() -> None:
    assert find_day(header="10 de enero de 2023\nViena, 9 de enero de 2023") == date(2023, 1, 9)


def test_the_earliest_of_what_was_put_up_together_is_nearest_to_the_delivery() -> None:
    assert find_day(header="Posted on June 20, 2024", published=POSTED) == date(2024, 6, 20)


def test_an_old_speech_put_up_again_keeps_the_day_of_its_address() -> None:
    url = "https://mission.example/202106/t20210629_912.htm"
    assert find_day(url=url) == date(2021, 6, 29)
    assert find_day(url="https://mission.example/cyber-29062021") == date(2021, 6, 29)


def test_the_local_day_of_publication_counts() -> None:
    late = datetime(2024, 6, 20, 23, 30, tzinfo=timezone(timedelta(hours=-4)))
    assert late.astimezone(UTC).day == 21
    assert find_day(published=late) == date(2024, 6, 20)


def test_days_told_in_the_speech_are_history() -> None:
    body = "Mr. President,\n\nOn 24 February 2022 the networks of our neighbour went dark."
    assert find_day(body=body, published=POSTED) == date(2024, 6, 21)


def test_a_line_tells_the_day_of_a_session_better_than_its_span() -> None:
    title = "National statement at the Open-ended Working Group, 9 to 13 September 2019"
    assert find_day(title=title) == date(2019, 9, 9)
    assert find_day(title=title, header="New York, 11 September 2019") == date(2019, 9, 11)


def test_the_clock_of_a_page_is_no_day_of_delivery() -> None:
    header = "Monday, 23 November 2026\nNew York, 20 June 2024"
    assert find_day(header=header, published=POSTED) == date(2024, 6, 20)
    assert find_day(header="Monday, 23 November 2026", published=POSTED) == date(2024, 6, 21)


def test_nothing_said_is_nothing_found() -> None:
    assert find_day(url="http://[broken", body="x") is None
