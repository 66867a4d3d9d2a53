"""Quiet hours: local times in which nothing is posted, by what the clock on the wall shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.quiet import NO_QUIET, QuietHours, Span, parse_quiet

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = (
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "America/Santiago",
    "Asia/Kathmandu",
    "Africa/Cairo",
)
DAY = 24 * 60
MINUTE = timedelta(minutes=1)
DAYS = st.frozensets(st.integers(0, 6), min_size=1)
SPANS = st.tuples(DAYS, st.integers(0, DAY - 1), st.integers(1, DAY - 1)).map(
    lambda each: Span(each[0], each[1], each[1] + each[2])
)
HOURS = st.lists(SPANS, max_size=3).map(lambda spans: QuietHours(tuple(spans)))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("22:00-07:00", "22:00-07:00"),
        ("9:00 - 17:30", "09:00-17:30"),
        ("22:00–07:00", "22:00-07:00"),
        ("Mon-Fri 20:00-08:00; sat, sun 0:00-24:00", "mon,tue,wed,thu,fri 20:00-08:00; sat,sun 00:00-24:00"),
        ("none", "none"),
    ],
)
def test_quiet_hours_are_read_from_words(words: str, written: str) -> None:
    assert str(parse_quiet(words)) == written


@pytest.mark.parametrize(
    "words",
    ["", "at night", "22:00", "22:00-", "22:00-25:00", "24:00-07:00", "mon 22:00-07:00 fri", "07:00-07:00", ";"],
)
def test_what_is_no_quiet_hours_is_refused_with_an_example(words: str) -> None:
    with pytest.raises(ValueError, match=r"no quiet hours.*(22:00-07:00|00:00-24:00)"):
        parse_quiet(words)


def test_they_may_cross_midnight_and_begin_on_the_days_that_are_named() -> None:
    friday = parse_quiet("fri 22:00-07:00")
    # Saturday, 28 November 2026, 03:00 in Berlin: the night of Friday.
    assert friday.until(at("2026-11-28T02:00"), BERLIN) == at("2026-11-28T06:00")
    assert friday.until(at("2026-11-27T02:00"), BERLIN) == at("2026-11-27T02:00"), "the night of Thursday"


def test_hours_that_follow_on_one_another_are_one_silence() -> None:
    weekend = parse_quiet("mon-fri 20:00-08:00; sat,sun 00:00-24:00")
    # From Friday evening to Monday morning, and then the night of Sunday's Monday is none of theirs.
    assert weekend.until(at("2026-11-27T20:30"), BERLIN) == at("2026-11-29T23:00")


def test_an_hour_that_occurs_twice_is_quiet_twice_and_a_skipped_end_is_right_after_the_gap() -> None:
    night = parse_quiet("02:00-02:30")
    # 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC.
    assert night.until(at("2026-10-25T00:10"), BERLIN) == at("2026-10-25T00:30")
    assert night.until(at("2026-10-25T01:10"), BERLIN) == at("2026-10-25T01:30")
    # 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC.
    assert parse_quiet("22:00-02:30").until(at("2026-03-29T00:00"), BERLIN) == at("2026-03-29T01:00")


def test_who_is_always_quiet_is_told_after_eight_days_all_the_same() -> None:
    always = parse_quiet("00:00-12:00; 12:00-24:00")
    assert always.until(at("2026-11-23T08:30"), BERLIN) == at("2026-12-01T08:30")


@given(HOURS)
def test_they_are_written_as_they_are_read(hours: QuietHours) -> None:
    assert parse_quiet(str(hours)) == hours


@given(st.text(max_size=30) | st.from_regex(r"[a-z]{0,4} ?\d\d?:\d\d ?- ?\d\d?:\d\d;?"))
def test_any_text_is_read_or_refused_in_a_line(words: str) -> None:
    refusal = None
    try:
        read = parse_quiet(words)
    except ValueError as error:
        refusal = str(error)
    assert "no quiet hours" in refusal if refusal else parse_quiet(str(read)) == read


def shows_quiet(hours: QuietHours, moment: datetime, zone: ZoneInfo) -> bool:
    """By the wall's clock alone: minutes of today, or of yesterday if the span began then."""
    wall = moment.astimezone(zone)
    minute, day = wall.hour * 60 + wall.minute, wall.weekday()
    return any(
        (day in span.days and span.start <= minute < span.until)
        or ((day - 1) % 7 in span.days and span.start <= minute + DAY < span.until)
        for span in hours.spans
    )


@given(HOURS, st.sampled_from(ZONES), st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.booleans())
def test_the_end_is_the_first_minute_the_wall_s_clock_shows_none_of_them(
    hours: QuietHours, zone: str, moment: datetime, by_change: bool
) -> None:
    place, moment = ZoneInfo(zone), moment.replace(tzinfo=UTC, second=0, microsecond=0)
    if by_change:
        moment = near_a_change(place, moment)
    end = hours.until(moment, place)
    assert end == moment or not shows_quiet(hours, end, place) or end == moment + timedelta(days=8)
    assert (end == moment) == (not shows_quiet(hours, moment, place))
    step = moment
    while step < min(end, moment + timedelta(days=2)):
        assert shows_quiet(hours, step, place), step
        step += MINUTE


def near_a_change(zone: ZoneInfo, moment: datetime) -> datetime:
    """Some hours before the next change of a zone's clocks."""
    for _ in range(366):
        later = moment + timedelta(days=1)
        if later.astimezone(zone).utcoffset() != moment.astimezone(zone).utcoffset():
            return moment
        moment = later
    return moment


def test_none_is_never_quiet() -> None:
    assert not NO_QUIET
    assert NO_QUIET.until(at("2026-11-23T08:30"), BERLIN) == at("2026-11-23T08:30")
