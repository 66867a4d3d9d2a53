"""Guards for moments in time: everything stored or compared is aware."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

# The clocks of two workers may differ by so much.
CLOCKS_APART = timedelta(minutes=5)


def aware(moment: datetime, name: str) -> datetime:
    """The moment itself. Raises ValueError, naming the field, if it has no zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{name} has no time zone: {moment.isoformat()}")
    return moment


def utc(moment: datetime) -> datetime:
    """The same moment in UTC. Raises ValueError if it has no zone."""
    return aware(moment, "moment").astimezone(UTC)


def set_back(past: datetime, now: datetime) -> bool:
    """Whether the clock was set back since a moment that has passed: what was reckoned from that is wrong."""
    return past > now + CLOCKS_APART
