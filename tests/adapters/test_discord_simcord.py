"""A second opinion: the same client on simcord's Discord, which others wrote and which checks what it is sent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest
import simcord

from adapters.discord.answers import Answers
from adapters.discord.gateway import Client
from adapters.discord.render import renderer
from bot.domain.commands import COMMANDS, Command, Suggestion
from bot.domain.reply import Action, Image, Reply, Section
from tests.fakes import FakeDesk

ANSWER = Reply(
    heading="Latest",
    intro="2 found",
    sections=(Section(heading="Chile", url="https://mission.example/1", text="proposes"),),
    actions=(
        Action(label="Older", press="page:2:latest"),
        Action(label="Share to channel", press="share:1:latest"),
        Action(label="Open", url="https://attache.example/"),
    ),
    pages=2,
)


@dataclass
class Scene:
    """A server with a channel and one person in it."""

    env: simcord.Env
    desk: FakeDesk
    channel: simcord.ChannelHandle
    person: simcord.MemberActor


@asynccontextmanager
async def scene() -> AsyncIterator[Scene]:
    desk = FakeDesk(reply=ANSWER)
    async with simcord.run(Client(Answers(desk, renderer), shard=0, count=1), shard_count=1) as env:
        guild = env.create_guild()
        yield Scene(env, desk, guild.create_text_channel("cyber"), guild.add_member(env.create_user("someone")))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
async def test_each_command_is_registered_and_answered_to_the_asker_alone(command: Command) -> None:
    async with scene() as at:
        options = {option.name: str((option.choices or ("x",))[0]) for option in command.every}
        result = await at.person.slash(at.channel, f"brief {command.name}", **options)
        assert result.acknowledged
        assert result.ephemeral
        assert result.response is not None
        assert result.response.embeds[0].title == "Latest"
        assert at.desk.asked[0][:2] == ("call", f"{command.name} {options}")


async def test_values_are_suggested() -> None:
    async with scene() as at:
        at.desk.values = [Suggestion(label="Chile", value="CHL")]
        choices = await at.person.autocomplete(at.channel, "brief latest", "country", "chi")
        assert choices == [{"name": "Chile", "value": "CHL"}]


async def test_pages_turn_and_an_answer_is_shared() -> None:
    async with scene() as at:
        first = await at.person.slash(at.channel, "brief latest")
        assert first.response is not None
        at.desk.reply = replace(ANSWER, heading="Page 2", replaces=True)
        await at.person.click(first.response, label="Older")
        assert first.response.embeds[0].title == "Page 2"
        at.desk.reply = replace(ANSWER, private=False, actions=())
        shared = await at.person.click(first.response, label="Share to channel")
        (shown,) = shared.followups
        assert not shown.ephemeral
        assert shown.embeds[0].title == "Latest"


async def test_a_button_works_after_a_restart() -> None:
    async with scene() as at:
        first = await at.person.slash(at.channel, "brief latest")
        assert first.response is not None
        desk = FakeDesk(reply=replace(ANSWER, heading="After", replaces=True))
        await at.env.restart_bot(Client(Answers(desk, renderer), shard=0, count=1))
        await at.person.click(first.response, custom_id="page:2:latest")
        assert desk.asked[0][:2] == ("press", "page:2:latest")


async def test_brief_this() -> None:
    async with scene() as at:
        message = await at.person.send(at.channel, "see https://mission.example/s/1")
        result = await at.person.context_menu(at.channel, "Brief this", message)
        assert result.ephemeral
        assert at.desk.asked[0][:2] == ("brief", "see https://mission.example/s/1")


async def test_a_picture_arrives() -> None:
    async with scene() as at:
        picture = Image(png=b"\x89PNG\r\n\x1a\n", alt="three in October")
        at.desk.reply = Reply(heading="Chart", sections=(Section(heading="", image=picture),))
        result = await at.person.slash(at.channel, "brief latest")
        assert result.response is not None
        (attached,) = result.response.attachments
        assert attached.description == "three in October"
