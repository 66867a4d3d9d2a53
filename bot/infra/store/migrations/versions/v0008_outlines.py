"""What look-ups weigh of each statement, beside its texts, and what is shown of its points."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
PORTION = 500
SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables, and fill them from the briefs there are."""
    outlines = op.create_table(
        "outlines",
        sa.Column("statement", SERIAL, sa.ForeignKey("statements.seq", ondelete="CASCADE"), primary_key=True),
        sa.Column("id", sa.String(12), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("country", sa.Text),
        sa.Column("grouping", sa.Text),
        sa.Column("speaker", sa.Text),
        sa.Column("role", sa.Text),
        sa.Column("date", sa.Date),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("stands", sa.Text, nullable=False),
    )
    sayings = op.create_table(
        "sayings",
        sa.Column("statement", SERIAL, sa.ForeignKey("statements.seq", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("said", sa.LargeBinary, nullable=False),
    )
    connection = op.get_bind()
    for rows in _portions(connection):
        briefs = [json.loads(row.brief) for row in rows]
        said = [_said(row, brief) for row, brief in zip(rows, briefs, strict=True)]
        connection.execute(sa.insert(sayings), said)
        newest = [_outline(row, brief) for row, brief in zip(rows, briefs, strict=True) if row.number == row.revision]
        if newest:
            connection.execute(sa.insert(outlines), newest)


def _portions(connection: sa.Connection) -> Iterator[Sequence[sa.Row[Any]]]:
    """All revisions, so many at a time: briefs are long."""
    query = sa.text(
        "SELECT r.statement, r.number, r.brief, s.id, s.revision, s.country, s.grouping, s.language "
        "FROM revisions r JOIN statements s ON s.seq = r.statement "
        "WHERE (r.statement, r.number) > (:statement, :number) ORDER BY r.statement, r.number LIMIT :portion"
    )
    after = {"statement": 0, "number": 0}
    while rows := connection.execute(query, {**after, "portion": PORTION}).all():
        yield rows
        after = {"statement": rows[-1].statement, "number": rows[-1].number}


def _outline(row: sa.Row[Any], brief: dict[str, Any]) -> dict[str, Any]:
    s, points = brief["statement"], brief.get("points") or []
    return {
        "statement": row.statement,
        "id": row.id,
        "revision": row.revision,
        "country": row.country,
        "grouping": row.grouping,
        "speaker": s.get("speaker"),
        "role": s.get("role"),
        "date": date.fromisoformat(s["date"]) if s.get("date") else None,
        "language": row.language,
        "stands": "\n".join(" ".join((point.get("stance") or "-", *point["topics"])) for point in points),
    }


def _said(row: sa.Row[Any], brief: dict[str, Any]) -> dict[str, Any]:
    said = [(point["text"], point.get("link"), point.get("new")) for point in brief.get("points") or []]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return {"statement": row.statement, "number": row.number, "said": zlib.compress(text.encode(), 1)}
