"""Slots that are due, each opened once whichever process comes first, and from when on they count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from bot.domain.brief import Brief
from bot.domain.delivery import Delivery
from bot.domain.subscription import Channel
from bot.domain.timing import Slot, live_name
from bot.infra.store.codec import clean
from bot.infra.store.engine import Database
from bot.infra.store.ledger import fill, is_open, undelivered
from bot.infra.store.schema import channels, deliveries, schedules, slots, statements
from bot.slots import Compose

HOUR = timedelta(hours=1)
# Whoever is told as it happens is told one by one what came in these last minutes; what waited longer comes together.
AT_ONCE = timedelta(minutes=5)
# A slot opened further ahead than this was opened by a clock that was wrong.
AHEAD = timedelta(days=1)


class SqlSlots:
    """The port SlotLedger on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count_from(self, served: Sequence[Channel], *, now: datetime) -> Mapping[str, datetime]:
        words = {clean(channel.id): f"{channel.schedule} {channel.zone.key}" for channel in served}
        with self._database.write(lock="schedules") as connection:
            known = {row.channel: row for row in connection.execute(select(schedules))}
            gone = known.keys() - words.keys()
            connection.execute(delete(schedules).where(schedules.c.channel.in_(sorted(gone))))
            for key, schedule in words.items():
                if key not in known:
                    connection.execute(insert(schedules).values(channel=key, schedule=schedule, since=now))
                elif known[key].schedule != schedule or known[key].since > now:
                    # Without words it is one of a version that noted none: it goes on where that one stopped.
                    since = min(known[key].since, now) if not known[key].schedule else now
                    this = update(schedules).where(schedules.c.channel == key)
                    connection.execute(this.values(schedule=schedule, since=since))
            rows = connection.execute(select(schedules.c.channel, schedules.c.since)).all()
        moments = {row.channel: row.since for row in rows}
        return {channel.id: moments[clean(channel.id)] for channel in served}

    def open_due(self, channel: Channel, slot: Slot, *, now: datetime, compose: Compose) -> Sequence[Delivery] | None:
        key = clean(channel.key)
        name = clean(channel.named(slot))
        with self._database.write(lock=f"channel {key}") as connection:
            through = _through(connection, channel)
            past = through is not None and slot.at <= through <= now + AHEAD
            if past or is_open(connection, key, name):
                return None
            this = update(schedules).where(schedules.c.channel == clean(channel.id))
            connection.execute(this.values(through=slot.at))
            return fill(connection, key, name, undelivered(connection, channel, now), compose, now)

    def open_live(self, channel: Channel, *, now: datetime, compose: Compose) -> Sequence[Delivery]:
        key = clean(channel.key)
        with self._database.read() as connection:
            # Mostly there is nothing: then nobody who writes is made to wait.
            if _begun(connection, channel, now) and not undelivered(connection, channel, now):
                return []
        with self._database.write(lock=f"channel {key}") as connection:
            first = not _known(connection, channel)
            left = channel.schedule.burst - _posted(connection, key, now)
            waiting = undelivered(connection, channel, now)
            if not waiting or left < 1:
                return []
            parts = [[each] for each in waiting]
            if first or len(waiting) > left or now - _oldest(connection, waiting) > AT_ONCE:
                parts = [waiting]
            return [
                delivery
                for part in parts
                for delivery in fill(connection, key, live_name(part[0][1].statement.id), part, compose, now)
            ]

    def newest(self) -> int:
        with self._database.read() as connection:
            return connection.execute(select(func.max(statements.c.seq))).scalar() or 0


def _known(connection: Connection, channel: Channel) -> bool:
    """Whether a channel was opened before; the first time everything comes together."""
    this = select(channels.c.key).where(channels.c.key == clean(channel.id))
    return connection.execute(this).first() is not None


def _begun(connection: Connection, channel: Channel, now: datetime) -> bool:
    """Whether looking for what is undelivered writes nothing: the first look at a channel is noted."""
    names = {clean(channel.key), clean(channel.id)}
    this = select(func.count()).where(channels.c.key.in_(names), channels.c.first_opened_at <= now)
    return connection.execute(this).scalar_one() == len(names)


def _through(connection: Connection, channel: Channel) -> datetime | None:
    last = select(schedules.c.through).where(schedules.c.channel == clean(channel.id))
    found: datetime | None = connection.execute(last).scalar()
    return found


def _posted(connection: Connection, channel: str, now: datetime) -> int:
    """How many posts a channel got in the last hour. Slots far ahead are those of a clock that was wrong."""
    near = slots.c.opened_at.between(now - HOUR, now + HOUR) & (slots.c.opened_at != now - HOUR)
    said = exists().where(deliveries.c.slot == slots.c.seq)
    posts = select(func.count()).select_from(slots).where(slots.c.channel == channel, near, said)
    return connection.execute(posts).scalar_one()


def _oldest(connection: Connection, waiting: Sequence[tuple[int, Brief]]) -> datetime:
    seen = select(func.min(statements.c.first_seen_at)).where(statements.c.seq.in_([seq for seq, _ in waiting]))
    oldest: datetime = connection.execute(seen).scalar_one()
    return oldest
