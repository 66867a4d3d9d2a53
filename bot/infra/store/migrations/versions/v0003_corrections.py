"""Pages to look at again, corrections that were followed up, and readers' marks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

MOMENT = sa.DateTime(timezone=True)
SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_index("statements_by_revision", "statements", ["revision"])
    op.create_table(
        "pages",
        _of_statement(),
        sa.Column("next_look", MOMENT),
        sa.Column("page", sa.Text, nullable=False),
    )
    op.create_index("ix_pages_next_look", "pages", ["next_look"])
    op.create_table(
        "marks",
        _of_statement(),
        sa.Column("reader", sa.Text, primary_key=True),
        sa.Column("target", sa.String(32), primary_key=True),
        sa.Column("marked_at", MOMENT, nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
    )
    op.create_table(
        "corrections",
        sa.Column("channel", sa.Text, primary_key=True),
        sa.Column("statement", SERIAL, sa.ForeignKey("statements.seq"), primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("slot", SERIAL, sa.ForeignKey("slots.seq")),
    )
    op.create_index("ix_corrections_slot", "corrections", ["slot"])
    op.create_index("corrections_by_statement", "corrections", ["statement"])


def _of_statement() -> sa.Column[int]:
    return sa.Column("statement", SERIAL, sa.ForeignKey("statements.seq", ondelete="CASCADE"), primary_key=True)
