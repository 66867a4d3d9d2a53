"""What platforms do wrong while the service runs: everything arrives once, and one platform never costs the other."""

from __future__ import annotations

from pathlib import Path

from tests.discord_server import broken as discord_broken
from tests.discord_server import dropped, hanging, page_instead, throttled
from tests.faults.run import run
from tests.faults.scenes import all_arrived, at_work, complaints, first_arrived, until
from tests.faults.town import Town
from tests.faults.verdict import judge, messages_of
from tests.slack_server import broken as slack_broken
from tests.slack_server import dropped as slack_dropped
from tests.slack_server import failed as slack_failed
from tests.slack_server import hanging as slack_hanging
from tests.slack_server import throttled as slack_throttled

MESSAGES, POST = "/messages", "chat.postMessage"


async def test_posts_that_were_not_carried_out_are_made_again(tmp_path: Path, fresh_sqlite: str) -> None:
    async with Town(folder=tmp_path, database=fresh_sqlite) as town:
        discord = (
            throttled(0.2),
            throttled(0.2, everywhere=True),
            throttled(40),
            discord_broken(503),
            page_instead(502),
        )
        town.discord.goes_wrong("POST", MESSAGES, *discord, dropped(done=False), hanging(done=False))
        slack = (slack_throttled(1), slack_broken(503), slack_dropped(done=False), slack_hanging(done=False))
        town.slack.goes_wrong(POST, *slack)
        outcome = await run(town, [], answer_within=1.0)
    assert outcome.why == ""
    assert outcome.verdict


async def test_posts_that_were_carried_out_though_nobody_said_so_are_not_made_again(
    tmp_path: Path, fresh_sqlite: str
) -> None:
    async with Town(folder=tmp_path, database=fresh_sqlite) as town:
        discord = (discord_broken(500, done=True), dropped(done=True), hanging(done=True))
        town.discord.goes_wrong("POST", MESSAGES, *discord)
        slack = (
            slack_failed(done=True),
            slack_broken(500, done=True),
            slack_dropped(done=True),
            slack_hanging(done=True),
        )
        town.slack.goes_wrong(POST, *slack)
        # Nor can it be looked for at once.
        town.discord.goes_wrong("GET", MESSAGES, discord_broken(503), dropped(done=False))
        town.slack.goes_wrong("conversations.history", slack_broken(503), slack_throttled(1))
        outcome = await run(town, [], answer_within=1.0)
    assert outcome.why == ""
    assert outcome.verdict


async def test_a_token_that_is_revoked_is_told_once_and_costs_only_its_platform(
    tmp_path: Path, fresh_sqlite: str
) -> None:
    async with Town(folder=tmp_path, database=fresh_sqlite) as town:
        async with at_work(town) as life:
            await first_arrived(town)
            town.discord.token = town.discord.gateway.token = "another"
            town.sources.go_on()
            slack = [each for each in town.listeners if each.adapter == "slack"]
            await until(lambda: all(len(messages_of(town.discord, each)) >= 3 for each in slack))
            await until(lambda: bool(complaints(town, "refuses the token")))
            passed = town.clock.now()
            await until(lambda: (town.clock.now() - passed).total_seconds() > 3600)
            life.process.terminate()
            assert await life.end() == 0
        told = [line for line in complaints(town, "refuses the token") if "WARNING" in line]
        assert len(told) == len({line.split()[3] for line in told}), "once for each channel"
        assert complaints(town, "slack") == []
        town.configure(discord_token="another")
        async with at_work(town):
            await all_arrived(town)
        assert judge(town)


async def test_channels_that_are_deleted_are_retired_and_cost_only_themselves(
    tmp_path: Path, fresh_sqlite: str
) -> None:
    async with Town(folder=tmp_path, database=fresh_sqlite) as town:
        async with at_work(town) as life:
            await first_arrived(town)
            gone = [town.listeners.pop(0), town.listeners.pop(1)]
            assert [each.adapter for each in gone] == ["discord", "slack"]
            del town.discord.world.channels[gone[0].place.id]
            gone[1].place.archived = True
            town.sources.go_on()
            await all_arrived(town)
            held = {each.key for each in gone}
            await until(lambda: set(town.store.subscriptions.holds()) == held)
            asked = len(town.discord.asked("POST", f"{gone[0].place.id}/messages"))
            passed = town.clock.now()
            await until(lambda: (town.clock.now() - passed).total_seconds() > 3 * 3600)
            assert len(town.discord.asked("POST", f"{gone[0].place.id}/messages")) == asked
            life.process.terminate()
            assert await life.end() == 0
        assert judge(town)
        for each in gone:
            (line,) = complaints(town, each.key)
            assert "served no longer" in line
