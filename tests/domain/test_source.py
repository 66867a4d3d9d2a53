"""How a source's health follows its polls."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.source import (
    DEAD_AFTER,
    Health,
    Source,
    SourceKind,
    SourceState,
    after_failure,
    after_success,
    due,
    possible_gap,
)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SOURCE = Source(name="mission", kind=SourceKind.FEED, url="https://mission.example/feed", every=timedelta(minutes=30))
NEW = SourceState(name="mission")


def failing(times: int, retry_after: timedelta | None = None) -> SourceState:
    state = NEW
    for _ in range(times):
        state = after_failure(state, SOURCE, NOW, "no answer", retry_after=retry_after)
    return state


def test_a_source_never_polled_is_due_at_once() -> None:
    assert due(NEW, NOW)


def test_after_the_clock_was_set_back_it_is_due_at_once() -> None:
    state = after_success(NEW, SOURCE, NOW + timedelta(days=400), fresh_for=None)
    assert due(state, NOW)
    state = after_success(state, SOURCE, NOW, fresh_for=None)
    assert not due(state, NOW)
    assert not due(state, NOW - timedelta(minutes=4)), "the clocks of two workers may differ"


def test_after_a_good_poll_it_is_due_an_interval_later() -> None:
    state = after_success(NEW, SOURCE, NOW, fresh_for=None)
    assert (state.health, state.next_try) == (Health.WELL, NOW + timedelta(minutes=30))
    assert not due(state, NOW + timedelta(minutes=29))
    assert due(state, NOW + timedelta(minutes=30))


@pytest.mark.parametrize(
    ("fresh", "wait"), [(timedelta(minutes=5), 30), (timedelta(hours=2), 120), (timedelta(days=30), 24 * 60)]
)
def test_cache_control_lengthens_the_wait_up_to_a_day_and_never_shortens_it(fresh: timedelta, wait: int) -> None:
    assert after_success(NEW, SOURCE, NOW, fresh_for=fresh).next_try == NOW + timedelta(minutes=wait)


def test_each_failure_doubles_the_wait_up_to_a_day() -> None:
    waits = [(failing(times).next_try or NOW) - NOW for times in range(1, 9)]
    minutes = [wait / timedelta(minutes=1) for wait in waits]
    assert minutes == [30, 60, 120, 240, 480, 960, 1440, 1440]


def test_retry_after_is_honoured_when_it_is_longer() -> None:
    assert failing(1, timedelta(hours=3)).next_try == NOW + timedelta(hours=3)
    assert failing(1, timedelta(seconds=1)).next_try == NOW + timedelta(minutes=30)


def test_a_source_that_keeps_failing_is_dead_and_one_good_poll_makes_it_well() -> None:
    dead = failing(DEAD_AFTER)
    assert (failing(1).health, dead.health) == (Health.FAILING, Health.DEAD)
    well = after_success(dead, SOURCE, NOW, fresh_for=None)
    assert (well.health, well.failures, well.problem) == (Health.WELL, 0, None)


def test_a_window_that_shares_nothing_with_the_last_one_may_hide_a_gap() -> None:
    before = tuple(f"old-{n}" for n in range(10))
    assert possible_gap(before, tuple(f"new-{n}" for n in range(10)))
    assert not possible_gap(before, ("old-0", *(f"new-{n}" for n in range(9))))
    assert not possible_gap((), tuple(f"new-{n}" for n in range(10)))
