"""Slots: named by local wall-clock time, each due exactly once whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.timing import LARGEST_BURST, Schedule, Slot, instant, missed_slot, next_slot, parse_schedule, slots

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Pacific/Apia",
]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "days", "times"),
    [
        ("daily 08:30", set(range(7)), [time(8, 30)]),
        ("18:00", set(range(7)), [time(18)]),
        ("mon-fri 8:30,17:00", {0, 1, 2, 3, 4}, [time(8, 30), time(17)]),
        ("Mon,Thu 09:00", {0, 3}, [time(9)]),
        ("sat-mon 10:00", {5, 6, 0}, [time(10)]),
        ("monday-friday 08:30", {0, 1, 2, 3, 4}, [time(8, 30)]),
        ("daily 17:00, 08:00", set(range(7)), [time(8), time(17)]),
    ],
)
def test_a_schedule_is_read_from_words(words: str, days: set[int], times: list[time]) -> None:
    schedule = parse_schedule(words)
    assert (set(schedule.days), list(schedule.times)) == (days, times)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "daily",
        "25:00",
        "mon-xyz 08:00",
        "8",
        "daily 08:60",
        "every day at nine",
        "8:5",
        "mon- 08:00",
        "mon 08:00 fri",
    ],
)
def test_what_is_no_schedule_is_refused_with_an_example(words: str) -> None:
    with pytest.raises(ValueError, match="daily 08:30"):
        parse_schedule(words)


SCHEDULES = st.one_of(
    st.builds(
        Schedule,
        days=st.frozensets(st.integers(0, 6), min_size=1),
        times=st.frozensets(st.times().map(lambda at: at.replace(second=0, microsecond=0)), min_size=1, max_size=5).map(
            lambda times: tuple(sorted(times))
        ),
    ),
    st.builds(Schedule, burst=st.integers(1, LARGEST_BURST)),
)


@given(SCHEDULES)
def test_a_schedule_is_written_as_it_is_read(schedule: Schedule) -> None:
    assert parse_schedule(str(schedule)) == schedule


@given(st.text(max_size=30) | st.from_regex(r"[a-z,-]{0,9} ?\d\d?:\d\d,? ?|as it happens,? ?[a-z0-9 ]{0,20}"))
def test_any_text_is_read_or_refused_in_a_line(words: str) -> None:
    refusal = None
    try:
        read = parse_schedule(words)
    except ValueError as error:
        refusal = str(error)
    assert "is not a schedule; write" in refusal if refusal else parse_schedule(str(read)) == read


@pytest.mark.parametrize(
    ("words", "burst"),
    [
        ("as it happens", 6),
        ("As it happens, at most 10 an hour", 10),
        ("as-it-happens 1 per hour", 1),
        ("as it happens, 60 an hour", 60),
    ],
)
def test_as_it_happens_may_say_how_much_an_hour(words: str, burst: int) -> None:
    schedule = parse_schedule(words)
    assert (schedule.live, schedule.burst) == (True, burst)


@pytest.mark.parametrize(
    "words", ["as it happens, at most 0 an hour", "as it happens 61 an hour", "as it happens often"]
)
def test_a_burst_that_cannot_be_is_refused_with_one_that_can(words: str) -> None:
    with pytest.raises(ValueError, match="at most 6 an hour' \\(1 to 60\\)"):
        parse_schedule(words)


def test_as_it_happens_has_no_slots() -> None:
    live = parse_schedule("as it happens")
    assert next_slot(live, BERLIN, at("2026-11-23T08:00")) is None
    assert missed_slot(live, BERLIN, at("2026-01-01T08:00"), at("2026-11-23T08:00")) is None


def test_a_local_time_that_a_clock_change_skips_fires_right_after_the_gap() -> None:
    # Berlin, 29 March 2026: 02:00 becomes 03:00, at 01:00 UTC.
    assert instant(datetime(2026, 3, 29, 2, 30), BERLIN) == at("2026-03-29T01:00")


def test_a_local_time_that_occurs_twice_fires_the_first_time_only() -> None:
    # Berlin, 25 October 2026: 03:00 becomes 02:00, so 02:30 is both 00:30 and 01:30 UTC.
    schedule = parse_schedule("daily 02:30")
    due = list(slots(schedule, BERLIN, at("2026-10-24T12:00"), at("2026-10-25T12:00")))
    assert [slot.at for slot in due] == [at("2026-10-25T00:30")]


def test_a_slot_is_named_by_its_local_time_and_zone() -> None:
    slot = next_slot(parse_schedule("mon-fri 08:30"), BERLIN, at("2026-11-20T12:00"))
    assert slot is not None
    assert (slot.name, slot.at) == ("2026-11-23T08:30 Europe/Berlin", at("2026-11-23T07:30"))


def test_only_the_last_missed_slot_is_caught_up() -> None:
    schedule = parse_schedule("daily 08:30")
    missed = missed_slot(schedule, BERLIN, at("2026-11-19T08:00"), at("2026-11-23T06:00"))
    assert missed is not None
    assert missed.name == "2026-11-22T08:30 Europe/Berlin"


def test_nothing_was_missed_when_no_slot_passed() -> None:
    assert missed_slot(parse_schedule("daily 08:30"), BERLIN, at("2026-11-23T08:00"), at("2026-11-23T20:00")) is None


def test_after_a_long_time_down_the_latest_slot_is_still_found() -> None:
    missed = missed_slot(parse_schedule("mon 09:00"), BERLIN, at("2025-01-01T00:00"), at("2026-11-23T12:00"))
    assert missed is not None
    assert missed.at == at("2026-11-23T08:00")


@pytest.mark.parametrize("zone", ZONES)
def test_over_a_year_with_both_clock_changes_every_day_has_each_slot_once(zone: str) -> None:
    schedule = parse_schedule("daily 00:00,02:15,02:30,23:59")
    place = ZoneInfo(zone)
    start, end = at("2026-01-01T00:00"), at("2027-01-01T00:00")
    names = [slot.name for slot in slots(schedule, place, start, end)]
    days = {start.astimezone(place).date() + timedelta(days=n) for n in range(2, 363)}
    assert len(names) == len(set(names))
    for day in days:
        assert sum(name.startswith(day.isoformat()) for name in names) == 4, day


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1)),
    st.lists(st.integers(1, 80), min_size=1, max_size=12),
)
def test_asked_in_any_steps_the_same_slots_come_in_order(zone: str, start: datetime, steps: list[int]) -> None:
    schedule, place = parse_schedule("daily 01:30,02:30,13:00"), ZoneInfo(zone)
    begin = start.replace(tzinfo=UTC)
    whole = list(slots(schedule, place, begin, begin + timedelta(hours=sum(steps))))
    parts: list[Slot] = []
    now = begin
    for step in steps:
        parts += slots(schedule, place, now, now + timedelta(hours=step))
        now += timedelta(hours=step)
    assert parts == whole
    assert whole == sorted(whole)


def test_days_are_those_of_the_channel_s_place() -> None:
    # Sunday evening in New York is Monday in UTC.
    slot = next_slot(parse_schedule("sun 22:00"), ZoneInfo("America/New_York"), at("2026-11-20T00:00"))
    assert slot is not None
    assert slot.at == at("2026-11-23T03:00")
    assert date(2026, 11, 22).isoformat() in slot.name
