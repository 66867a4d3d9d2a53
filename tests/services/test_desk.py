"""The desk: whatever is asked is answered, with buttons that work, and never with an exception."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.asker import Asker
from bot.domain.identity import identify
from bot.domain.reply import ACTION_LIMIT, Reply
from bot.domain.text import units
from bot.errors import AttacheError
from bot.infra.store import Store
from bot.services import desk as front
from bot.services.desk import AT_ONCE, FrontDesk
from bot.services.dispatch import Dispatcher
from tests.fakes import FakeWeb
from tests.samples import NOW, another
from tests.services.conftest import open_desk

READER = Asker(platform="fake", user="u1", channel="fake:room")


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine, what is suggested is waited for."""
    monkeypatch.setattr(front, "SUGGEST_WITHIN", 60.0)


def keep(store: Store, count: int) -> list[str]:
    """Keep statements; their ids."""
    briefs = [another(number) for number in range(count)]
    return [store.statements.keep(b, identify(b.statement), source="a", now=NOW).id for b in briefs]


def button(reply: Reply, label: str) -> str:
    (press,) = [action.press for action in reply.actions if action.label == label]
    assert press is not None
    assert units(press) <= ACTION_LIMIT
    return press


async def test_a_line_and_a_named_command_are_answered_alike(store: Store, desk: FrontDesk) -> None:
    keep(store, 2)
    by_line = await desk.answer("search word1x3 country:MWI", READER)
    assert [section.heading for section in by_line.sections] == ["Statement 1"]
    assert by_line == await desk.call("search", {"words": "word1x3", "country": "MWI"}, READER)


async def test_an_empty_line_is_answered_with_help(desk: FrontDesk) -> None:
    assert (await desk.answer("  ", READER)).heading == "Commands"


async def test_pages_turn_by_buttons_in_place(store: Store, desk: FrontDesk) -> None:
    keep(store, 23)
    first = await desk.answer("latest", READER)
    assert (first.page, first.pages, first.replaces) == (1, 3, False)
    second = await desk.press(button(first, "Older"), READER)
    third = await desk.press(button(second, "Older"), READER)
    assert [len(page.sections) for page in (first, second, third)] == [10, 10, 3]
    assert third.replaces
    assert third.intro == "23 in all, 21 to 23 shown"
    assert [action.label for action in third.actions] == ["Newer", "Share to channel"]
    assert (await desk.press(button(third, "Newer"), READER)).sections == second.sections


async def test_a_button_too_long_for_a_button_works_after_a_restart(
    store: Store, dispatcher: Dispatcher, desk: FrontDesk
) -> None:
    keep(store, 23)
    long = await desk.call("search", {"words": " ".join(["statement"] * 30)}, READER)
    press = button(long, "Older")
    assert press.startswith("kept:")
    assert (await open_desk(store, dispatcher).press(press, READER)).page == 2


async def test_an_answer_is_private_until_it_is_shared(store: Store, desk: FrontDesk) -> None:
    keep(store, 12)
    asked = await desk.press(button(await desk.answer("latest", READER), "Older"), READER)
    assert asked.private
    shared = await desk.press(button(asked, "Share to channel"), READER)
    assert not shared.private
    assert shared.sections == asked.sections
    assert "Share to channel" not in {action.label for action in shared.actions}


async def test_where_nobody_else_reads_nothing_is_shared(store: Store, desk: FrontDesk) -> None:
    keep(store, 1)
    for alone in (replace(READER, private=True), replace(READER, channel=None)):
        assert (await desk.answer("latest", alone)).actions == ()


async def test_a_link_that_is_kept_is_shown_and_another_is_read(store: Store, desk: FrontDesk, web: FakeWeb) -> None:
    keep(store, 2)
    kept = await desk.brief("have you seen this? <https://mission.example/1>.", READER)
    assert kept.heading == "Statement 1"
    assert web.asked == []
    read = await desk.brief("(https://mission.example/fresh)", READER)
    assert read.intro == "Kenya"
    assert web.asked == ["https://mission.example/fresh"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("serach x", "did you mean 'search'"),
        ("latest country:Atlantis", "no state"),
        ("show ffffffffffff", "no statement is kept"),
        ("read https://nowhere.example", "no host"),
        ("pause", "ask one of them"),
        ("search zebra", "fewer words"),
    ],
)
async def test_what_cannot_be_done_is_said_with_what_to_do(desk: FrontDesk, line: str, said: str) -> None:
    reply = await desk.answer(line, READER)
    assert reply.private
    assert said in reply.intro


@pytest.mark.parametrize("action", ["", "kept:0123456789abcdef01234567", "page:1:frobnicate", "nonsense"])
async def test_a_button_that_leads_nowhere_is_answered(desk: FrontDesk, action: str) -> None:
    assert (await desk.press(action, READER)).intro


async def test_a_message_without_a_link_is_answered(desk: FrontDesk) -> None:
    assert "no web address" in (await desk.brief("nothing here", READER)).intro


