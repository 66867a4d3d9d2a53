"""What readers say of briefs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from bot.domain.mark import Mark
from bot.errors import NotFoundError
from bot.infra.store.codec import clean, dump, load
from bot.infra.store.engine import Database
from bot.infra.store.matching import stored_key
from bot.infra.store.schema import marks as kept_marks
from bot.infra.store.schema import statements


class SqlMarks:
    """The port MarkStore on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mark(self, marks: Iterable[Mark]) -> None:
        # Of two marks on one target the last one counts; one upsert may not touch a row twice.
        latest = {(mark.statement_id, mark.reader, mark.target): mark for mark in marks}
        with self._database.write(lock="marks") as connection:
            rows = [
                {
                    "statement": _statement(connection, mark.statement_id),
                    "reader": stored_key(mark.reader),
                    "target": mark.target,
                    "marked_at": mark.marked_at,
                    "mark": dump(mark),
                }
                for mark in latest.values()
            ]
            self._database.upsert(connection, kept_marks, rows)

    def of(self, statement_id: str) -> Sequence[Mark]:
        query = (
            select(kept_marks.c.mark)
            .join(statements, statements.c.seq == kept_marks.c.statement)
            .where(statements.c.id == clean(statement_id))
            .order_by(kept_marks.c.marked_at, kept_marks.c.reader, kept_marks.c.target)
        )
        with self._database.read() as connection:
            return [load(Mark, text) for text in connection.execute(query).scalars()]

    def marked(self) -> Sequence[str]:
        query = (
            select(statements.c.id)
            .where(statements.c.seq.in_(select(kept_marks.c.statement)))
            .order_by(statements.c.seq)
        )
        with self._database.read() as connection:
            return connection.execute(query).scalars().all()


def _statement(connection: Connection, id: str) -> int:
    seq: int | None = connection.execute(select(statements.c.seq).where(statements.c.id == clean(id))).scalar()
    if seq is None:
        raise NotFoundError(f"no statement is kept under {id!r}")
    return seq
