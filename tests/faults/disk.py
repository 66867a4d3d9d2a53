"""A disk that is full while a file says so: SQLite then gets no further page, and says what it says on a full disk."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.pool import Pool

# SQLite takes the number of pages there are for less; this many are no limit.
NONE_MORE, NO_LIMIT = 1, 4294967294


def fill_disk(full: Path) -> None:
    """Have every connection to SQLite of this process look, whenever it is used, whether the disk is full."""

    def look(connection: Any, *_: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute(f"PRAGMA max_page_count={NONE_MORE if full.exists() else NO_LIMIT}").close()

    event.listen(Pool, "checkout", look)
