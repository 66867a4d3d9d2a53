"""What channels subscribed to from chat, and which channels are not served for the time being."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, delete, select

from bot.domain.subscription import Channel, Filter, Hold, Standing, Style, Subscription
from bot.domain.taxonomy import Forum, Topic
from bot.domain.timing import parse_schedule
from bot.infra.store.codec import clean, dump
from bot.infra.store.engine import Database
from bot.infra.store.schema import standings, subscriptions

log = logging.getLogger(__name__)


class SqlSubscriptions:
    """The port SubscriptionStore on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def subscriptions(self) -> Sequence[Subscription]:
        with self._database.read() as connection:
            rows = connection.execute(select(subscriptions)).all()
        # Sorted here: every database has an order of its own.
        return sorted(_readable(rows), key=lambda subscription: subscription.channel.key)

    def keep(self, subscription: Subscription) -> None:
        key = clean(subscription.channel.key)
        row = {
            "channel": key,
            "team": subscription.team and clean(subscription.team),
            "wanted": dump(_wanted(subscription.channel)),
            "made_by": clean(subscription.made_by),
            "made_at": subscription.made_at,
        }
        with self._database.write(lock=f"channel {key}") as connection:
            self._database.upsert(connection, subscriptions, [row])
            connection.execute(delete(standings).where(standings.c.channel == key))

    def drop(self, channel: str) -> bool:
        key = clean(channel)
        with self._database.write(lock=f"channel {key}") as connection:
            gone = connection.execute(delete(subscriptions).where(subscriptions.c.channel == key)).rowcount == 1
            if gone:
                connection.execute(delete(standings).where(standings.c.channel == key))
        return gone

    def hold(self, hold: Hold) -> None:
        row = {
            "channel": clean(hold.channel),
            "standing": hold.standing,
            "reason": clean(hold.reason),
            "since": hold.since,
        }
        with self._database.write() as connection:
            self._database.upsert(connection, standings, [row])

    def release(self, channel: str) -> bool:
        with self._database.write() as connection:
            return connection.execute(delete(standings).where(standings.c.channel == clean(channel))).rowcount == 1

    def holds(self) -> dict[str, Hold]:
        with self._database.read() as connection:
            rows = connection.execute(select(standings)).all()
        return {
            row.channel: Hold(channel=row.channel, standing=Standing(row.standing), reason=row.reason, since=row.since)
            for row in rows
        }


def _readable(rows: Sequence[Row[Any]]) -> Iterator[Subscription]:
    """The subscriptions of these rows; one that this version cannot read costs only itself."""
    for row in rows:
        try:
            channel = _channel(row.channel, json.loads(row.wanted))
            yield Subscription(channel=channel, made_by=row.made_by, made_at=row.made_at, team=row.team)
        except (ValueError, KeyError):
            log.exception("the subscription of %s cannot be read; subscribe it anew", row.channel)


def _wanted(channel: Channel) -> dict[str, Any]:
    wanted = channel.filter
    return {
        "schedule": str(channel.schedule),
        "zone": channel.zone.key,
        "countries": sorted(wanted.countries),
        "forums": sorted(wanted.forums),
        "topics": sorted(wanted.topics),
        "languages": sorted(wanted.languages),
        "style": channel.style,
        "lookback": channel.lookback.total_seconds(),
        "since": channel.since,
    }


def _channel(key: str, wanted: dict[str, Any]) -> Channel:
    adapter, _, destination = key.partition(":")
    return Channel(
        adapter=adapter,
        destination=destination,
        schedule=parse_schedule(wanted["schedule"]),
        zone=ZoneInfo(wanted["zone"]),
        filter=Filter(
            countries=frozenset(wanted["countries"]),
            forums=frozenset(map(Forum, wanted["forums"])),
            topics=frozenset(map(Topic, wanted["topics"])),
            languages=frozenset(wanted["languages"]),
        ),
        style=Style(wanted["style"]),
        lookback=timedelta(seconds=wanted["lookback"]),
        since=datetime.fromisoformat(wanted["since"]) if wanted["since"] else None,
    )
