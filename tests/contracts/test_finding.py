"""What words and filters find together is the same on every database, whatever way it is looked for."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from sqlalchemy import text

from bot.domain.brief import Brief
from bot.domain.identity import identify
from bot.domain.subscription import Filter
from bot.domain.taxonomy import Forum, Topic
from bot.infra.store import Store, open_store
from tests.samples import NOW, another

FIRST = date(2026, 1, 1)
COUNTRIES, LANGUAGES = ("KEN", "PER", "FJI"), ("en", "fr")
FORUMS, TOPICS = (Forum.OEWG, Forum.GM), (Topic.NORMS, Topic.GENDER, Topic.THREATS)
WORDS = ("harbour", "lantern", "meadow")


def made(number: int, chance: random.Random) -> Brief:
    sample = another(
        number,
        country=chance.choice((*COUNTRIES, None)),
        forum=chance.choice((*FORUMS, None)),
        language=chance.choice(LANGUAGES),
        date=FIRST + timedelta(days=chance.randrange(9)) if chance.random() < 0.9 else None,
        body=" ".join([f"own{number}", *chance.sample(WORDS, chance.randrange(1, 4))]),
    )
    return replace(sample, topics=tuple(chance.sample(TOPICS, chance.randrange(4))))


def kept_in_order(store: Store, briefs: list[Brief]) -> list[Brief]:
    """Keep them, and say in which order they are listed: the newest first, of one day that which was seen last."""
    for number, sample in enumerate(briefs):
        keep(store, sample, minutes=number)
    numbered = enumerate(briefs)
    dated = [((b.statement.date or NOW.date(), number), b) for number, b in numbered]
    return [b for _, b in sorted(dated, key=lambda one: one[0], reverse=True)]


def keep(store: Store, sample: Brief, *, minutes: int) -> None:
    store.statements.keep(sample, identify(sample.statement), source="s", now=NOW + timedelta(minutes=minutes))


def some_filters() -> list[Filter]:
    bounds = (
        Filter(),
        Filter(since=FIRST + timedelta(days=3)),
        Filter(since=FIRST + timedelta(days=2), until=FIRST + timedelta(days=7)),
    )
    facts: tuple[tuple[set[str], set[Forum], set[str]], ...] = (
        (set(), set(), set()),
        ({"KEN"}, set(), set()),
        ({"KEN", "PER"}, set(), {"fr"}),
        (set(), {Forum.GM}, set()),
    )
    return [
        replace(
            bound,
            topics=frozenset(TOPICS[:number]),
            countries=frozenset(countries),
            forums=frozenset(forums),
            languages=frozenset(languages),
        )
        for bound, number, (countries, forums, languages) in product(bounds, range(4), facts)
    ]


@pytest.mark.parametrize("many", [0, 2_000])
def test_a_page_and_the_number_of_all_are_those_of_what_passes(
    store: Store, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr("bot.infra.store.search.MANY_HITS", many)
    monkeypatch.setattr("bot.infra.store.finding.MANY_HITS", many)
    chance = random.Random(3)
    ordered = kept_in_order(store, [made(number, chance) for number in range(30)])
    for wanted, words in product(some_filters(), ((), WORDS[:1], WORDS[:2])):
        expected = [
            b.statement.title for b in ordered if wanted.matches(b) and set(words) <= set(b.statement.body.split())
        ]
        found = store.statements.search(" ".join(words), wanted, limit=4, offset=1)
        titles = [b.statement.title for b in found.briefs]
        assert (titles, found.total) == (expected[1:5], len(expected)), (wanted, words)
        if not words:
            assert store.statements.count(wanted) == len(expected)
            outlined = [outline.id for outline in store.statements.outlines(wanted, limit=4)]
            newest = store.statements.search("", wanted, limit=4).briefs
            assert outlined == [b.statement.id for b in newest]
    beyond = store.statements.search(WORDS[0], Filter(), limit=5, offset=50)
    assert (beyond.briefs, beyond.total > 0) == ((), True)


def test_a_revision_is_found_by_what_it_says_now(store: Store) -> None:
    before = replace(
        another(1, country="KEN", language="en", forum=Forum.OEWG, date=FIRST, body="harbour lantern"),
        topics=(Topic.NORMS, Topic.GENDER),
    )
    keep(store, before, minutes=0)
    now = replace(
        another(1, country="PER", language="fr", forum=Forum.GM, date=FIRST + timedelta(1), body="harbour meadow"),
        topics=(Topic.GENDER, Topic.THREATS),
    )
    keep(store, now, minutes=5)
    was = [
        Filter(countries=frozenset({"KEN"})),
        Filter(languages=frozenset({"en"})),
        Filter(forums=frozenset({Forum.OEWG})),
        Filter(until=FIRST),
    ]
    is_now = [
        Filter(countries=frozenset({"PER"})),
        Filter(languages=frozenset({"fr"})),
        Filter(forums=frozenset({Forum.GM})),
        Filter(since=FIRST + timedelta(days=1)),
    ]
    for words, topics in product(("", "harbour"), (frozenset({Topic.GENDER}), frozenset[Topic]())):
        for total, facts in ((0, was), (1, is_now)):
            found = [store.statements.search(words, replace(one, topics=topics), limit=5).total for one in facts]
            assert found == [total] * 4, (words, topics)
    assert store.statements.count(Filter(topics=frozenset({Topic.NORMS}))) == 0
    assert store.statements.search("lantern", Filter(), limit=5).total == 0


def test_words_of_a_short_statement_lie_apart_from_its_row_on_postgresql(fresh_url: Callable[..., str]) -> None:
    store = open_store(fresh_url("postgresql"))
    keep(store, another(1, body=" ".join(f"term{number:03}" for number in range(60))), minutes=0)
    apart = text("SELECT pg_relation_size(reltoastrelid) FROM pg_class WHERE relname = 'words'")
    with store.database.read() as connection:
        assert connection.execute(apart).scalar_one() > 0
    store.close()
