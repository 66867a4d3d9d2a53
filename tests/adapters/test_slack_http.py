"""Signed HTTP for many workspaces: only what Slack signed is let in; installed with leave, and taken away."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from slack_sdk.signature import Clock
from starlette.applications import Starlette

from adapters.slack.adapter import create
from adapters.slack.asked import who
from bot.domain.reply import Reply
from bot.domain.secret import Secret
from bot.errors import AttacheError, DestinationGoneError
from bot.infra.web.doors import paths
from bot.infra.web.entrance import Doors
from bot.infra.web.server import WebServer
from bot.ports import ChatAdapter
from tests.adapters.setup import start
from tests.adapters.slack_setup import payload
from tests.fakes import FakeDesk
from tests.slack_server import CREATOR, MEMBER, TOKEN, People, SlackServer, Workspace
from tests.slack_server.doing import encoded, send, signed


@dataclass
class House:
    """A server, an adapter that takes its requests, and where."""

    server: SlackServer
    adapter: ChatAdapter
    desk: FakeDesk
    at: str

    @property
    def events(self) -> str:
        return f"{self.at}/chat/slack/events"


@asynccontextmanager
async def house(desk: FakeDesk | None = None, **settings: Any) -> AsyncIterator[House]:
    doors, desk = Doors(), desk or FakeDesk()
    desk.entrance = doors.of("slack")
    web = WebServer(lambda: Starlette(routes=paths(doors)), host="127.0.0.1", port=0)
    async with SlackServer() as server:
        assert await web.start()
        doors.address = f"http://127.0.0.1:{web.port}"
        adapter = create(server.http_settings(**settings), desk)
        await start(adapter)
        try:
            yield House(server=server, adapter=adapter, desk=desk, at=doors.address)
        finally:
            await adapter.stop()
            await web.stop()


async def install(home: House, team: str, token: str) -> tuple[int, str]:
    """Somebody installs the app in a browser, and Slack gives its leave."""
    home.server.codes["code1"] = Workspace(token=token, team=team)
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as browser:
        async with browser.get(f"{home.at}/chat/slack/install") as response:
            page, cookie = await response.text(), response.headers["Set-Cookie"].partition(";")[0]
        start = page.index("/oauth/v2/authorize?")
        asked = parse_qs(urlsplit(page[start : page.index('"', start)].replace("&amp;", "&")).query)
        assert asked["client_id"] == ["client.id"]
        assert "chat:write" in asked["scope"][0].split(",")
        back = f"{home.at}/chat/slack/oauth_redirect?code=code1&state={asked['state'][0]}"
        assert asked["redirect_uri"] == [back.partition("?")[0]]
        # The cookie is for https alone, which a browser on this machine is not.
        async with browser.get(back, headers={"Cookie": cookie}) as response:
            first = response.status, await response.text()
        async with browser.get(back, headers={"Cookie": cookie}) as response:
            assert response.status == 401
        return first


async def test_a_workspace_installs_the_app_and_its_commands_and_digests_are_its_own() -> None:
    async with house(FakeDesk(reply=Reply(heading="Answered"))) as home:
        for team, token in (("T0001", "xoxb-one"), ("T0002", "xoxb-two")):
            status, _ = await install(home, team, token)
            assert status == 200
        kept = home.desk.installations
        assert kept.names() == ["workspace/T0001", "workspace/T0002"]
        channel = home.server.world.channel(team="T0002")
        people = People(home.server, door=home.events, team="T0002")
        talk = await (await people.slash(channel, "latest country:CHN")).answered()
        assert talk.acknowledged_after is not None
        assert home.desk.asked[0][:2] == ("answer", "latest country:CHN")
        assert home.desk.asked[0][2].channel == f"slack:T0002/{channel.id}"
        assert home.desk.asked[0][2].key == f"slack:T0002/{MEMBER}"
        await (await people.slash(channel, "pause", by=CREATOR)).answered()
        assert home.desk.asked[1][2].may_manage
        sent = await home.adapter.send(f"T0002/{channel.id}", payload(), key="k")
        assert await home.adapter.find(f"T0002/{channel.id}", key="k") == sent
        with pytest.raises(DestinationGoneError):
            await home.adapter.send(f"T0001/{channel.id}", payload(), key="k2")
        with pytest.raises(DestinationGoneError, match="not installed in the workspace T0009"):
            await home.adapter.send(f"T0009/{channel.id}", payload(), key="k3")


async def test_every_kind_of_request_is_taken_over_http() -> None:
    async with house(FakeDesk(reply=Reply(heading="Answered"))) as home:
        await install(home, "T0001", "xoxb-one")
        people, channel = People(home.server, door=home.events), home.server.world.channel()
        shortcut = await (await people.shortcut(channel, {"text": "https://a.example"})).answered()
        assert shortcut.messages
        page = await people.event("app_home_opened", user=MEMBER, tab="home")
        await page.until(lambda: MEMBER in home.server.world.homes)
        again = await people.event("app_home_opened", user=MEMBER, tab="home", talk=page, again=1)
        assert again.acknowledgements == 2
        talk = await people.slash(channel, "subscribe", by=CREATOR)
        await talk.until(lambda: bool(talk.view) and "submit" in home.server.world.views[talk.view])
        assert [method for method, _, _ in home.desk.asked[:3]] == ["brief", "call", "call"]
        body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"})
        status, said = await send(home.events, body, {**signed(body), "Content-Type": "application/json"})
        assert (status, json.loads(said)) == (200, {"challenge": "abc"})


async def test_what_slack_did_not_sign_or_signed_long_ago_or_sent_before_is_refused() -> None:
    async with house() as home:
        await install(home, "T0001", "xoxb-one")
        body = encoded("slash_commands", {"command": "/brief", "text": "latest", "team_id": "T0001", "user_id": "U1"})
        form, now = {"Content-Type": "application/x-www-form-urlencoded"}, Clock().now()
        good = signed(body)
        refused = [
            {},
            {"X-Slack-Request-Timestamp": good["X-Slack-Request-Timestamp"]},
            signed(body, secret="a guess"),
            signed(body + "&text=pause"),
            signed(body, at=now - 301),
            signed(body, at=now + 301),
            {**good, "X-Slack-Request-Timestamp": str(int(now) - 1)},
            {**good, "X-Slack-Request-Timestamp": "yesterday"},
            {**good, "X-Slack-Signature": "v0=é"},
        ]
        for headers in refused:
            status, _ = await send(home.events, body, {**form, **headers})
            assert status == 401, headers
        assert home.desk.asked == []
        assert (await send(home.events, body, {**form, **good}))[0] == 200
        assert (await send(home.events, body, {**form, **good}))[0] == 401


async def test_one_workspace_is_served_over_http_with_its_token_alone() -> None:
    async with house(bot_token=Secret(TOKEN)) as home:
        channel = home.server.world.channel()
        talk = await (await People(home.server, door=home.events).slash(channel, "latest")).answered()
        assert talk.messages
        assert home.desk.asked[0][2].channel == f"slack:{channel.id}"
        assert await home.adapter.send(channel.id, payload(), key="k")
        async with aiohttp.ClientSession() as session, session.get(f"{home.at}/chat/slack/install") as response:
            assert response.status == 404


def test_where_a_whole_organization_installed_it_its_id_names_the_workspace() -> None:
    slash = {"user_id": "U1", "team_id": "T1", "enterprise_id": "E1", "channel_id": "C1"}
    assert who({**slash, "is_enterprise_install": "true"}).workspace == "E1"
    assert who({**slash, "is_enterprise_install": "false"}).workspace == "T1"
    press = {"user": {"id": "U1", "team_id": "T1"}, "team": None, "enterprise": {"id": "E1"}}
    assert who({**press, "is_enterprise_install": True}).workspace == "E1"
    assert who({**press, "is_enterprise_install": False}).workspace == "T1"
    event = {"team_id": "T1", "event": {"type": "app_home_opened", "user": "U1"}}
    everywhere = {"authorizations": [{"enterprise_id": "E1", "team_id": None, "is_enterprise_install": True}]}
    assert (who({**event, **everywhere}).workspace, who(event).workspace) == ("E1", "T1")


async def test_nothing_else_is_there() -> None:
    async with house() as home, aiohttp.ClientSession() as session:
        for path in ("/", "/chat/slack", "/chat/slack/events", "/chat/slack/tokens"):
            async with session.get(f"{home.at}{path}") as response:
                assert response.status in {404, 405}


async def test_leave_that_somebody_else_asked_for_is_not_taken() -> None:
    async with house() as home, aiohttp.ClientSession() as stranger:
        home.server.codes["code1"] = Workspace(token="xoxb-one")
        back = f"{home.at}/chat/slack/oauth_redirect?code=code1&state=made-up"
        for cookie in ("", "slack-app-oauth-state=made-up"):
            async with stranger.get(back, headers={"Cookie": cookie}) as response:
                assert response.status in {400, 401}
        assert home.desk.installations.names() == []


async def test_a_workspace_that_takes_the_app_away_is_forgotten_unless_it_installed_it_anew() -> None:
    async with house() as home:
        await install(home, "T0001", "xoxb-one")
        kept = home.desk.installations
        people = People(home.server, door=home.events)
        later = {**(kept.get("workspace/T0001") or {}), "installed_at": int(Clock().now()) + 60}
        kept.keep("workspace/T0001", later)
        for name in ("app_uninstalled", "tokens_revoked"):
            talk = await people.event(name, tokens={"bot": ["UBOT1"]})
            assert talk.acknowledgements == 1
        assert kept.names() == ["workspace/T0001"]
        kept.keep("workspace/T0001", {**later, "installed_at": 1})
        await people.event("tokens_revoked", tokens={"oauth": ["U1"]})
        talk = await people.event("app_uninstalled")
        await talk.until(lambda: True)
        for _ in range(200):
            if not kept.names():
                break
            await send(home.events, "", {})
        assert kept.names() == []


async def test_a_workspace_whose_token_is_revoked_is_named_and_the_others_go_on() -> None:
    async with house() as home:
        await install(home, "T0001", "xoxb-one")
        await install(home, "T0002", "xoxb-two")
        home.server.world.workspaces["xoxb-one"].revoked = "token_revoked"
        (problem,) = await home.adapter.health()
        assert problem.startswith("workspace T0001: Slack refuses the token (token_revoked)")
        other = home.server.world.channel(team="T0002")
        assert await home.adapter.send(f"T0002/{other.id}", payload(), key="k")


async def test_a_process_without_a_web_server_posts_and_leaves_the_requests_to_another(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with SlackServer() as server:
        desk = FakeDesk(entrance=Doors(there=False).of("slack"))
        adapter = create(server.http_settings(), desk)
        await adapter.start()
        assert await adapter.connections() == []
        assert "Slack's requests are not taken by this process" in caplog.text
        with pytest.raises(AttacheError, match=r"set \[web\] enabled = true"):
            await adapter.listen("http")
        await adapter.stop()


async def test_once_it_is_stopped_nobody_answers() -> None:
    async with house() as home:
        await home.adapter.stop()
        async with aiohttp.ClientSession() as session, session.get(f"{home.at}/chat/slack/install") as response:
            assert response.status == 404
