"""Forgets what is of no use any more, in small portions: never a statement, a brief or a row of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, delete, select, tuple_

from bot.domain.source import SourceState
from bot.infra.store.codec import load
from bot.infra.store.engine import Database
from bot.infra.store.matching import stored_key
from bot.infra.store.schema import pages, source_states, statements, traces

PORTION = 500


class SqlRetention:
    """The port RetentionStore on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def forget(self, before: datetime) -> Iterator[int]:
        yield from self._pages(before)
        # Asked once for all: most have nothing to forget, and a question each is dear where there are thousands.
        with_old = select(traces.c.source).where(traces.c.seen_at < before, traces.c.statement_id.is_(None))
        query = select(source_states.c.name, source_states.c.state).where(source_states.c.name.in_(with_old))
        with self._database.read() as connection:
            windows = connection.execute(query).all()
        for name, state in windows:
            yield from self._traces(name, load(SourceState, state).window, before)

    def _pages(self, before: datetime) -> Iterator[int]:
        old = select(pages.c.statement).join(statements, statements.c.seq == pages.c.statement)
        old = old.where(pages.c.next_look.is_(None), statements.c.first_seen_at < before).limit(PORTION)
        while True:
            with self._database.write() as connection:
                gone = connection.execute(delete(pages).where(pages.c.statement.in_(old.scalar_subquery()))).rowcount
            if gone:
                yield gone
            if gone < PORTION:
                return

    def _traces(self, source: str, window: tuple[str, ...], before: datetime) -> Iterator[int]:
        shown, reached = {stored_key(id) for id in window}, ""
        while True:
            with self._database.read() as connection:
                keys = _old(connection, source, before, reached)
            gone = [key for key in keys if key not in shown]
            if gone:
                with self._database.write() as connection:
                    # What a poll writes first. Asked again under the lock: it may have seen one of them just now.
                    held = select(source_states.c.name).where(source_states.c.name == source).with_for_update()
                    connection.execute(held)
                    still = traces.c.seen_at < before
                    names = [(source, key) for key in gone]
                    one_of = tuple_(traces.c.source, traces.c.entry_key).in_(names)
                    forgotten = connection.execute(delete(traces).where(one_of, still)).rowcount
                yield forgotten  # with nothing held while the next portion is waited for
            if len(keys) < PORTION:
                return
            reached = keys[-1]


def _old(connection: Connection, source: str, before: datetime, after: str) -> list[str]:
    """Entries of a source that led to no statement and were last new or changed before a moment, in order."""
    query = (
        select(traces.c.entry_key)
        .where(traces.c.source == source, traces.c.entry_key > after)
        .where(traces.c.seen_at < before, traces.c.statement_id.is_(None))
        .order_by(traces.c.entry_key)
        .limit(PORTION)
    )
    return list(connection.execute(query).scalars())
