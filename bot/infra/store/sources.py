"""How sources fare, and what became of their entries: the latest trace of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ColumnElement, Text, cast, func, or_, select

from bot.domain.identity import canonical_url
from bot.domain.source import Health, SourceState, Watched
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

    def states(self, names: Collection[str] | None = None) -> dict[str, SourceState]:
        query = select(source_states.c.state).order_by(source_states.c.name)
        plain = None if names is None else [clean(name) for name in names]
        if plain is None:
            queries = [query]
        else:
            portions = range(0, len(plain), PORTION)
            queries = [query.where(source_states.c.name.in_(plain[n : n + PORTION])) for n in portions]
        with self._database.read() as connection:
            states = [load(SourceState, text) for each in queries for text in connection.execute(each).scalars()]
        return {state.name: state for state in states}

    def watched(self, *, gaps_since: datetime) -> Watched:
        health, gap = self._part("health"), self._part("gap_at")
        # A day's margin: texts of moments in other zones are in order of their days at least, give or take one.
        some = or_(health != Health.WELL, gap >= f"{gaps_since - timedelta(days=1):%Y-%m-%d}")
        with self._database.read() as connection:
            names = frozenset(connection.execute(select(source_states.c.name)).scalars())
            told = connection.execute(select(source_states.c.name, health, gap).where(some)).all()
        return Watched(
            names=names,
            unwell={name: Health(said) for name, said, _ in told if said != Health.WELL},
            gaps=frozenset(name for name, _, at in told if at and datetime.fromisoformat(at) > gaps_since),
        )

    def remember(self, state: SourceState, traces: Iterable[Trace] = ()) -> None:
        self.remember_all([(state, traces)])

    def remember_all(self, polls: Sequence[tuple[SourceState, Iterable[Trace]]]) -> None:
        # Of two of one source, or of one entry, the last one counts; one upsert may not touch a row twice.
        states = {clean(state.name): dump(state) for state, _ in polls}
        rows = {(t.source, stored_key(t.entry_id)): _row(t) for _, traces in polls for t in traces}
        with self._database.write() as connection:
            # In one order, and states first: two processes that write of the same sources wait for each other's first.
            self._database.upsert(
                connection, source_states, [{"name": name, "state": states[name]} for name in sorted(states)]
            )
            self._database.upsert(connection, kept_traces, [rows[key] for key in sorted(rows)])

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

    def _part(self, name: str) -> ColumnElement[str]:
        """A field of the states, read by the database: making 75,000 states of their JSON takes a second."""
        state = source_states.c.state
        if self._database.is_sqlite:
            return func.json_extract(state, f"$.{name}", type_=Text)
        field: ColumnElement[str] = cast(state, JSON)[name].as_string()
        return field


def _row(trace: Trace) -> dict[str, Any]:
    return {
        "source": clean(trace.source),
        "entry_key": stored_key(trace.entry_id),
        "url_key": stored_key(canonical_url(trace.url)) if trace.url else None,
        "statement_id": trace.statement_id and clean(trace.statement_id),
        "seen_at": trace.seen_at,
        "trace": dump(trace),
    }
