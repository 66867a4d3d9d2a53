"""From when on each channel's slots count, and through which they were opened."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table; a channel that was served before goes on from its latest slot, whatever its schedule is."""
    op.create_table(
        "schedules",
        sa.Column("channel", sa.Text, primary_key=True),
        sa.Column("schedule", sa.Text, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("through", sa.DateTime(timezone=True)),
    )
    op.execute(
        "INSERT INTO schedules (channel, schedule, since) "
        "SELECT channel, '', max(opened_at) FROM slots WHERE slot NOT LIKE 'correction%' GROUP BY channel"
    )
