"""Posting on Discord: each message once, whatever becomes of the request or of its answer."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.reply import Image, Reply, Section
from bot.domain.secret import Secret
from bot.errors import (
    AttacheError,
    DestinationGoneError,
    RejectedError,
    RetryLaterError,
    SettingsError,
    UnknownOutcomeError,
)
from tests.adapters.discord_setup import adapter_on, payload
from tests.adapters.setup import KEY, start
from tests.discord_server import DiscordServer, Trouble, broken, dropped, hanging, page_instead, throttled
from tests.discord_server.world import DM, MISSING_ACCESS, MISSING_PERMISSIONS, UNKNOWN_CHANNEL
from tests.fakes import FakeDesk, FreePaces, KeptInMemory

MESSAGES = "/messages"


async def test_a_post_carries_its_nonce_and_is_found_by_it_or_by_its_words() -> None:
    for tells_nonces in (True, False):
        async with DiscordServer() as server, adapter_on(server) as adapter:
            server.world.tells_nonces = tells_nonces
            channel = server.world.channel()
            sent = await adapter.send(str(channel.id), payload(), key=KEY)
            (request,) = server.asked("POST", MESSAGES)
            assert request.body["nonce"] == KEY
            assert request.body["enforce_nonce"] is True
            assert request.body["allowed_mentions"] == {"parse": []}
            assert await adapter.find(str(channel.id), key=KEY) == sent
            assert await adapter.find(str(channel.id), key="another") is None


async def test_a_key_longer_than_a_nonce_is_shortened_to_one_of_its_own() -> None:
    async with DiscordServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        for number in range(2):
            await adapter.send(str(channel.id), payload(), key=f"{'x' * 40}{number}")
        nonces = [request.body["nonce"] for request in server.asked("POST", MESSAGES)]
        assert len(set(nonces)) == 2
        assert {len(nonce) for nonce in nonces} == {24}


@pytest.mark.parametrize("trouble", [broken(500, done=True), broken(503, done=True), dropped(done=True)])
async def test_a_post_stored_without_an_answer_is_unknown_sent_once_and_found_after_a_restart(trouble: Trouble) -> None:
    desk = FakeDesk()
    async with DiscordServer() as server:
        channel = server.world.channel()
        server.goes_wrong("POST", MESSAGES, trouble)
        async with adapter_on(server, desk) as adapter:
            with pytest.raises(UnknownOutcomeError):
                await adapter.send(str(channel.id), payload(), key=KEY)
        assert len(server.asked("POST", MESSAGES)) == 1
        server.world.minutes_pass()
        async with adapter_on(server, desk) as adapter:
            found = await adapter.find(str(channel.id), key=KEY)
        assert [found] == [message["id"] for message in channel.messages]


@pytest.mark.parametrize("trouble", [broken(500), broken(502), dropped(done=False)])
async def test_a_post_lost_on_its_way_is_unknown_and_not_found(trouble: Trouble) -> None:
    async with DiscordServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        await adapter.send(str(channel.id), payload(), key="the digest before, with the same words")
        server.goes_wrong("POST", MESSAGES, trouble)
        with pytest.raises(UnknownOutcomeError):
            await adapter.send(str(channel.id), payload(), key=KEY)
        assert await adapter.find(str(channel.id), key=KEY) is None
        await adapter.send(str(channel.id), payload(), key=KEY)
        assert len(channel.messages) == 2


async def test_sent_again_within_minutes_it_is_the_message_of_the_first_time() -> None:
    async with DiscordServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        server.goes_wrong("POST", MESSAGES, dropped(done=True))
        with pytest.raises(UnknownOutcomeError):
            await adapter.send(str(channel.id), payload(), key=KEY)
        again = await adapter.send(str(channel.id), payload(), key=KEY)
        assert [again] == [message["id"] for message in channel.messages]


async def test_a_short_pause_asked_for_is_kept_and_a_long_one_handed_on() -> None:
    async with DiscordServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        server.goes_wrong("POST", MESSAGES, throttled(0.3))
        await adapter.send(str(channel.id), payload(), key=KEY)
        assert len(server.asked("POST", MESSAGES)) == 2
        server.goes_wrong("POST", MESSAGES, throttled(95.0))
        with pytest.raises(RetryLaterError) as error:
            await adapter.send(str(channel.id), payload(), key="k2")
        assert error.value.retry_after == 95.0
        server.goes_wrong("POST", MESSAGES, throttled(120.0, page=True))
        with pytest.raises(RetryLaterError) as error:
            await adapter.send(str(channel.id), payload(), key="k3")
        assert error.value.retry_after == 120.0
        assert len(channel.messages) == 1


@pytest.mark.parametrize("closed", [UNKNOWN_CHANNEL, MISSING_ACCESS, MISSING_PERMISSIONS])
async def test_a_channel_that_is_gone_or_closed_to_us_says_so_at_the_first_try(closed: tuple[int, int, str]) -> None:
    async with DiscordServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel(closed=closed)
        with pytest.raises(DestinationGoneError, match=closed[2]):
            await adapter.send(str(channel.id), payload(), key=KEY)
        with pytest.raises(DestinationGoneError):
            await adapter.find(str(channel.id), key=KEY)
        assert len(server.asked("POST", MESSAGES)) == 1


async def test_a_channel_without_the_right_to_embed_is_closed_to_us_rather_than_the_message_bad() -> None:
    async with DiscordServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel(embeds=False)
        with pytest.raises(DestinationGoneError, match="Embed Links"):
            await adapter.send(str(channel.id), payload(), key=KEY)


async def test_a_destination_that_is_no_id_says_how_to_get_one() -> None:
    async with DiscordServer() as server, adapter_on(server) as adapter:
        with pytest.raises(DestinationGoneError, match="Copy ID"):
            await adapter.send("general", payload(), key=KEY)
        assert server.requests == []


async def test_a_page_of_something_before_discord_retires_no_channel() -> None:
    async with DiscordServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        server.goes_wrong("POST", MESSAGES, page_instead(403))
        with pytest.raises(RetryLaterError):
            await adapter.send(str(channel.id), payload(), key=KEY)


async def test_a_message_discord_refuses_for_good_is_rejected() -> None:
    async with DiscordServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        with pytest.raises(RejectedError, match="400"):
            await adapter.send(str(channel.id), {"content": "x" * 2001}, key=KEY)
        assert server.complaints.pop() == "content over 2000"


async def test_a_platform_that_is_down_is_asked_again_later() -> None:
    async with DiscordServer() as server:
        channel = server.world.channel()
        settings = server.settings()
    async with adapter_on(server, api_url=settings["api_url"]) as adapter:
        with pytest.raises(RetryLaterError, match="does not answer"):
            await adapter.send(str(channel.id), payload(), key=KEY)
        with pytest.raises(RetryLaterError):
            await start(adapter)
        (problem,) = await adapter.health()
        assert "does not answer" in problem


async def test_a_revoked_token_keeps_what_is_queued_and_is_not_asked_about_again_and_again() -> None:
    async with DiscordServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        await adapter.send(str(channel.id), payload(), key=KEY)
        server.token = "another"
        for _ in range(3):
            with pytest.raises(RetryLaterError, match="refuses the token"):
                await adapter.send(str(channel.id), payload(), key="k2")
        assert len(server.asked("POST", MESSAGES)) == 2
        (problem,) = await adapter.health()
        assert "reset it at https://discord.com/developers/applications" in problem


async def test_a_wrong_token_at_the_start_is_a_wrong_setting() -> None:
    async with DiscordServer() as server, adapter_on(server, token=Secret("wrong")) as adapter:
        with pytest.raises(SettingsError, match=r"adapters.discord.token.*refuses the token") as error:
            await start(adapter)
        assert "wrong" not in str(error.value).replace("adapters.discord.token", "")


async def test_health_says_what_is_not_well_and_leaves_nothing_open() -> None:
    async with DiscordServer() as server, adapter_on(server) as adapter:
        assert await adapter.health() == []
        server.guilds = 0
        server.about["interactions_endpoint_url"] = "https://elsewhere.example/"
        elsewhere, nowhere = await adapter.health()
        assert "https://elsewhere.example/" in elsewhere
        assert "https://discord.com/oauth2/authorize?client_id=5001&scope=bot+applications.commands" in nowhere


async def test_a_picture_goes_with_its_words() -> None:
    async with DiscordServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        picture = Image(png=b"\x89PNG\r\n", alt="Statements a month: 3 in October")
        (message,) = adapter.renderer.render(Reply(heading="Chart", sections=(Section(heading="", image=picture),)))
        await adapter.send(str(channel.id), message, key=KEY)
        (stored,) = channel.messages
        assert stored["attachments"][0]["description"] == picture.alt
        assert stored["attachments"][0]["size"] == 6
        assert stored["embeds"][-1]["image"]["url"] == f"attachment://{stored['attachments'][0]['filename']}"
        server.goes_wrong("POST", MESSAGES, throttled(0.1))
        await adapter.send(str(channel.id), message, key="k2")
        assert channel.messages[1]["attachments"][0]["size"] == 6


async def test_what_cannot_be_noted_is_not_posted() -> None:
    class NoDisk(KeptInMemory):
        def get(self, name: str) -> None:
            raise AttacheError("the disk is full")

    async with DiscordServer() as server, adapter_on(server, FakeDesk(installations=NoDisk())) as adapter:
        channel = server.world.channel()
        with pytest.raises(RetryLaterError, match="the disk is full"):
            await adapter.send(str(channel.id), payload(), key=KEY)
        assert channel.messages == []


async def test_a_channel_whose_history_is_closed_cannot_be_said_to_lack_a_post() -> None:
    async with DiscordServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel(history=False)
        server.goes_wrong("POST", MESSAGES, dropped(done=True))
        with pytest.raises(UnknownOutcomeError):
            await adapter.send(str(channel.id), payload(), key=KEY)
        with pytest.raises(UnknownOutcomeError, match="Read Message History"):
            await adapter.find(str(channel.id), key=KEY)


async def test_a_post_is_found_below_hundreds_of_messages_of_others() -> None:
    async with DiscordServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        sent = await adapter.send(str(channel.id), payload(), key=KEY)
        for number in range(250):
            server.world.post(channel.id, {"content": f"chat {number}"}, {})
        assert await adapter.find(str(channel.id), key=KEY) == sent
        missing = payload("A digest that was never sent")
        server.goes_wrong("POST", MESSAGES, dropped(done=False))
        with pytest.raises(UnknownOutcomeError):
            await adapter.send(str(channel.id), missing, key="k2")
        assert await adapter.find(str(channel.id), key="k2") is None


async def test_details_stand_in_a_thread_under_their_digest() -> None:
    async with DiscordServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        first = await adapter.send(str(channel.id), payload(), key="k1")
        details = [await adapter.send(str(channel.id), payload(f"part {n}"), key=f"p{n}", thread=first) for n in (2, 3)]
        thread = server.world.channels[int(first)]
        assert thread.name == "UN cyber statements: 2 new"
        assert [message["id"] for message in thread.messages] == details
        assert len(channel.messages) == 1
        assert await adapter.find(str(channel.id), key="p3", thread=first) == details[1]
        assert len(server.asked("POST", "/threads")) == 1


@pytest.mark.parametrize("about", [{"threads": False}, {"kind": DM}])
async def test_where_there_are_no_threads_the_details_follow_in_the_channel(about: dict[str, int]) -> None:
    async with DiscordServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel(**about)
        first = await adapter.send(str(channel.id), payload(), key="k1")
        for number in (2, 3):
            await adapter.send(str(channel.id), payload(f"part {number}"), key=f"p{number}", thread=first)
        assert channel.texts() == ["UN cyber statements: 2 new", "part 2", "part 3"]
        assert await adapter.find(str(channel.id), key="p3", thread=first) == channel.messages[2]["id"]
        assert len(server.asked("POST", "/threads")) == 1


async def test_a_lost_answer_in_a_thread_is_looked_for_there() -> None:
    async with DiscordServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        first = await adapter.send(str(channel.id), payload(), key="k1")
        await adapter.send(str(channel.id), payload("part 2"), key="p2", thread=first)
        server.goes_wrong("POST", f"{first}/messages", broken(502, done=True))
        with pytest.raises(UnknownOutcomeError):
            await adapter.send(str(channel.id), payload("part 3"), key="p3", thread=first)
        thread = server.world.channels[int(first)]
        assert await adapter.find(str(channel.id), key="p3", thread=first) == thread.messages[1]["id"]


async def test_a_server_that_never_answers_does_not_hold_the_health_check() -> None:
    async with DiscordServer() as server, adapter_on(server) as adapter:
        server.goes_wrong("GET", "/oauth2/applications/@me", hanging(done=False))
        (problem,) = await adapter.health()
        assert problem == "Discord did not answer within 9 seconds"


async def test_every_request_takes_a_turn_of_the_pace_that_all_workers_share() -> None:
    desk = FakeDesk(paces=(paces := FreePaces()))
    async with DiscordServer() as server, adapter_on(server, desk) as adapter:
        channels = [server.world.channel() for _ in range(5)]
        await asyncio.gather(*(adapter.send(str(c.id), payload(), key=f"k{c.id}") for c in channels))
        assert paces.turns == ["requests"] * 5


async def test_when_the_bot_as_a_whole_is_to_wait_all_workers_do() -> None:
    desk = FakeDesk(paces=(paces := FreePaces()))
    async with DiscordServer() as server, adapter_on(server, desk) as adapter:
        channel = server.world.channel()
        server.goes_wrong("POST", MESSAGES, throttled(0.2, everywhere=True))
        with pytest.raises(RetryLaterError) as raised:
            await adapter.send(str(channel.id), payload(), key=KEY)
        assert raised.value.retry_after == 0.2
        assert (paces.pauses, len(server.asked("POST", MESSAGES))) == ([("requests", 0.2)], 1)


async def test_nothing_is_written_once_this_process_may_post_no_more() -> None:
    def lost() -> None:
        raise RetryLaterError("another worker has taken over")

    async with DiscordServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        with pytest.raises(RetryLaterError, match="another worker"):
            await adapter.send(str(channel.id), payload(), key=KEY, fence=lost)
        assert server.asked("POST", MESSAGES) == []
        assert await adapter.send(str(channel.id), payload(), key=KEY, fence=lambda: None)


async def test_nothing_is_written_where_this_process_stood_still_between_headers_and_body() -> None:
    answers = [None, RetryLaterError("another worker has taken over")]

    def fence() -> None:
        if error := answers.pop(0):
            raise error

    async with DiscordServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        with pytest.raises(RetryLaterError, match="another worker"):
            await adapter.send(str(channel.id), payload(), key=KEY, fence=fence)
        assert server.asked("POST", MESSAGES) == []


async def test_a_post_that_is_tried_again_asks_again_whether_it_may_be_written() -> None:
    asked: list[int] = []
    async with DiscordServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        server.goes_wrong("POST", MESSAGES, throttled(0.1))
        await adapter.send(str(channel.id), payload(), key=KEY, fence=lambda: asked.append(1))
        assert len(server.asked("POST", MESSAGES)) == 2
        assert len(asked) == 2 * 2, "before the headers and before the body"
