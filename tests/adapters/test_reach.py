"""What keeps posts from a channel is told before any is made: rights on Discord one by one, channels on Slack."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.discord.rights import ADMINISTRATOR, ASKED, RIGHTS, granted, lacking
from bot.cli import run
from tests.adapters.discord_setup import adapter_on as discord_on
from tests.adapters.slack_setup import adapter_on as slack_on
from tests.discord_server import DiscordServer
from tests.discord_server.world import DM, MISSING_ACCESS
from tests.slack_server import SlackServer

SERVER, ROLE, ME = "1", "2", "3"


@pytest.mark.parametrize("right", RIGHTS)
async def test_each_right_that_the_bot_has_not_is_named_with_what_it_costs(right: str) -> None:
    bit, cost = RIGHTS[right]
    async with DiscordServer(rights=ASKED & ~(1 << bit)) as server, discord_on(server) as adapter:
        channel = str(server.world.channel().id)
        told = (await adapter.reach([channel]))[channel]
    assert told.startswith(f"without {right} {cost}; give them to the bot's role")
    assert told.count("without") == 1


async def test_what_one_channel_takes_is_told_of_that_channel_alone() -> None:
    async with DiscordServer() as server, discord_on(server) as adapter:
        well, mute = server.world.channel(), server.world.channel(embeds=False, threads=False)
        closed, direct = server.world.channel(closed=MISSING_ACCESS), server.world.channel(kind=DM)
        found = await adapter.reach([str(one.id) for one in (well, mute, closed, direct)])
    assert set(found) == {str(mute.id), str(closed.id)}
    assert "without Embed Links nothing can be shown" in found[str(mute.id)]
    assert found[str(mute.id)].count("without") == 3
    assert "Missing Access" in found[str(closed.id)]


def test_permissions_are_reckoned_as_discord_does() -> None:
    roles = [{"id": SERVER, "permissions": str(1 << 10)}, {"id": ROLE, "permissions": str(1 << 11)}]
    taken = {"id": SERVER, "allow": "0", "deny": str(1 << 10 | 1 << 11)}
    given = {"id": ROLE, "allow": str(1 << 10), "deny": "0"}
    own = {"id": ME, "allow": str(1 << 14), "deny": str(1 << 10)}
    assert granted(roles, SERVER, {ROLE}, (), ME) == 1 << 10 | 1 << 11
    assert granted(roles, SERVER, set(), (), ME) == 1 << 10
    assert granted(roles, SERVER, {ROLE}, (given, taken), ME) == 1 << 10
    assert granted(roles, SERVER, {ROLE}, (own, given, taken), ME) == 1 << 14
    boss = [{"id": ROLE, "permissions": str(ADMINISTRATOR)}]
    assert lacking(granted(boss, SERVER, {ROLE}, (taken, own), ME)) == ""


async def test_a_channel_of_slack_that_is_gone_or_archived_is_told() -> None:
    async with SlackServer() as server, slack_on(server) as adapter:
        well, archived = server.world.channel(), server.world.channel(archived=True)
        private = server.world.channel(private=True, member=False)
        found = await adapter.reach([well.id, archived.id, private.id, "general"])
    assert set(found) == {archived.id, private.id, "general"}
    assert "archived" in found[archived.id]
    assert "/invite @Attaché" in found[private.id]
    assert "is no channel id" in found["general"]


def test_the_doctor_names_a_channel_nothing_can_reach(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = "".join(f'[[channels]]\nadapter = "console"\ndestination = "{each}"\n' for each in ("-", "file:no/out"))
    (tmp_path / "attache.toml").write_text(f"catalogue = false\n{settings}", encoding="utf-8")
    assert run(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "wrong channel console:file:no/out: there is no folder no; make it (see docs/schedules.md)" in said
    assert "ok    channels of console: 1 of 2 well" in said
