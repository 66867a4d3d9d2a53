"""What became of the questions put to a language model."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select

from bot.domain.rewriting import Rewriting
from bot.infra.store.codec import clean, dump, load
from bot.infra.store.engine import Database
from bot.infra.store.schema import rewritings

PORTION = 500


class SqlRewritings:
    """The port RewritingStore on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, keys: Collection[str]) -> dict[str, Rewriting]:
        wanted, found = sorted(keys), dict[str, Rewriting]()
        with self._database.read() as connection:
            for start in range(0, len(wanted), PORTION):
                some = rewritings.c.key.in_(wanted[start : start + PORTION])
                query = select(rewritings.c.key, rewritings.c.rewriting).where(some)
                found.update((key, load(Rewriting, text)) for key, text in connection.execute(query))
        return found

    def keep(self, made: Iterable[Rewriting]) -> None:
        rows = {
            one.key: {
                "key": one.key,
                "statement_id": clean(one.statement_id),
                "made_at": one.made_at,
                "rewriting": dump(one),
            }
            for one in made
        }
        with self._database.write() as connection:
            self._database.upsert(connection, rewritings, list(rows.values()))

    def about(self, statement_id: str) -> Sequence[Rewriting]:
        columns = rewritings.c
        query = select(columns.rewriting).where(columns.statement_id == clean(statement_id))
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(columns.made_at.desc(), columns.key)).scalars()
            return [load(Rewriting, text) for text in rows]
