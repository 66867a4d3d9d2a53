"""Posting on Slack: each message once, whatever becomes of the request or of its answer."""

from __future__ import annotations

import asyncio

import pytest

from adapters.slack.faults import REFUSED_FOR
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
from tests.adapters.setup import KEY, start
from tests.adapters.slack_setup import adapter_on, payload
from tests.fakes import FakeDesk, FreePaces, KeptInMemory
from tests.slack_server import SlackServer, Trouble, broken, dropped, failed, hanging, refused, throttled

POST, HISTORY = "chat.postMessage", "conversations.history"


async def test_a_post_carries_its_key_and_is_found_by_it() -> None:
    async with SlackServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        sent = await adapter.send(channel.id, payload(), key=KEY)
        (message,) = channel.messages
        assert message["metadata"] == {"event_type": "attache_post", "event_payload": {"key": KEY}}
        assert sent == message["ts"]
        assert await adapter.find(channel.id, key=KEY) == sent
        assert await adapter.find(channel.id, key="another") is None


@pytest.mark.parametrize("trouble", [broken(500, done=True), failed(done=True), dropped(done=True)])
async def test_a_post_stored_without_an_answer_is_unknown_sent_once_and_found_after_a_restart(trouble: Trouble) -> None:
    desk = FakeDesk()
    async with SlackServer() as server:
        channel = server.world.channel()
        server.goes_wrong(POST, trouble)
        async with adapter_on(server, desk) as adapter:
            with pytest.raises(UnknownOutcomeError):
                await adapter.send(channel.id, payload(), key=KEY)
        assert len(server.asked(POST)) == 1
        async with adapter_on(server, desk) as adapter:
            found = await adapter.find(channel.id, key=KEY)
        assert [found] == [message["ts"] for message in channel.messages]


@pytest.mark.parametrize("trouble", [broken(502), failed(done=False), dropped(done=False)])
async def test_a_post_lost_on_its_way_is_unknown_and_not_found(trouble: Trouble) -> None:
    async with SlackServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        await adapter.send(channel.id, payload(), key="the digest before, with the same words")
        server.goes_wrong(POST, trouble)
        with pytest.raises(UnknownOutcomeError):
            await adapter.send(channel.id, payload(), key=KEY)
        assert await adapter.find(channel.id, key=KEY) is None
        await adapter.send(channel.id, payload(), key=KEY)
        assert len(channel.messages) == 2


async def test_it_is_looked_for_in_the_minutes_in_which_it_was_tried_and_in_few_calls() -> None:
    async with SlackServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        for number in range(40):
            channel.messages.append({"ts": f"{1_700_000_000 + number}.000100", "text": "long ago"})
        sent = await adapter.send(channel.id, payload(), key=KEY)
        assert await adapter.find(channel.id, key=KEY) == sent
        (asked,) = server.asked(HISTORY)
        assert float(asked.body["latest"]) - float(asked.body["oldest"]) <= 1300
        assert float(asked.body["oldest"]) < float(sent) < float(asked.body["latest"])
        assert asked.body["include_all_metadata"] == "1"


async def test_a_search_that_slack_slows_down_goes_on_where_it_stopped() -> None:
    async with SlackServer(seconds_apart=0) as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        server.world.history_limit = 15
        sent = await adapter.send(channel.id, payload(), key=KEY)
        for number in range(40):
            server.world.post(channel, {"text": f"chat {number}"})
        for page in range(3):
            server.reads_left = 1 if page else 0
            with pytest.raises(RetryLaterError) as error:
                await adapter.find(channel.id, key=KEY)
            assert error.value.retry_after == 60
        server.reads_left = 1
        assert await adapter.find(channel.id, key=KEY) == sent


async def test_a_pause_that_slack_asks_for_is_handed_on() -> None:
    async with SlackServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        server.goes_wrong(POST, throttled(95))
        with pytest.raises(RetryLaterError) as error:
            await adapter.send(channel.id, payload(), key=KEY)
        assert error.value.retry_after == 95.0
        assert channel.messages == []
        assert len(server.asked(POST)) == 1


async def test_posts_in_one_channel_are_a_second_apart_and_in_two_they_are_not() -> None:
    async with SlackServer() as server, adapter_on(server) as adapter:
        one, other = server.world.channel(), server.world.channel()
        for channel in (one, other, one):
            await adapter.send(channel.id, payload(), key=f"{channel.id}{len(channel.messages)}")
        first, second, third = (request.at for request in server.asked(POST))
        assert second - first < 0.9
        assert third - first >= 0.95


CLOSED = ("channel_not_found", "is_archived", "not_in_channel", "restricted_action")


