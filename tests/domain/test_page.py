"""When a page is looked at again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.page import AGES, Page, after_failed_look, after_look, next_look
from bot.domain.source import Validators
from tests.samples import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def page(age: timedelta = timedelta(), *, failures: int = 0) -> Page:
    return Page(
        statement_id="0123456789ab",
        url="https://mission.example/1",
        source="Mission",
        title="Statement",
        published=None,
        first_seen_at=NOW - age,
        validators=Validators(etag='"1"'),
        content="aa",
        failures=failures,
        next_look=NOW,
    )


@pytest.mark.parametrize(
    ("age", "later"),
    [
        (timedelta(), 6 * HOUR),
        (6 * HOUR, DAY),
        (5 * DAY, 7 * DAY),
        (13 * DAY, 14 * DAY),
        (14 * DAY, None),
        (90 * DAY, None),
    ],
)
def test_the_older_a_page_the_seldomer_it_is_looked_at(age: timedelta, later: timedelta | None) -> None:
    assert next_look(NOW - age, NOW) == (None if later is None else NOW - age + later)


def test_a_look_remembers_what_was_seen() -> None:
    after = after_look(page(6 * HOUR, failures=3), NOW, Validators(etag='"2"'), "bb")
    assert (after.validators.etag, after.content, after.failures) == ('"2"', "bb", 0)
    assert after.next_look == NOW + 18 * HOUR


def test_a_failed_look_is_made_again_ever_later_and_forgets_nothing() -> None:
    waits = [after_failed_look(page(DAY, failures=n), NOW).next_look for n in (0, 1, 4, 5, 99)]
    assert waits == [NOW + HOUR, NOW + 2 * HOUR, NOW + 16 * HOUR, NOW + DAY, NOW + DAY]
    after = after_failed_look(page(DAY), NOW)
    assert (after.validators, after.content, after.failures) == (Validators(etag='"1"'), "aa", 1)


def test_a_server_that_asks_for_patience_gets_it() -> None:
    assert after_failed_look(page(DAY), NOW, retry_after=timedelta(hours=5)).next_look == NOW + 5 * HOUR
    assert after_failed_look(page(DAY), NOW, retry_after=timedelta(seconds=1)).next_look == NOW + HOUR


def test_an_old_page_that_fails_is_left_alone() -> None:
    assert after_failed_look(page(AGES[-1]), NOW).next_look is None
