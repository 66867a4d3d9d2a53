"""Days without their year, as datelines write them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.month_days import FoundMonthDay, find_month_days

WRITTEN = """
New York, 30 July
(Nueva York, 30 de julio)
Geneva, July 30th
Vienne, le 30 juillet
Нью-Йорк, 30 июля
（7月30日，译自俄文）
七月三十日
نيويورك، 30 تموز/يوليو
"""


@pytest.mark.parametrize("text", WRITTEN.strip().splitlines())
def test_a_day_is_found_without_its_year(text: str) -> None:
    assert [(one.month, one.day) for one in find_month_days(text)] == [(7, 30)]


@pytest.mark.parametrize(
    "text", ["30 July 2024", "July 30, 2024", "30 de julio de 2024", "2024年7月30日", "July 2024", "A/30/7"]
)
def test_what_has_its_year_or_no_day_is_left(text: str) -> None:
    assert find_month_days(text) == []


def test_the_place_of_a_day_is_told() -> None:
    text = "Vienne, le 1er mars"
    (found,) = find_month_days(text)
    assert text[found.start : found.end] == "1er mars"


@pytest.mark.parametrize(
    ("last", "day"),
    [
        (date(2024, 3, 1), date(2024, 2, 29)),
        (date(2024, 2, 28), date(2020, 2, 29)),
        (date(1904, 1, 1), date(1896, 2, 29)),
    ],
)
def test_the_nearest_such_day_is_one_that_the_calendar_has(last: date, day: date) -> None:
    assert FoundMonthDay(month=2, day=29, start=0, end=0).on_or_before(last) == day


def test_no_calendar_has_the_thirtieth_of_february() -> None:
    assert FoundMonthDay(month=2, day=30, start=0, end=0).on_or_before(date(2024, 3, 1)) is None


def test_a_very_long_text_is_read_in_no_time() -> None:
    assert find_month_days("30 of july of " * 20_000)[:1] != []
