"""Days written without their year, as in datelines: `(New York, 30 July)`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.domain.dates import find_days
from bot.domain.day_words import CHINESE_DIGITS, fold, month_number, month_pattern, number, word_pattern

# The 29th of February comes back after eight years at the latest: 1896 to 1904.
_LEAP = 8


@dataclass(frozen=True, slots=True)
class FoundMonthDay:
    """A day of a month and where the text names it: `text[start:end]`."""

    month: int
    day: int
    start: int
    end: int

    def on_or_before(self, last: date) -> date | None:
        """The nearest such day that is not after `last`; None where no calendar has one."""
        for year in range(last.year, last.year - _LEAP - 1, -1):
            try:
                found = date(year, self.month, self.day)
            except ValueError:
                continue
            if found <= last:
                return found
        return None


def find_month_days(text: str) -> list[FoundMonthDay]:
    """Every day of a named month that a text writes out without a year, in order. Runs in linear time."""
    folded, whole = fold(text), find_days(text)
    days = []
    for match in _pattern().finditer(folded.text):
        start, end = folded.span(*match.span())
        month, day = _numbers(match)
        dated = any(one.start < end and start < one.end for one in whole)
        if 1 <= month <= 12 and 1 <= day <= 31 and not dated:
            days.append(FoundMonthDay(month, day, start, end))
    return days


def _numbers(match: re.Match[str]) -> tuple[int, int]:
    """The month and the day of a match as numbers."""
    if match["m3"]:
        return number(match["m3"]), number(match["d3"])
    day = match["d"] or match["d2"] or "1"
    return month_number(match["m"] or match["m2"]), int(day)


@cache
def _pattern() -> re.Pattern[str]:
    """29 June, the 1st of June, June 29, 29 حزيران/يونيو, 6月29日, 六月二十九日."""
    month, ordinals, links = month_pattern(), word_pattern("ordinals"), word_pattern("links")
    named = rf"(?:{month})(?![^\W\d_])\.?"
    digits = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)"
    chinese = f"[0-9{CHINESE_DIGITS}]"
    return re.compile(
        rf"(?<!\d)(?<!\d[.,/:-])(?:(?P<d>{digits})(?:\s?(?:{ordinals})(?![^\W\d_]))?\.?|\b(?:{word_pattern('first')})\b)"
        rf"\s{{1,3}}(?:(?:{links})\s{{1,3}})?(?P<m>{month})(?![^\W\d_])\.?(?:\s?[/(-]\s?{named}\)?)?(?!\s?\d{{4}}(?!\d))"
        rf"|(?<![^\W\d_])(?P<m2>{month})\.?\s{{1,3}}(?P<d2>{digits})(?:(?:{ordinals})(?![^\W\d_]))?(?![:./-]\d)"
        rf"|(?<![0-9{CHINESE_DIGITS}年])(?P<m3>{chinese}{{1,3}})\s?月\s?(?P<d3>{chinese}{{1,3}})\s?[日号號](?!\s?[-~至到、]\s?{chinese})"
    )
