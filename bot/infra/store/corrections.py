"""The side of the ledger that follows up on what channels were told before it changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, insert, literal_column, select, union_all

from bot.domain.correction import Owed
from bot.domain.delivery import Delivery, State
from bot.domain.reply import Payload
from bot.infra.store.codec import clean
from bot.infra.store.engine import Database
from bot.infra.store.ledger import UNSETTLED, deliveries_of, open_row
from bot.infra.store.schema import corrections, deliveries, selected, slots, statements


class SqlCorrections:
    """The port CorrectionLedger on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def owed(self, channels: Collection[str], *, limit: int) -> Sequence[Owed]:
        wanted = {clean(key) for key in channels}
        found: list[Owed] = []
        with self._database.read() as connection:
            for row in connection.execute(_outdated()).all():
                if row.channel in wanted and len(found) < limit:
                    owed = _owed(connection, row)
                    found += [owed] if owed else []
        return found

    def follow_up(self, owed: Owed, payloads: Sequence[Payload], *, now: datetime) -> Sequence[Delivery] | None:
        key = clean(owed.channel)
        with self._database.write(lock=f"channel {key}") as connection:
            row = connection.execute(
                _outdated().where(selected.c.channel == key, statements.c.id == clean(owed.statement_id))
            ).first()
            # Between the look and now another process may have done it, or a newer revision may have come.
            if row is None or _owed(connection, row) != owed:
                return None
            slot = open_row(connection, key, owed.name, payloads, now) if payloads else None
            done = {"channel": key, "statement": row.seq, "revision": owed.newest, "slot": slot}
            connection.execute(insert(corrections).values(done))
            return deliveries_of(connection, slot) if slot is not None else []


def _outdated() -> Select[Any]:
    """What channels were told in an earlier revision than the newest, which they were not followed up with."""
    followed_up = exists().where(
        corrections.c.channel == selected.c.channel,
        corrections.c.statement == selected.c.statement,
        corrections.c.revision == statements.c.revision,
    )
    # The plus sign, and no word of the channels, keep SQLite from going through all that was ever posted: it begins
    # with the few statements that were revised. The first condition follows from the second and has the index.
    seq: ColumnElement[int] = literal_column("+statements.seq")
    return (
        select(selected.c.channel, statements.c.seq, statements.c.id, statements.c.revision)
        .select_from(statements)
        .join(selected, selected.c.statement == seq)
        .where(statements.c.revision > 1, statements.c.revision > selected.c.revision, ~followed_up)
        .order_by(selected.c.channel, selected.c.slot, selected.c.place)
    )


def _owed(connection: Connection, row: Row[Any]) -> Owed | None:
    """The correction of one such statement; None while its messages are under way, and where none arrived."""
    told = connection.execute(_told(row)).all()
    if any(each.state in UNSETTLED for each in told):
        return None
    newest = max((each for each in told if each.state == State.SENT), key=lambda each: each.number, default=None)
    if newest is None or newest.number >= row.revision:
        return None
    return Owed(
        channel=row.channel,
        statement_id=row.id,
        told=newest.number,
        told_at=max(each.changed_at for each in told if each.number == newest.number and each.state == State.SENT),
        slot=newest.slot,
        newest=row.revision,
    )


def _told(row: Row[Any]) -> Select[Any]:
    """Every message that told a channel of a statement: the digest's, and those of earlier corrections."""
    sources = union_all(
        *(
            select(table.c.revision.label("number"), table.c.slot.label("seq")).where(
                and_(table.c.channel == row.channel, table.c.statement == row.seq)
            )
            for table in (selected, corrections)
        )
    ).subquery()
    return (
        select(sources.c.number, slots.c.slot, deliveries.c.state, deliveries.c.changed_at)
        .join(slots, slots.c.seq == sources.c.seq)
        .join(deliveries, deliveries.c.slot == slots.c.seq)
        .order_by(literal_column("number"), deliveries.c.part)
    )
