"""Days told by the day of the week, in six languages."""

from __future__ import annotations

from datetime import date

import pytest

from bot import data
from bot.domain.week_days import find_weekdays

WEDNESDAY = date(2026, 7, 22)


@pytest.mark.parametrize(
    "text",
    [
        "on Tuesday the 21st",
        "Tuesday, 21",
        "ce mardi 21 au matin",
        "este martes 21",
        "во вторник, 21-го",
        "本周二（21日）",
        "يوم الثلاثاء 21",
        "delivered on Tuesday",
        "prononcée mardi",
        "leída el martes",
        "выступил во вторник",
        "星期二的发言",
        "ألقيت الثلاثاء",
    ],
)
def test_a_day_of_the_week_is_the_nearest_one_before(text: str) -> None:
    assert [one.on_or_before(WEDNESDAY) for one in find_weekdays(text)] == [date(2026, 7, 21)]


def test_its_number_must_be_that_of_the_month_within_four_weeks() -> None:
    assert [one.on_or_before(WEDNESDAY) for one in find_weekdays("Tuesday 7")] == [date(2026, 7, 7)]
    assert [one.on_or_before(WEDNESDAY) for one in find_weekdays("Tuesday 20")] == [None]


@pytest.mark.parametrize("text", ["mon pays", "безопасная ИКТ-среда", "Fri", "cyber Mondays"])
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert find_weekdays(text) == []


@pytest.mark.parametrize("language", data.languages())
def test_every_language_names_the_seven(language: str) -> None:
    named = data.language(language, "dates")["weekdays"]
    assert [len(find_weekdays(some[0])) for some in named] == [1] * 7
