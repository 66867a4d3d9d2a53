"""What a language model came to with a statement's points."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table of rewritings."""
    op.create_table(
        "rewritings",
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("statement_id", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rewriting", sa.Text, nullable=False),
    )
    op.create_index("ix_rewritings_statement_id", "rewritings", ["statement_id"])
