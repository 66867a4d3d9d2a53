"""What is asked of many statements at once: how many on which day, and which were seen last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from bot.domain.search import terms
from bot.domain.subscription import Filter
from bot.infra.store.engine import Database
from bot.infra.store.schema import revisions, statements, topics
from bot.infra.store.search import holding, passing
from bot.infra.store.statements import briefs_of
from bot.ports import Count, CountBy, Seen

GROUP = "group:"


class SqlOverview:
    """The port StatementIndex on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self, filter: Filter, *, by: CountBy) -> Sequence[Count]:
        query = _counted(filter, by).where(statements.c.date.is_not(None)).order_by(statements.c.dated_on)
        with self._database.read() as connection:
            return [_count(*row) for row in connection.execute(query)]

    def seen_last(self, words: str, filter: Filter, *, limit: int) -> Sequence[Seen]:
        sought = list(dict.fromkeys(terms(words)))
        if words.strip() and not sought:
            return []
        with self._database.read() as connection:
            held = holding(connection, sought)[0] if sought else None
            found = _first_seen(connection, filter, held, limit) | _changed(connection, filter, held, limit)
            order = sorted(found, key=lambda seq: (found[seq][1], seq), reverse=True)[:limit]
            briefs = briefs_of(connection, order)
        return [
            Seen(brief=brief, first=found[seq][0], last=found[seq][1]) for seq, brief in zip(order, briefs, strict=True)
        ]


def _counted(filter: Filter, by: CountBy) -> Select[Any]:
    s = statements.c
    match by:
        case CountBy.FORUM:
            query = select(s.dated_on, s.forum, func.count()).group_by(s.dated_on, s.forum)
        case CountBy.SPEAKER:
            speaker = func.coalesce(GROUP + s.grouping, s.country)
            query = select(s.dated_on, speaker, func.count()).group_by(s.dated_on, speaker)
        case CountBy.TOPIC:
            query = select(s.dated_on, topics.c.topic, func.count()).join(topics, topics.c.statement == s.seq)
            query = query.group_by(s.dated_on, topics.c.topic)
            if filter.topics:
                query = query.where(topics.c.topic.in_(sorted(filter.topics)))
    return passing(query, filter)


def _count(day: Any, key: str | None, number: int) -> Count:
    return Count(day=day, key=key, number=number)


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
