"""What every store of rewritings does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.rewriting import Accepted, Refusal, Refused, Rewriting
from bot.domain.written import Written
from bot.infra.store import Store
from tests.samples import NOW

WRITTEN = Written(text="Malawi proposes a list.", points=(1,), quotes=("a list",), language="en", model="m")
REWRITING = Rewriting(
    key="a" * 40,
    statement_id="0123456789ab",
    language="en",
    model="m",
    points=(Accepted(point=1, written=WRITTEN),),
    lead=(WRITTEN, WRITTEN),
    refused=(Refused(part="point 2", reasons=(Refusal.NEGATION, Refusal.STANCE)),),
    calls=2,
    made_at=NOW,
)


def test_what_is_kept_comes_back_whole_and_unknown_keys_are_left_out(store: Store) -> None:
    store.rewritings.keep([REWRITING])
    assert store.rewritings.find([REWRITING.key, "b" * 40]) == {REWRITING.key: REWRITING}
    assert store.rewritings.find([]) == {}


def test_one_of_a_known_key_takes_the_place_of_the_one_before(store: Store) -> None:
    store.rewritings.keep([replace(REWRITING, final=False, points=())])
    store.rewritings.keep([REWRITING])
    assert list(store.rewritings.about(REWRITING.statement_id)) == [REWRITING]


def test_a_statement_s_are_found_newest_first(store: Store) -> None:
    later = replace(REWRITING, key="c" * 40, language="fr", made_at=NOW + timedelta(hours=1))
    other = replace(REWRITING, key="d" * 40, statement_id="another")
    store.rewritings.keep([REWRITING, later, other])
    assert list(store.rewritings.about(REWRITING.statement_id)) == [later, REWRITING]


def test_keeping_none_is_nothing(store: Store) -> None:
    store.rewritings.keep([])
    assert list(store.rewritings.about("0123456789ab")) == []


def test_what_cannot_be_stored_is_replaced(store: Store) -> None:
    odd = replace(WRITTEN, quotes=("a\x00list\ud800",))
    store.rewritings.keep([replace(REWRITING, points=(Accepted(point=1, written=odd),))])
    (kept,) = store.rewritings.find([REWRITING.key]).values()
    assert kept.points[0].written.quotes == ("a\ufffdlist\ufffd",)
