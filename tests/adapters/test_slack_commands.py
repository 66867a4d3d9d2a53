"""Commands, buttons and ‘Brief this’ on Slack: asked over Socket Mode, answered to whom they belong."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot.domain.asker import Asker
from bot.domain.commands import COMMANDS
from bot.domain.reply import Action, Image, Reply, Section
from tests.adapters.setup import until
from tests.adapters.slack_setup import connected
from tests.fakes import FakeDesk
from tests.slack_server import ADMIN, CREATOR, MEMBER, TEAM, People, SlackServer, broken, dropped, refused, throttled
from tests.slack_server.doing import labels

PAGED = Reply(
    heading="Latest",
    sections=(Section(heading="Chile", text="proposes"),),
    actions=(Action(label="Older", press="page:2:latest"), Action(label="Share", press="share:1:latest")),
    page=1,
    pages=2,
)
EXAMPLES = {
    "search": 'search "supply chain" country:CHN',
    "show": "show 0123456789ab",
    "positions": "positions ransomware",
    "compare": "compare CHN EST",
    "new": "new Chile",
    "read": "read https://mission.example/s/1",
    "why": "why 0123456789ab",
    "mark": "mark 0123456789ab wrong",
    "subscribe": 'subscribe schedule:"mon-fri 08:30"',
}


def headings(messages: Sequence[Any]) -> list[str]:
    """The header of each message."""
    return [message["blocks"][0]["text"]["text"] for message in messages if message.get("blocks")]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
async def test_each_command_reaches_the_desk_and_its_answer_the_asker_alone(command: Any) -> None:
    desk = FakeDesk(reply=PAGED)
    async with SlackServer() as server, connected(server, desk):
        channel, people = server.world.channel(), People(server)
        line = EXAMPLES.get(command.name, command.name)
        talk = await people.slash(channel, line)
        await talk.until(lambda: "Latest" in headings(talk.messages))
        assert desk.asked[-1][:2] == ("answer", line)
        answer = talk.messages[-1]
        assert answer["response_type"] == "ephemeral"
        assert channel.messages == []


async def test_a_line_is_read_as_it_was_meant() -> None:
    desk = FakeDesk()
    async with SlackServer() as server, connected(server, desk):
        people, channel = People(server), server.world.channel()
        for text in ("", " search “supply chain” country:CHN", "read <https://a.example/?x=1&amp;y=2|a.example>"):
            await people.slash(channel, text)
        await until(lambda: len(desk.asked) == 3)
        lines = [words for _, words, _ in desk.asked]
        assert sorted(lines) == ["", "read https://a.example/?x=1&y=2", 'search "supply chain" country:CHN']


async def test_it_is_known_who_asks_and_what_they_may() -> None:
    desk = FakeDesk()
    async with SlackServer() as server, connected(server, desk):
        server.world.person(MEMBER, tz="Asia/Tokyo", locale="fr-FR")
        server.world.person(CREATOR)
        server.world.person(ADMIN, is_admin=True)
        channel, people = server.world.channel(), People(server)
        mine = server.world.channel(id="D0001", with_user=MEMBER)
        others = server.world.channel(id="D0002", member=False)
        await (await people.slash(channel, "latest")).answered()
        assert desk.asked[0][2] == Asker(platform="slack", user=MEMBER, channel=f"slack:{channel.id}", team=TEAM)
        for by in (MEMBER, CREATOR, ADMIN):
            await (await people.slash(channel, "pause", by=by)).answered()
        member, creator, admin = (who for _, _, who in desk.asked[1:])
        assert (member.may_manage, creator.may_manage, admin.may_manage) == (False, True, True)
        assert (str(member.zone), member.language) == ("Asia/Tokyo", "fr")
        for place in (mine, others):
            await (await people.slash(place, "pause")).answered()
        alone, between = (who for _, _, who in desk.asked[-2:])
        assert (alone.private, alone.may_manage, alone.channel) == (True, True, "slack:D0001")
        assert (between.private, between.may_manage, between.channel) == (True, False, None)


async def test_where_slack_does_not_say_who_somebody_is_they_may_not_manage() -> None:
    desk = FakeDesk()
    async with SlackServer() as server, connected(server, desk):
        channel = server.world.channel()
        server.workspace.scopes -= {"users:read"}
        server.goes_wrong("conversations.info", broken(500))
        await (await People(server).slash(channel, "pause", by=CREATOR)).answered()
        assert desk.asked[0][2].may_manage is False


async def test_a_look_up_asks_slack_nothing() -> None:
    async with SlackServer() as server, connected(server):
        asked = len(server.requests)
        await (await People(server).slash(server.world.channel(), "latest")).answered()
        assert [request.method for request in server.requests[asked:]] == ["respond"]


async def test_an_answer_of_several_messages_arrives_in_order_also_where_the_address_is_used_up() -> None:
    long = Reply(heading="Long", sections=tuple(Section(heading=f"S{n}", text="word " * 2000) for n in range(8)))
    async with SlackServer() as server, connected(server, FakeDesk(reply=long)):
        channel = server.world.channel()
        talk = await People(server).slash(channel, "latest")
        await until(lambda: len(talk.messages) + len(server.world.whispers) == 8)
        shown = [*talk.messages, *(message for _, _, message in server.world.whispers)]
        found = [f"S{n}" for message in shown for n in range(8) if f"'S{n}'" in str(message["blocks"])]
        assert found == [f"S{n}" for n in range(8)]
        assert len(talk.messages) == 5
        assert {user for _, user, _ in server.world.whispers} == {MEMBER}
        assert channel.messages == []


async def test_where_the_app_is_not_the_rest_of_a_long_answer_comes_directly() -> None:
    long = Reply(heading="Long", sections=tuple(Section(heading=f"S{n}", text="word " * 2000) for n in range(6)))
    async with SlackServer(seconds_apart=0) as server, connected(server, FakeDesk(reply=long)):
        channel, direct = server.world.channel(member=False), server.world.channel(id=MEMBER)
        talk = await People(server).slash(channel, "latest")
        await until(lambda: len(direct.messages) == 1)
        assert len(talk.messages) == 5


async def test_a_page_takes_the_place_of_the_one_before() -> None:
    desk = FakeDesk(reply=PAGED)
    async with SlackServer() as server, connected(server, desk):
        channel, people = server.world.channel(), People(server)
        (first,) = (await (await people.slash(channel, "latest")).answered()).messages
        desk.reply = replace(PAGED, heading="Latest, page 2", replaces=True, page=2, actions=())
        turned = await (await people.press(channel, first, "Older")).answered()
        assert desk.asked[1][:2] == ("press", "page:2:latest")
        (shown,) = turned.messages
        assert shown["replace_original"] is True
        assert headings([first]) == ["Latest, page 2"]


async def test_an_answer_is_shared_to_the_whole_channel_and_the_askers_own_stays() -> None:
    desk = FakeDesk(reply=PAGED)
    async with SlackServer() as server, connected(server, desk):
        channel, people = server.world.channel(), People(server)
        (first,) = (await (await people.slash(channel, "latest")).answered()).messages
        desk.reply = replace(PAGED, private=False, actions=())
        shared = await (await people.press(channel, first, "Share")).answered()
        assert headings(shared.public()) == ["Latest"]
        assert shared.messages[0]["replace_original"] is False
        assert headings([first]) == ["Latest"]


async def test_a_button_of_a_posted_digest_works_after_a_restart_and_leaves_the_digest_as_it_is() -> None:
    desk = FakeDesk(reply=replace(PAGED, replaces=True))
    action = Action(label="Brief", press="go:show 0123456789ab")
    async with SlackServer() as server:
        channel = server.world.channel()
        async with connected(server, desk) as adapter:
            (digest,) = adapter.renderer.render(Reply(heading="Digest", actions=(action,)))
            await adapter.send(channel.id, digest, key="k")
        async with connected(server, desk):
            talk = await (await People(server).press(channel, channel.messages[0], "Brief")).answered()
        assert desk.asked[0][:2] == ("press", "go:show 0123456789ab")
        (answer,) = talk.messages
        assert (answer["response_type"], answer["replace_original"]) == ("ephemeral", False)
        assert headings(channel.messages) == ["Digest"]


async def test_a_button_that_opens_an_address_is_acknowledged_and_nothing_more() -> None:
    desk = FakeDesk(reply=replace(PAGED, actions=(Action(label="Source", url="https://un.example/1"),)))
    async with SlackServer() as server, connected(server, desk):
        channel, people = server.world.channel(), People(server)
        (first,) = (await (await people.slash(channel, "latest")).answered()).messages
        talk = await (await people.press(channel, first, "Source")).acknowledged()
        await asyncio.sleep(0.1)
        assert (talk.messages, len(desk.asked)) == ([], 1)


async def test_brief_this_reads_the_address_in_any_message() -> None:
    desk = FakeDesk()
    link = {"type": "link", "url": "https://un.example/2", "text": "here"}
    rich = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [link]}]}
    async with SlackServer() as server, connected(server, desk):
        channel, people = server.world.channel(), People(server)
        for message in (
            {"text": "see <https://mission.example/s/1?a=1&amp;b=2|this>"},
            {"text": "", "blocks": [rich]},
            {"text": "", "attachments": [{"title": "News", "title_link": "https://un.example/3"}]},
        ):
            talk = await (await people.shortcut(channel, message)).answered()
            assert talk.messages[0]["response_type"] == "ephemeral"
        said = [words for method, words, _ in desk.asked if method == "brief"]
        assert said == ["see https://mission.example/s/1?a=1&b=2", "here\nhttps://un.example/2", "https://un.example/3"]


async def test_whoever_asks_for_a_page_to_be_read_is_told_that_it_takes_a_while() -> None:
    async with SlackServer() as server, connected(server, SlowDesk(seconds=0.3)):
        talk = await People(server).slash(server.world.channel(), "read https://mission.example/s/1")
        await talk.until(lambda: len(talk.messages) == 2)
        assert "may take a minute" in talk.messages[0]["text"]


async def test_a_picture_comes_with_the_answer_or_its_words_do() -> None:
    chart = Section(heading="Chart", image=Image(png=b"\x89PNG", alt="three in October"))
    async with SlackServer() as server, connected(server, FakeDesk(reply=Reply(heading="Months", sections=(chart,)))):
        channel, people = server.world.channel(), People(server)
        (shown,) = (await (await people.slash(channel, "latest")).answered()).messages
        assert shown["blocks"][-1]["slack_file"]["id"] in server.world.files
        server.goes_wrong("respond", refused("invalid_blocks"))
        (told,) = (await (await people.slash(channel, "latest")).answered()).messages
        assert "three in October" in str(told["blocks"])


@dataclass
class SlowDesk(FakeDesk):
    """A desk whose store takes its time."""

    seconds: float = 4.0

    async def answer(self, line: str, asker: Asker) -> Reply:
        await asyncio.sleep(self.seconds)
        return await super().answer(line, asker)

    async def call(self, command: str, options: Any, asker: Asker) -> Reply:
        await asyncio.sleep(self.seconds)
        return await super().call(command, options, asker)


async def test_the_deadline_is_kept_however_slow_the_store() -> None:
    async with SlackServer() as server, connected(server, SlowDesk()):
        talk = await (await People(server).slash(server.world.channel(), "latest")).answered()
        assert talk.acknowledged_after is not None
        assert talk.acknowledged_after < 3
        assert talk.answered_after is not None
        assert talk.answered_after > 3
        assert talk.messages


@pytest.mark.parametrize("trouble", [broken(502), dropped(done=False), throttled(1)])
async def test_an_answer_lost_on_its_way_is_given_again(trouble: Any) -> None:
    async with SlackServer() as server, connected(server):
        server.goes_wrong("respond", trouble)
        talk = await (await People(server).slash(server.world.channel(), "latest")).answered()
        assert len(talk.messages) == 1


async def test_an_answer_for_the_channel_whose_outcome_is_unknown_is_not_given_twice() -> None:
    desk = FakeDesk(reply=PAGED)
    async with SlackServer() as server, connected(server, desk):
        channel, people = server.world.channel(), People(server)
        (first,) = (await (await people.slash(channel, "latest")).answered()).messages
        desk.reply = replace(PAGED, private=False, actions=())
        server.goes_wrong("respond", dropped(done=True))
        shared = await (await people.press(channel, first, "Share")).answered()
        await asyncio.sleep(1.0)
        assert len(shared.public()) == 1


async def test_what_comes_twice_is_answered_once() -> None:
    desk = FakeDesk(reply=PAGED)
    async with SlackServer() as server, connected(server, desk):
        channel, people = server.world.channel(), People(server)
        talk = await (await people.slash(channel, "latest")).answered()
        await people.slash(channel, "latest", talk=talk)
        await talk.until(lambda: talk.acknowledgements == 2)
        press = await (await people.press(channel, talk.messages[0], "Older")).answered()
        await people.press(channel, talk.messages[0], "Older", talk=press)
        home = await people.event("app_home_opened", user=MEMBER, tab="home")
        await home.until(lambda: MEMBER in server.world.homes)
        await people.event("app_home_opened", user=MEMBER, tab="home", talk=home, again=1)
        await home.until(lambda: home.acknowledgements == 2)
        await asyncio.sleep(0.1)
        assert [method for method, _, _ in desk.asked] == ["answer", "press", "call", "call"]


async def test_stopping_lets_an_answer_under_way_finish() -> None:
    async with SlackServer() as server:
        async with connected(server, SlowDesk(seconds=0.5)):
            talk = await (await People(server).slash(server.world.channel(), "latest")).acknowledged()
        assert len(talk.messages) == 1


@dataclass
class Crowd:
    """How long people waited."""

    waits: list[float] = field(default_factory=list)

    def worst(self, share: float = 0.99) -> float:
        return sorted(self.waits)[min(len(self.waits) - 1, int(len(self.waits) * share))]


async def test_fifty_people_at_once_are_answered_at_once() -> None:
    acknowledged, answered = Crowd(), Crowd()
    async with SlackServer() as server, connected(server, FakeDesk(reply=PAGED)):
        channel, people = server.world.channel(), People(server)
        talks = await asyncio.gather(*(people.slash(channel, "latest", by=f"U{n}") for n in range(50)))
        for talk in talks:
            await talk.answered()
            acknowledged.waits.append(talk.acknowledged_after or 99)
            answered.waits.append(talk.answered_after or 99)
        print(f"50 at once: acknowledged p99 {acknowledged.worst():.3f} s, answered p99 {answered.worst():.3f} s")
        assert acknowledged.worst() < 3


async def test_a_hundred_presses_at_once_are_all_answered_each_to_its_own() -> None:
    desk = FakeDesk(reply=PAGED)
    async with SlackServer() as server, connected(server, desk):
        channel, people = server.world.channel(), People(server)
        (first,) = (await (await people.slash(channel, "latest")).answered()).messages
        start = time.monotonic()
        talks = await asyncio.gather(*(people.press(channel, dict(first), "Older", by=f"U{n}") for n in range(100)))
        for talk in talks:
            await talk.answered()
        pressed = [who.user for method, _, who in desk.asked if method == "press"]
        print(f"100 presses answered within {time.monotonic() - start:.2f} s")
        assert sorted(pressed) == sorted(f"U{n}" for n in range(100))
        assert all(len(talk.messages) == 1 and talk.acknowledgements == 1 for talk in talks)


async def test_under_what_a_channel_is_told_stand_the_ways_to_change_it() -> None:
    async with SlackServer() as server, connected(server, FakeDesk(reply=PAGED)):
        (shown,) = (await (await People(server).slash(server.world.channel(), "subscriptions")).answered()).messages
        assert labels(shown["blocks"]) == ["Older", "Share", "Change …", "Schedule …"]
