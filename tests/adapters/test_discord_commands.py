"""Commands, buttons and ‘Brief this’ on Discord: registered, asked over the gateway, answered to whom they belong."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from adapters.discord.commands import registration
from bot.domain.asker import Asker
from bot.domain.commands import COMMANDS, Suggestion
from bot.domain.reply import Action, Image, Reply, Section
from tests.adapters.discord_setup import connected
from tests.adapters.setup import until
from tests.discord_server import GUILD, DiscordServer, broken, dropped
from tests.discord_server.limits import by_spec, complaints
from tests.discord_server.world import DM
from tests.fakes import FakeDesk

MANAGE_CHANNELS = 1 << 4
PAGED = Reply(
    heading="Latest",
    sections=(Section(heading="Chile", text="proposes"),),
    actions=(Action(label="Older", press="page:2:latest"), Action(label="Share", press="share:1:latest")),
    page=1,
    pages=2,
)


async def test_every_command_is_registered_within_the_limits() -> None:
    registered = registration()
    route = ("PUT", "/applications/{application_id}/commands", registered)
    assert [*complaints(*route, ()), *by_spec(*route)] == []
    slash, brief_this = registered
    assert [option["name"] for option in slash["options"]] == [command.name for command in COMMANDS]
    assert (brief_this["name"], brief_this["type"]) == ("Brief this", 3)
    async with DiscordServer() as server, connected(server):
        assert [command["name"] for command in server.commands] == ["brief", "Brief this"]


async def test_it_asks_for_no_privileged_intent() -> None:
    async with DiscordServer() as server, connected(server):
        (identify,) = server.gateway.said(2)
        assert identify["intents"] == 0


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
async def test_each_command_reaches_the_desk_with_its_options_and_its_answer_the_asker_alone(command: Any) -> None:
    desk = FakeDesk(reply=PAGED)
    async with DiscordServer() as server, connected(server, desk):
        channel = server.world.channel()
        options = {option.name: str((option.choices or ("x",))[0]) for option in command.every}
        talk = await (await server.slash(channel, command.name, options)).answered()
        assert desk.asked[0][:2] == ("call", f"{command.name} {options}")
        (answer,) = talk.messages
        assert answer["embeds"][0]["title"] == "Latest"
        assert talk.private(answer)
        assert channel.messages == []


async def test_it_is_known_who_asks_and_what_they_may() -> None:
    desk = FakeDesk()
    async with DiscordServer() as server, connected(server, desk):
        channel, dm = server.world.channel(), server.world.channel(kind=DM)
        for permissions in (0, MANAGE_CHANNELS, 1 << 3):
            await (await server.slash(channel, "status", permissions=permissions, locale="fr")).answered()
        await (await server.slash(dm, "status", by=7002)).answered()
        someone, manager, administrator, alone = (who for _, _, who in desk.asked)
        assert someone == Asker(
            platform="discord", user="7001", channel=f"discord:{channel.id}", team=str(GUILD), language="fr"
        )
        assert manager.may_manage
        assert administrator.may_manage
        assert alone == Asker(
            platform="discord", user="7002", channel=f"discord:{dm.id}", private=True, may_manage=True, language="en"
        )


async def test_an_answer_of_several_messages_arrives_in_order() -> None:
    long = Reply(heading="Long", sections=tuple(Section(heading=f"S{n}", text="word " * 800) for n in range(4)))
    async with DiscordServer() as server, connected(server, FakeDesk(reply=long)):
        talk = await server.slash(server.world.channel(), "latest")
        await until(lambda: len(talk.messages) == 4)
        titles = [embed["title"] for message in talk.messages for embed in message["embeds"] if "title" in embed]
        assert titles == ["Long", "S0", "S1", "S2", "S3"]
        assert all(talk.private(message) for message in talk.messages)


async def test_values_are_suggested_while_an_option_is_typed() -> None:
    desk = FakeDesk(values=[Suggestion(label="Chile", value="CHL"), Suggestion(label="China", value="CHN")])
    async with DiscordServer() as server, connected(server, desk):
        talk = await (await server.typing(server.world.channel(), "latest", "country", "chi")).answered()
        assert talk.choices == [{"name": "Chile", "value": "CHL"}, {"name": "China", "value": "CHN"}]
        assert desk.asked[0][:2] == ("suggest", "latest country chi")


async def test_no_more_than_25_values_are_suggested() -> None:
    desk = FakeDesk(values=[Suggestion(label=f"{n} " + "x" * 97, value=str(n)) for n in range(10, 40)])
    async with DiscordServer() as server, connected(server, desk):
        talk = await (await server.typing(server.world.channel(), "show", "statement", "x")).answered()
        assert [choice["value"] for choice in talk.choices] == [str(n) for n in range(10, 35)]


async def test_a_button_of_full_length_is_pressed_word_for_word() -> None:
    press = "go:search " + "安" * 90
    reply = Reply(heading="x", actions=(Action(label="y" * 80, press=press),))
    desk = FakeDesk(reply=reply)
    async with DiscordServer() as server, connected(server, desk):
        channel = server.world.channel()
        (shown,) = (await (await server.slash(channel, "latest")).answered()).messages
        await (await server.press(channel, shown, shown["components"][0]["components"][0]["custom_id"])).answered()
        assert desk.asked[1][:2] == ("press", press)


async def test_a_page_takes_the_place_of_the_one_before() -> None:
    desk = FakeDesk(reply=PAGED)
    async with DiscordServer() as server, connected(server, desk):
        channel = server.world.channel()
        first = (await (await server.slash(channel, "latest")).answered()).messages[0]
        desk.reply = replace(PAGED, heading="Latest, page 2", replaces=True, page=2, actions=())
        turned = await (await server.press(channel, first, "page:2:latest")).answered()
        assert desk.asked[1][:2] == ("press", "page:2:latest")
        (shown,) = turned.messages
        assert shown["id"] == first["id"]
        assert shown["embeds"][0]["title"] == "Latest, page 2"
        assert shown["components"] == []


async def test_an_answer_is_shared_to_the_whole_channel() -> None:
    desk = FakeDesk(reply=PAGED)
    async with DiscordServer() as server, connected(server, desk):
        channel = server.world.channel()
        first = (await (await server.slash(channel, "latest")).answered()).messages[0]
        desk.reply = replace(PAGED, private=False, actions=())
        shared = await (await server.press(channel, first, "share:1:latest")).answered()
        (shown,) = shared.messages
        assert not shared.private(shown)
        assert shown["embeds"] == first["embeds"]


async def test_a_command_whose_answer_is_for_all_is_shown_to_all() -> None:
    async with DiscordServer() as server, connected(server, FakeDesk(reply=replace(PAGED, private=False))):
        talk = await (await server.slash(server.world.channel(), "latest")).answered()
        (shown,) = talk.messages
        assert not talk.private(shown)


async def test_a_button_of_a_posted_digest_works_after_a_restart() -> None:
    desk = FakeDesk()
    action = Action(label="Brief", press="go:show 0123456789ab")
    async with DiscordServer() as server:
        channel = server.world.channel()
        async with connected(server, desk) as adapter:
            (digest,) = adapter.renderer.render(Reply(heading="Digest", actions=(action,)))
            await adapter.send(str(channel.id), digest, key="k")
        async with connected(server, desk):
            (posted,) = channel.messages
            custom_id = posted["components"][0]["components"][0]["custom_id"]
            talk = await (await server.press(channel, posted, custom_id)).answered()
        assert desk.asked[0][:2] == ("press", "go:show 0123456789ab")
        (answer,) = talk.messages
        assert talk.private(answer)
        assert answer["id"] != posted["id"]


async def test_brief_this_reads_the_address_in_any_message() -> None:
    desk = FakeDesk()
    async with DiscordServer() as server, connected(server, desk):
        channel = server.world.channel()
        written = server.world.post(channel.id, {"content": "see https://mission.example/s/1"}, {})
        embedded = server.world.post(channel.id, {"embeds": [{"title": "News", "url": "https://un.example/2"}]}, {})
        for message in (written, embedded):
            await (await server.brief_this(channel, message)).answered()
        assert [words for _, words, _ in desk.asked] == ["see https://mission.example/s/1", "\nhttps://un.example/2"]


async def test_a_picture_comes_with_the_answer_and_goes_with_the_next_page() -> None:
    chart = Section(heading="Chart", image=Image(png=b"\x89PNG", alt="three in October"))
    desk = FakeDesk(reply=Reply(heading="Statements", sections=(chart,)))
    async with DiscordServer() as server, connected(server, desk):
        channel = server.world.channel()
        (shown,) = (await (await server.slash(channel, "latest")).answered()).messages
        assert shown["attachments"][0]["description"] == "three in October"
        desk.reply = replace(PAGED, replaces=True)
        (after,) = (await (await server.press(channel, shown, "page:2:x")).answered()).messages
        assert after["attachments"] == []


async def test_who_subscribes_where_the_bot_may_not_post_is_told_so() -> None:
    async with DiscordServer() as server, connected(server, FakeDesk(reply=Reply(heading="Subscribed"))):
        channel = server.world.channel()
        talk = await server.slash(channel, "subscribe", of_the_bot=1 << 10, permissions=MANAGE_CHANNELS)
        (answer,) = (await talk.answered()).messages
        told = answer["embeds"][-1]["footer"]["text"]
        assert "give it" in told
        assert all(right in told for right in ("Send Messages", "Embed Links", "Read Message History"))


@dataclass
class SlowDesk(FakeDesk):
    """A desk whose store takes its time."""

    seconds: float = 4.0

    async def call(self, command: str, options: Any, asker: Asker) -> Reply:
        await asyncio.sleep(self.seconds)
        return await super().call(command, options, asker)


async def test_the_deadline_is_kept_however_slow_the_store() -> None:
    async with DiscordServer() as server, connected(server, SlowDesk()):
        talk = await (await server.slash(server.world.channel(), "latest")).answered()
        assert talk.acknowledged_after is not None
        assert talk.acknowledged_after < 3
        assert talk.answered_after is not None
        assert talk.answered_after > 3
        assert talk.messages


@pytest.mark.parametrize("done", [True, False])
async def test_a_lost_acknowledgement_is_made_again(done: bool) -> None:
    for trouble in (broken(502, done=done), dropped(done=done)):
        async with DiscordServer() as server, connected(server):
            server.goes_wrong("POST", "/callback", trouble)
            talk = await (await server.slash(server.world.channel(), "latest")).answered()
            assert len(talk.messages) == 1


async def test_an_interaction_that_another_process_took_is_left_to_it() -> None:
    desk = FakeDesk()
    async with DiscordServer() as server, connected(server, desk):
        talk = await server.slash(server.world.channel(), "latest", taken=True)
        await until(lambda: bool(server.asked("POST", "/callback")))
        await asyncio.sleep(0.1)
        assert talk.messages == []
        assert desk.asked == []


async def test_an_interaction_told_twice_is_answered_once() -> None:
    desk = FakeDesk()
    async with DiscordServer() as server, connected(server, desk):
        channel = server.world.channel()
        talk = await (await server.slash(channel, "latest")).answered()
        await server.slash(channel, "latest", again=talk)
        await (await server.slash(channel, "status")).answered()
        assert [words for _, words, _ in desk.asked] == ["latest {}", "status {}"]


async def test_a_lost_answer_costs_only_itself() -> None:
    async with DiscordServer() as server, connected(server):
        channel = server.world.channel()
        server.goes_wrong("PATCH", "@original", broken(503))
        talk = await (await server.slash(channel, "latest")).answered()
        assert len(talk.messages) == 1
        channel_gone = await server.slash(channel, "latest")
        server.talks.clear()
        talk = await (await server.slash(channel, "status")).answered()
        assert (len(talk.messages), channel_gone.messages) == (1, [])


async def test_stopping_lets_an_answer_under_way_finish() -> None:
    async with DiscordServer() as server:
        async with connected(server, SlowDesk(seconds=0.5)):
            talk = await server.slash(server.world.channel(), "latest")
            await until(lambda: talk.kind is not None)
        assert len(talk.messages) == 1


@dataclass
class Crowd:
    """How long people waited."""

    acknowledged: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)

    @staticmethod
    def worst(waits: Sequence[float], share: float = 0.99) -> float:
        return sorted(waits)[min(len(waits) - 1, int(len(waits) * share))]


async def test_fifty_people_at_once_are_all_acknowledged_in_time() -> None:
    crowd = Crowd()
    async with DiscordServer() as server, connected(server, FakeDesk(reply=PAGED)):
        channel = server.world.channel()
        start = time.monotonic()
        talks = await asyncio.gather(*(server.slash(channel, "latest", by=8000 + n) for n in range(50)))
        for talk in talks:
            await talk.answered()
            crowd.acknowledged.append(talk.acknowledged_after or 99)
        assert crowd.worst(crowd.acknowledged) < 3
        print(f"50 acknowledged, the slowest after {max(crowd.acknowledged):.3f} s of {time.monotonic() - start:.2f} s")
