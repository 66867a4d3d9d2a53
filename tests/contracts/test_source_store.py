"""The port SourceStore, on every database."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any

import pytest

from bot.domain.source import Health, SourceState, Validators, Watched
from bot.infra.store import Store
from bot.ports import Trace
from tests.samples import NOW

STATE = SourceState(
    name="Mission à New York",
    health=Health.FAILING,
    validators=Validators(etag='W/"1"', last_modified="Mon, 23 Nov 2026 08:00:00 GMT"),
    failures=3,
    problem="timed out after 20 s",
    next_try=NOW + timedelta(hours=1),
    last_success=NOW - timedelta(days=1),
    window=("urn:1", "urn:2"),
)


def trace(**changes: Any) -> Trace:
    sample = Trace(
        source=STATE.name,
        entry_id="urn:1",
        url="https://www.mission.example/news/1?utm_source=feed",
        title="Statement on threats",
        outcome="new",
        why=("a state speaks in the OEWG", "on ransomware"),
        statement_id="0123456789ab",
        digest="d1",
        seen_at=NOW,
    )
    return replace(sample, **changes)


def test_a_state_comes_back_exactly(store: Store) -> None:
    store.sources.remember(STATE)
    store.sources.remember(SourceState(name="never polled"))
    assert store.sources.states() == {STATE.name: STATE, "never polled": SourceState(name="never polled")}


def test_the_latest_state_counts(store: Store) -> None:
    store.sources.remember(STATE)
    well = replace(STATE, health=Health.WELL, failures=0, problem=None)
    store.sources.remember(well)
    assert store.sources.states() == {STATE.name: well}


def test_traces_come_back_exactly_and_unknown_entries_are_left_out(store: Store) -> None:
    store.sources.remember(STATE, [trace(), trace(entry_id="urn:2", url=None, statement_id=None)])
    got = store.sources.traces(STATE.name, ["urn:1", "urn:2", "urn:3"])
    assert got == {"urn:1": trace(), "urn:2": trace(entry_id="urn:2", url=None, statement_id=None)}
    assert store.sources.traces("another source", ["urn:1"]) == {}
    assert store.sources.traces(STATE.name, []) == {}


def test_the_latest_trace_of_an_entry_counts(store: Store) -> None:
    store.sources.remember(STATE, [trace()])
    store.sources.remember(STATE, [trace(outcome="skipped", digest="d2"), trace(outcome="changed", digest="d3")])
    assert store.sources.traces(STATE.name, ["urn:1"])["urn:1"].outcome == "changed"


def test_a_source_may_show_thousands_of_entries(store: Store) -> None:
    many = [trace(entry_id=f"urn:{number}") for number in range(3000)]
    store.sources.remember(STATE, many)
    assert len(store.sources.traces(STATE.name, [t.entry_id for t in many])) == 3000


@pytest.mark.parametrize("entry_id", ["x" * 9000, "a\x00b\ud800", "", "  ", "ключ"])
def test_any_entry_id_is_known_again(store: Store, entry_id: str) -> None:
    store.sources.remember(STATE, [trace(entry_id=entry_id)])
    assert store.sources.traces(STATE.name, [entry_id]) == {entry_id: trace(entry_id=entry_id)}


def test_a_trace_is_found_by_entry_address_or_statement_newest_first(store: Store) -> None:
    elsewhere = trace(source="Press", entry_id="p1", seen_at=NOW + timedelta(hours=1), outcome="duplicate")
    store.sources.remember(STATE, [trace(), trace(entry_id="urn:9", url=None, statement_id=None)])
    store.sources.remember(SourceState(name="Press"), [elsewhere])
    assert store.sources.trace("urn:9") == [trace(entry_id="urn:9", url=None, statement_id=None)]
    for key in ("http://mission.example/news/1", "mission.example/news/1", "0123456789ab"):
        assert store.sources.trace(key) == [elsewhere, trace()]
    assert store.sources.trace("unknown") == []


def test_a_poll_is_remembered_all_or_nothing(store: Store) -> None:
    store.sources.remember(STATE)

    def breaks() -> Iterator[Trace]:
        yield trace()
        raise RuntimeError("the poll ended")

    with pytest.raises(RuntimeError, match="the poll ended"):
        store.sources.remember(replace(STATE, failures=9), breaks())
    assert store.sources.states() == {STATE.name: STATE}
    assert store.sources.traces(STATE.name, ["urn:1"]) == {}


def test_many_sources_are_remembered_at_once(store: Store) -> None:
    def poll(number: int) -> None:
        name = f"source {number}"
        store.sources.remember(SourceState(name=name), [trace(source=name, entry_id=f"{n}") for n in range(20)])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(poll, range(24)))
    assert len(store.sources.states()) == 24
    assert len(store.sources.trace("7")) == 24


def test_only_the_states_of_the_sources_named_are_given(store: Store) -> None:
    store.sources.remember_all([(SourceState(name=f"source {number}"), ()) for number in range(1200)])
    wanted = [f"source {number}" for number in range(1100)]
    assert set(store.sources.states(wanted)) == set(wanted)
    assert store.sources.states(["source 7", "unknown"]) == {"source 7": SourceState(name="source 7")}
    assert store.sources.states([]) == {}


def test_at_a_glance_every_source_is_named_and_those_unwell_or_with_a_recent_gap_told_apart(store: Store) -> None:
    elsewhere = timezone(timedelta(hours=-11))
    states = [
        STATE,
        SourceState(name="never polled"),
        SourceState(name='well "ö" \x00', health=Health.WELL),
        SourceState(name="dead", health=Health.DEAD, gap_at=NOW - timedelta(days=3)),
        SourceState(name="gap", health=Health.WELL, gap_at=(NOW + timedelta(seconds=1)).astimezone(elsewhere)),
        SourceState(name="earlier gap", health=Health.WELL, gap_at=NOW),
    ]
    store.sources.remember_all([(state, ()) for state in states])
    assert store.sources.watched(gaps_since=NOW) == Watched(
        names=frozenset({STATE.name, "never polled", 'well "ö" \ufffd', "dead", "gap", "earlier gap"}),
        unwell={STATE.name: Health.FAILING, "never polled": Health.NEW, "dead": Health.DEAD},
        gaps=frozenset({"gap"}),
    )


def test_several_polls_are_remembered_all_or_nothing_and_the_last_of_a_source_counts(store: Store) -> None:
    well = replace(STATE, health=Health.WELL)
    store.sources.remember_all(
        [(STATE, [trace()]), (SourceState(name="Press"), ()), (well, [trace(outcome="changed")])]
    )
    assert store.sources.states() == {STATE.name: well, "Press": SourceState(name="Press")}
    assert store.sources.traces(STATE.name, ["urn:1"])["urn:1"].outcome == "changed"

    def breaks() -> Iterator[Trace]:
        yield trace(source="Press")
        raise RuntimeError("the poll ended")

    with pytest.raises(RuntimeError, match="the poll ended"):
        store.sources.remember_all([(STATE, ()), (SourceState(name="Press", failures=9), breaks())])
    assert store.sources.states(["Press", STATE.name]) == {STATE.name: well, "Press": SourceState(name="Press")}


def test_processes_that_remember_the_same_sources_at_once_wait_for_each_other(store: Store) -> None:
    def poll(turn: int) -> None:
        names = [f"source {number}" for number in range(12)][:: 1 if turn % 2 else -1]
        traces = [trace(source=name, entry_id=f"{n}") for name in names for n in range(5)]
        store.sources.remember_all([(SourceState(name=name, failures=turn), traces) for name in names])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(poll, range(24)))
    assert len({state.failures for state in store.sources.states().values()}) == 1, "one of them was last, in all"
