"""Charts as they are asked for: a picture with the finding in words and a table behind it, whatever happens."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.asker import Asker
from bot.domain.chart import Chart, ChartName, Form
from bot.domain.reply import Reply
from bot.domain.taxonomy import Stance, Topic
from bot.errors import NotFoundError, SandboxError, UsageError
from bot.infra.store import Store
from bot.services.desk import FrontDesk
from bot.services.dispatch import Dispatcher
from bot.services.gallery import Charts
from tests.services.chart_scene import say
from tests.services.conftest import open_desk

READER = Asker(platform="fake", user="u1", channel="fake:room")
LAW, NORMS = Topic.INTERNATIONAL_LAW, Topic.NORMS


@pytest.fixture
def spoken(store: Store) -> Store:
    """Three states on two topics."""
    say(store, "CHN", (LAW, Stance.CALLS_FOR), (NORMS, Stance.SUPPORTS))
    say(store, "EST", (LAW, Stance.OPPOSES))
    say(store, "CIV", (NORMS, Stance.SUPPORTS))
    return store


class NoArtist:
    """An artist whose pencil breaks."""

    async def draw(self, chart: Chart, form: Form) -> bytes:
        raise SandboxError("it took longer than 12 s")


async def ask(desk: FrontDesk, line: str) -> Reply:
    return await desk.answer(line, READER)


@pytest.mark.parametrize("line", ["chart", *(f"chart {name}" for name in ChartName if name != "compare")])
async def test_every_chart_is_a_picture_with_its_finding_and_its_table(
    spoken: Store, desk: FrontDesk, line: str
) -> None:
    reply = await ask(desk, line)
    (section,) = reply.sections
    assert section.image is not None
    assert section.image.png.startswith(b"\x89PNG")
    assert len(section.image.alt) > 40
    assert "chart" not in section.image.alt.casefold()
    assert section.image.table is not None
    assert section.image.table.rows
    assert reply.private


@pytest.mark.parametrize(
    "line",
    [
        "chart compare CHN EST",
        "chart compare China, Estonia",
        "chart compare country:CHN,EST",
        "chart name:compare EST CHN",
    ],
)
async def test_two_states_are_named_as_for_compare_or_by_filter(spoken: Store, desk: FrontDesk, line: str) -> None:
    reply = await ask(desk, line)
    assert reply.heading == "China and Estonia, topic by topic"
    image = reply.sections[0].image
    assert image is not None
    assert "opposite sides on international law (China: calls for, Estonia: opposes)" in image.alt


async def test_the_words_behind_a_picture_are_a_button_away(spoken: Store, desk: FrontDesk) -> None:
    compared = await ask(desk, "chart compare country:CHN,CIV topic:norms")
    quotes = next(action.press for action in compared.actions if action.label == "Quotes side by side")
    assert quotes == 'go:compare "CHN, CIV" topic:norms'
    answer = await desk.press(quotes, READER)
    assert answer.heading == "China and Côte d’Ivoire"
    stances = await ask(desk, "chart country:CHN,EST")
    (press,) = [action.press for action in stances.actions if action.label == "Quotes on international law"]
    assert press == 'go:positions "international_law" country:CHN,EST'
    assert len((await desk.press(press, READER)).sections) == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("chart pie", "no chart is called 'pie'; known: positions, compare"),
        ("chart compere", "did you mean 'compare'"),
        ("chart compare", "chart compare country:CHN,EST"),
        ("chart compare CHN", "two states"),
        ("chart timeline CHN", "takes filters"),
        ("chart timeline country:Atlantis", "no state"),
    ],
)
async def test_what_cannot_be_drawn_is_said_with_what_can(spoken: Store, desk: FrontDesk, line: str, said: str) -> None:
    assert said in (await ask(desk, line)).intro


@pytest.mark.parametrize("name", list(ChartName))
async def test_of_nothing_there_is_no_picture(store: Store, desk: FrontDesk, name: str) -> None:
    reply = await ask(desk, f"chart {name} country:CHN,EST")
    assert reply.intro == "Nothing is kept that passes the filters. Try fewer filters."
    assert reply.sections == ()


async def test_a_picture_that_cannot_be_drawn_is_told_in_words_and_a_table(
    spoken: Store, store: Store, dispatcher: Dispatcher
) -> None:
    broken = replace(dispatcher, charts=replace(dispatcher.charts, artist=NoArtist()))
    (section,) = (await ask(open_desk(store, broken), "chart compare CHN EST")).sections
    assert section.image is None
    assert "could not be drawn" in section.text
    assert "opposite sides on international law" in section.text
    assert section.table is not None
    assert section.table.rows[0] == ("international law", "calls for", "opposes", "on opposite sides")


async def test_the_web_has_the_same_charts_by_name(spoken: Store, dispatcher: Dispatcher) -> None:
    charts: Charts = dispatcher.charts
    options: dict[str, Any] = {"country": "CHN,EST", "topic": "norms,international_law"}
    assert charts.chart("compare", options).finding.startswith("China and Estonia stand on opposite sides")
    assert b"topic by topic</title>" in await charts.svg("compare", options)
    with pytest.raises(NotFoundError, match="no chart is called 'pie'"):
        charts.chart("pie", {})
    with pytest.raises(UsageError, match="no state"):
        await charts.svg("timeline", {"country": "Atlantis"})