class Broken:
    """A dispatcher whose store fails."""

    def __init__(self, error: Exception) -> None:
        self.error, self.statements = error, self

    async def call(self, *_: Any, **__: Any) -> Reply:
        raise self.error

    def search(self, *_: Any, **__: Any) -> Any:
        raise self.error

    def get(self, *_: Any) -> Any:
        raise self.error


@pytest.mark.parametrize("error", [AttacheError("database attache.db: the disk is full"), KeyError("a defect")])
async def test_a_store_that_fails_is_answered_too(store: Store, error: Exception) -> None:
    desk = open_desk(store, Broken(error))
    said = (
        await desk.answer("latest", READER),
        await desk.call("latest", {}, READER),
        await desk.press("go:latest", READER),
        await desk.brief("https://un.example", READER),
    )
    for reply in said:
        assert reply.heading == "That did not work"
        assert "disk is full" in reply.intro or "its log says more" in reply.intro
    assert await desk.suggest("show", "statement", "x", READER) == ()


async def suggested(desk: FrontDesk, command: str, option: str, typed: str) -> list[str]:
    return [suggestion.value for suggestion in await desk.suggest(command, option, typed, READER)]


@pytest.mark.parametrize(
    ("command", "option", "typed", "first"),
    [
        ("latest", "country", "esto", "EST"),
        ("latest", "country", "chn", "CHN"),
        ("latest", "country", "Китай", "CHN"),
        ("latest", "country", "CHN,esto", "CHN,EST"),
        ("compare", "with", "switz", "CHE"),
        ("latest", "forum", "global", "GM"),
        ("latest", "topic", "ransom", "ransomware"),
        ("latest", "topic", "supply ch", "supply_chain"),
        ("latest", "language", "fren", "fr"),
        ("subscribe", "time_zone", "zuri", "Europe/Zurich"),
        ("subscribe", "schedule", "mon-fri", "mon-fri 08:00"),
        ("subscribe", "schedule", "as it", "as it happens"),
        ("subscribe", "schedule", "tue 9:00", "tue 09:00"),
        ("subscribe", "quiet", "night", "22:00-07:00"),
        ("subscribe", "quiet", "21:30-6:00", "21:30-06:00"),
        ("subscribe", "lookback", "week", "7d"),
        ("help", "command", "sea", "search"),
    ],
)
async def test_values_are_suggested_while_they_are_typed(
    desk: FrontDesk, command: str, option: str, typed: str, first: str
) -> None:
    assert (await suggested(desk, command, option, typed))[0] == first


async def test_statements_are_suggested_by_their_words_the_newest_when_nothing_is_typed(
    store: Store, desk: FrontDesk
) -> None:
    ids = keep(store, 40)
    assert await suggested(desk, "show", "statement", "word7x1") == [ids[7]]
    assert len(await suggested(desk, "show", "statement", "")) == 25


async def test_what_cannot_be_suggested_in_time_is_not(
    store: Store, desk: FrontDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, 1)
    monkeypatch.setattr(front, "SUGGEST_WITHIN", 0.0)
    assert await suggested(desk, "show", "statement", "") == []


@pytest.mark.parametrize("typed", ["", "a", "x" * 500, "EST," * 40, "\x00", '"', "%"])
async def test_no_more_is_suggested_than_a_list_shows(store: Store, desk: FrontDesk, typed: str) -> None:
    keep(store, 1)
    for command, option in (("latest", "country"), ("show", "statement"), ("nope", "x"), ("latest", "nope")):
        found = await desk.suggest(command, option, typed, READER)
        assert len(found) <= 25
        assert all(0 < units(each.label) <= 100 and 0 < units(each.value) <= 100 for each in found)


async def test_status_says_what_is_not_well_with_a_platform(desk: FrontDesk) -> None:
    (section,) = (await desk.answer("status", READER)).sections
    assert section.table is not None
    assert ("fake", "the token is revoked; make a new one") in section.table.rows


class Counting:
    """A dispatcher that is slow, and counts how many it serves at once."""

    def __init__(self) -> None:
        self.now, self.most = 0, 0

    async def call(self, *_: Any, **__: Any) -> Reply:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.02)
        self.now -= 1
        return Reply(heading="Answered")


async def test_a_burst_of_questions_leaves_the_one_that_acknowledges_its_turn(store: Store) -> None:
    slow = Counting()
    desk = open_desk(store, slow)
    replies = await asyncio.gather(*(desk.answer("latest", READER) for _ in range(20)))
    assert {reply.heading for reply in replies} == {"Answered"}
    assert slow.most == AT_ONCE


async def test_who_waits_for_a_network_keeps_nobody_from_the_store(store: Store) -> None:
    slow = Counting()
    desk = open_desk(store, slow)
    await asyncio.gather(*(desk.answer("read https://un.example", READER) for _ in range(20)))
    assert slow.most == 20
