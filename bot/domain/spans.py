"""Stretches of time for counting: days, weeks from Monday, months, quarters, years."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

MOST = 40
"""How many stretches stand side by side and can still be told apart."""


class Unit(StrEnum):
    """How long a stretch is, the shortest first."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


def stretches(first: date, last: date, most: int = MOST) -> tuple[Unit, tuple[date, ...]]:
    """The shortest unit of which at most so many stretches reach from the first day to the last, and their starts.

    Years where even they are more.
    """
    for unit in Unit:
        if unit is Unit.YEAR or (last - first).days // SHORTEST[unit] < most:
            starts = _starts(first, last, unit)
            if unit is Unit.YEAR or len(starts) <= most:
                return unit, starts
    raise AssertionError("the last unit is always taken")


def start_of(day: date, unit: Unit) -> date:
    """The first day of the stretch a day lies in."""
    match unit:
        case Unit.WEEK:
            return day - timedelta(days=day.weekday())
        case Unit.MONTH:
            return day.replace(day=1)
        case Unit.QUARTER:
            return date(day.year, day.month - (day.month - 1) % 3, 1)
        case Unit.YEAR:
            return date(day.year, 1, 1)
    return day


def named(start: date, unit: Unit) -> str:
    """A stretch by name: `23 Nov 2026`, `week of 23 Nov 2026`, `Nov 2026`, `Oct–Dec 2026`, `2026`."""
    match unit:
        case Unit.DAY:
            return f"{start.day} {start:%b} {start.year}"
        case Unit.WEEK:
            return f"week of {start.day} {start:%b} {start.year}"
        case Unit.MONTH:
            return f"{start:%b} {start.year}"
        case Unit.QUARTER:
            return f"{start:%b}–{date(start.year, start.month + 2, 1):%b} {start.year}"
    return str(start.year)


def _starts(first: date, last: date, unit: Unit) -> tuple[date, ...]:
    starts = [start_of(first, unit)]
    while (following := start_of(starts[-1] + timedelta(days=LONGEST[unit]), unit)) <= last:
        starts.append(following)
    return tuple(starts)


SHORTEST = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 28, Unit.QUARTER: 90, Unit.YEAR: 365}
# So many days after the first of a stretch lies in the next one, whatever its length.
LONGEST = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 31, Unit.QUARTER: 92, Unit.YEAR: 366}
