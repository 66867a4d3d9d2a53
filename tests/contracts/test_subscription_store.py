"""The port SubscriptionStore, on every database."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from bot.domain.quiet import parse_quiet
from bot.domain.subscription import Filter, Hold, Standing, Style, Subscription
from bot.domain.taxonomy import Forum, Topic
from bot.domain.timing import parse_schedule
from bot.infra.store import Store
from bot.infra.store.schema import subscriptions
from tests.samples import NOW, channel

EVERYTHING = channel(
    adapter="slack",
    destination="T1/C:2",
    schedule=parse_schedule("mon-fri 08:30,17:00"),
    zone=ZoneInfo("Europe/Zurich"),
    filter=Filter(
        countries=frozenset({"CHN", "EST"}),
        forums=frozenset({Forum.GM, Forum.UNGA_C1}),
        topics=frozenset({Topic.NORMS}),
        languages=frozenset({"fr", "ar"}),
    ),
    style=Style.QUIET,
    lookback=timedelta(hours=36),
    since=NOW,
    quiet=parse_quiet("mon-fri 20:00-08:00; sat,sun 00:00-24:00"),
    name="urgent",
)


def made(key: str = "room") -> Subscription:
    return Subscription(channel=channel(destination=key), made_by="slack:U1", made_at=NOW)


def hold(standing: Standing = Standing.PAUSED) -> Hold:
    return Hold(channel="console:room", standing=standing, reason="by slack:U1", since=NOW)


def test_a_subscription_comes_back_whole(store: Store) -> None:
    subscription = Subscription(channel=EVERYTHING, made_by="slack:U1", made_at=NOW, team="T1")
    store.subscriptions.keep(subscription)
    assert store.subscriptions.subscriptions() == [subscription]


def test_a_channel_has_one_subscription_the_last_and_they_come_in_order(store: Store) -> None:
    for key in ("b", "a", "B"):
        store.subscriptions.keep(made(key))
    changed = replace(made("a"), channel=channel(destination="a", style=Style.QUIET))
    store.subscriptions.keep(changed)
    assert store.subscriptions.subscriptions() == [made("B"), changed, made("b")]


def test_one_that_ended_is_gone_with_what_held_it(store: Store) -> None:
    store.subscriptions.keep(made())
    store.subscriptions.hold(hold())
    assert store.subscriptions.drop("console:room")
    assert not store.subscriptions.drop("console:room")
    assert store.subscriptions.subscriptions() == []
    assert store.subscriptions.holds() == {}


def test_two_of_one_place_are_kept_apart_and_what_holds_it_goes_with_the_last(store: Store) -> None:
    urgent = replace(
        made(), channel=channel(name="urgent", schedule=parse_schedule("as it happens, at most 9 an hour"))
    )
    for subscription in (made(), urgent):
        store.subscriptions.keep(subscription)
    assert store.subscriptions.subscriptions() == [made(), urgent]
    store.subscriptions.hold(hold())
    assert store.subscriptions.drop("console:room")
    assert store.subscriptions.subscriptions() == [urgent]
    assert store.subscriptions.holds() == {"console:room": hold()}
    assert store.subscriptions.drop("console:room#urgent")
    assert store.subscriptions.holds() == {}


def test_one_of_a_version_that_knew_no_quiet_hours_is_read(store: Store) -> None:
    store.subscriptions.keep(made())
    with store.database.write() as connection:
        (wanted,) = connection.execute(select(subscriptions.c.wanted)).scalars()
        old = {key: value for key, value in json.loads(wanted).items() if key not in {"quiet", "name"}}
        connection.execute(update(subscriptions).values(wanted=json.dumps(old)))
    assert store.subscriptions.subscriptions() == [made()]


def test_any_channel_can_be_held_and_released(store: Store) -> None:
    store.subscriptions.hold(hold())
    gone = hold(Standing.GONE)
    store.subscriptions.hold(gone)
    assert store.subscriptions.holds() == {"console:room": gone}
    assert store.subscriptions.release("console:room")
    assert not store.subscriptions.release("console:room")
    assert store.subscriptions.holds() == {}


def test_dropping_what_was_never_subscribed_leaves_a_configured_channel_held(store: Store) -> None:
    store.subscriptions.hold(hold())
    assert not store.subscriptions.drop("console:room")
    assert store.subscriptions.holds() == {"console:room": hold()}


def test_who_subscribes_is_served_again(store: Store) -> None:
    store.subscriptions.hold(hold(Standing.GONE))
    store.subscriptions.keep(made())
    assert store.subscriptions.holds() == {}


def test_one_that_cannot_be_read_costs_only_itself(store: Store) -> None:
    store.subscriptions.keep(made("a"))
    store.subscriptions.keep(made("b"))
    with store.database.write() as connection:
        broken = update(subscriptions).where(subscriptions.c.channel == "console:a").values(wanted='{"zone": "Mars/1"}')
        connection.execute(broken)
    assert store.subscriptions.subscriptions() == [made("b")]


def test_texts_no_database_stores_are_replaced(store: Store) -> None:
    store.subscriptions.hold(Hold(channel="console:\x00", standing=Standing.GONE, reason="\ud800", since=NOW))
    assert [each.reason for each in store.subscriptions.holds().values()] == ["\ufffd"]
