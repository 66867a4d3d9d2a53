"""What is asked of many statements at once: how many on which day, and which were seen last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from bot.domain.search import terms
from bot.domain.subscription import Filter
from bot.infra.store.engine import Database
from bot.infra.store.finding import facts, passing
from bot.infra.store.schema import revisions, statements, topics
from bot.infra.store.search import holding
from bot.infra.store.statements import briefs_of
from bot.ports import Count, CountBy, Seen

GROUP = "group:"


class SqlOverview:
    """The port StatementIndex on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self, filter: Filter, *, by: CountBy) -> Sequence[Count]:
        with self._database.read() as connection:
            return [Count(*row) for row in connection.execute(_counted(filter, by))]

    def seen_last(self, words: str, filter: Filter, *, limit: int) -> Sequence[Seen]:
        sought = list(dict.fromkeys(terms(words)))
        if words.strip() and not sought:
            return []
        with self._database.read() as connection:
            held = holding(connection, sought)[0](statements.c.seq) if sought else None
            found = _first_seen(connection, filter, held, limit) | _changed(connection, filter, held, limit)
            order = sorted(found, key=lambda seq: (found[seq][1], seq), reverse=True)[:limit]
            briefs = briefs_of(connection, order)
        return [
            Seen(brief=brief, first=found[seq][0], last=found[seq][1]) for seq, brief in zip(order, briefs, strict=True)
        ]


def _counted(filter: Filter, by: CountBy) -> Select[Any]:
    if by is CountBy.TOPIC:
        t = topics.c
        # Grouped in the order of an index, which is all that is read.
        query = select(t.dated_on, t.topic, func.count()).where(*facts(filter, topics), t.date.is_not(None))
        query = query.where(t.topic.in_(sorted(filter.topics))) if filter.topics else query
        return query.group_by(t.topic, t.dated_on).order_by(t.dated_on)
    s = statements.c
    key = s.forum if by is CountBy.FORUM else func.coalesce(GROUP + s.grouping, s.country)
    query = select(s.dated_on, key, func.count()).where(s.date.is_not(None))
    return passing(query, filter).group_by(s.dated_on, key).order_by(s.dated_on)


Moments = dict[int, tuple[datetime, datetime]]
"""When a statement was first seen, and when what it says now was, by its number."""


def _first_seen(connection: Connection, filter: Filter, held: ColumnElement[bool] | None, limit: int) -> Moments:
    s = statements.c
    query = passing(select(s.seq, s.first_seen_at), filter).order_by(s.first_seen_at.desc(), s.seq.desc()).limit(limit)
    query = query if held is None else query.where(held)
    return {seq: (first, first) for seq, first in connection.execute(query)}


def _changed(connection: Connection, filter: Filter, held: ColumnElement[bool] | None, limit: int) -> Moments:
    """Those with revisions are few, and an index knows them: asked apart, nothing need sort every statement."""
    s, r = statements.c, revisions.c
    newest = (s.seq == r.statement) & (s.revision == r.number)
    query = passing(select(s.seq, s.first_seen_at, r.seen_at).join(revisions, newest).where(s.revision > 1), filter)
    query = query.order_by(r.seen_at.desc(), s.seq.desc()).limit(limit)
    query = query if held is None else query.where(held)
    return {seq: (first, last) for seq, first, last in connection.execute(query)}
