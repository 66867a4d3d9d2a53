"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make every table, and the word index each database has its own way of keeping."""
    _statements()
    _about_statements()
    _sources()
    _ledger()
    _words()


def _statements() -> None:
    op.create_table(
        "statements",
        sa.Column("seq", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(12), nullable=False, unique=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("country", sa.Text),
        sa.Column("grouping", sa.Text),
        sa.Column("forum", sa.Text),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("date", sa.Date),
        sa.Column("dated_on", sa.Date, nullable=False),
        sa.Column("first_seen_at", MOMENT, nullable=False),
        sa.Column("text_hash", sa.String(32), nullable=False),
        sa.Column("sketch", sa.LargeBinary, nullable=False),
    )
    newest = ["dated_on", "first_seen_at", "seq"]
    op.create_index("statements_newest", "statements", [*newest, "date"])
    op.create_index("statements_by_country", "statements", ["country", *newest])
    op.create_index("statements_by_forum", "statements", ["forum", *newest])
    op.create_index("statements_by_language", "statements", ["language", *newest])
    op.create_index("statements_by_speaker", "statements", ["country", "grouping", "dated_on"])
    op.create_index("statements_first_seen", "statements", ["first_seen_at"])
    op.create_index("statements_by_text", "statements", ["text_hash"])


def _of_statement() -> sa.Column[int]:
    return sa.Column("statement", SERIAL, sa.ForeignKey("statements.seq", ondelete="CASCADE"), primary_key=True)


def _about_statements() -> None:
    op.create_table(
        "revisions",
        _of_statement(),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("brief", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
    )
    op.create_table(
        "keys",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("statement", SERIAL, sa.ForeignKey("statements.seq", ondelete="CASCADE"), nullable=False),
        sa.Column("own", sa.Boolean, nullable=False),
        sa.Column("text_hash", sa.String(32), nullable=False),
    )
    op.create_index("ix_keys_statement", "keys", ["statement"])
    op.create_table("bands", sa.Column("band", sa.BigInteger, primary_key=True, autoincrement=False), _of_statement())
    op.create_index("bands_by_statement", "bands", ["statement"])
    op.create_table("topics", sa.Column("topic", sa.Text, primary_key=True), _of_statement())
    op.create_index("topics_by_statement", "topics", ["statement"])


def _sources() -> None:
    op.create_table(
        "source_states",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
    )
    op.create_table(
        "traces",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("entry_key", sa.Text, primary_key=True),
        sa.Column("url_key", sa.Text),
        sa.Column("statement_id", sa.Text),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("trace", sa.Text, nullable=False),
    )
    op.create_index("ix_traces_url_key", "traces", ["url_key"])
    op.create_index("ix_traces_statement_id", "traces", ["statement_id"])
    op.create_index("traces_by_entry", "traces", ["entry_key"])


def _ledger() -> None:
    op.create_table(
        "channels",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("first_opened_at", MOMENT, nullable=False),
    )
    op.create_table(
        "slots",
        sa.Column("seq", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("channel", sa.Text, sa.ForeignKey("channels.key"), nullable=False),
        sa.Column("slot", sa.Text, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
    )
    op.create_index("slots_once", "slots", ["channel", "slot"], unique=True)
    op.create_index("slots_latest", "slots", ["channel", "opened_at"])
    op.create_table(
        "selected",
        sa.Column("channel", sa.Text, primary_key=True),
        sa.Column("statement", SERIAL, sa.ForeignKey("statements.seq"), primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("slot", SERIAL, sa.ForeignKey("slots.seq"), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
    )
    op.create_index("ix_selected_slot", "selected", ["slot"])
    op.create_index("selected_by_statement", "selected", ["statement"])
    op.create_table(
        "deliveries",
        sa.Column("key", sa.String(24), primary_key=True),
        sa.Column("slot", SERIAL, sa.ForeignKey("slots.seq"), nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("parts", sa.Integer, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_after", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
    )
    op.create_index("ix_deliveries_state", "deliveries", ["state"])
    op.create_index("deliveries_once", "deliveries", ["slot", "part"], unique=True)


def _words() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # The words come ready made, so a token is whatever stands between two spaces; no phrase is ever asked for.
        op.execute("CREATE VIRTUAL TABLE words USING fts5(terms, tokenize = 'ascii', detail = none, columnsize = 0)")
    else:
        op.execute(
            "CREATE TABLE words (statement bigint PRIMARY KEY REFERENCES statements (seq) ON DELETE CASCADE, "
            "terms tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX words_terms ON words USING gin (terms) WITH (fastupdate = off)")
