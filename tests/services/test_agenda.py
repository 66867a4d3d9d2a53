"""What is polled next: what is due, each once, and no host so often that others must wait for it."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.source import Source, SourceKind
from bot.services.agenda import Agenda
from tests.samples import NOW

HOUR = timedelta(hours=1)


def source(name: str, host: str | None = None) -> Source:
    return Source(name=name, kind=SourceKind.FEED, url=f"https://{host or name}.example/{name}")


def names(found: list[Source]) -> set[str]:
    return {one.name for one in found}


def test_every_source_is_due_at_first_and_given_once() -> None:
    agenda = Agenda([source(name) for name in "abc"])
    first = agenda.take(NOW, 2)
    assert len(first) == 2
    assert names(first + agenda.take(NOW, 2)) == set("abc")
    assert not agenda.due(NOW)
    assert agenda.take(NOW + HOUR, 9) == []


def test_one_that_is_done_comes_back_at_its_moment() -> None:
    agenda = Agenda([source("a")])
    (a,) = agenda.take(NOW, 9)
    agenda.done(a, NOW + HOUR)
    assert agenda.take(NOW + HOUR / 2, 9) == []
    assert agenda.take(NOW + HOUR, 9) == [a]


def test_a_host_with_many_feeds_keeps_no_other_waiting() -> None:
    many = [source(f"slow{number}", host="slow") for number in range(50)]
    agenda = Agenda([*many, source("a"), source("b")])
    first = agenda.take(NOW, 4)
    assert {"a", "b"} < names(first)
    assert len(first) == 4
    assert agenda.take(NOW, 4) == []
    slow = next(one for one in first if one.name.startswith("slow"))
    agenda.done(slow, NOW + HOUR)
    assert len(agenda.take(NOW, 4)) == 1, "the next of that host, as soon as one is done"


def test_all_of_a_host_have_their_turn() -> None:
    agenda = Agenda([source(f"feed{number}", host="one") for number in range(5)])
    seen = set[str]()
    while found := agenda.take(NOW, 9):
        seen |= names(found)
        for one in found:
            agenda.done(one, NOW + HOUR)
    assert len(seen) == 5


def test_after_the_clock_was_set_back_nothing_waits_for_the_wrong_moment() -> None:
    agenda = Agenda([source("a")])
    agenda.done(agenda.take(NOW, 9)[0], NOW + HOUR)
    assert agenda.take(NOW - timedelta(days=30), 9), "what is remembered of it tells whether it is due"
