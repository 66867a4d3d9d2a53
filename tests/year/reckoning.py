"""What a year of schedules should come to, reckoned minute by minute from the zone's wall clock and nothing of ours.

A slot is reached in the first minute in which the wall clock shows its time or a later one. It is opened in the first
minute from then on in which somebody is at work and the wall clock shows no quiet hour; only the last one reached is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A schedule as a person would note it: local times, days (0 is Monday), quiet hours from one time to another."""

    zone: str
    times: tuple[time, ...]
    days: frozenset[int] = frozenset(range(7))
    quiet: tuple[time, time] | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A slot by its local time, the minute in which it should be opened, and the minute in which it could have been."""

    local: datetime
    minute: datetime
    due: datetime

    def name(self, zone: str) -> str:
        return f"{self.local:%Y-%m-%dT%H:%M} {zone}"


def is_quiet(wall: datetime, quiet: tuple[time, time] | None) -> bool:
    """Whether a wall clock shows a quiet hour."""
    if quiet is None:
        return False
    start, end = quiet
    now = wall.time()
    return start <= now < end if start < end else now >= start or now < end


def reckon(
    wanted: Wanted, start: datetime, end: datetime, at_work: Sequence[tuple[datetime, datetime]]
) -> list[Opened]:
    """The slots that should be opened in [start, end), in order; `at_work` are stretches in which somebody is.

    A slot that is reached in the very first minute is one of before.
    """
    zone = ZoneInfo(wanted.zone)
    slots = _slots(wanted, start.astimezone(zone).replace(tzinfo=None), end.astimezone(zone).replace(tzinfo=None))
    found: list[Opened] = []
    waiting: datetime | None = None
    due = minute = start
    reached = stretch = 0
    while minute < end:
        wall = minute.astimezone(zone).replace(tzinfo=None)
        while reached < len(slots) and slots[reached] <= wall:
            waiting, due, reached = (slots[reached] if minute > start else None), minute, reached + 1
        quiet = waiting is not None and is_quiet(wall, wanted.quiet)
        if quiet:
            due = minute + MINUTE
        while stretch < len(at_work) and at_work[stretch][1] <= minute:
            stretch += 1
        works = stretch < len(at_work) and at_work[stretch][0] <= minute
        if waiting is not None and works and not quiet:
            found.append(Opened(waiting, minute, due))
            waiting = None
        minute += MINUTE
    return found


def _slots(wanted: Wanted, start: datetime, end: datetime) -> list[datetime]:
    first = datetime.combine(start.date(), time()) - DAY
    days = [first + DAY * number for number in range((end - first).days + 3)]
    return sorted(
        datetime.combine(day.date(), at) for day in days if day.weekday() in wanted.days for at in wanted.times
    )
