"""The gateway connection on Discord: kept, resumed, made again; what cannot be mended is said."""

from __future__ import annotations

import asyncio

import pytest

from bot.errors import AttacheError, RetryLaterError
from tests.adapters.discord_setup import adapter_on, connected
from tests.adapters.setup import start, until
from tests.discord_server import DiscordServer, broken
from tests.discord_server.gateway import IDENTIFY, RESUME
from tests.fakes import FakeDesk


async def test_it_identifies_beats_and_leaves() -> None:
    async with DiscordServer() as server:
        server.gateway.heartbeat = 100
        async with connected(server) as adapter:
            await until(lambda: server.gateway.heartbeats >= 4)
            assert await adapter.health() == []
        assert len(server.gateway.said(IDENTIFY)) == 1
        await until(lambda: not server.gateway.sockets)


async def test_what_was_asked_while_the_connection_was_cut_is_answered_after_it_is_resumed() -> None:
    desk = FakeDesk()
    async with DiscordServer() as server, connected(server, desk):
        channel = server.world.channel()
        await (await server.slash(channel, "latest")).answered()
        server.gateway.cut()
        talk = await server.slash(channel, "status")
        await talk.answered(within=60)
        assert len(server.gateway.said(RESUME)) == 1
        assert [words for _, words, _ in desk.asked] == ["latest {}", "status {}"]


async def test_a_session_discord_has_forgotten_is_begun_anew() -> None:
    async with DiscordServer() as server, connected(server):
        server.gateway.sessions.clear()
        await server.gateway.close(4000)
        await until(lambda: len(server.gateway.sessions) == 1, within=60)
        assert len(server.gateway.said(IDENTIFY)) == 2
        await (await server.slash(server.world.channel(), "latest")).answered()


async def test_a_token_revoked_in_the_midst_is_told_and_not_tried_again_and_again() -> None:
    async with DiscordServer() as server, connected(server) as adapter:
        await server.gateway.close(4004)
        await asyncio.sleep(0.5)
        (problem,) = await adapter.health()
        assert "commands are not answered" in problem
        assert "4004" in problem
        assert len(server.gateway.said(IDENTIFY)) == 1


async def test_a_gateway_that_is_away_is_tried_again_by_whoever_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.discord.gateway.CONNECTED_WITHIN", 1.0)
    async with DiscordServer() as server, adapter_on(server) as adapter:
        server.gateway.away = True
        with pytest.raises(RetryLaterError, match="gateway does not answer"):
            await start(adapter)
        server.gateway.away = False
        await start(adapter)
        await (await server.slash(server.world.channel(), "latest")).answered()


async def test_commands_that_cannot_be_registered_now_are_registered_at_the_next_start() -> None:
    async with DiscordServer() as server, adapter_on(server) as adapter:
        server.goes_wrong("PUT", "/commands", broken(503))
        with pytest.raises(RetryLaterError):
            await start(adapter)
        await start(adapter)
        assert len(server.commands) == 2


async def test_the_api_says_where_the_gateway_is_and_how_many_connections_it_wants() -> None:
    async with DiscordServer() as server:
        server.gateway.shards = 2
        settings = server.settings()
        del settings["gateway_url"]
        async with adapter_on(server, gateway_url=None) as adapter:
            await start(adapter)
            await until(lambda: len(server.gateway.sessions) == 2, within=60)
        assert sorted(identify["shard"] for identify in server.gateway.said(IDENTIFY)) == [[0, 2], [1, 2]]


async def test_it_does_not_spend_the_last_connection_of_the_day() -> None:
    async with DiscordServer(identifies_left=0) as server, adapter_on(server) as adapter:
        with pytest.raises(RetryLaterError, match="too many gateway connections") as error:
            await start(adapter)
        assert error.value.retry_after == 60
        assert server.gateway.said(IDENTIFY) == []


async def test_a_worker_posts_without_a_gateway_connection() -> None:
    async with DiscordServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        await adapter.send(str(channel.id), {"content": "hello"}, key="k")
        assert server.gateway.received == []


async def test_an_unexpected_end_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.discord.gateway.FIRST_PAUSE", 0.2)
    async with DiscordServer() as server, connected(server) as adapter:
        # An event that the SDK cannot read ends its client.
        await server.gateway.tell("READY", {}, guild=None)
        await until(lambda: len(server.gateway.said(IDENTIFY)) == 2, within=60)
        await (await server.slash(server.world.channel(), "latest")).answered()
        assert await adapter.health() == []


async def test_stopping_unstarted_or_twice_does_no_harm() -> None:
    async with DiscordServer() as server, connected(server) as adapter:
        await adapter.stop()
        await adapter.stop()
    async with DiscordServer() as server, adapter_on(server) as adapter:
        await adapter.stop()
        with pytest.raises(AttacheError):
            await adapter.send("1", {"content": "x"}, key="k")
