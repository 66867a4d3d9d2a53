"""The ledger: what was selected for each channel and what became of every message, so that nothing is posted twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, exists, func, insert, literal, or_, select, union_all, update

from bot.domain.brief import Brief
from bot.domain.delivery import LOOKED_FOR, Delivery, State, delivery_keys, maybe_posted
from bot.domain.moments import CLOCKS_APART, utc
from bot.domain.reply import Payload
from bot.domain.subscription import Channel
from bot.domain.worker import channel_lease
from bot.errors import NotFoundError
from bot.infra.store.codec import clean, dump
from bot.infra.store.engine import Database
from bot.infra.store.finding import passing
from bot.infra.store.schema import channels, corrections, deliveries, selected, slots, statements
from bot.infra.store.schema_cluster import leases, restorations
from bot.infra.store.statements import briefs_of

# Missions publish late, but what a newly added source shows of past years is archive, not news.
OLDEST_NEWS = timedelta(days=90)
UNSETTLED = (State.PENDING, State.SENDING)
COMPOSED_WITHIN = 60
LEASE = channel_lease("")


class SqlLedger:
    """The port Ledger on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open_slot(
        self, channel: Channel, slot: str, *, now: datetime, compose: Callable[[Sequence[Brief]], Sequence[Payload]]
    ) -> Sequence[Delivery] | None:
        key, slot = clean(channel.key), clean(slot)
        with self._database.write(lock=f"channel {key}", thinking=COMPOSED_WITHIN) as connection:
            if is_open(connection, key, slot):
                return None
            chosen = undelivered(connection, channel, now)
            return fill(connection, key, slot, chosen, compose, now)

    def begin(self, key: str, *, now: datetime, holder: str | None = None) -> bool:
        pending = (deliveries.c.key == key) & (deliveries.c.state == State.PENDING)
        if holder is not None:
            lease = select(leases.c.name).join(slots, leases.c.name == literal(LEASE) + slots.c.channel)
            its_own = lease.where(slots.c.seq == deliveries.c.slot, leases.c.holder == holder)
            pending &= its_own.correlate(deliveries).exists()
        attempt = {"state": State.SENDING, "attempts": deliveries.c.attempts + 1, "changed_at": now}
        with self._database.write() as connection:
            return connection.execute(update(deliveries).where(pending).values(attempt)).rowcount == 1

    def settle(
        self,
        key: str,
        state: State,
        *,
        now: datetime,
        message_id: str | None = None,
        reason: str | None = None,
        due_after: datetime | None = None,
        attempt: int | None = None,
    ) -> None:
        if state is State.SENDING:
            raise ValueError("a delivery is settled as sent, dead or pending again")
        outcome = {
            "state": state,
            "message_id": message_id and clean(message_id),
            "reason": reason and clean(reason),
            "due_after": due_after or now,
            "changed_at": now,
        }
        sending = (deliveries.c.key == key) & (deliveries.c.state == State.SENDING)
        if attempt is not None:
            sending &= deliveries.c.attempts <= attempt
        with self._database.write() as connection:
            if connection.execute(update(deliveries).where(sending).values(outcome)).rowcount:
                return
            if connection.execute(select(deliveries.c.key).where(deliveries.c.key == key)).first() is None:
                raise NotFoundError(f"no delivery has the key {key!r}")

    def waiting(self, *, now: datetime, holder: str | None = None, channel: str | None = None) -> Sequence[str]:
        order = (slots.c.seq, deliveries.c.part)
        place = func.row_number().over(partition_by=slots.c.channel, order_by=order).label("place")
        open_rows = select(slots.c.channel, deliveries.c.state, deliveries.c.due_after, deliveries.c.changed_at, place)
        open_rows = open_rows.join(slots, deliveries.c.slot == slots.c.seq).where(deliveries.c.state.in_(UNSETTLED))
        if channel is not None:
            open_rows = open_rows.where(slots.c.channel == clean(channel))
        row = open_rows.subquery().c
        elsewhere = exists().where(leases.c.name == literal(LEASE) + row.channel, leases.c.holder != (holder or ""))
        # What was put off before the clock was set back would wait for as long again.
        can = or_(row.state == State.SENDING, row.due_after <= now, row.changed_at > now + CLOCKS_APART)
        query = select(row.channel).where(row.place == 1, can, ~elsewhere).order_by(row.due_after, row.channel)
        with self._database.read() as connection:
            return list(connection.execute(query).scalars())

    def unsettled(self, channel: str | None = None) -> Sequence[Delivery]:
        query = _all().where(deliveries.c.state.in_(UNSETTLED))
        if channel is not None:
            query = query.where(slots.c.channel == clean(channel))
        query = query.order_by(slots.c.channel, slots.c.seq, deliveries.c.part)
        with self._database.read() as connection:
            return _deliveries(connection, query)

    def history(
        self, *, channel: str | None = None, statement_id: str | None = None, limit: int = 50
    ) -> Sequence[Delivery]:
        query = _all()
        if channel is not None:
            query = query.where(slots.c.channel == clean(channel))
        if statement_id is not None:
            known = select(statements.c.seq).where(statements.c.id == clean(statement_id)).scalar_subquery()
            about = [select(table.c.slot).where(table.c.statement == known) for table in (selected, corrections)]
            query = query.where(slots.c.seq.in_(union_all(*about)))
        query = query.order_by(slots.c.seq.desc(), deliveries.c.part.desc()).limit(limit)
        with self._database.read() as connection:
            return _deliveries(connection, query)

    def messages(self, key: str) -> Sequence[Delivery]:
        first = select(deliveries.c.slot).where(deliveries.c.key == clean(key), deliveries.c.part == 1)
        query = _all().where(deliveries.c.slot == first.scalar_subquery()).order_by(deliveries.c.part)
        with self._database.read() as connection:
            return _deliveries(connection, query)

    def standing(self) -> dict[State, int]:
        query = select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
        with self._database.read() as connection:
            found = {State(state): number for state, number in connection.execute(query)}
        return {state: found.get(state, 0) for state in State}


