"""Socket Mode: connected, lost, made anew; and what is said of it meanwhile."""

from __future__ import annotations

import asyncio

import pytest

from adapters.slack import connection
from bot.domain.secret import Secret
from bot.errors import RetryLaterError, SettingsError
from tests.adapters.setup import start, until
from tests.adapters.slack_setup import adapter_on, connected
from tests.slack_server import People, SlackServer, refused
from tests.slack_server.world import Channel


async def answered(server: SlackServer, channel: Channel) -> bool:
    """Whether a command is answered."""
    talk = await (await People(server).slash(channel, "latest")).answered()
    return len(talk.messages) == 1


async def test_it_connects_with_the_apps_own_token_and_asks_for_no_public_address() -> None:
    async with SlackServer() as server, connected(server) as adapter:
        assert server.socket.opened == 1
        assert list(await adapter.health()) == []
        assert len(server.asked("apps.connections.open")) == 1


async def test_a_wrong_app_token_is_a_wrong_setting() -> None:
    async with SlackServer() as server, adapter_on(server, app_token=Secret("xapp-wrong")) as adapter:
        with pytest.raises(SettingsError, match=r"adapters.slack.app_token.*refuses the token"):
            await start(adapter)
        assert "app_token" in " ".join(await adapter.health())


async def test_a_platform_that_is_busy_at_the_start_is_tried_again() -> None:
    async with SlackServer() as server, adapter_on(server) as adapter:
        server.goes_wrong("apps.connections.open", refused("internal_error"))
        with pytest.raises(RetryLaterError):
            await start(adapter)
        await start(adapter)
        assert await answered(server, server.world.channel())


async def test_when_slack_asks_for_a_new_connection_it_gets_one() -> None:
    async with SlackServer() as server, connected(server):
        channel = server.world.channel()
        await server.socket.refresh()
        await until(lambda: server.socket.opened == 2 and len(server.socket.sockets) == 1)
        assert await answered(server, channel)


async def test_a_connection_that_is_cut_is_made_again_and_meanwhile_said_to_be_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connection, "MENDED_WITHIN", 2.0)
    async with SlackServer() as server, connected(server) as adapter:
        channel = server.world.channel()
        server.socket.lost = True
        server.socket.cut()
        async with asyncio.timeout(60):
            while not any("commands are not answered" in line for line in await adapter.health()):  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        await adapter.send(channel.id, {"text": "posting needs no connection", "blocks": []}, key="k")
        server.socket.lost = False
        await until(lambda: server.socket.opened >= 2, within=60)
        assert await answered(server, channel)
        assert list(await adapter.health()) == []
