"""What channels subscribed to from chat, and which channels are not served for the time being."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, delete, select

from bot.domain.quiet import NO_QUIET, parse_quiet
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
        return sorted(_readable(rows), key=lambda subscription: subscription.channel.id)

    def keep(self, subscription: Subscription) -> None:
        key = clean(subscription.channel.key)
        row = {
            "channel": clean(subscription.channel.id),
            "team": subscription.team and clean(subscription.team),
            "wanted": dump(_wanted(subscription.channel)),
            "made_by": clean(subscription.made_by),
            "made_at": subscription.made_at,
        }
        with self._database.write(lock=f"channel {key}") as connection:
            self._database.upsert(connection, subscriptions, [row])
            connection.execute(delete(standings).where(standings.c.channel == key))

    def drop(self, id: str) -> bool:
        with self._database.write() as connection:
            this = select(subscriptions.c.wanted).where(subscriptions.c.channel == clean(id))
            wanted: str | None = connection.execute(this).scalar()
            if wanted is None:
                return False
            connection.execute(delete(subscriptions).where(subscriptions.c.channel == clean(id)))
            key = _key(clean(id), json.loads(wanted))
            rest = connection.execute(select(subscriptions.c.channel, subscriptions.c.wanted)).all()
            if all(_key(row.channel, json.loads(row.wanted)) != key for row in rest):
                connection.execute(delete(standings).where(standings.c.channel == key))
        return True

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
        "name": channel.name,
        "zone": channel.zone.key,
        "quiet": str(channel.quiet),
        "countries": sorted(wanted.countries),
        "forums": sorted(wanted.forums),
        "topics": sorted(wanted.topics),
        "languages": sorted(wanted.languages),
        "style": channel.style,
        "lookback": channel.lookback.total_seconds(),
        "since": channel.since,
    }


def _channel(id: str, wanted: dict[str, Any]) -> Channel:
    # Rows of earlier versions know neither names nor quiet hours.
    name, quiet = wanted.get("name", ""), wanted.get("quiet")
    adapter, _, destination = _key(id, wanted).partition(":")
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
        quiet=parse_quiet(quiet) if quiet else NO_QUIET,
        name=name,
    )


def _key(id: str, wanted: dict[str, Any]) -> str:
    """The key of the place a subscription is of."""
    name = wanted.get("name", "")
    return id.removesuffix(f"#{name}") if name else id
