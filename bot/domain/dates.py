"""Days written out in running text, and the dates of feeds, in six languages and more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from bot.domain.clock_words import moment_at
from bot.domain.day_words import (
    CHINESE_DIGITS,
    ROMAN,
    Folded,
    choice,
    fold,
    full_year,
    month_number,
    month_pattern,
    number,
    word_pattern,
)

_EARLIEST, _LATEST = 1800, 2100
_FIRST_FEED = 1990
_LONGEST_MOMENT = 200
_SOON = timedelta(days=2)
# Numbers behind these are versions and telephone numbers, however much they look like days.
_NO_DAY_BEFORE = re.compile(r"(?:\b(?:version|ver|v|release|tel|phone|fax)\b[.:\s]{0,3}|\+[\d\s()]{1,12})\Z")


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A calendar day and where the text names it: `text[start:end]`."""

    day: date
    start: int
    end: int


def find_days(text: str) -> list[FoundDay]:
    """Every calendar day, year included, that a text writes out, in order; of a range its first day.

    Numeric days are read day first, month first only where that is impossible. Runs in linear time.
    """
    folded = fold(text)
    found = sorted(_candidates(folded), key=lambda one: (one.start, -one.end))
    days: list[FoundDay] = []
    for one in found:
        if not days or one.start >= days[-1].end:
            days.append(one)
    return days


def parse_moment(text: str, *, now: datetime | None = None) -> datetime | None:
    """The moment a feed or listing gives, aware; None where it cannot be trusted.

    Reads RFC 822, ISO 8601 and the ways people write days. No zone, or one unknown, means UTC; no time of day means
    00:00. Names of zones shared by several are read as feeds mostly mean them: IST India, CST and EST North America,
    BST Britain. Not trusted: a day without year or month, years before 1990, and, if `now` is given, what lies more
    than two days ahead of it.
    """
    folded = fold(text.strip()[:_LONGEST_MOMENT]).text
    found = _stamp(folded) or _asctime(folded) or _written(folded)
    if found is None:
        return None
    day, rest = found
    if not _FIRST_FEED <= day.year < _LATEST:
        return None
    moment = moment_at(day, rest)
    ahead = moment is not None and now is not None and moment - now > _SOON
    return None if ahead else moment


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    month, ordinals = month_pattern(), word_pattern("ordinals")
    named = rf"(?:{month})(?![^\W\d_])\.?"
    both = rf"(?P<m>{month})(?![^\W\d_])\.?(?:\s?[/(-]\s?{named}\)?)?"  # حزيران/يونيو
    day = rf"(?P<d>(?:[12]\d|3[01]|0?[1-9])(?!\d)|\b(?:{word_pattern('first')})\b)(?:\s?(?:{ordinals})(?![^\W\d_]))?\.?"
    link = rf"\s{{0,3}}(?:(?:{word_pattern('links')})\s{{1,3}})?"
    joint = rf"\s{{0,2}}(?:[-/&]|\s(?:{word_pattern('ranges')})(?:\s(?:the|le|el))?(?!\w{{2}}))\s{{0,2}}"
    other = rf"\d{{1,2}}(?:(?:{ordinals})(?![^\W\d_]))?\.?"
    year = r"(?P<y>\d{4}|'\d{2})(?!\d)"
    comma = r"\s{0,3}[,،]?"
    chinese = f"[0-9{CHINESE_DIGITS}]"
    return tuple(
        re.compile(pattern)
        for pattern in (
            # 29 June 2021, 29-30 June 2021, 29 June - 3 July 2021
            rf"(?<![\da-z])(?<!\d[./:,]){day}(?:{joint}{other})?{link}[-/,]?{both}"
            rf"(?:{joint}{other}{link}(?P<m2>{month})\.?)?(?:{comma}{link}|[-/]){year}",
            # 29-Jun-21
            rf"(?<![\w./-])(?P<d>\d{{1,2}})(?P<s>[-/])(?P<m>{month})(?P=s)(?P<y>\d{{2}})(?!\w)",
            # (jun. 29/21), as Colombian datelines have it
            rf"\((?P<m>{month})\.?\s?(?P<d>\d{{1,2}})/(?P<y>\d{{4}}|\d{{2}})\)",
            # 29.VI.2021, 29 de VI de 2021
            rf"(?<![\w./-])(?P<d>\d{{1,2}})(?P<s>[./-]|\sde\s)(?P<m>{choice(list(ROMAN))})(?P=s)(?P<y>\d{{4}})(?!\w)",
            # June 29, 2021, June 29 - July 3, 2021
            rf"(?<![^\W\d_]){both}\s{{0,2}}{day}(?:{joint}(?:(?P<m2>{month})\.?\s{{1,2}})?{other})?"
            rf"(?:\s{{0,2}}[,،]\s{{0,2}}|\s{{1,3}}){link}{year}",
            # 2021年6月29日, 二〇二一年六月二十九日
            rf"(?P<y>(?<!\d)\d{{4}}|[{CHINESE_DIGITS}]{{4}})\s?年\s?(?P<m>{chinese}{{1,3}})\s?月\s?"
            rf"(?P<d>{chinese}{{1,3}})\s?(?:[日号號]?\s?[-~至到、]\s?{chinese}{{1,3}}\s?)?[日号號]",
            # 2021-06-29
            r"(?<![\da-z./_+-])(?P<y>\d{4})(?P<s>[./-])\s?(?P<m>\d{1,2})(?P=s)\s?(?P<d>\d{1,2})"
            r"(?!\d|[./-]\d|[a-su-y])",
            # 29.06.2021, and 29.06.21 with both zeros
            r"(?<![\da-z./_+-])(?P<d>\d{1,2})(?P<s>[./-])\s?(?P<m>\d{1,2})(?P=s)\s?(?P<y>\d{4})(?!\d|[./-]\d|[a-z])",
            r"(?<![\da-z./_+-])(?P<d>\d\d)(?P<s>[./])(?P<m>\d\d)(?P=s)(?P<y>\d\d)(?!\d|[./-]\d|[a-z])",
        )
    )


