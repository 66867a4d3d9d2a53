"""Stretches of time: as short as can still be told apart, without a gap."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.spans import MOST, Unit, named, start_of, stretches

LAST = date(2026, 11, 23)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))


@pytest.mark.parametrize(
    ("days", "unit"), [(0, Unit.DAY), (39, Unit.DAY), (60, Unit.WEEK), (400, Unit.MONTH), (2500, Unit.QUARTER)]
)
def test_the_shortest_unit_is_taken_that_fits(days: int, unit: Unit) -> None:
    assert stretches(LAST - timedelta(days=days), LAST)[0] is unit


@given(DAYS, DAYS)
def test_every_day_lies_in_one_of_the_stretches_and_they_follow_each_other(one: date, other: date) -> None:
    first, last = sorted((one, other))
    unit, starts = stretches(first, last)
    assert {start_of(first, unit), start_of(last, unit)} <= set(starts)
    assert starts[0] == start_of(first, unit)
    assert starts[-1] == start_of(last, unit)
    assert list(starts) == sorted(set(starts))
    for before, after in pairwise(starts):
        assert start_of(after - timedelta(days=1), unit) == before
    assert len(starts) <= MOST or unit is Unit.YEAR


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        (Unit.DAY, "23 Nov 2026"),
        (Unit.WEEK, "week of 23 Nov 2026"),
        (Unit.MONTH, "Nov 2026"),
        (Unit.QUARTER, "Oct–Dec 2026"),
        (Unit.YEAR, "2026"),
    ],
)
def test_a_stretch_has_a_name(unit: Unit, name: str) -> None:
    assert named(start_of(LAST, unit), unit) == name
