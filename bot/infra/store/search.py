"""The word index: FTS5 on SQLite, tsvector on PostgreSQL, fed with the same terms so that both answer alike."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, literal_column, text

from bot.domain.brief import Brief
from bot.domain.search import terms
from bot.domain.subscription import Filter
from bot.infra.store.schema import statements, topics

# More distinct words than the longest report has; a bound for what PostgreSQL takes in one tsvector (1 MB).
MOST_TERMS = 30_000


def index(connection: Connection, seq: int, brief: Brief) -> None:
    """Make a statement findable by its words, in place of those it had."""
    words = list(dict.fromkeys(terms(_searchable(brief))))[:MOST_TERMS]
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


def holding(words: list[str], *, sqlite: bool) -> ColumnElement[bool]:
    """That a statement holds every term. A single character of an unspaced script also means words it begins."""
    if sqlite:
        match = " ".join(f'"{word}"{"*" if _begins(word) else ""}' for word in words)
        found = text("SELECT rowid FROM words WHERE words MATCH :match").bindparams(match=match)
    else:
        match = " & ".join(f"'{word}'{':*' if _begins(word) else ''}" for word in words)
        found = text("SELECT statement FROM words WHERE terms @@ CAST(:match AS tsquery)").bindparams(match=match)
    return statements.c.seq.in_(found.columns(literal_column("seq")).scalar_subquery())


def _begins(word: str) -> bool:
    return len(word) == 1 and ord(word) > 0x0E00


def passing(query: Select[Any], filter: Filter) -> Select[Any]:
    """The query, only for statements that pass a filter."""
    s = statements.c
    for column, values in ((s.country, filter.countries), (s.forum, filter.forums), (s.language, filter.languages)):
        if values:
            query = query.where(column.in_(sorted(values)))
    if filter.topics:
        named = topics.c.topic.in_(sorted(filter.topics))
        query = query.where(exists().where(topics.c.statement == s.seq, named))
    if filter.since is not None:
        query = query.where(s.date >= filter.since)
    if filter.until is not None:
        query = query.where(s.date <= filter.until)
    return query
