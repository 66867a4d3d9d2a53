"""The day a statement was delivered, as against the day it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from bot.domain.dates import FoundDay, find_days
from bot.domain.month_days import find_month_days
from bot.domain.taxonomy import Forum
from bot.domain.week_days import find_weekdays
from bot.reading.day_rows import is_counted, join_rows
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
RANGE = re.compile(r"(?<!\d)\d{1,2}\s{0,2}(?:-|–|—|to|and|al?|au|et|y|по|и|至|到|إلى)\s{0,2}\d", re.I)
# Parts of a line that tell of a day each: "7月10日下午，…，2024年7月12日上网"; not the comma of "July 10, 2024".
CLAUSE = re.compile(r"[,，،](?!\s?\d{4}(?!\d))|[;；|·•()（）。]|\s[–—-]\s|(?<=\d)\.\s|(?<=日)\s")
SESSION = timedelta(days=14)
# A sentence with any of these above a speech is about the giving of it.
TELLING = (("statement",), ("delivered",), ("dates", "delivery"))
# A table below a text has so many lines; so many lines above a title may be of it.
TABLE, ABOVE = 8, 2
NOTE = re.compile(r"^[(（\[【].{4,300}[)）\]】]$")
# Between the first and the last day of one span stands no more than this: " - ", " to the ".
BETWEEN = 8
UNTIL = re.compile(
    r"\s?(?:г\.|года|م)?\s?(?:[-–—]|to|through|until|au|al|по|до|至|到|إلى|حتى)\s?(?:the|le|el)?\s?", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """When a page was put up: the day the record gives, and all that tell the year of a day without one."""

    posted: date | None
    near: tuple[date, ...]


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
    near = (*([posted] if posted else []), *_days(header), *_in_address(url), *_days(title), *_days(site))
    page = _Page(posted=posted, near=near)
    said = [
        *_in_title(title, page),
        *_in_lines(header, page),
        *_by_weekday(header, page),
        *_in_front(body, page),
        *_in_speech(body, page),
        *_in_site(site, page),
        *_at_end(body, tail, page),
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
        return next(iter(sessions), None) or next((found.day for found in _in_lines(tail, page)), None)
    latest = posted if posted and not _in_address(url) else dated[0]
    day = min((day for day in dated if abs(latest - day) <= SOON), default=latest)
    return next((start for start in sessions if not start <= day <= start + SESSION), day)


def _first_of(days: list[date]) -> date:
    """Of days worth the same the first named, or an earlier one near it, as nothing is put up before it is said."""
    return min(day for day in days if abs(day - days[0]) <= SOON)


def _days(text: str) -> list[date]:
    return [found.day for found in find_days(text) if found.day >= EARLIEST]


def _in_title(title: str, page: _Page) -> Iterator[_Found]:
    whole = find_days(title)[:1]
    for found in whole:
        if found.day >= EARLIEST:
            yield _Found(day=found.day, worth=0 if _is_span(title, found) else 7)
    if not whole:
        yield from (_Found(day=found.day, worth=DELIVERY + 1) for found in _without_year(title, page))


def _is_span(text: str, found: FoundDay) -> bool:
    """Whether a day is the first of several."""
    several = RANGE.search(text, max(0, found.start - 6), found.end)
    return bool(several) and not re.fullmatch(r"[\d\-/.]+", text[found.start : found.end])


def _in_lines(lines: str, page: _Page) -> Iterator[_Found]:
    for line in join_rows(lines.splitlines()):
        yield from _in_line(line, page)


def _in_line(line: str, page: _Page) -> Iterator[_Found]:
    if len(line) > LONGEST_LINE:
        return
    text = ready(line)
    several = has(text, "dates", "publication") or (has(text, "dates", "delivery") and len(find_days(line)) > 1)
    clauses = CLAUSE.split(line) if several else []
    dated = [clause for clause in clauses if find_days(clause) or find_month_days(clause)]
    for clause in dated if len(dated) > 1 else [line]:
        yield from _in_clause(clause, page)


def _in_clause(line: str, page: _Page) -> Iterator[_Found]:
    """The day a line gives, or each part of one that tells of the posting beside the delivery."""
    days = [found for found in find_days(line) if found.day >= EARLIEST]
    single = _less_the_old([found for found in _less_the_spans(line, days) if not _is_span(line, found)], page)[:1]
    for found in single or days[:1]:
        worth = _worth(line, found.day == page.posted)
        yield _Found(day=found.day, worth=worth if single or worth < DELIVERY else 0)
    for found in [] if single else _without_year(line, page):
        yield _Found(day=found.day, worth=_worth(line, found.day == page.posted))


def _less_the_spans(line: str, days: list[FoundDay]) -> list[FoundDay]:
    """The days that are no end of a span written out in full: `3 March 2025 to 7 March 2025`."""
    ends: set[int] = set()
    for first, last in pairwise(days):
        joined = UNTIL.fullmatch(line, first.end, last.start)
        if joined and timedelta(0) < last.day - first.day <= SESSION:
            ends |= {first.start, last.start}
    return [found for found in days if found.start not in ends]


def _less_the_old(days: list[FoundDay], page: _Page) -> list[FoundDay]:
    """The days near that of the posting, where one is: another is that of a resolution or of what is spoken about."""
    if page.posted is None:
        return days
    return [found for found in days if timedelta(0) <= page.posted - found.day <= SOON] or days


def _worth(line: str, as_posted: bool) -> int:
    """How surely the day in a line above the text is that of delivery."""
    text = ready(line)
    if has(text, "dates", "publication") or is_counted(text):
        return PUBLICATION
    if has(text, "dates", "delivery") or BRACKETED.match(line.strip()):
        return 6
    if TIME_OF_DAY.search(line):
        return PUBLICATION + 1
    if has(text, "forums", "UNSC") or len(line.strip()) > 40:
        return 5
    return DELIVERY if as_posted else 4  # alone and the day of posting, it is likely the page's own stamp


def _by_weekday(header: str, page: _Page) -> Iterator[_Found]:
    """The day a sentence above the speech tells by its name: `the intervention made on Monday`, `este martes 21`."""
    last = page.posted or next(iter(page.near), None)
    for line in header.splitlines() if last else ():
        text, named = ready(line), find_weekdays(line) if len(line) <= LONGEST_LINE else []
        told = any(has(text, *path) for path in TELLING) and not has(text, "dates", "publication")
        if not told or _days(line) or len({(one.weekday, one.day) for one in named}) != 1:
            continue
        day = named[0].on_or_before(last) if last else None
        if day:
            yield _Found(day=day, worth=5)


def _in_front(body: str, page: _Page) -> Iterator[_Found]:
    """Days in the first lines of the text, before anybody is addressed; a label is read with what it labels."""
    label = ""
    for paragraph in body.split("\n\n")[:FRONT]:
        if len(paragraph) > LONGEST_LINE or has(ready(paragraph), "vocatives"):
            return
        if paragraph.rstrip().endswith((":", "：")) and len(paragraph) <= 40:
            label = paragraph
            continue
        line, label = f"{label} {paragraph}", ""
        near = [found for found in _in_line(line, page) if len(paragraph) <= SHORT_LINE or _tells_where(line)]
        yield from (found for found in near if page.posted is None or page.posted - found.day <= SOON)


def _tells_where(line: str) -> bool:
    text = ready(line)
    return has(text, "dates", "delivery") or any(has(text, "forums", name) for name in FORUMS)


def _in_speech(body: str, page: _Page) -> Iterator[_Found]:
    """The day the speaker calls today's at the beginning, with its year or in that of the posting."""
    for sentence in SENTENCE.findall(body[:SPOKEN]):
        if not any(char.isdigit() for char in sentence) or not has(ready(sentence), "dates", "today"):
            continue
        for day in [*_days(sentence), *(found.day for found in _without_year(sentence, page))]:
            if page.posted is None or timedelta(0) <= page.posted - day <= SOON:
                yield _Found(day=day, worth=DELIVERY)


