"""The port ChatAdapter, on every adapter that is installed: add yours to `SETTINGS` and `places`.

A place is somewhere a real adapter posts to, over a real socket or to a real file, and what can be seen there.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from adapters.apprise.adapter import create as create_apprise
from adapters.console import create as create_console
from adapters.discord.adapter import create as create_discord
from adapters.slack.adapter import create as create_slack
from bot.domain.reply import IN_THREAD, Image, Reply, Section
from bot.errors import DestinationGoneError, RetryLaterError, SettingsError, UnknownOutcomeError
from bot.plugins import ADAPTERS, installed
from bot.ports import ChatAdapter
from tests.adapters.samples import HOSTILE, ORDINARY
from tests.discord_server import DiscordServer
from tests.fakes import FakeDesk
from tests.servers import HttpServer, page
from tests.slack_server import SlackServer

PNG = bytes.fromhex("89504e470d0a1a0a")
LONG = Reply(
    heading="UN cyber statements: 40 new",
    sections=tuple(Section(heading=f"Statement {n}", text=f"said{n} " * 200) for n in range(40)),
    thread=True,
)


@dataclass
class Place:
    """An adapter that is not started, a destination that is there, one that is not, and what was posted so far.

    `looks_back` is False for an adapter whose platform cannot be asked what it has.
    """

    adapter: ChatAdapter
    destination: str
    gone: str
    posted: Callable[[], str]
    looks_back: bool = True


async def console_place(folder: Path, opened: AsyncExitStack) -> Place:
    file = folder / "digests.txt"
    return Place(
        adapter=create_console({}, FakeDesk()),
        destination=f"file:{file}",
        gone=f"file:{folder / 'no' / 'digests.txt'}",
        posted=lambda: file.read_text(encoding="utf-8") if file.exists() else "",
    )


async def apprise_place(folder: Path, opened: AsyncExitStack) -> Place:
    web = await opened.enter_async_context(HttpServer())
    web.route("/hook", page("ok"))
    here = web.url("/hook").replace("http://", "json://")
    return Place(
        adapter=create_apprise({"urls": {"desk": here}}, FakeDesk()),
        destination="desk",
        gone=web.url("/elsewhere").replace("http://", "json://"),
        posted=lambda: "\n".join(json.loads(r.body)["message"] for r in web.requests if r.path == "/hook"),
        looks_back=False,
    )


async def discord_place(folder: Path, opened: AsyncExitStack) -> Place:
    server = await opened.enter_async_context(DiscordServer())
    channel = server.world.channel()

    def posted() -> str:
        everywhere = [message for place in server.world.channels.values() for message in place.messages]
        embeds = [embed for message in everywhere for embed in message["embeds"]]
        return "\n".join(f"{embed.get('title', '')}\n{embed.get('description', '')}" for embed in embeds)

    adapter = create_discord(server.settings(), FakeDesk())
    return Place(adapter=adapter, destination=str(channel.id), gone="1", posted=posted)


async def slack_place(folder: Path, opened: AsyncExitStack) -> Place:
    server = await opened.enter_async_context(SlackServer())
    channel = server.world.channel()

    def posted() -> str:
        return "\n".join(words for message in channel.messages for words in texts(message["blocks"]))

    return Place(
        adapter=create_slack(server.settings(), FakeDesk()), destination=channel.id, gone="C0GONE", posted=posted
    )


def texts(value: Any) -> Iterator[str]:
    """Every text in some blocks, in order."""
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


PLACES: dict[str, Callable[[Path, AsyncExitStack], Awaitable[Place]]] = {
    "apprise": apprise_place,
    "console": console_place,
    "discord": discord_place,
    "slack": slack_place,
}


@pytest.fixture(params=sorted(PLACES))
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Place]:
    async with AsyncExitStack() as opened:
        made = await PLACES[request.param](tmp_path, opened)
        await made.adapter.start()
        for connection in await made.adapter.connections():
            await made.adapter.listen(connection)
        yield made
        await made.adapter.stop()


async def post(place: Place, reply: Reply, prefix: str = "k") -> list[str]:
    """Post a reply as a digest is posted: part by part, the later ones under the first. The ids."""
    ids: list[str] = []
    for number, payload in enumerate(place.adapter.renderer.render(reply)):
        body = {key: value for key, value in payload.items() if key != IN_THREAD}
        under = ids[0] if payload.get(IN_THREAD) else None
        ids.append(await place.adapter.send(place.destination, body, key=f"{prefix}{number:022}", thread=under))
    return ids


def test_every_adapter_that_is_installed_is_tried_here() -> None:
    assert set(installed(ADAPTERS)) - NOT_YET == set(PLACES)


# Adapters under construction: none may stay here.
NOT_YET: set[str] = set()


async def test_what_is_sent_arrives_whole(place: Place) -> None:
    assert all(await post(place, ORDINARY))
    for words in (
        "Chile proposes a register of contact points.",
        "We reject ransom payments.",
        "تدعو مصر إلى التعاون.",
    ):
        assert place.posted().count(words) == 1


async def test_a_long_one_arrives_in_order_and_loses_nothing(place: Place) -> None:
    await post(place, LONG)
    said = re.findall(r"\bsaid(\d+)\b", place.posted())
    assert said == [str(number) for number in range(40) for _ in range(200)]


async def test_each_message_has_an_id_of_its_own(place: Place) -> None:
    ids = [*await post(place, ORDINARY, "a"), *await post(place, ORDINARY, "b")]
    assert len(set(ids)) == len(ids)
    assert all(isinstance(each, str) and each for each in ids)


async def test_what_was_sent_is_found_under_its_key_and_nothing_else_is(place: Place) -> None:
    (payload, *_) = place.adapter.renderer.render(ORDINARY)
    keys: Sequence[str] = ("a" * 24, "b" * 24)
    if not place.looks_back:
        await place.adapter.send(place.destination, payload, key=keys[0])
        for key in keys:
            with pytest.raises(UnknownOutcomeError):
                await place.adapter.find(place.destination, key=key)
        return
    assert await place.adapter.find(place.destination, key=keys[0]) is None
    id = await place.adapter.send(place.destination, payload, key=keys[0])
    assert await place.adapter.find(place.destination, key=keys[0]) == id
    assert await place.adapter.find(place.destination, key=keys[1]) is None


async def test_a_destination_that_is_gone_is_told_before_anything_is_posted(place: Place) -> None:
    found = await place.adapter.reach([place.destination, place.gone])
    assert place.destination not in found
    if place.looks_back:
        assert found[place.gone]
    assert place.posted() == ""


async def test_nothing_is_posted_where_this_process_may_post_no_more(place: Place) -> None:
    def lost() -> None:
        raise RetryLaterError("another worker has taken over")

    (payload, *_) = place.adapter.renderer.render(ORDINARY)
    with pytest.raises(RetryLaterError, match="another worker"):
        await place.adapter.send(place.destination, payload, key="f" * 24, fence=lost)
    assert place.posted() == ""
    asked: list[str] = []
    await place.adapter.send(place.destination, payload, key="f" * 24, fence=lambda: asked.append("may I"))
    assert asked
    assert place.posted()


async def test_it_posts_while_nobody_listens_and_listens_again(place: Place) -> None:
    (payload, *_) = place.adapter.renderer.render(ORDINARY)
    names = list(await place.adapter.connections())
    assert len(set(names)) == len(names)
    for name in (*names, *names):
        await place.adapter.hang_up(name)
    assert await place.adapter.send(place.destination, payload, key="h" * 24)
    for name in names:
        await place.adapter.listen(name)
    assert list(await place.adapter.health()) == []


async def test_a_destination_that_is_not_there_is_gone(place: Place) -> None:
    (payload, *_) = place.adapter.renderer.render(ORDINARY)
    with pytest.raises(DestinationGoneError) as raised:
        await place.adapter.send(place.gone, payload, key="k" * 24)
    assert str(raised.value)
    assert place.posted() == ""


async def test_hostile_text_and_pictures_are_posted_like_any_other(place: Place) -> None:
    section = Section(heading=HOSTILE, text=HOSTILE, image=Image(png=PNG, alt=HOSTILE))
    await post(place, Reply(heading=HOSTILE, intro=HOSTILE, sections=(section,), footer=HOSTILE))
    assert "\x1b" not in place.posted()
    assert "\u202e" not in place.posted()


async def test_it_says_how_it_fares_started_or_not(place: Place) -> None:
    assert list(await place.adapter.health()) == []
    await place.adapter.stop()
    assert all(isinstance(line, str) for line in await place.adapter.health())


@pytest.mark.parametrize("create", [create_apprise, create_console, create_discord, create_slack])
def test_a_setting_it_does_not_have_is_named(create: Callable[..., ChatAdapter]) -> None:
    with pytest.raises(SettingsError, match="colour"):
        create({"colour": "red"}, FakeDesk())
