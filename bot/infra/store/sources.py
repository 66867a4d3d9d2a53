"""How sources fare, and what became of their entries: the latest trace of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import or_, select

from bot.domain.identity import canonical_url
from bot.domain.source import SourceState
from bot.infra.store.codec import clean, dump, load
from bot.infra.store.engine import Database
from bot.infra.store.matching import stored_key
from bot.infra.store.schema import source_states
from bot.infra.store.schema import traces as kept_traces
from bot.ports import Trace

PORTION = 500


class SqlSources:
    """The port SourceStore on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def states(self) -> dict[str, SourceState]:
        with self._database.read() as connection:
            rows = connection.execute(select(source_states.c.state).order_by(source_states.c.name)).scalars()
            states = [load(SourceState, text) for text in rows]
        return {state.name: state for state in states}

    def remember(self, state: SourceState, traces: Iterable[Trace] = ()) -> None:
        # Of two traces of one entry the last one counts; one upsert may not touch a row twice.
        rows = {(trace.source, stored_key(trace.entry_id)): _row(trace) for trace in traces}
        with self._database.write(lock=f"source {state.name}") as connection:
            self._database.upsert(connection, source_states, [{"name": clean(state.name), "state": dump(state)}])
            self._database.upsert(connection, kept_traces, list(rows.values()))

    def traces(self, source: str, entry_ids: Sequence[str]) -> dict[str, Trace]:
        wanted = {stored_key(entry_id): entry_id for entry_id in entry_ids}
        found: dict[str, Trace] = {}
        keys = list(wanted)
        with self._database.read() as connection:
            for start in range(0, len(keys), PORTION):
                some = kept_traces.c.entry_key.in_(keys[start : start + PORTION])
                of_source = kept_traces.c.source == clean(source)
                query = select(kept_traces.c.entry_key, kept_traces.c.trace).where(of_source, some)
                for key, text in connection.execute(query):
                    found[wanted[key]] = replace(load(Trace, text), entry_id=wanted[key])
        return found

    def trace(self, key: str) -> Sequence[Trace]:
        columns = kept_traces.c
        known = or_(
            columns.entry_key == stored_key(key),
            columns.url_key == stored_key(canonical_url(key)),
            columns.statement_id == clean(key),
        )
        query = select(columns.trace).where(known).order_by(columns.seen_at.desc(), columns.source, columns.entry_key)
        with self._database.read() as connection:
            return [load(Trace, text) for text in connection.execute(query).scalars()]


def _row(trace: Trace) -> dict[str, Any]:
    return {
        "source": clean(trace.source),
        "entry_key": stored_key(trace.entry_id),
        "url_key": stored_key(canonical_url(trace.url)) if trace.url else None,
        "statement_id": trace.statement_id and clean(trace.statement_id),
        "seen_at": trace.seen_at,
        "trace": dump(trace),
    }