def fill(
    connection: Connection,
    channel: str,
    slot: str,
    chosen: Sequence[tuple[int, Brief]],
    compose: Callable[[Sequence[Brief]], Sequence[Payload]],
    now: datetime,
) -> list[Delivery]:
    """Open a slot with the statements chosen for it; the caller holds the channel's lock."""
    seq = _slot(connection, channel, slot, now)
    _mark(connection, channel, seq, [statement for statement, _ in chosen])
    payloads = compose([brief for _, brief in chosen])
    _freeze(connection, seq, slot, channel, payloads, now)
    return deliveries_of(connection, seq)


def open_row(connection: Connection, channel: str, slot: str, payloads: Sequence[Payload], now: datetime) -> int:
    """Open a slot that was composed before, and freeze its messages; the caller holds the channel's lock."""
    seq = _slot(connection, channel, slot, now)
    _freeze(connection, seq, slot, channel, payloads, now)
    return seq


def deliveries_of(connection: Connection, slot: int) -> list[Delivery]:
    """A slot's messages, in order."""
    return _deliveries(connection, _all().where(deliveries.c.slot == slot).order_by(deliveries.c.part))


def _slot(connection: Connection, channel: str, slot: str, now: datetime) -> int:
    row = {"channel": channel, "slot": slot, "opened_at": now}
    seq: int = connection.execute(insert(slots).values(row).returning(slots.c.seq)).scalar_one()
    return seq


def is_open(connection: Connection, channel: str, slot: str) -> bool:
    """Whether a slot was opened before."""
    this = (slots.c.channel == channel) & (slots.c.slot == slot)
    return connection.execute(select(slots.c.seq).where(this)).first() is not None


def _first_opened_at(connection: Connection, channel: str, now: datetime) -> datetime:
    known = select(channels.c.first_opened_at).where(channels.c.key == channel)
    first: datetime | None = connection.execute(known).scalar()
    if first is None:
        connection.execute(insert(channels).values(key=channel, first_opened_at=now))
    elif first > now:
        # Only a clock that was set back explains it; what is first seen from now on must count as news.
        connection.execute(update(channels).where(channels.c.key == channel).values(first_opened_at=now))
    return min(first or now, now)


