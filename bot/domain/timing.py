"""When a digest is due. A slot is named by local wall-clock time, so no clock change can fire it twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALL_DAYS = frozenset(range(7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Days of the week (0 is Monday) and local times at which a digest is due."""

    days: frozenset[int]
    times: tuple[time, ...]

    def __str__(self) -> str:
        days = "daily" if self.days == ALL_DAYS else ",".join(DAYS[day] for day in sorted(self.days))
        return f"{days} {','.join(f'{at:%H:%M}' for at in self.times)}"


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One due digest: the instant it falls on (UTC) and its name, `2026-11-23T08:30 Europe/Berlin`."""

    at: datetime
    name: str


def moment_of(name: str) -> datetime | None:
    """The instant (UTC) in the name of a slot, also of one that was opened by hand; None where it names none."""
    found = re.match(r"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?) (\S+)", name)
    try:
        return instant(datetime.fromisoformat(found[1]), ZoneInfo(found[2])) if found else None
    except (ValueError, ZoneInfoNotFoundError):
        return None


def parse_schedule(words: str) -> Schedule:
    """A schedule from words: `daily 08:30`, `mon-fri 08:30,17:00`, `mon,thu 9:00`, `18:00`.

    Raises ValueError, saying what would be right.
    """
    parts = words.lower().replace(", ", ",").split()
    if not parts or len(parts) > 2:
        raise ValueError(_wrong(words))
    days = _days(parts[0], words) if len(parts) == 2 else ALL_DAYS
    times = tuple(sorted({_time(word, words) for word in parts[-1].split(",")}))
    return Schedule(days=days, times=times)


def _days(words: str, whole: str) -> frozenset[int]:
    if words in {"daily", "every-day"}:
        return ALL_DAYS
    days: set[int] = set()
    for part in words.split(","):
        first, _, last = part.partition("-")
        if first[:3] not in DAYS or (last and last[:3] not in DAYS):
            raise ValueError(_wrong(whole))
        start = DAYS.index(first[:3])
        stop = DAYS.index(last[:3]) if last else start
        days.update((start + step) % 7 for step in range((stop - start) % 7 + 1))
    return frozenset(days)


def _time(word: str, whole: str) -> time:
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", word)
    if not found:
        raise ValueError(_wrong(whole))
    return time(int(found[1]), int(found[2]))


def _wrong(words: str) -> str:
    return f"{words!r} is not a schedule; write days and times, such as 'daily 08:30' or 'mon-fri 08:30,17:00'"


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """The moment (UTC) of a naive local time.

    One that occurs twice means the first; one that a clock change skips means the moment right after the gap.
    """
    first = local.replace(tzinfo=zone, fold=0)
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local:
        return first.astimezone(UTC)
    # Skipped: bisect for the change itself, to the minute.
    low, high = first.astimezone(UTC) - timedelta(hours=3), first.astimezone(UTC) + timedelta(hours=3)
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).replace(tzinfo=None) < local:
            low = middle
        else:
            high = middle
    return high.replace(second=0, microsecond=0)


def slots(schedule: Schedule, zone: ZoneInfo, after: datetime, until: datetime) -> Iterator[Slot]:
    """The slots with `after` < instant ≤ `until`, in order."""
    day = after.astimezone(zone).date() - timedelta(days=1)
    last = until.astimezone(zone).date() + timedelta(days=1)
    while day <= last:
        if day.weekday() in schedule.days:
            for at in schedule.times:
                local = datetime.combine(day, at)
                moment = instant(local, zone)
                if after < moment <= until:
                    yield Slot(moment, f"{local:%Y-%m-%dT%H:%M} {zone.key}")
        day += timedelta(days=1)


def next_slot(schedule: Schedule, zone: ZoneInfo, after: datetime) -> Slot:
    """The first slot after a moment."""
    return next(slots(schedule, zone, after, after + timedelta(days=9)))


def missed_slot(schedule: Schedule, zone: ZoneInfo, after: datetime, now: datetime) -> Slot | None:
    """The last slot that fell in (`after`, `now`], None if none did: what a digest that was missed is caught up as."""
    start = max(after, now - timedelta(days=9))
    return max(slots(schedule, zone, start, now), default=None)
