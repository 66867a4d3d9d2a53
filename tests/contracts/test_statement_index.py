"""The port StatementIndex, on every database."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.identity import identify
from bot.domain.subscription import Filter
from bot.domain.taxonomy import Forum, Topic
from bot.infra.store import Store
from bot.ports import Count, CountBy
from tests.samples import NOW, another

FIRST, SECOND = date(2026, 11, 1), date(2026, 11, 2)


def keep(store: Store, number: int, *, minutes: int = 0, topics: tuple[Topic, ...] = (), **changes: Any) -> str:
    what = another(number, topics=topics, **changes)
    now = NOW + timedelta(minutes=minutes)
    return store.statements.keep(what, identify(what.statement), source="s", now=now).id


def seen(store: Store, words: str = "", limit: int = 50, **filter: Any) -> list[str]:
    return [each.brief.statement.id for each in store.overview.seen_last(words, Filter(**filter), limit=limit)]


class TestCounts:
    def test_statements_are_counted_by_day_and_forum(self, store: Store) -> None:
        keep(store, 1, date=SECOND, forum=Forum.GM)
        keep(store, 2, date=FIRST, forum=Forum.GM)
        keep(store, 3, date=FIRST, forum=Forum.GM)
        keep(store, 4, date=FIRST, forum=None)
        counts = store.overview.counts(Filter(), by=CountBy.FORUM)
        assert set(counts[:2]) == {
            Count(day=FIRST, key="GM", number=2),
            Count(day=FIRST, key=None, number=1),
        }
        assert list(counts[2:]) == [Count(day=SECOND, key="GM", number=1)]

    def test_a_group_counts_as_itself(self, store: Store) -> None:
        keep(store, 1, date=FIRST, country="DNK", group="Nordic")
        keep(store, 2, date=FIRST, country="DNK")
        counts = store.overview.counts(Filter(), by=CountBy.SPEAKER)
        assert {count.key for count in counts} == {"group:Nordic", "DNK"}

    def test_a_statement_counts_under_each_of_its_topics_and_a_filter_s_alone(self, store: Store) -> None:
        keep(store, 1, date=FIRST, topics=(Topic.NORMS, Topic.GENDER))
        assert len(store.overview.counts(Filter(), by=CountBy.TOPIC)) == 2
        wanted = Filter(topics=frozenset({Topic.GENDER}))
        assert store.overview.counts(wanted, by=CountBy.TOPIC) == [Count(day=FIRST, key="gender", number=1)]
        assert store.overview.counts(wanted, by=CountBy.FORUM) == [Count(day=FIRST, key="OEWG", number=1)]

    @pytest.mark.parametrize("by", list(CountBy))
    def test_one_without_a_day_of_delivery_is_not_counted(self, store: Store, by: CountBy) -> None:
        keep(store, 1, date=None, topics=(Topic.NORMS,))
        assert list(store.overview.counts(Filter(), by=by)) == []

    @pytest.mark.parametrize("by", list(CountBy))
    def test_filters_hold(self, store: Store, by: CountBy) -> None:
        keep(store, 1, date=FIRST, topics=(Topic.NORMS,), country="CHN")
        keep(store, 2, date=SECOND, topics=(Topic.NORMS,), country="EST")
        found = store.overview.counts(Filter(countries=frozenset({"EST"}), since=SECOND), by=by)
        assert [(count.day, count.number) for count in found] == [(SECOND, 1)]


class TestSeenLast:
    def test_what_was_seen_last_comes_first_whatever_its_day(self, store: Store) -> None:
        newer = keep(store, 1, date=SECOND)
        late = keep(store, 2, date=FIRST - timedelta(days=60), minutes=5)
        assert seen(store) == [late, newer]
        assert seen(store, limit=1) == [late]

    def test_a_correction_comes_back_to_the_top_with_both_moments(self, store: Store) -> None:
        corrected = keep(store, 1, body="The words as they were.")
        other = keep(store, 2, minutes=5)
        keep(store, 1, minutes=9, body="The words as they are.")
        assert seen(store) == [corrected, other]
        assert seen(store, limit=1) == [corrected]
        (first, _) = store.overview.seen_last("", Filter(), limit=2)
        assert (first.first, first.last) == (NOW, NOW + timedelta(minutes=9))
        assert first.brief.statement.body == "The words as they are."

    def test_words_and_filters_hold_for_corrected_ones_too(self, store: Store) -> None:
        corrected = keep(store, 1, body="The zebra as it was.", country="KEN")
        keep(store, 2, minutes=5)
        keep(store, 1, minutes=9, body="The zebra as it is.", country="KEN")
        assert seen(store, "zebra") == [corrected]
        assert seen(store, countries=frozenset({"KEN"})) == [corrected]
        assert seen(store, "zebra", countries=frozenset({"EST"})) == []
        assert seen(store, "***") == []