async def test_every_post_takes_a_turn_of_its_workspace_and_a_pause_is_for_all_workers() -> None:
    desk = FakeDesk(paces=(paces := FreePaces()))
    async with SlackServer() as server, adapter_on(server, desk) as adapter:
        channel = server.world.channel()
        server.goes_wrong("chat.postMessage", throttled(7))
        with pytest.raises(RetryLaterError):
            await adapter.send(channel.id, payload(), key=KEY)
        await adapter.send(channel.id, payload(), key=KEY)
        assert (paces.turns, paces.pauses) == (["workspace "] * 2, [("workspace ", 7.0)])


async def test_nothing_is_written_once_this_process_may_post_no_more() -> None:
    def lost() -> None:
        raise RetryLaterError("another worker has taken over")

    async with SlackServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        with pytest.raises(RetryLaterError, match="another worker"):
            await adapter.send(channel.id, payload(), key=KEY, fence=lost)
        assert server.asked("chat.postMessage") == []
        assert await adapter.send(channel.id, payload(), key=KEY, fence=lambda: None)


async def test_nothing_is_written_where_this_process_stood_still_between_headers_and_body() -> None:
    answers = [None, RetryLaterError("another worker has taken over")]

    def fence() -> None:
        if error := answers.pop(0):
            raise error

    async with SlackServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        with pytest.raises(RetryLaterError, match="another worker"):
            await adapter.send(channel.id, payload(), key=KEY, fence=fence)
        assert server.asked("chat.postMessage") == []


@pytest.mark.parametrize("code", CLOSED)
async def test_a_channel_that_is_gone_or_closed_to_us_says_so_at_the_first_try(code: str) -> None:
    async with SlackServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel(closed=code)
        with pytest.raises(DestinationGoneError, match=code):
            await adapter.send(channel.id, payload(), key=KEY)
        assert len(server.asked(POST)) == 1


async def test_a_destination_that_is_no_id_says_how_to_get_one() -> None:
    async with SlackServer() as server, adapter_on(server) as adapter:
        with pytest.raises(DestinationGoneError, match="Channel ID"):
            await adapter.send("#general", payload(), key=KEY)
        assert server.requests == []


async def test_a_message_slack_refuses_for_good_is_rejected() -> None:
    async with SlackServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        with pytest.raises(RejectedError, match=r"invalid_blocks.*51 blocks"):
            await adapter.send(channel.id, {"text": "x", "blocks": [{"type": "divider"}] * 51}, key=KEY)
        assert server.world.wrong.pop() == "51 blocks"


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "account_inactive"])
async def test_a_revoked_token_keeps_what_is_queued_and_is_not_asked_about_again_and_again(code: str) -> None:
    async with SlackServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        server.workspace.revoked = code
        for _ in range(3):
            with pytest.raises(RetryLaterError, match="refuses the token") as error:
                await adapter.send(channel.id, payload(), key="k2")
            assert error.value.retry_after == REFUSED_FOR
        assert len(server.asked(POST)) == 1
        (problem, *_) = await adapter.health()
        assert f"refuses the token ({code})" in problem
        assert "install the app again" in problem


async def test_a_wrong_token_at_the_start_is_a_wrong_setting() -> None:
    async with SlackServer() as server, adapter_on(server, bot_token=Secret("xoxb-wrong")) as adapter:
        with pytest.raises(SettingsError, match=r"adapters.slack.bot_token.*refuses the token") as error:
            await start(adapter)
        assert "xoxb" not in str(error.value)


async def test_a_missing_right_keeps_what_is_queued_and_is_named() -> None:
    async with SlackServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        server.workspace.scopes -= {"chat:write", "users:read"}
        with pytest.raises(RetryLaterError, match=r"missing_scope: chat:write.*install the app again"):
            await adapter.send(channel.id, payload(), key=KEY)
        (problem,) = await adapter.health()
        assert "without chat:write nothing can be posted" in problem
        assert "users:read" in problem


async def test_without_the_right_to_read_the_history_nobody_can_say_whether_a_post_arrived() -> None:
    async with SlackServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        await adapter.send(channel.id, payload(), key=KEY)
        server.workspace.scopes -= {"channels:history"}
        with pytest.raises(UnknownOutcomeError, match="channels:history"):
            await adapter.find(channel.id, key=KEY)
        server.workspace.scopes |= {"channels:history"}
        channel.member = False
        with pytest.raises(UnknownOutcomeError, match="/invite"):
            await adapter.find(channel.id, key=KEY)


async def test_a_platform_that_is_down_is_asked_again_later() -> None:
    async with SlackServer() as server:
        channel = server.world.channel()
        settings = server.settings()
    async with adapter_on(server, api_url=settings["api_url"]) as adapter:
        with pytest.raises(RetryLaterError, match="does not answer"):
            await adapter.send(channel.id, payload(), key=KEY)
        with pytest.raises(RetryLaterError):
            await start(adapter)
        assert "does not answer" in (await adapter.health())[0]