def _without_year(text: str, page: _Page) -> list[FoundDay]:
    """The first day without its year, in the year of what is dated within a few weeks after it; none if of several."""
    named = find_month_days(text)[:2]
    if not named or (len(named) > 1 and named[1].start - named[0].end <= BETWEEN):
        return []
    tries = ((last, named[0].on_or_before(last)) for last in page.near)
    day = next((day for last, day in tries if day and last - day <= SOON), None)
    found = [FoundDay(day, named[0].start, named[0].end)] if day else []
    return [one for one in found if not RANGE.search(text, max(0, one.start - 6), one.end + 6)]


def _in_site(site: str, page: _Page) -> Iterator[_Found]:
    lines = join_rows(site.splitlines()[-8:])
    for at, line in enumerate(lines):
        above = len(lines) - at <= ABOVE and has(ready(line), "dates", "occasion")
        for found in _in_line(line, page):
            told = found.worth == 6 or (above and found.worth >= DELIVERY)
            yield _Found(day=found.day, worth=5 if told else PUBLICATION)


def _at_end(body: str, tail: str, page: _Page) -> Iterator[_Found]:
    """Place and day below a text, as on letters, in the rows of a table or in a note on the speech."""
    lines = tail.splitlines()[:TABLE]
    rows = [line for line in join_rows(lines) if line not in lines]
    for line in (body.rsplit("\n\n", 1)[-1], *lines[:3], *rows):
        note = NOTE.match(line) and has(ready(line), "statement")
        if (note or len(line) <= SHORT_LINE / 2) and (line in rows or has(ready(line), "dates", "delivery")):
            near = [found for found in _in_line(line, page) if page.posted is None or page.posted - found.day <= SOON]
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
