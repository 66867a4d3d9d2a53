"""The store: statements, sources and the ledger on SQLite (one file) or PostgreSQL (many workers)."""

from __future__ import annotations

from bot.infra.store.restore import restore_store
from bot.infra.store.store import Store, open_store

__all__ = ["Store", "open_store", "restore_store"]