async def test_an_error_nobody_knows_keeps_the_message() -> None:
    async with SlackServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        server.goes_wrong(POST, refused("two_factor_setup_required"))
        with pytest.raises(RetryLaterError, match="two_factor_setup_required"):
            await adapter.send(channel.id, payload(), key=KEY)


async def test_a_picture_goes_with_its_words_once_slack_has_looked_at_it() -> None:
    async with SlackServer(seconds_apart=0) as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        picture = Image(png=b"\x89PNG\r\n", alt="Statements a month: 3 in October")
        (message,) = adapter.renderer.render(Reply(heading="Chart", sections=(Section(heading="", image=picture),)))
        await adapter.send(channel.id, message, key=KEY)
        (file,) = server.world.files.values()
        assert (file["data"], file["alt"]) == (picture.png, picture.alt)
        (block,) = [block for block in channel.messages[0]["blocks"] if block["type"] == "image"]
        assert block == {"type": "image", "slack_file": {"id": file["id"]}, "alt_text": picture.alt}


async def test_a_picture_slack_does_not_take_is_told_in_words() -> None:
    async with SlackServer() as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        picture = Image(png=b"\x89PNG\r\n", alt="Statements a month: 3 in October")
        (message,) = adapter.renderer.render(Reply(heading="Chart", sections=(Section(heading="", image=picture),)))
        server.goes_wrong("files.getUploadURLExternal", refused("invalid_arguments"))
        await adapter.send(channel.id, message, key=KEY)
        assert picture.alt in str(channel.messages[0]["blocks"])


async def test_what_cannot_be_noted_is_not_posted() -> None:
    class NoDisk(KeptInMemory):
        def get(self, name: str) -> None:
            raise AttacheError("the disk is full")

    async with SlackServer() as server, adapter_on(server, FakeDesk(installations=NoDisk())) as adapter:
        channel = server.world.channel()
        with pytest.raises(RetryLaterError, match="the disk is full"):
            await adapter.send(channel.id, payload(), key=KEY)
        assert channel.messages == []


async def test_details_stand_in_a_thread_under_their_digest() -> None:
    async with SlackServer(seconds_apart=0) as server, adapter_on(server) as adapter:
        channel = server.world.channel()
        first = await adapter.send(channel.id, payload(), key="k1")
        second = await adapter.send(channel.id, payload("part 2"), key="p2", thread=first)
        server.goes_wrong(POST, dropped(done=True))
        with pytest.raises(UnknownOutcomeError):
            await adapter.send(channel.id, payload("part 3"), key="p3", thread=first)
        assert [message.get("thread_ts") for message in channel.messages] == [None, first, first]
        assert await adapter.find(channel.id, key="p2", thread=first) == second
        assert await adapter.find(channel.id, key="p3", thread=first) == channel.messages[2]["ts"]


async def test_where_there_are_no_threads_the_details_follow_in_the_channel() -> None:
    async with SlackServer(seconds_apart=0) as server, adapter_on(server) as adapter:
        channel = server.world.channel(threads=False)
        first = await adapter.send(channel.id, payload(), key="k1")
        await adapter.send(channel.id, payload("part 2"), key="p2", thread=first)
        assert channel.texts() == ["UN cyber statements: 2 new", "part 2"]
        assert await adapter.find(channel.id, key="p2", thread=first) == channel.messages[1]["ts"]


async def test_a_server_that_never_answers_does_not_hold_the_health_check() -> None:
    async with SlackServer() as server, adapter_on(server) as adapter:
        server.goes_wrong("auth.test", hanging(done=False))
        (problem,) = await adapter.health()
        assert problem == "Slack did not answer within 9 seconds"


async def test_notes_of_posts_are_forgotten_after_a_month_but_nothing_else_is() -> None:
    kept = KeptInMemory()
    kept.keep("post/old", {"first": 1, "last": 1})
    kept.keep("another thing", {"first": 0})
    async with SlackServer() as server, adapter_on(server, FakeDesk(installations=kept)) as adapter:
        await adapter.send(server.world.channel().id, payload(), key="new")
        await start(adapter)
    assert kept.names() == ["another thing", "post/new"]


class FirstWaits(FreePaces):
    """The first turn is long in coming."""

    async def turn(self, name: str, *, every: float) -> None:
        await asyncio.sleep(0 if self.turns else 1.2)
        await super().turn(name, every=every)


async def test_a_post_that_waited_for_its_turn_is_not_followed_too_soon() -> None:
    async with SlackServer() as server, adapter_on(server, FakeDesk(paces=FirstWaits())) as adapter:
        channel = server.world.channel()
        for number in range(3):
            await adapter.send(channel.id, payload(), key=f"{KEY}{number}")
        assert len(server.asked("chat.postMessage")) == len(channel.messages) == 3
