"""What other speakers have lately said, as a new statement is weighed against it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.brief import Brief
from bot.services.others import GOOD_FOR, Others
from tests.fakes import SetClock
from tests.samples import NOW, brief, statement


class Asked:
    """A store that counts how often it is searched, and holds one statement of each of some states."""

    def __init__(self, *countries: str) -> None:
        self.briefs = tuple(brief(id=country, country=country) for country in countries)
        self.times = 0

    def search(self, words: str, filter: Any, *, limit: int, offset: int = 0) -> Any:
        self.times += 1
        assert filter.languages == frozenset({"en"})
        return type("Found", (), {"briefs": self.briefs, "total": len(self.briefs)})()


@pytest.fixture
def store() -> Any:
    return Asked("PER", "EST", "CHN")


def test_a_speaker_is_not_weighed_against_itself(store: Any) -> None:
    others = Others(statements=store, clock=SetClock(NOW))
    assert {one.speaker for one in others.than(statement(country="EST"))} == {"PER", "CHN"}


def test_the_store_is_asked_again_only_after_a_while(store: Any) -> None:
    clock = SetClock(NOW)
    others = Others(statements=store, clock=clock)
    for country in ("PER", "EST"):
        others.than(statement(country=country))
    assert store.times == 1
    clock.moment = NOW + GOOD_FOR + timedelta(seconds=1)
    others.than(statement())
    assert store.times == 2


def test_a_clock_that_went_back_is_no_reason_to_believe_the_old_answer(store: Any) -> None:
    clock = SetClock(NOW)
    others = Others(statements=store, clock=clock)
    others.than(statement())
    clock.moment = NOW - timedelta(hours=1)
    others.than(statement())
    assert store.times == 2
    assert isinstance(store.briefs[0], Brief)
