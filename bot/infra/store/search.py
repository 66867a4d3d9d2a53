"""The word index: FTS5 on SQLite, tsvector on PostgreSQL, fed with the same terms so that both answer alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Select,
    Text,
    column,
    literal_column,
    select,
    table,
    text,
)

from bot.domain.brief import Brief
from bot.domain.search import terms
from bot.infra.store.columns import SERIAL, Moment

# More distinct words than the longest report has; a bound for what PostgreSQL takes in one tsvector (1 MB).
MOST_TERMS = 30_000
MANY_HITS = 2_000
# What is asked of a statement besides its words and topics; PostgreSQL keeps it beside the words.
FACTS = ("country", "forum", "language", "date", "dated_on", "first_seen_at")

Held = Callable[[ColumnElement[int]], ColumnElement[bool]]
"""That the statement of a number is among those with the words sought."""

WORDS = table(
    "words",
    column("statement", SERIAL),
    column("country", Text),
    column("forum", Text),
    column("language", Text),
    column("date", Date),
    column("dated_on", Date),
    column("first_seen_at", Moment),
)
"""The word index as it is on PostgreSQL, without the words."""


def words_of(brief: Brief) -> list[str]:
    """The terms a statement is found by, each once."""
    return list(dict.fromkeys(terms(_searchable(brief))))[:MOST_TERMS]


def index(connection: Connection, facts: dict[str, Any], words: list[str]) -> None:
    """Make a statement findable by these terms, in place of those it had; `facts` are its number and FACTS."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("DELETE FROM words WHERE rowid = :statement"), facts)
        insert = text("INSERT INTO words (rowid, terms) VALUES (:statement, :terms)")
        connection.execute(insert, {**facts, "terms": " ".join(words)})
    else:
        connection.execute(text("DELETE FROM words WHERE statement = :statement"), facts)
        connection.execute(INDEXED, {**facts, "terms": words})


INDEXED = text(
    f"INSERT INTO words (statement, {', '.join(FACTS)}, terms) "  # noqa: S608 - names of ours
    f"VALUES (:statement, {', '.join(f':{name}' for name in FACTS)}, array_to_tsvector(CAST(:terms AS text[])))"
)


def _searchable(brief: Brief) -> str:
    s = brief.statement
    return "\n".join(part for part in (s.title, s.speaker, s.role, s.group, s.symbol, s.body) if part)


def holding(connection: Connection, words: list[str]) -> tuple[Held, int | None]:
    """That a statement holds every term, and (on SQLite) how many do.

    A single character of a script without spaces also means the words it begins.
    """
    if connection.dialect.name != "sqlite":
        found = hits(connection, words).cte("hits").prefix_with("MATERIALIZED")
        return lambda seq: seq.in_(select(found.c.statement)), None
    match = " ".join(f'"{word}"{"*" if _begins(word) else ""}' for word in words)
    rows = text("SELECT rowid FROM words WHERE words MATCH :match").bindparams(match=match)
    count = text("SELECT count(*) FROM words WHERE words MATCH :match")
    number: int = connection.execute(count, {"match": match}).scalar_one()
    among = rows.columns(literal_column("seq")).scalar_subquery()
    # With many hits it is quicker to walk an index of statements, newest first, asking of each whether it is one: the
    # plus sign keeps SQLite from looking up every hit and sorting them all.
    return lambda seq: (literal_column(f"+{seq}") if number > MANY_HITS else seq).in_(among), number


def hits(connection: Connection, words: list[str], *passing: ColumnElement[bool]) -> Select[Any]:
    """The rows of WORDS with every term that pass conditions on them, on PostgreSQL."""
    match = " & ".join(f"'{word}'{':*' if _begins(word) else ''}" for word in words)
    # Left to itself the planner unpacks and compares the words of row after row instead of asking their index.
    connection.execute(text("SET LOCAL enable_seqscan = off"))
    held = text("terms @@ CAST(:match AS tsquery)").bindparams(match=match)
    return select(WORDS.c.statement, WORDS.c.dated_on, WORDS.c.first_seen_at).where(held, *passing)


def _begins(word: str) -> bool:
    return len(word) == 1 and ord(word) > 0x0E00
