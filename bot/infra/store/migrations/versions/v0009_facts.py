"""What is asked of a statement lies beside its topics and, on PostgreSQL, its words; indexes hold all of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
MOMENT = sa.DateTime(timezone=True)
SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
FACTS = "country, forum, language, date, dated_on, first_seen_at"
NEWEST = ("dated_on", "first_seen_at", "seq", "date")
INDEXES = {
    "statements_newest": (*NEWEST, "country", "forum", "language", "grouping"),
    "statements_by_country": ("country", *NEWEST, "forum", "language"),
    "statements_by_forum": ("forum", *NEWEST, "country", "language"),
    "statements_by_language": ("language", *NEWEST, "country", "forum"),
}
OF_TOPICS = {
    "topics_newest": ("topic", "dated_on", "first_seen_at", "statement", "date", "country", "forum", "language"),
    "topics_by_country": ("topic", "country", "dated_on", "date", "statement"),
    "topics_by_forum": ("topic", "forum", "dated_on", "date", "statement"),
    "topics_by_language": ("topic", "language", "dated_on", "date", "statement"),
    "topics_by_statement": ("statement",),
}


def upgrade() -> None:
    """Make the tables anew with what is known of each statement."""
    _topics()
    if op.get_bind().dialect.name != "sqlite":
        _words()
    for name, columns in INDEXES.items():
        op.drop_index(name, "statements")
        op.create_index(name, "statements", columns)


def _topics() -> None:
    op.create_table(
        "topics_anew",
        sa.Column("topic", sa.Text, primary_key=True),
        sa.Column("statement", SERIAL, sa.ForeignKey("statements.seq", ondelete="CASCADE"), primary_key=True),
        sa.Column("country", sa.Text),
        sa.Column("forum", sa.Text),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("date", sa.Date),
        sa.Column("dated_on", sa.Date, nullable=False),
        sa.Column("first_seen_at", MOMENT, nullable=False),
    )
    op.execute(
        f"INSERT INTO topics_anew (topic, statement, {FACTS}) "  # noqa: S608 - names of ours
        f"SELECT topic, statement, {FACTS} FROM topics JOIN statements ON seq = statement ORDER BY topic, statement"
    )
    _replace("topics", "topics_statement_fkey")
    for name, columns in OF_TOPICS.items():
        op.create_index(name, "topics", columns)


def _words() -> None:
    # Words lie apart from the rows, so that whoever asks for the newest of many hits goes through narrow rows alone.
    # PostgreSQL only puts them there if a row is longer than 2 kB: `room` makes it so, and is itself packed to nothing.
    op.execute(
        "CREATE TABLE words_anew (statement bigint PRIMARY KEY REFERENCES statements (seq) ON DELETE CASCADE, "
        "country text, forum text, language text NOT NULL, date date, dated_on date NOT NULL, "
        "first_seen_at timestamptz NOT NULL, room text NOT NULL DEFAULT repeat(' ', 2000), terms tsvector NOT NULL) "
        "WITH (toast_tuple_target = 128)"
    )
    op.execute(
        f"INSERT INTO words_anew (statement, {FACTS}, terms) "  # noqa: S608 - names of ours
        f"SELECT statement, {FACTS}, terms FROM words JOIN statements ON seq = statement ORDER BY statement"
    )
    _replace("words", "words_statement_fkey")
    op.execute("CREATE INDEX words_terms ON words USING gin (terms) WITH (fastupdate = off)")


def _replace(name: str, reference: str) -> None:
    """Put a table made anew in the place of the one before, under its names."""
    op.drop_table(name)
    op.rename_table(f"{name}_anew", name)
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"ALTER INDEX {name}_anew_pkey RENAME TO {name}_pkey")
        op.execute(f"ALTER TABLE {name} RENAME CONSTRAINT {name}_anew_statement_fkey TO {reference}")
