"""The tables of what processes share while they work, and of when a backup was put back."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, String, Table, Text

from bot.infra.store.columns import Moment
from bot.infra.store.schema import metadata

# Processes at work. A lease is its holder's for as long as that is among them.
workers = Table(
    "workers",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("role", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("beats", BigInteger, nullable=False),
    Column("beat_at", Moment, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", ForeignKey("workers.id", ondelete="CASCADE"), nullable=False, index=True),
)

# The moment of the next free turn, in seconds of the database's clock.
paces = Table(
    "paces",
    metadata,
    Column("name", Text, primary_key=True),
    Column("next_at", Float(53), nullable=False),
)

# The moments at which a backup was put back.
restorations = Table(
    "restorations",
    metadata,
    Column("restored_at", Moment, primary_key=True),
)
