"""The day a statement was delivered, as against the day it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import unquote, urlsplit

from bot.domain.dates import find_days
from bot.reading.subject import has, ready

TIME_OF_DAY = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?!\d)")
BRACKETED = re.compile(r"^[(（\[].{4,60}[)）\]]$")
# 2024-10-29, 2024/06/20240620, 20210629, 290621 and 29062021 as they stand in addresses.
IN_ADDRESS = re.compile(r"(?<!\d)(20\d\d)[-_/.]?(0[1-9]|1[0-2])[-_/.]?(0[1-9]|[12]\d|3[01])(?!\d)")
DAY_FIRST_IN_ADDRESS = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])[-_/.]?(0[1-9]|1[0-2])[-_/.]?(20\d\d)(?!\d)")
OPENING_LINE = 160
# How much a day is worth: from here on it is one of delivery.
DELIVERY = 3
PUBLICATION = 1
# What was put up within this many days of each other tells of one delivery, the earliest nearest to it.
SOON = timedelta(days=21)
EARLIEST = date(1998, 1, 1)
# Nothing is put up before it is said, but for a few hours and zones: a later day is the page's own clock or calendar.
AHEAD = timedelta(days=2)
# "9 to 13 September 2019": a session's days, of which the speech was given on one.
RANGE = re.compile(r"\d\s{0,2}(?:-|–|—|to|and|al?|au|et|y|по|и|至|到|إلى)\s{0,2}\d", re.I)


@dataclass(frozen=True, kw_only=True)
class _Found:
    day: date
    worth: int


def find_day(
    *,
    title: str = "",
    header: str = "",
    site: str = "",
    body: str = "",
    tail: str = "",
    url: str | None = None,
    published: datetime | None = None,
) -> date | None:
    """The day of delivery: as the document says it, else the earliest day of its publication; None if nothing says."""
    last = published.date() + AHEAD if published else date.max
    said = [one for one in (*_in_title(title), *_in_lines(header), *_in_opening(body)) if one.day <= last]
    delivered = [found for found in said if found.worth >= DELIVERY]
    if delivered:
        return max(delivered, key=lambda found: found.worth).day
    dated = [found.day for found in (*said, *_in_site(site)) if found.day <= last]
    dated += [*_in_address(url), *([published.date()] if published else [])]
    if not dated:
        return next((found.day for found in _in_lines(tail)), None)
    latest = published.date() if published and not _in_address(url) else dated[0]
    return min((day for day in dated if abs(latest - day) <= SOON), default=latest)


def _days(text: str) -> list[date]:
    return [found.day for found in find_days(text) if found.day >= EARLIEST]


def _in_title(title: str) -> Iterator[_Found]:
    for found in find_days(title)[:1]:
        span = title[found.start : found.end]
        several = RANGE.search(title[max(0, found.start - 6) : found.end]) and not re.fullmatch(r"[\d\-/.]+", span)
        if found.day >= EARLIEST:
            yield _Found(day=found.day, worth=DELIVERY if several else 7)


def _in_lines(lines: str) -> Iterator[_Found]:
    for line in lines.splitlines():
        days = _days(line) if len(line) <= 400 else []
        if days:
            yield _Found(day=days[0], worth=_worth(line))


def _worth(line: str) -> int:
    """How surely the day in a line above the text is that of delivery."""
    text = ready(line)
    if has(text, "dates", "publication"):
        return PUBLICATION
    if has(text, "dates", "delivery") or BRACKETED.match(line.strip()):
        return 6
    if TIME_OF_DAY.search(line):
        return PUBLICATION + 1
    return 5 if has(text, "forums", "UNSC") or len(line.strip()) > 40 else 4


def _in_opening(body: str) -> Iterator[_Found]:
    """Days in the first short lines of the text, before anybody is addressed."""
    for paragraph in body.split("\n\n")[:3]:
        if len(paragraph) > OPENING_LINE or has(ready(paragraph), "vocatives"):
            return
        for day in _days(paragraph)[:1]:
            yield _Found(day=day, worth=_worth(paragraph))


def _in_site(site: str) -> Iterator[_Found]:
    for line in site.splitlines()[-8:]:
        for day in _days(line)[:1]:
            yield _Found(day=day, worth=PUBLICATION)


def _in_address(url: str | None) -> list[date]:
    try:
        path = unquote(urlsplit(url or "").path)
    except ValueError:
        return []
    found = [(m[1], m[2], m[3]) for m in IN_ADDRESS.finditer(path)]
    found += [(m[3], m[2], m[1]) for m in DAY_FIRST_IN_ADDRESS.finditer(path)]
    days = []
    for year, month, day in found:
        try:
            days.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return days
