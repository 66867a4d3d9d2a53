"""Chat: what channels subscribe to and how each stands, what adapters keep, buttons too long for a button."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "subscriptions",
        sa.Column("channel", sa.Text, primary_key=True),
        sa.Column("team", sa.Text),
        sa.Column("wanted", sa.Text, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
    )
    op.create_table(
        "standings",
        sa.Column("channel", sa.Text, primary_key=True),
        sa.Column("standing", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
    )
    op.create_table(
        "installations",
        sa.Column("platform", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "actions",
        sa.Column("name", sa.String(29), primary_key=True),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
    )
    op.create_index("ix_actions_kept_at", "actions", ["kept_at"])
