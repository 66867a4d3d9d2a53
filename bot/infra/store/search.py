"""The word index: FTS5 on SQLite, tsvector on PostgreSQL, fed with the same terms so that both answer alike."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, literal_column, select, text

from bot.domain.brief import Brief
from bot.domain.search import terms
from bot.domain.subscription import Filter
from bot.infra.store.schema import statements, topics

# More distinct words than the longest report has; a bound for what PostgreSQL takes in one tsvector (1 MB).
MOST_TERMS = 30_000
MANY_HITS = 2_000
NEWEST_KEY = (statements.c.dated_on, statements.c.first_seen_at, statements.c.seq)
NEWEST = tuple(column.desc() for column in NEWEST_KEY)


def words_of(brief: Brief) -> list[str]:
    """The terms a statement is found by, each once."""
    return list(dict.fromkeys(terms(_searchable(brief))))[:MOST_TERMS]


def index(connection: Connection, seq: int, words: list[str]) -> None:
    """Make a statement findable by these terms, in place of those it had."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("DELETE FROM words WHERE rowid = :seq"), {"seq": seq})
        insert = text("INSERT INTO words (rowid, terms) VALUES (:seq, :terms)")
        connection.execute(insert, {"seq": seq, "terms": " ".join(words)})
    else:
        insert = text(
            "INSERT INTO words (statement, terms) VALUES (:seq, array_to_tsvector(CAST(:terms AS text[]))) "
            "ON CONFLICT (statement) DO UPDATE SET terms = excluded.terms"
        )
        connection.execute(insert, {"seq": seq, "terms": words})


def _searchable(brief: Brief) -> str:
    s = brief.statement
    return "\n".join(part for part in (s.title, s.speaker, s.role, s.group, s.symbol, s.body) if part)


def holding(connection: Connection, words: list[str]) -> tuple[ColumnElement[bool], int | None]:
    """That a statement holds every term, and (on SQLite) how many do.

    A single character of a script without spaces also means the words it begins.
    """
    if connection.dialect.name != "sqlite":
        match = " & ".join(f"'{word}'{':*' if _begins(word) else ''}" for word in words)
        # Left to itself the planner unpacks and compares the words of row after row instead of asking their index.
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        found = text(
            "WITH hits AS MATERIALIZED (SELECT statement FROM words WHERE terms @@ CAST(:match AS tsquery)) "
            "SELECT statement FROM hits"
        ).bindparams(match=match)
        return statements.c.seq.in_(found.columns(literal_column("seq")).scalar_subquery()), None
    match = " ".join(f'"{word}"{"*" if _begins(word) else ""}' for word in words)
    found = text("SELECT rowid FROM words WHERE words MATCH :match").bindparams(match=match)
    count = text("SELECT count(*) FROM words WHERE words MATCH :match")
    hits: int = connection.execute(count, {"match": match}).scalar_one()
    # With many hits it is quicker to walk an index of statements, newest first, asking of each whether it is one: the
    # plus sign keeps SQLite from looking up every hit and sorting them all.
    seq = literal_column("+statements.seq") if hits > MANY_HITS else statements.c.seq
    return seq.in_(found.columns(literal_column("seq")).scalar_subquery()), hits


def _begins(word: str) -> bool:
    return len(word) == 1 and ord(word) > 0x0E00


def passing(query: Select[Any], filter: Filter) -> Select[Any]:
    """The query, only for statements that pass a filter."""
    s = statements.c
    for column, values in ((s.country, filter.countries), (s.forum, filter.forums), (s.language, filter.languages)):
        if values:
            query = query.where(column.in_(sorted(values)))
    if filter.topics:
        query = query.where(s.seq.in_(select(topics.c.statement).where(topics.c.topic.in_(sorted(filter.topics)))))
    # What has a date is ordered by it: asked this way, the index of the newest answers.
    if filter.since is not None:
        query = query.where(s.dated_on >= filter.since, s.date.is_not(None))
    if filter.until is not None:
        query = query.where(s.dated_on <= filter.until, s.date.is_not(None))
    return query