def _candidates(folded: Folded) -> Iterator[FoundDay]:
    for pattern in _patterns():
        for match in pattern.finditer(folded.text):
            day = _day(match)
            if day is not None and not _NO_DAY_BEFORE.search(folded.text, max(0, match.start() - 16), match.start()):
                yield FoundDay(day, *folded.span(*match.span()))


def _day(match: re.Match[str]) -> date | None:
    """The day of a match, None where the calendar has no such day."""
    parts = match.groupdict()
    digits = parts["y"].lstrip("'")
    named = not _numeric(parts["m"])
    month = month_number(parts["m"]) if named else number(parts["m"])
    year = full_year(number(digits), len(digits))
    day = number(parts["d"]) if _numeric(parts["d"]) else 1
    if parts.get("m2") and month_number(parts["m2"]) < month:
        year -= 1  # 30 December - 2 January 2021
    if not named and month > 12 >= day and parts.get("s") == "/":
        day, month = month, day
    return _calendar(year, month, day)


def _numeric(text: str) -> bool:
    return all(char.isdecimal() or char in CHINESE_DIGITS for char in text)


def _calendar(year: int, month: int, day: int) -> date | None:
    if not _EARLIEST <= year < _LATEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


_STAMP = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d|\d{8}|\d{4}-?w\d\d-?\d|\d{4}-\d{3}|\d{7})(?:(?:t|\s{1,2})(?P<rest>\d\d.{0,60}))?"
)


def _stamp(folded: str) -> tuple[date, str] | None:
    """The day of an ISO 8601 stamp (calendar, week and ordinal dates) and what says the time of day."""
    match = _STAMP.fullmatch(folded)
    if match is None:
        return None
    digits = match["day"].upper()
    try:
        if re.fullmatch(r"\d{4}-?\d{3}", digits):
            day = date(int(digits[:4]), 1, 1) + timedelta(days=int(digits[-3:]) - 1)
            return (day, match["rest"] or "") if str(day.year) == digits[:4] else None
        return date.fromisoformat(digits), match["rest"] or ""
    except (ValueError, OverflowError):
        return None


@cache
def _feed_patterns() -> tuple[re.Pattern[str], ...]:
    named = rf"(?P<m>{month_pattern()})(?![^\W\d_])\.?"
    return (
        # Aug 27 10:15:00 CET 2026, as C's asctime writes
        re.compile(
            rf"{named}\s{{1,2}}(?P<d>\d{{1,2}})\s(?P<rest>\d\d?:\d\d(?::\d\d)?(?:\s(?:[a-z]{{1,5}}|[+-]\d{{4}}))?)"
            r"\s(?P<y>\d{4})"
        ),
        # 27 Aug 26
        re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})[\s-]{named}[\s-](?P<y>\d\d)(?P<rest>\s.*|)\Z"),
    )


def _asctime(folded: str) -> tuple[date, str] | None:
    """The day, and the rest, of forms that only machines write."""
    for pattern in _feed_patterns():
        match = pattern.search(folded)
        if match and (day := _day(match)):
            return day, match["rest"]
    return None


def _written(folded: str) -> tuple[date, str] | None:
    days = find_days(folded)
    if not days or len({one.day for one in days}) > 1:
        return None
    return days[0].day, f"{folded[days[0].end :]} {folded[: days[0].start]}"
