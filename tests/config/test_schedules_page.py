"""docs/schedules.md: its examples are settings that load and commands that do what the page says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.config import load_settings
from bot.domain.asker import Asker
from bot.domain.calls import parse
from bot.domain.subscription import Channel, Style
from bot.infra.store import Store, open_store
from bot.services.channels import Channels
from bot.services.subscribing import Subscribing
from tests.fakes import SetClock
from tests.samples import NOW

PAGE = (Path(__file__).parents[2] / "docs" / "schedules.md").read_text(encoding="utf-8")
SETTINGS = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
LINES = re.findall(r"^/brief (\w+ .*)$", PAGE, re.MULTILINE)
MANAGER = Asker(platform="slack", user="U1", channel="slack:C1", may_manage=True, zone=ZoneInfo("Europe/Berlin"))


def configured(tmp_path: Path, number: int) -> list[Channel]:
    file = tmp_path / "attache.toml"
    file.write_text(SETTINGS[number], encoding="utf-8")
    return list(load_settings(str(file), {}).channels)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/attache.db")
    yield opened
    opened.close()


def test_every_example_of_settings_is_what_the_page_says(tmp_path: Path) -> None:
    ((filtered,), (zurich,), (york,), (usual, urgent)) = (
        configured(tmp_path, number) for number in range(len(SETTINGS))
    )
    assert (sorted(filtered.filter.countries), sorted(filtered.filter.topics)) == (
        ["CHN", "EST"],
        ["norms", "ransomware"],
    )
    assert (str(zurich.schedule), zurich.zone.key) == ("mon,tue,wed,thu,fri 08:30,17:00", "Europe/Zurich")
    assert (zurich.style, zurich.lookback) == (Style.QUIET, timedelta(days=7))
    assert (york.schedule.live, york.schedule.burst) == (True, 6)
    assert str(york.quiet) == "mon,tue,wed,thu,fri 20:00-08:00; sat,sun 00:00-24:00"
    assert (usual.key, usual.id, urgent.key, urgent.name) == (usual.key, usual.key, usual.key, "urgent")


@pytest.mark.parametrize("words", re.findall(r"(\w[\w,-]* [\d:]+|\d\d:\d\d)", SETTINGS[1].split("#")[1].split("\n")[0]))
def test_every_way_of_writing_a_schedule_is_read(tmp_path: Path, words: str) -> None:
    file = tmp_path / "attache.toml"
    file.write_text(f'[[channels]]\nadapter = "console"\ndestination = "-"\nschedule = "{words}"', encoding="utf-8")
    assert load_settings(str(file), {}).channels[0].schedule.times


def test_every_command_is_carried_out_one_after_the_other(store: Store) -> None:
    clock = SetClock(NOW)
    channels = Channels(configured=(), store=store.subscriptions)
    subscribing = Subscribing(
        channels=channels, ledger=store.ledger, adapters=("slack",), clock=clock, zone=ZoneInfo("UTC")
    )
    told = []
    for line in LINES:
        call = parse(line)
        answer = subscribing.unsubscribe if call.command.name == "unsubscribe" else subscribing.subscribe
        told.append((answer(call, MANAGER).intro, {known.channel.name for known in channels.of("slack:C1")}))
    assert told == [
        ("Next digest: Tuesday 24 November, 08:00 Europe/Berlin.", {""}),
        ("Next digest: Tuesday 24 November, 08:00 Europe/Berlin.", {""}),
        ("Next digest: Monday 23 November, 17:00 Europe/Zurich.", {""}),
        ("Told as it happens.", {""}),
        ("Told as it happens.", {""}),
        ("Told as it happens.", {"", "urgent"}),
        ("Told as it happens.", {""}),
    ]
    (last,) = channels.of("slack:C1")
    assert str(last.channel.schedule) == "as it happens, at most 6 an hour"
    assert str(last.channel.quiet) == "22:00-07:00"
    assert last.channel.zone == ZoneInfo("Europe/Zurich")
