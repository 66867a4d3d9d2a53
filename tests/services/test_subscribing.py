"""Channels subscribe themselves: what they say, what is kept of it, and who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.asker import Asker
from bot.domain.delivery import State
from bot.domain.reply import Reply
from bot.domain.subscription import Filter, Hold, Standing, Style
from bot.domain.taxonomy import Forum, Topic
from bot.infra.store import Store
from bot.services.desk import FrontDesk
from tests.samples import NOW

MANAGER = Asker(platform="fake", user="u1", channel="fake:room", team="T1", may_manage=True)
READER = replace(MANAGER, user="u2", may_manage=False)


def rows(reply: Reply) -> dict[str, str]:
    table = reply.sections[0].table
    assert table is not None
    return {row[0]: row[1] for row in table.rows}


async def test_a_channel_subscribes_and_is_told_what_it_gets_and_when(store: Store, desk: FrontDesk) -> None:
    when = 'subscribe schedule:"mon-fri 08:30,17:00" time_zone:Europe/Zurich'
    line = f"{when} country:China,EST topic:ransomware style:quiet"
    reply = await desk.answer(line, MANAGER)
    assert reply.heading == "This channel is subscribed"
    assert reply.intro == "Next digest: Monday 23 November, 17:00 Europe/Zurich."
    assert rows(reply)["countries"] == "China, Estonia"
    (made,) = store.subscriptions.subscriptions()
    assert (made.made_by, made.made_at, made.team) == ("fake:u1", NOW, "T1")
    assert (made.channel.key, made.channel.style, made.channel.since) == ("fake:room", Style.QUIET, NOW)
    assert made.channel.filter == Filter(countries=frozenset({"CHN", "EST"}), topics=frozenset({Topic.RANSOMWARE}))


async def test_what_is_named_is_changed_and_the_rest_stays(store: Store, desk: FrontDesk) -> None:
    await desk.answer("subscribe country:CHN forum:GM schedule:9:15 lookback:30d", MANAGER)
    reply = await desk.call("subscribe", {"country": "any", "language": "fr"}, replace(MANAGER, user="u3"))
    assert reply.heading == "This channel's subscription is changed"
    (made,) = store.subscriptions.subscriptions()
    assert made.made_by == "fake:u1"
    assert made.channel.filter == Filter(forums=frozenset({Forum.GM}), languages=frozenset({"fr"}))
    assert (str(made.channel.schedule), made.channel.lookback) == ("daily 09:15", timedelta(days=30))


async def test_the_time_zone_is_the_askers_where_none_is_named(store: Store, desk: FrontDesk) -> None:
    await desk.answer("subscribe", replace(MANAGER, zone=ZoneInfo("Africa/Nairobi")))
    (made,) = store.subscriptions.subscriptions()
    assert (str(made.channel.schedule), made.channel.zone.key) == ("mon,tue,wed,thu,fri 08:00", "Africa/Nairobi")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("subscribe schedule:sometimes", "write days and times"),
        ("subscribe time_zone:Geneva", "write one such as Europe/Zurich"),
        ("subscribe style:loud", "write honest or quiet"),
        ("subscribe lookback:99999d", "at most"),
        ('subscribe schedule:"as it happens, at most 99 an hour"', "at most 6 an hour' (1 to 60)"),
        ("subscribe quiet:nights", "write '22:00-07:00'"),
        ("subscribe quiet:07:00-07:00", "they begin when they end"),
        ('subscribe name:"very urgent!"', "letters, digits and hyphens"),
        ("subscribe lookback:long", "such as 30m"),
        ("subscribe country:Atlantis", "no state"),
        ("subscribe language:french", "two letters"),
        ("pause", "not subscribed; `subscribe`"),
        ("unsubscribe", "not subscribed; `subscribe`"),
    ],
)
async def test_what_cannot_be_is_said_with_what_would(store: Store, desk: FrontDesk, line: str, said: str) -> None:
    assert said in (await desk.answer(line, MANAGER)).intro
    assert store.subscriptions.subscriptions() == []


@pytest.mark.parametrize("line", ["subscribe", "unsubscribe", "pause", "resume"])
async def test_only_who_may_manage_the_channel_changes_it(store: Store, desk: FrontDesk, line: str) -> None:
    await desk.answer("subscribe", MANAGER)
    before = store.subscriptions.subscriptions()
    for reply in (await desk.answer(line, READER), await desk.press(f"go:{line}", READER)):
        assert "those who may manage this channel" in reply.intro
    assert store.subscriptions.subscriptions() == before
    assert store.subscriptions.holds() == {}


async def test_outside_a_channel_it_is_said_where_to_ask(desk: FrontDesk) -> None:
    assert "say it in one" in (await desk.answer("subscribe", replace(MANAGER, channel=None))).intro


async def test_a_platform_nothing_can_be_posted_to_is_named(desk: FrontDesk) -> None:
    elsewhere = replace(MANAGER, channel="telex:1")
    assert "nothing can be posted to telex:1" in (await desk.answer("subscribe", elsewhere)).intro


async def test_a_configured_channel_is_not_overridden_but_may_be_paused(store: Store, desk: FrontDesk) -> None:
    there = replace(MANAGER, channel="fake:configured")
    for line in ("subscribe country:CHN", "unsubscribe"):
        assert "set up in the settings file" in (await desk.answer(line, there)).intro
    assert store.subscriptions.subscriptions() == []
    assert (await desk.answer("pause", there)).heading == "This channel's digests are paused"
    assert store.subscriptions.holds()["fake:configured"].reason == "by fake:u1"


async def test_buttons_pause_resume_and_unsubscribe(store: Store, desk: FrontDesk) -> None:
    reply = await desk.answer("subscribe", MANAGER)
    assert {a.label: a.press for a in reply.actions} == {"Pause": "go:pause", "Unsubscribe": "go:unsubscribe"}
    paused = await desk.press("go:pause", MANAGER)
    assert paused.intro == "paused since 2026-11-23 08:30 UTC: by fake:u1"
    assert "Resume" in {action.label for action in paused.actions}
    resumed = await desk.press("go:resume", MANAGER)
    assert "What came meanwhile comes with it" in resumed.intro
    assert store.subscriptions.holds() == {}
    assert (await desk.press("go:unsubscribe", MANAGER)).heading == "This channel is unsubscribed"
    assert store.subscriptions.subscriptions() == []


async def test_what_was_not_posted_yet_is_not_posted_after_unsubscribing(store: Store, desk: FrontDesk) -> None:
    await desk.answer("subscribe", MANAGER)
    (made,) = store.subscriptions.subscriptions()
    store.ledger.open_slot(made.channel, "slot", now=NOW, compose=lambda _: [{"text": "one"}])
    await desk.answer("unsubscribe", MANAGER)
    assert [(row.state, row.reason) for row in store.ledger.history()] == [
        (State.DEAD, "unsubscribed before it was posted")
    ]


async def test_a_channel_that_is_gone_says_so_and_why(store: Store, desk: FrontDesk) -> None:
    await desk.answer("subscribe", MANAGER)
    store.subscriptions.hold(Hold(channel="fake:room", standing=Standing.GONE, reason="404: deleted", since=NOW))
    assert "gone since 2026-11-23 08:30 UTC: 404: deleted" in (await desk.answer("subscriptions", READER)).intro
    assert rows(await desk.answer("status", READER))["fake:room"].startswith("gone since")


async def test_who_asks_privately_hears_of_the_channels_of_their_workspace_alone(desk: FrontDesk) -> None:
    await desk.answer("subscribe", MANAGER)
    await desk.answer("subscribe", replace(MANAGER, channel="fake:other", team="T2"))
    await desk.answer("subscribe", replace(MANAGER, channel="fake:teamless", team=None))
    home = replace(READER, channel=None)
    assert set(rows(await desk.answer("subscriptions", home))) == {"fake:room"}
    assert "No channel" in (await desk.answer("subscriptions", replace(home, team=None))).heading
    terminal = Asker(may_manage=True)
    assert set(rows(await desk.answer("subscriptions", terminal))) == {
        "fake:room",
        "fake:other",
        "fake:teamless",
        "fake:configured",
    }


async def test_what_a_channel_has_now_is_suggested_first(desk: FrontDesk) -> None:
    await desk.answer("subscribe schedule:9:15 topic:norms", MANAGER)
    for option, now in (("schedule", "daily 09:15"), ("topic", "norms"), ("time_zone", "UTC")):
        suggested = await desk.suggest("subscribe", option, "", MANAGER)
        assert suggested[0].value == now
        assert len({each.value for each in suggested}) == len(suggested) <= 25


async def test_quiet_hours_are_set_shown_and_ended(store: Store, desk: FrontDesk) -> None:
    reply = await desk.answer('subscribe schedule:8:30,12:00 quiet:"22:00-09:00"', MANAGER)
    assert rows(reply)["quiet hours"] == "22:00-09:00 (now)"
    assert reply.intro == "Next digest: Monday 23 November, 12:00 UTC."
    early = await desk.answer("subscribe schedule:8:00", MANAGER)
    assert early.intro == "Next digest: Tuesday 24 November, 09:00 UTC.", "8:00 waits for their end"
    assert rows(await desk.answer("subscribe quiet:none", MANAGER))["quiet hours"] == "none"
    (made,) = store.subscriptions.subscriptions()
    assert not made.channel.quiet


async def test_a_channel_is_told_as_it_happens(store: Store, desk: FrontDesk) -> None:
    reply = await desk.answer('subscribe schedule:"as it happens, at most 4 an hour"', MANAGER)
    assert reply.intro == "Told as it happens."
    assert rows(reply)["schedule"] == "as it happens, at most 4 an hour, UTC"
    assert rows(reply)["a day without news"] == "silent"
    quiet = await desk.answer("subscribe quiet:08:00-09:30", MANAGER)
    assert quiet.intro == "Told as it happens, from Monday 23 November, 09:30 UTC on: it is quiet now."


async def test_a_channel_is_told_several_things_each_by_its_name(store: Store, desk: FrontDesk) -> None:
    await desk.answer("subscribe schedule:9:00", MANAGER)
    await desk.answer('subscribe name:Urgent schedule:"as it happens" topic:ransomware', MANAGER)
    listed = await desk.answer("subscriptions", MANAGER)
    assert listed.intro == "Next digest: Monday 23 November, 09:00 UTC. Told as it happens."
    assert [section.heading for section in listed.sections] == ["", "urgent"]
    await desk.answer("subscribe name:urgent country:CHN", MANAGER)
    kept = {each.channel.name: each.channel for each in store.subscriptions.subscriptions()}
    assert kept["urgent"].filter == Filter(countries=frozenset({"CHN"}), topics=frozenset({Topic.RANSOMWARE}))
    assert kept[""].filter == Filter()
    assert (await desk.answer("unsubscribe name:daily", MANAGER)).intro.startswith("nothing is called 'daily' here")
    ended = await desk.answer("unsubscribe name:urgent", MANAGER)
    assert ended.heading == "urgent is unsubscribed; this channel is still told"
    assert [each.channel.id for each in store.subscriptions.subscriptions()] == ["fake:room"]


async def test_pausing_and_unsubscribing_concern_all_a_channel_is_told(store: Store, desk: FrontDesk) -> None:
    await desk.answer("subscribe", MANAGER)
    await desk.answer("subscribe name:urgent", MANAGER)
    paused = await desk.answer("pause", MANAGER)
    assert "paused since" in paused.intro
    assert len(paused.sections) == 2
    await desk.answer("unsubscribe", MANAGER)
    assert store.subscriptions.subscriptions() == []
    assert store.subscriptions.holds() == {}
