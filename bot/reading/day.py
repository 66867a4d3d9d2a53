"""The day a statement was delivered, as against the day it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from urllib.parse import unquote, urlsplit

from bot.domain.dates import FoundDay, find_days
from bot.domain.day_words import fold, month_number, month_pattern, word_pattern
from bot.domain.taxonomy import Forum
from bot.reading.subject import has, ready

TIME_OF_DAY = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?!\d)")
BRACKETED = re.compile(r"^[(（\[].{4,60}[)）\]]$")
# 2024-10-29, 2024/06/20240620, 20210629, 290621 and 29062021 as they stand in addresses.
IN_ADDRESS = re.compile(r"(?<!\d)(20\d\d)[-_/.]?(0[1-9]|1[0-2])[-_/.]?(0[1-9]|[12]\d|3[01])(?!\d)")
DAY_FIRST_IN_ADDRESS = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])[-_/.]?(0[1-9]|1[0-2])[-_/.]?(20\d\d)(?!\d)")
FORUMS = tuple(forum.value.replace("-", "_") for forum in Forum if forum is not Forum.OTHER)
# A line that tells where and when is no longer than this; a short one is hardly anything else.
LONGEST_LINE, SHORT_LINE = 400, 160
FRONT = 8
SPOKEN = 900
SENTENCE = re.compile(r"[^.!?。！？؟\n]{1,400}")
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
SESSION = timedelta(days=14)


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
    posted = published.date() if published else None
    said = [
        *_in_title(title),
        *_in_lines(header, posted),
        *_in_front(body, posted),
        *_in_speech(body, posted),
        *_in_site(site, posted),
        *_at_end(body, tail, posted),
    ]
    last = posted + AHEAD if posted else date.max
    said = [one for one in said if one.day <= last]
    delivered = [found for found in said if found.worth >= DELIVERY]
    if delivered:
        best = max(found.worth for found in delivered)
        return _first_of([found.day for found in delivered if found.worth == best])
    dated = [found.day for found in said if found.worth]
    dated += [*_in_address(url), *([posted] if posted else [])]
    sessions = [found.day for found in said if not found.worth]
    if not dated:
        return next(iter(sessions), None) or next((found.day for found in _in_lines(tail, posted)), None)
    latest = posted if posted and not _in_address(url) else dated[0]
    day = min((day for day in dated if abs(latest - day) <= SOON), default=latest)
    return next((start for start in sessions if not start <= day <= start + SESSION), day)


def _first_of(days: list[date]) -> date:
    """Of days worth the same the first named, or an earlier one near it, as nothing is put up before it is said."""
    return min(day for day in days if abs(day - days[0]) <= SOON)


def _days(text: str) -> list[date]:
    return [found.day for found in find_days(text) if found.day >= EARLIEST]


def _in_title(title: str) -> Iterator[_Found]:
    for found in find_days(title)[:1]:
        if found.day >= EARLIEST:
            yield _Found(day=found.day, worth=0 if _is_span(title, found) else 7)


def _is_span(text: str, found: FoundDay) -> bool:
    """Whether a day is the first of several."""
    several = RANGE.search(text[max(0, found.start - 6) : found.end])
    return bool(several) and not re.fullmatch(r"[\d\-/.]+", text[found.start : found.end])


def _in_lines(lines: str, posted: date | None) -> Iterator[_Found]:
    for line in lines.splitlines():
        yield from _in_line(line, posted)


def _in_line(line: str, posted: date | None) -> Iterator[_Found]:
    days = find_days(line) if len(line) <= LONGEST_LINE else []
    for found in [found for found in days if found.day >= EARLIEST][:1]:
        worth = _worth(line, found.day == posted)
        yield _Found(day=found.day, worth=0 if worth >= DELIVERY and _is_span(line, found) else worth)


def _worth(line: str, as_posted: bool) -> int:
    """How surely the day in a line above the text is that of delivery."""
    text = ready(line)
    if has(text, "dates", "publication"):
        return PUBLICATION
    if has(text, "dates", "delivery") or BRACKETED.match(line.strip()):
        return 6
    if TIME_OF_DAY.search(line):
        return PUBLICATION + 1
    if has(text, "forums", "UNSC") or len(line.strip()) > 40:
        return 5
    return DELIVERY if as_posted else 4  # alone and the day of posting, it is likely the page's own stamp


def _in_front(body: str, posted: date | None) -> Iterator[_Found]:
    """Days in the first lines of the text, before anybody is addressed; a label is read with what it labels."""
    label = ""
    for paragraph in body.split("\n\n")[:FRONT]:
        if len(paragraph) > LONGEST_LINE or has(ready(paragraph), "vocatives"):
            return
        if paragraph.rstrip().endswith((":", "：")) and len(paragraph) <= 40:
            label = paragraph
            continue
        line, label = f"{label} {paragraph}", ""
        near = [found for found in _in_line(line, posted) if len(paragraph) <= SHORT_LINE or _tells_where(line)]
        yield from (found for found in near if posted is None or posted - found.day <= SOON)


def _tells_where(line: str) -> bool:
    text = ready(line)
    return has(text, "dates", "delivery") or any(has(text, "forums", name) for name in FORUMS)


def _in_speech(body: str, posted: date | None) -> Iterator[_Found]:
    """The day the speaker calls today's at the beginning, with its year or in that of the posting."""
    for sentence in SENTENCE.findall(body[:SPOKEN]):
        if not any(char.isdigit() for char in sentence) or not has(ready(sentence), "dates", "today"):
            continue
        for day in [*_days(sentence), *(_without_year(sentence, posted) if posted else [])]:
            if posted is None or timedelta(0) <= posted - day <= SOON:
                yield _Found(day=day, worth=DELIVERY)


def _without_year(text: str, posted: date) -> Iterator[date]:
    for match in _month_and_day().finditer(fold(text).text):
        day, month = (match[name] or match[f"{name}2"] or match[f"{name}3"] for name in ("d", "m"))
        for year in (posted.year, posted.year - 1):
            try:
                yield date(year, int(month) if month.isdecimal() else month_number(month), int(day))
            except ValueError:
                continue


@cache
def _month_and_day() -> re.Pattern[str]:
    """29 June, June 29, 6月29日: each without a year behind."""
    month, ordinals, links = month_pattern(), word_pattern("ordinals"), word_pattern("links")
    return re.compile(
        rf"(?<![\d.,])(?P<d>\d{{1,2}})(?:\s?(?:{ordinals})(?![^\W\d_]))?\s{{1,3}}(?:(?:{links})\s{{1,3}})?(?P<m>{month})(?![^\W\d_])"
        rf"|(?<![^\W\d_])(?P<m2>{month})\s{{1,3}}(?P<d2>\d{{1,2}})(?!\d)"
        r"|(?<!\d)(?P<m3>\d{1,2})月(?P<d3>\d{1,2})[日号]"
    )


def _in_site(site: str, posted: date | None) -> Iterator[_Found]:
    for line in site.splitlines()[-8:]:
        for found in _in_line(line, posted):
            yield _Found(day=found.day, worth=5 if found.worth == 6 else PUBLICATION)


def _at_end(body: str, tail: str, posted: date | None) -> Iterator[_Found]:
    """Place and day below a text, as on letters."""
    for line in (body.rsplit("\n\n", 1)[-1], *tail.splitlines()[:3]):
        if len(line) <= SHORT_LINE / 2 and has(ready(line), "dates", "delivery"):
            near = [found for found in _in_line(line, posted) if posted is None or posted - found.day <= SOON]
            yield from (_Found(day=found.day, worth=4) for found in near if found.worth >= DELIVERY)


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
