"""The pages statements were read from, and when they are looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from bot.domain.identity import canonical_url
from bot.domain.page import Page, next_look
from bot.infra.store.codec import clean, dump, load
from bot.infra.store.engine import Database
from bot.infra.store.matching import stored_key
from bot.infra.store.schema import keys, pages, statements


class SqlPages:
    """The port PageStore on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def watch(self, page: Page, *, now: datetime) -> None:
        with self._database.write(lock="pages") as connection:
            row = _first_kept_at(connection, page.url)
            if row is None:
                return
            known = connection.execute(select(pages.c.page).where(pages.c.statement == row.seq)).scalar()
            if known is None:
                later, failures = next_look(row.first_seen_at, now), 0
            else:
                before = load(Page, known)
                later, failures = before.next_look, before.failures
            fresh = replace(
                page, statement_id=row.id, first_seen_at=row.first_seen_at, next_look=later, failures=failures
            )
            self._database.upsert(connection, pages, [_row(row.seq, fresh)])

    def due(self, *, now: datetime, limit: int) -> Sequence[Page]:
        query = select(pages.c.page).where(pages.c.next_look <= now).order_by(pages.c.next_look, pages.c.statement)
        with self._database.read() as connection:
            return [load(Page, text) for text in connection.execute(query.limit(limit)).scalars()]

    def remember(self, page: Page) -> None:
        with self._database.write(lock="pages") as connection:
            known = select(statements.c.seq).where(statements.c.id == clean(page.statement_id))
            seq = connection.execute(known).scalar()
            if seq is not None:
                self._database.upsert(connection, pages, [_row(seq, page)])


def _first_kept_at(connection: Connection, url: str) -> Any:
    """The statement that was first kept under an address."""
    name = stored_key(f"url:{canonical_url(url)}")
    query = select(statements).join(keys, keys.c.statement == statements.c.seq)
    return connection.execute(query.where(keys.c.key == name, keys.c.own)).first()


def _row(seq: int, page: Page) -> dict[str, Any]:
    return {"statement": seq, "next_look": page.next_look, "page": dump(page)}