def undelivered(connection: Connection, channel: Channel, now: datetime) -> list[tuple[int, Brief]]:
    """The channel's undelivered statements, oldest first, with their numbers; its first look is noted as such."""
    key = clean(channel.key)
    place = _first_opened_at(connection, key, now)
    first = _first_opened_at(connection, clean(channel.id), now) if channel.name else place
    start = max(first, min(channel.since or first, now))
    s = statements.c
    before = exists().where(selected.c.channel == key, selected.c.statement == s.seq)
    recent = s.dated_on >= utc(start - channel.lookback).date()
    news = (s.first_seen_at >= start) & (s.dated_on >= utc(now - OLDEST_NEWS).date())
    query = select(s.seq).where(or_(recent, news), ~before)
    seqs = connection.execute(passing(query, channel.filter).order_by(s.dated_on, s.first_seen_at, s.seq)).scalars()
    known = list(seqs)
    return [
        (seq, brief)
        for seq, brief in zip(known, briefs_of(connection, known), strict=True)
        if channel.filter.matches(brief)
    ]


def _mark(connection: Connection, channel: str, slot: int, chosen: Sequence[int]) -> None:
    """Note statements as selected for a channel, in the revision they have now."""
    s = statements.c
    revision = select(s.revision).where(s.seq == selected.c.statement).scalar_subquery()
    rows = [
        {"channel": channel, "statement": seq, "revision": 0, "slot": slot, "place": place}
        for place, seq in enumerate(chosen)
    ]
    if rows:
        connection.execute(insert(selected), rows)
        connection.execute(update(selected).where(selected.c.slot == slot).values(revision=revision))


def _freeze(
    connection: Connection, slot: int, name: str, channel: str, payloads: Sequence[Payload], now: datetime
) -> None:
    if not payloads:
        return
    restored_at = connection.execute(select(func.max(restorations.c.restored_at))).scalar()
    doubted = restored_at if restored_at and maybe_posted(name, restored_at, now) else None
    state = {"state": State.SENDING if doubted else State.PENDING, "reason": LOOKED_FOR if doubted else None}
    fresh = {"slot": slot, "parts": len(payloads), "attempts": 0, "due_after": now, "changed_at": doubted or now}
    keys = delivery_keys(channel, name, len(payloads))
    rows = [
        {"key": key, "part": part, "payload": dump(payload), **state, **fresh}
        for part, (key, payload) in enumerate(zip(keys, payloads, strict=True), start=1)
    ]
    connection.execute(insert(deliveries), rows)


def _all() -> Select[Any]:
    return select(deliveries, slots.c.channel, slots.c.slot.label("slot_name")).join(
        slots, deliveries.c.slot == slots.c.seq
    )


def _deliveries(connection: Connection, query: Select[Any]) -> list[Delivery]:
    rows = connection.execute(query).all()
    wanted = {row.slot for row in rows}
    contents, firsts = _contents(connection, wanted), _firsts(connection, wanted)
    return [_delivery(row, contents.get(row.slot, ()), firsts.get(row.slot)) for row in rows]


def _contents(connection: Connection, wanted: set[int]) -> dict[int, tuple[str, ...]]:
    """The ids of the statements each slot tells of: those selected in it, or the one it corrects."""
    found: dict[int, list[str]] = {}
    for table, order in ((selected, selected.c.place), (corrections, corrections.c.statement)):
        query = (
            select(table.c.slot, statements.c.id)
            .join(statements, statements.c.seq == table.c.statement)
            .where(table.c.slot.in_(sorted(wanted)))
            .order_by(table.c.slot, order)
        )
        for slot, id in connection.execute(query):
            found.setdefault(slot, []).append(id)
    return {slot: tuple(ids) for slot, ids in found.items()}


def _firsts(connection: Connection, wanted: set[int]) -> dict[int, str]:
    """The platform's id of each slot's first message, where that was sent."""
    first = (deliveries.c.part == 1) & deliveries.c.message_id.is_not(None)
    query = select(deliveries.c.slot, deliveries.c.message_id).where(first, deliveries.c.slot.in_(sorted(wanted)))
    return {row.slot: row.message_id for row in connection.execute(query)}


def _delivery(row: Row[Any], statement_ids: tuple[str, ...], first: str | None) -> Delivery:
    return Delivery(
        key=row.key,
        channel=row.channel,
        slot=row.slot_name,
        part=row.part,
        parts=row.parts,
        payload=json.loads(row.payload),
        statement_ids=statement_ids,
        state=State(row.state),
        message_id=row.message_id,
        reason=row.reason,
        attempts=row.attempts,
        due_after=row.due_after,
        changed_at=row.changed_at,
        thread=first if row.part > 1 else None,
    )
