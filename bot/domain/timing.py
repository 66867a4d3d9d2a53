"""When a channel is posted to. A slot is named by local wall-clock time, so no clock change can fire it twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALL_DAYS = frozenset(range(7))
LIVE = "as it happens"
USUAL_BURST, LARGEST_BURST = 6, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Days of the week (0 is Monday) and local times at which a digest is due.

    Without times a channel is posted to as it happens, at most `burst` times an hour.
    """

    days: frozenset[int] = ALL_DAYS
    times: tuple[time, ...] = ()
    burst: int = USUAL_BURST

    @property
    def live(self) -> bool:
        """Whether a channel is told as it happens, without slots."""
        return not self.times

    def __str__(self) -> str:
        if self.live:
            return f"{LIVE}, at most {self.burst} an hour"
        return f"{days_as_words(self.days)} {','.join(f'{at:%H:%M}' for at in self.times)}"


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One due digest: the instant it falls on (UTC) and its name, `2026-11-23T08:30 Europe/Berlin`."""

    at: datetime
    name: str


def live_name(id: str) -> str:
    """What the ledger calls a slot of what is told as it happens, by its first statement."""
    return f"{LIVE} {id}"


def moment_of(name: str) -> datetime | None:
    """The instant (UTC) in the name of a slot, also of one that was opened by hand; None where it names none."""
    found = re.match(r"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?) (\S+)", name)
    try:
        return instant(datetime.fromisoformat(found[1]), ZoneInfo(found[2])) if found else None
    except (ValueError, ZoneInfoNotFoundError):
        return None


def parse_schedule(words: str) -> Schedule:
    """A schedule from words: `daily 08:30`, `mon-fri 08:30,17:00`, `18:00`, `as it happens, at most 6 an hour`.

    Raises ValueError, saying what would be right.
    """
    said = " ".join(words.lower().replace("-", " ").split())
    if said.startswith(LIVE):
        return Schedule(burst=_burst(said.removeprefix(LIVE).lstrip(" ,"), words))
    parts = re.sub(r" ?, ?", ",", " ".join(words.lower().split())).split()
    days = days_from_words(parts[0]) if len(parts) == 2 else ALL_DAYS
    if days is None or not 1 <= len(parts) <= 2:
        raise ValueError(_wrong(words))
    times = tuple(sorted({_time(word, words) for word in parts[-1].split(",")}))
    return Schedule(days=days, times=times)


@cache
def zones() -> Set[str]:
    """The names of the IANA time zones there are, looked up once: a tree of folders is walked and read for them."""
    return frozenset(available_timezones())


def days_from_words(words: str) -> frozenset[int] | None:
    """Days from words without spaces: `daily`, `mon-fri`, `mon,thu`, `sat-mon`; None where they are none."""
    if words in {"daily", "every-day"}:
        return ALL_DAYS
    days: set[int] = set()
    for part in words.split(","):
        first, ranged, last = part.partition("-")
        if first[:3] not in DAYS or (ranged and last[:3] not in DAYS):
            return None
        start = DAYS.index(first[:3])
        stop = DAYS.index(last[:3]) if ranged else start
        days.update((start + step) % 7 for step in range((stop - start) % 7 + 1))
    return frozenset(days)


def days_as_words(days: frozenset[int]) -> str:
    """Days as they are written: `daily`, or each by its three letters."""
    return "daily" if days == ALL_DAYS else ",".join(DAYS[day] for day in sorted(days))


def _burst(words: str, whole: str) -> int:
    found = re.fullmatch(r"(?:at most )?(\d{1,4}) (?:an|per|a) hour|", words)
    burst = int(found[1] or USUAL_BURST) if found else 0
    if not 1 <= burst <= LARGEST_BURST:
        right = f"write '{LIVE}' or '{LIVE}, at most {USUAL_BURST} an hour' (1 to {LARGEST_BURST})"
        raise ValueError(f"{whole!r} is not a schedule; {right}")
    return burst


def _time(word: str, whole: str) -> time:
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", word, re.ASCII)
    if not found:
        raise ValueError(_wrong(whole))
    return time(int(found[1]), int(found[2]))


def _wrong(words: str) -> str:
    right = f"such as 'daily 08:30' or 'mon-fri 08:30,17:00', or '{LIVE}'"
    return f"{words!r} is not a schedule; write days and times, {right}"


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """The moment (UTC) of a naive local time.

    One that occurs twice means the first; one that a clock change skips means the moment right after the gap.
    """
    first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == local:
        return first
    return change(zone, first - timedelta(hours=3), first + timedelta(hours=3)) or first


def change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime | None:
    """The moment (UTC, to the minute) in (`low`, `high`] at which the zone's clocks change; None if they do not.

    `low` and `high` lie within a few hours: a second change between them would go unseen.
    """
    before = low.astimezone(zone).utcoffset()
    if high.astimezone(zone).utcoffset() == before:
        return None
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == before:
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


def next_slot(schedule: Schedule, zone: ZoneInfo, after: datetime) -> Slot | None:
    """The first slot after a moment; None as it happens."""
    return next(slots(schedule, zone, after, after + timedelta(days=9)), None)


def missed_slot(schedule: Schedule, zone: ZoneInfo, after: datetime, now: datetime) -> Slot | None:
    """The last slot that fell in (`after`, `now`], None if none did: what several that were missed are caught up as."""
    start = max(after, now - timedelta(days=9))
    return max(slots(schedule, zone, start, now), default=None)
