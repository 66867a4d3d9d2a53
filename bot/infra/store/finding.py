"""Which statements are found, newest first, and how many in all: by words, by a filter, by both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, literal_column, select, union

from bot.domain.subscription import Filter
from bot.infra.store.schema import statements, topics
from bot.infra.store.search import MANY_HITS, WORDS, Held, hits, holding

NEWEST = (statements.c.dated_on.desc(), statements.c.first_seen_at.desc(), statements.c.seq.desc())


def passing(query: Select[Any], filter: Filter) -> Select[Any]:
    """The query, only for statements that pass a filter."""
    query = query.where(*facts(filter, statements))
    if filter.topics:
        # Asked of one statement after the other: what a topic has in all may be most of the archive.
        query = query.where(_about(filter).where(topics.c.statement == statements.c.seq).exists())
    return query


def found(connection: Connection, sought: list[str], filter: Filter, limit: int, offset: int) -> tuple[list[int], int]:
    """A page of the statements that hold every term sought and pass a filter, and the number of all."""
    held, total = None, None
    if sought:
        if connection.dialect.name != "sqlite":
            return _hit(connection, sought, filter, limit, offset)
        held, number = holding(connection, sought)
        total = number if filter == Filter() else None
    if total is None:
        total = how_many(connection, filter, held)
    walked = connection.dialect.name == "sqlite" and total > MANY_HITS
    page = newest(filter, limit, offset, held, walked=walked)
    return list(connection.execute(select(page.c.seq).order_by(*_newest(page))).scalars()) if total else [], total


def newest(
    filter: Filter, limit: int, offset: int = 0, held: Held | None = None, *, walked: bool = False
) -> FromClause:
    """The newest statements that pass a filter, in no order: `seq`, `dated_on` and `first_seen_at`.

    `walked` has SQLite, which knows nothing of how many rows there are, walk a topic's statements from the newest on.
    """
    if not filter.topics:
        s = statements.c
        query = select(s.seq, s.dated_on, s.first_seen_at).where(*facts(filter, statements))
        query = query if held is None else query.where(held(s.seq))
        return query.order_by(*NEWEST).limit(limit).offset(offset).subquery()
    # The newest of several topics are among the newest of each: so no topic is gone through as a whole.
    each = [_newest_on(topic, filter, limit + offset, held, walked=walked) for topic in sorted(filter.topics)]
    together = union(*(select(one) for one in each)).subquery() if len(each) > 1 else each[0]
    return select(together).order_by(*_newest(together)).limit(limit).offset(offset).subquery()


def how_many(connection: Connection, filter: Filter, held: Held | None = None) -> int:
    """How many statements pass a filter."""
    table, seq = (topics, topics.c.statement) if filter.topics else (statements, statements.c.seq)
    query = select(seq).where(*facts(filter, table))
    if filter.topics:
        query = query.where(topics.c.topic.in_(sorted(filter.topics)))
    if held is not None:
        query = query.where(held(seq))
    if len(filter.topics) > 1:
        query = query.distinct()
    return int(connection.execute(select(func.count()).select_from(query.subquery())).scalar_one())


def _newest_on(topic: str, filter: Filter, limit: int, held: Held | None, *, walked: bool) -> FromClause:
    t = topics.c
    query = (
        select(t.statement.label("seq"), t.dated_on, t.first_seen_at)
        .where(t.topic == topic, *facts(filter, topics, walked=walked))
        .order_by(t.dated_on.desc(), t.first_seen_at.desc(), t.statement.desc())
        .limit(limit)
    )
    return (query if held is None else query.where(held(t.statement))).subquery()


def _hit(connection: Connection, sought: list[str], filter: Filter, limit: int, offset: int) -> tuple[list[int], int]:
    """The same on PostgreSQL: every hit is looked at once, for its place and for the number of all."""
    query = hits(connection, sought, *facts(filter, WORDS))
    if filter.topics:
        # Apart, so that the words of what is on a topic are not compared one by one.
        hit = query.cte("hits").prefix_with("MATERIALIZED")
        query = select(hit).where(hit.c.statement.in_(_about(filter)))
    chosen = query.subquery()
    query = select(chosen.c.statement, func.count().over())
    key = (chosen.c.dated_on.desc(), chosen.c.first_seen_at.desc(), chosen.c.statement.desc())
    rows = connection.execute(query.order_by(*key).limit(limit).offset(offset)).all()
    if rows or not offset:
        return [row[0] for row in rows], rows[0][1] if rows else 0
    _, total = _hit(connection, sought, filter, 1, 0)  # beyond the last page nothing tells it
    return [], total


def _about(filter: Filter) -> Select[Any]:
    return select(topics.c.statement).where(topics.c.topic.in_(sorted(filter.topics)))


def _newest(page: FromClause) -> tuple[ColumnElement[Any], ...]:
    return page.c.dated_on.desc(), page.c.first_seen_at.desc(), page.c.seq.desc()


def facts(filter: Filter, table: FromClause, *, walked: bool = False) -> Iterator[ColumnElement[bool]]:
    """What a filter wants of a statement besides its topics."""
    c = table.c
    for one, values in ((c.country, filter.countries), (c.forum, filter.forums), (c.language, filter.languages)):
        if values:
            # The plus sign keeps SQLite from the index of this column, whose rows it would sort all.
            yield (literal_column(f"+{one}") if walked else one).in_(sorted(values))
    # What has a date is ordered by it: said of both, the index of either answers.
    if filter.since is not None:
        yield c.dated_on >= filter.since
        yield c.date >= filter.since
    if filter.until is not None:
        yield c.dated_on <= filter.until
        yield c.date <= filter.until
