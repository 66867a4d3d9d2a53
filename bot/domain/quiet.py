"""Quiet hours: local times at which a channel is posted nothing; what comes waits until they end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.timing import ALL_DAYS, change, days_as_words, days_from_words

DAY = timedelta(days=1)
NONE = "none"
TIMES = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)-(?:([01]?\d|2[0-3]):([0-5]\d)|(24):(00))", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From one local time to another on some days, in minutes of the day it begins on; `until` may be past 24:00."""

    days: frozenset[int]
    start: int
    until: int

    def __str__(self) -> str:
        end = self.until if self.until == 24 * 60 else self.until % (24 * 60)
        times = f"{self.start // 60:02}:{self.start % 60:02}-{end // 60:02}:{end % 60:02}"
        return times if self.days == ALL_DAYS else f"{days_as_words(self.days)} {times}"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The quiet hours of a channel; none as it is made without any.

    What counts is what the clock on the wall shows: an hour that occurs twice is quiet twice.
    """

    spans: tuple[Span, ...] = ()

    def __str__(self) -> str:
        return "; ".join(map(str, self.spans)) or NONE

    def __bool__(self) -> bool:
        return bool(self.spans)

    def until(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The first moment (UTC) from this one on that is not quiet: this one itself where it is not."""
        moment = moment.astimezone(UTC)
        # Spans may follow on one another, even round the week: after eight days of quiet it is posted all the same.
        limit = moment + 8 * DAY
        while moment < limit and (end := self._end(moment.astimezone(zone).replace(tzinfo=None))):
            moment = _next(moment, end, zone)
        return min(moment, limit)

    def _end(self, local: datetime) -> datetime | None:
        """The local time at which the span ends in which a local time lies; None where it lies in none."""
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        for span in self.spans:
            for day in (midnight, midnight - DAY):
                start, end = day + timedelta(minutes=span.start), day + timedelta(minutes=span.until)
                if day.weekday() in span.days and start <= local < end:
                    return end
        return None


NO_QUIET = QuietHours()


def _next(moment: datetime, end: datetime, zone: ZoneInfo) -> datetime:
    """The moment the wall's clock shows `end`, or changes before it does, whichever comes first after `moment`."""
    local = moment.astimezone(zone).replace(tzinfo=None)
    straight = moment + (end - local)
    return change(zone, moment, straight) or straight


def parse_quiet(words: str) -> QuietHours:
    """Quiet hours from words: `22:00-07:00`, `mon-fri 20:00-08:00; sat,sun 00:00-24:00`, `none`.

    The days are those a span begins on. Raises ValueError, saying what would be right.
    """
    if words.strip().lower() in {NONE, "no"}:
        return NO_QUIET
    return QuietHours(tuple(_span(part, words) for part in words.lower().split(";")))


def _span(part: str, whole: str) -> Span:
    pieces = re.sub(r" ?([,–-]) ?", lambda found: "," if found[1] == "," else "-", " ".join(part.split())).split()
    days = days_from_words(pieces[0]) if len(pieces) == 2 else ALL_DAYS
    found = TIMES.fullmatch(pieces[-1]) if pieces else None
    if days is None or found is None or len(pieces) > 2:
        right = "'22:00-07:00', or with days: 'mon-fri 20:00-08:00; sat,sun 00:00-24:00'"
        raise ValueError(f"{whole!r} are no quiet hours; write {right}; '{NONE}' for none")
    hours, minutes = found[3] or found[5], found[4] or found[6]
    start, until = int(found[1]) * 60 + int(found[2]), int(hours) * 60 + int(minutes)
    if start == until:
        raise ValueError(f"{whole!r} are no quiet hours: they begin when they end; a whole day is 00:00-24:00")
    return Span(days, start, until if until > start else until + 24 * 60)
