"""When a backup was put back: what was posted after it was made is looked for before it is posted again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table("restorations", sa.Column("restored_at", sa.DateTime(timezone=True), primary_key=True))
