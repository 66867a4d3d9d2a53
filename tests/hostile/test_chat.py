"""What no honest platform sends: signed requests and interactions in any shape and size; crowds of people pressing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import cycle
from typing import Any

import pytest

from bot.domain.reply import Action, Reply, Section
from bot.domain.secret import Secret
from tests.adapters.discord_setup import connected
from tests.adapters.test_slack_http import house
from tests.discord_server import GUILD, DiscordServer
from tests.fakes import FakeDesk
from tests.slack_server import TOKEN, People
from tests.slack_server.doing import encoded, send, signed

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
PAGED = Reply(
    heading="Latest",
    sections=(Section(heading="Chile", text="proposes"),),
    actions=(Action(label="Older", press="page:2:latest"),),
    page=1,
    pages=2,
)
SLASH = {"command": "/brief", "text": "latest", "team_id": "T0001", "user_id": "U1", "channel_id": "C1"}
PRESS = {
    "type": "block_actions",
    "user": {"id": "U1", "team_id": "T0001"},
    "team": {"id": "T0001"},
    "channel": {"id": "C1"},
    "trigger_id": "1.2.3",
    "container": {"type": "message", "message_ts": "1.2", "channel_id": "C1"},
    "actions": [{"type": "button", "action_id": "page:2:latest", "block_id": "b", "value": "page:2:latest"}],
}
SUBMISSION = {
    "type": "view_submission",
    "user": {"id": "U1", "team_id": "T0001"},
    "team": {"id": "T0001"},
    "view": {"id": "V1", "type": "modal", "callback_id": "subscribe", "private_metadata": "", "state": {"values": {}}},
}
EVENT = {
    "type": "event_callback",
    "team_id": "T0001",
    "event_id": "Ev1",
    "event": {"type": "app_home_opened", "user": "U1", "tab": "home"},
}
ODD_TEXTS = ("", "x" * 10_000, "\x00\ufffe\u202e", "../..")
ODD: tuple[Any, ...] = (*ODD_TEXTS, None, 0, -1, 1e308, True, [], {}, [[]], {"id": {"id": []}})
EACH = 5
DEEP = ("[" * 50_000, '{"a":' * 50_000)
NO_REQUESTS = ("", "{", "[]", "null", "0", '"x"', "\x00", '{"type":"url_verification"}', *DEEP)


def bent(thing: Any) -> Iterator[Any]:
    """A thing with each of its parts gone, and with a few odd things in its place, others for the next."""
    odd = cycle(ODD)
    for path in _paths(thing):
        yield _with(thing, path, None, gone=True)
        for _ in range(EACH):
            yield _with(thing, path, next(odd))


def _paths(thing: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    parts = thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else ()
    for key, part in parts:
        yield (*here, key)
        yield from _paths(part, (*here, key))


def _with(thing: Any, path: tuple[Any, ...], odd: Any, *, gone: bool = False) -> Any:
    copy = deepcopy(thing)
    place = copy
    for key in path[:-1]:
        place = place[key]
    if gone:
        del place[path[-1]]
    else:
        place[path[-1]] = odd
    return copy


def slack_bodies() -> Iterator[tuple[str, str]]:
    """Bodies that Slack would have signed, and what they say they are."""
    for one in bent(SLASH):
        yield encoded("slash_commands", one), FORM
    for one in (*bent(PRESS), *bent(SUBMISSION)):
        yield encoded("interactive", one), FORM
    for one in bent(EVENT):
        yield json.dumps(one), JSON
    for text in NO_REQUESTS:
        yield text, JSON
        yield text, FORM
        yield "payload=" + text, FORM
    yield "payload=%ff%fe%00", FORM
    yield "a=b&" * 100_000, FORM
    yield json.dumps(EVENT | {"filler": "x" * 900_000}), JSON


async def test_a_signed_request_of_any_shape_or_size_costs_only_itself(tried: Callable[[str, int], None]) -> None:
    async with house(FakeDesk(reply=PAGED), bot_token=Secret(TOKEN)) as home:
        bodies = list(slack_bodies())
        for body, kind in bodies:
            await send(home.events, body, {**signed(body), "Content-Type": kind})
        assert not any(asker.may_manage for _, _, asker in home.desk.asked)
        channel = home.server.world.channel()
        talk = await (await People(home.server, door=home.events).slash(channel, "latest")).answered()
        assert talk.messages
    tried("signed requests", len(bodies))


async def test_what_nobody_signed_is_not_even_read(caplog: pytest.LogCaptureFixture) -> None:
    async with house(bot_token=Secret(TOKEN)) as home:
        for body, kind in (("payload={", FORM), ("[" * 50_000, JSON), ("null", JSON)):
            assert (await send(home.events, body, {"Content-Type": kind}))[0] == 401
        assert (await send(home.events, "x" * 1_000_100, {"Content-Type": FORM}))[0] == 413
    assert "Traceback" not in caplog.text


async def test_an_interaction_of_any_shape_costs_only_itself(tried: Callable[[str, int], None]) -> None:
    desk = FakeDesk(reply=PAGED)
    async with DiscordServer() as server, connected(server, desk):
        channel = server.world.channel()
        talk = await (await server.slash(channel, "latest", {"country": "CHL"})).answered()
        await (await server.press(channel, talk.messages[0], "page:2:latest")).answered()
        (session,) = server.gateway.sessions.values()
        odd = [one for told in list(session.told) if told["t"] == "INTERACTION_CREATE" for one in bent(told["d"])]
        for one in odd:
            await server.gateway.tell("INTERACTION_CREATE", one, guild=GUILD)
        assert (await (await server.slash(channel, "latest")).answered()).messages
        assert len(server.gateway.said(2)) == 1, "the connection was lost"
        assert not any(asker.may_manage for _, _, asker in desk.asked)
    tried("interactions", len(odd))


async def test_a_hundred_people_who_press_at_once_are_each_answered_to_their_own(
    tried: Callable[[str, int], None],
) -> None:
    desk = FakeDesk(reply=PAGED)
    async with DiscordServer() as server, connected(server, desk):
        channel = server.world.channel()
        (shown,) = (await (await server.slash(channel, "latest")).answered()).messages
        people = range(8000, 8100)
        talks = await asyncio.gather(*(server.press(channel, dict(shown), "page:2:latest", by=who) for who in people))
        for talk in talks:
            assert len((await talk.answered()).messages) == 1
        assert sorted(asker.user for method, _, asker in desk.asked if method == "press") == [
            str(who) for who in people
        ]
    tried("presses", len(talks))
