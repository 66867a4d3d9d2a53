"""An archive made ten times as large in moments: to keep a hundred thousand statements takes half an hour."""

from __future__ import annotations

import gc

from sqlalchemy import text

from bot.infra.store import Store

MARKS = "ghijklmnopqrstuvwxyz"  # ids are hexadecimal, so that no copy has the id of an original
COLUMNS = "source, kind, country, grouping, forum, language, date, dated_on, first_seen_at, text_hash, sketch"
FACTS = "country, forum, language, date, dated_on, first_seen_at"
OUTLINE = "revision, country, grouping, speaker, role, date, language, stands"
COPY = (
    f"INSERT INTO statements (seq, id, revision, {COLUMNS}) "  # noqa: S608 - nothing in it is from outside
    f"SELECT seq + :step, :mark || substr(id, 2), revision, {COLUMNS} FROM statements WHERE seq <= :last",
    "INSERT INTO revisions (statement, number, brief, source, seen_at) "
    "SELECT statement + :step, number, brief, source, seen_at FROM revisions WHERE statement <= :last",
    f"INSERT INTO outlines (statement, id, {OUTLINE}) "  # noqa: S608 - as above
    f"SELECT statement + :step, :mark || substr(id, 2), {OUTLINE} FROM outlines WHERE statement <= :last",
    "INSERT INTO sayings (statement, number, said) "
    "SELECT statement + :step, number, said FROM sayings WHERE statement <= :last",
    f"INSERT INTO topics (topic, statement, {FACTS}) "  # noqa: S608 - as above
    f"SELECT topic, statement + :step, {FACTS} FROM topics WHERE statement <= :last",
    "INSERT INTO bands (band, statement) SELECT band, statement + :step FROM bands WHERE statement <= :last",
    "INSERT INTO keys (key, statement, own, text_hash) "
    "SELECT key || :mark, statement + :step, own, text_hash FROM keys WHERE statement <= :last",
)
WORDS_SQLITE = "INSERT INTO words (rowid, terms) SELECT rowid + :step, terms FROM words WHERE rowid <= :last"
WORDS = (
    f"INSERT INTO words (statement, {FACTS}, terms) "  # noqa: S608 - as above
    f"SELECT statement + :step, {FACTS}, terms FROM words WHERE statement <= :last"
)


def enlarge(store: Store, times: int) -> None:
    """Copy every statement until there are so many times as many, each copy under an id and address of its own.

    Nothing can be kept in the archive afterwards: what numbers its statements is not told.
    """
    database = store.database
    words = WORDS_SQLITE if database.is_sqlite else WORDS
    with database.read() as connection:
        last = connection.execute(text("SELECT max(seq) FROM statements")).scalar_one()
    for number in range(1, times):
        asked = {"step": last * number, "mark": MARKS[number - 1], "last": last}
        with database.write() as connection:
            for one in (*COPY, words):
                connection.execute(text(one), {name: value for name, value in asked.items() if f":{name}" in one})


def settle(store: Store) -> None:
    """Have done what the service's database does by itself in its own time, so that no question meets it under way.

    SQLite writes what is in its log to its file; a server sweeps, counts and writes. And what was made on the way here
    is nothing that Python need look through again while it is asked.
    """
    sqlite = store.database.is_sqlite
    with store.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for command in ("PRAGMA wal_checkpoint(TRUNCATE)",) if sqlite else ("VACUUM ANALYZE", "CHECKPOINT"):
            connection.execute(text(command))
    gc.collect()
    gc.freeze()
