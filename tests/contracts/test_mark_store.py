"""The port MarkStore, on every database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.identity import identify
from bot.domain.mark import Mark, Verdict
from bot.domain.taxonomy import Stance
from bot.errors import NotFoundError
from bot.infra.store import Store
from tests.samples import NOW, another


def keep(store: Store, number: int) -> str:
    what = another(number)
    return store.statements.keep(what, identify(what.statement), source="s", now=NOW).id


def mark(id: str, **changes: Any) -> Mark:
    sample = Mark(statement_id=id, revision=1, reader="discord:1", verdict=Verdict.ACCURATE, marked_at=NOW)
    return replace(sample, **changes)


def test_a_mark_comes_back_exactly(store: Store) -> None:
    id = keep(store, 1)
    point = mark(id, quote="word1x1 «Ñ»", verdict=Verdict.WRONG, stance=Stance.OPPOSES, note="he said 'not' 🔒")
    store.marks.mark([point])
    assert store.marks.of(id) == [point]


def test_a_reader_s_newest_mark_on_a_target_counts(store: Store) -> None:
    id = keep(store, 1)
    store.marks.mark([mark(id), mark(id, quote="word1x1")])
    later = mark(id, verdict=Verdict.WRONG, marked_at=NOW + timedelta(hours=1))
    store.marks.mark([later])
    assert store.marks.of(id) == [mark(id, quote="word1x1"), later]
    store.marks.mark([mark(id, verdict=Verdict.WRONG), mark(id)])
    assert len(store.marks.of(id)) == 2


def test_readers_do_not_take_from_each_other_and_briefs_neither(store: Store) -> None:
    one, two = keep(store, 1), keep(store, 2)
    store.marks.mark([mark(two), mark(one), mark(one, reader="slack:1", verdict=Verdict.WRONG)])
    assert [m.reader for m in store.marks.of(one)] == ["discord:1", "slack:1"]
    assert store.marks.of("ffffffffffff") == []
    assert store.marks.marked() == [one, two]


def test_marks_are_kept_all_or_nothing(store: Store) -> None:
    id = keep(store, 1)
    with pytest.raises(NotFoundError, match="no statement is kept under 'ffffffffffff'"):
        store.marks.mark([mark(id), mark("ffffffffffff")])
    assert store.marks.of(id) == []


def test_what_no_database_can_store_is_replaced(store: Store) -> None:
    id = keep(store, 1)
    store.marks.mark([mark(id, reader="discord:\x00\ud800", note="a\x00")])
    (got,) = store.marks.of(id)
    assert (got.reader, got.note) == ("discord:\ufffd\ufffd", "a\ufffd")
