"""`attache run` on Discord: a process, a database, sources and a Discord of our own on real sockets, the real clock."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from bot.domain.commands import COMMANDS
from bot.infra.clock import SystemClock
from tests.adapters.setup import until as until_so
from tests.discord_server import TOKEN, DiscordServer, Talk, dropped, hanging, throttled
from tests.discord_server.world import MISSING_ACCESS, Channel
from tests.end_to_end.crowd import DEADLINE, SOURCES, busy_service, crowd, worst, write_settings
from tests.end_to_end.test_run import DEMO, SOURCE, running, sample_sources

# The last statement of the demo’s digest, in its third message.
LAST = "Выступление в ходе открытых дебатов Совета Безопасности ООН по киберугрозам жизненно важным службам"
OPTIONS = {
    "search": {"words": "ransom"},
    "show": {"statement": "0000"},
    "positions": {"topic": "ransomware"},
    "compare": {"state": "JPN", "with": "KEN"},
    "new": {"state": "Japan"},
    "chart": {"name": "timeline"},
    "read": {"address": "http://127.0.0.1:1/nowhere"},
    "why": {"statement": "0000"},
    "subscribe": {"topic": "norms"},
}


def headings(server: DiscordServer) -> list[str]:
    """Every title that stands anywhere, in the order of posting."""
    everywhere = [message for channel in server.world.channels.values() for message in channel.messages]
    ordered = sorted(everywhere, key=lambda message: int(message["id"]))
    return [embed["title"] for message in ordered for embed in message["embeds"] if "title" in embed]


async def test_a_digest_arrives_once_though_the_service_is_killed_while_an_answer_is_on_its_way(tmp_path: Path) -> None:
    async with sample_sources() as web, DiscordServer() as server:
        channel, closed = server.world.channel(), server.world.channel(closed=MISSING_ACCESS)
        names = {"un-news.rss": "feed", "mission-a.atom": "feed", "mission-b.html": "page"}
        sources = "".join(SOURCE.format(name=name, kind=kind, url=web.url(f"/{name}")) for name, kind in names.items())
        sources += SOURCE.format(name="folder", kind="folder", url=DEMO / "folder")
        due = (SystemClock().now() + timedelta(seconds=85)).replace(second=0, microsecond=0)
        write_settings(tmp_path, sources, server, due, channel, closed)
        server.goes_wrong("POST", f"{channel.id}/messages", throttled(0.2), hanging(done=True))
        async with running(tmp_path) as service:
            await until_so(lambda: len(channel.messages) == 1, within=120)
            service.kill()
            await service.wait()
        server.world.minutes_pass()  # the nonce no longer helps
        server.goes_wrong("POST", "/messages", dropped(done=False), dropped(done=True))
        async with running(tmp_path) as service:
            await until_so(lambda: LAST in headings(server), within=120)
            await asyncio.sleep(15)  # time for what must not come: the same again
        assert service.returncode == 0
        titles = headings(server)
        assert titles[0] == "UN cyber statements: 9 new"
        assert len(titles) == len(set(titles)) == 11  # the digest’s own, what is in short, and nine statements
        (first,) = channel.messages
        assert server.world.channels[int(first["id"])].parent == channel.id
        assert len(server.asked("POST", f"{closed.id}/messages")) == 1
        log = (tmp_path / "log.txt").read_text(encoding="utf-8")
        assert f"discord:{closed.id}: the bot may not post there (Missing Access)" in log
        assert TOKEN not in log


async def test_every_command_is_answered_and_fifty_people_at_once_while_two_hundred_sources_are_polled(
    tmp_path: Path,
) -> None:
    async with busy_service(tmp_path) as busy:
        talks = await crowd(busy)
        polled = busy.polled
        report(f"while {SOURCES} sources are polled", talks, polled)
        await every_command(busy.server, busy.channel)
    assert polled >= 2 * SOURCES
    assert worst([talk.acknowledged_after for talk in talks]) < DEADLINE
    assert all(talk.messages for talk in talks)


async def every_command(server: DiscordServer, channel: Channel) -> None:
    for command in COMMANDS:
        talk = await server.slash(channel, command.name, OPTIONS.get(command.name), permissions=1 << 4)
        (answer, *_) = (await talk.answered(within=130)).messages
        title, text = answer["embeds"][0]["title"], str(answer["embeds"])
        assert talk.private(answer), command.name
        assert title, command.name
        assert "defect" not in text, (command.name, text)
        if command.name == "chart":
            (picture,) = answer["attachments"]
            assert "most statements by forum" in picture["description"]
        denied = await server.slash(channel, command.name, OPTIONS.get(command.name)) if command.manages else None
        if denied:
            (refusal, *_) = (await denied.answered()).messages
            assert "not yours to do" in refusal["embeds"][0]["title"], command.name


def report(when: str, talks: Sequence[Talk], polled: int) -> None:
    first, whole = [talk.acknowledged_after for talk in talks], [talk.answered_after for talk in talks]
    print(f"{len(talks)} commands {when} ({polled} requests to sources meanwhile)")
    for what, waits in (("first answer", first), ("whole answer", whole)):
        print(f"{what}: p50 {worst(waits, 0.5) * 1000:.0f} ms, p99 {worst(waits) * 1000:.0f} ms")
