"""Charts as pictures: real PNG and SVG, the same on every run, told by more than colour, small enough for a page."""

from __future__ import annotations

import asyncio
import itertools
import re
import struct
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bot.domain.chart import Chart, ChartName, Form, Matrix, Pair, Pairs, Saying, Series, stance_words
from bot.domain.spans import Unit
from bot.domain.taxonomy import Stance, Topic
from bot.infra.charts import SandboxArtist
from bot.infra.charts.canvas import fitted, settled, width_of, wrapped
from bot.infra.charts.drawing import draw
from bot.infra.charts.style import DARK, SIGNS
from bot.infra.sandbox import ProcessSandbox

SVG = "{http://www.w3.org/2000/svg}"
STANCES = (*Stance, None)
TOPICS = tuple(Topic)
LONGEST = "Democratic People’s Republic of Somewhere Far Away and Its Islands"


def saying(number: int = 0, by: str = "Kenya") -> Saying:
    stance = STANCES[number % len(STANCES)]
    return Saying(by=by, stance=stance, text="Words.", statement="0" * 12, link=None, day=None)


def positions(rows: int = 16, columns: int = 10, name: str = "State") -> Chart:
    """As many speakers and topics as are drawn, every field taken."""
    cells = tuple(tuple(saying(row + column) for column in range(columns)) for row in range(rows))
    speakers = tuple(f"{name} {number}" for number in range(rows))
    matrix = Matrix(rows=speakers, columns=TOPICS[:columns], cells=cells, more_rows=43)
    return chart(matrix, ChartName.POSITIONS)


def comparison(rows: int = 16) -> Chart:
    pairs = tuple(
        Pair(topic=TOPICS[n], one=saying(n) if n % 4 else None, other=saying(n + 3), verdict=LONGEST, apart=n < 3)
        for n in range(rows)
    )
    return chart(Pairs(speakers=(LONGEST, "Estonia"), rows=pairs), ChartName.COMPARE)


def timeline(rows: int = 19, columns: int = 40) -> Chart:
    starts = tuple(date(2026, 1, 5) + timedelta(weeks=n) for n in range(columns))
    counts = tuple(tuple((row * column) % 7 for column in range(columns)) for row in range(1, rows + 1))
    labels = tuple(f"{LONGEST} {n}" for n in range(rows))
    return chart(Series(of="forum", unit=Unit.WEEK, starts=starts, rows=labels, counts=counts), ChartName.TIMELINE)


def chart(content: Matrix | Pairs | Series | None, name: ChartName = ChartName.POSITIONS) -> Chart:
    return Chart(name=name, title="A title & more", scope="Since 2026 · and 43 more", finding="A < B.", content=content)


EVERY = {"positions": positions(), "compare": comparison(), "timeline": timeline(), "nothing": chart(None)}


def texts(svg: bytes) -> list[str]:
    return [found.text or "" for found in etree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", EVERY)
def test_a_png_is_as_wide_as_a_chat_shows_and_twice_as_sharp(name: str) -> None:
    png = draw(EVERY[name], Form.PNG)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    assert width == 1600
    assert 250 < height < 2000


@pytest.mark.parametrize("name", EVERY)
def test_an_svg_has_a_title_a_description_and_its_words_as_text(name: str) -> None:
    root = etree.fromstring(draw(EVERY[name], Form.SVG))
    assert root.get("role") == "img"
    named = root.get("aria-labelledby", "").split()
    assert [found.text for id in named for found in root.iterfind(f".//*[@id='{id}']")] == ["A title & more", "A < B."]
    assert root.find(f"{SVG}title") is not None
    assert root.find(f"{SVG}desc") is not None
    assert "A title & more" in [found.text for found in root.iter(f"{SVG}text")]
    assert not list(root.iter(f"{SVG}image", f"{SVG}script", f"{SVG}metadata"))


@pytest.mark.parametrize("name", EVERY)
def test_an_svg_is_light_on_a_page(name: str) -> None:
    assert len(draw(EVERY[name], Form.SVG)) < 200_000


def test_an_svg_follows_light_and_dark_but_for_the_fields() -> None:
    svg = draw(EVERY["positions"], Form.SVG).decode()
    assert "@media (prefers-color-scheme:dark)" in svg
    for light in DARK:
        bare = re.sub(r"var\(--[a-z]+,[^)]*\)", "", svg)
        assert light not in bare
    assert SIGNS[Stance.OPPOSES].field in svg


def test_every_stance_has_a_letter_of_its_own_and_the_legend_says_which() -> None:
    letters = [sign.letter for sign in SIGNS.values()]
    assert len(set(letters)) == len(letters) == len(Stance) + 1
    told = texts(draw(EVERY["positions"], Form.SVG))
    assert {stance_words(stance) for stance in STANCES} <= set(told)
    assert set(letters) <= set(told)


def test_a_letter_can_be_read_on_its_field() -> None:
    for sign in SIGNS.values():
        assert contrast(sign.field, sign.letter_colour) >= 4.5, sign


@pytest.mark.parametrize("blind", ["protan", "deutan", "tritan"])
def test_fields_stay_apart_to_the_colour_blind(blind: str) -> None:
    fields = {seen(sign.field, blind) for sign in SIGNS.values()}
    for one, other in itertools.combinations(fields, 2):
        assert sum(abs(a - b) for a, b in zip(one, other, strict=True)) > 0.15, (one, other)


@pytest.mark.parametrize("form", list(Form))
def test_the_same_values_give_the_same_bytes_in_another_process(form: Form) -> None:
    code = (
        "import hashlib, sys; from bot.domain.chart import Form; from bot.infra.charts.drawing import draw\n"
        "from tests.infra.test_charts import positions\n"
        f"print(hashlib.sha256(draw(positions(), Form('{form}'))).hexdigest())"
    )
    shown = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert shown[0] == shown[1]


def test_names_too_long_for_their_place_are_cut_and_nothing_runs_over() -> None:
    settled()
    cut = fitted(LONGEST, 180, 15)
    assert cut.endswith("…")
    assert width_of(cut, 15) <= 180
    lines = wrapped(f"{LONGEST} " * 4, 752, 15)
    assert all(width_of(line, 15) <= 752 for line in lines)
    assert " ".join(lines).split() == (f"{LONGEST} " * 4).split()


@settings(max_examples=10)
@given(st.text(max_size=60), st.text(max_size=200))
def test_no_label_breaks_a_picture(label: str, finding: str) -> None:
    cells = ((saying(3),),)
    content = Matrix(rows=(label,), columns=TOPICS[:1], cells=cells)
    hostile = Chart(name=ChartName.POSITIONS, title=label, scope=label, finding=finding, content=content)
    etree.fromstring(draw(hostile, Form.SVG))
    assert draw(hostile, Form.PNG).startswith(b"\x89PNG")


@pytest.fixture
async def sandbox() -> AsyncIterator[ProcessSandbox]:
    running = ProcessSandbox()
    yield running
    await running.close()


async def test_a_chart_is_drawn_in_another_process_which_alone_loads_matplotlib(sandbox: ProcessSandbox) -> None:
    assert await SandboxArtist(sandbox).draw(EVERY["positions"], Form.PNG) == draw(EVERY["positions"], Form.PNG)
    code = (
        "import asyncio, sys\nfrom bot.infra.charts import SandboxArtist\n"
        "from bot.infra.sandbox import ProcessSandbox\n"
        "from bot.domain.chart import Chart, ChartName, Form\n"
        "chart = Chart(name=ChartName.TIMELINE, title='T', scope='', finding='F')\n"
        "async def main():\n"
        "    sandbox = ProcessSandbox()\n"
        "    svg = await SandboxArtist(sandbox).draw(chart, Form.SVG)\n"
        "    await sandbox.close()\n"
        "    print(svg[:4].decode(), 'matplotlib' in sys.modules)\n"
        "asyncio.run(main())"
    )
    arguments = (sys.executable, "-c", code)
    running = await asyncio.create_subprocess_exec(*arguments, stdout=asyncio.subprocess.PIPE)
    assert (await running.communicate())[0] == b"<svg False\n"


Colour = tuple[float, float, float]


def linear(colour: str) -> Colour:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return (_linear(red), _linear(green), _linear(blue))


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 counts it."""
    light = sorted(sum(a * b for a, b in zip(linear(c), (0.2126, 0.7152, 0.0722), strict=True)) for c in (one, other))
    return (light[1] + 0.05) / (light[0] + 0.05)


# Machado, Oliveira and Fernandes 2009, severity 1.0.
MATRICES = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def seen(colour: str, blind: str) -> Colour:
    """A colour as somebody colour-blind sees it, in linear light."""
    red, green, blue = (sum(a * b for a, b in zip(row, linear(colour), strict=True)) for row in MATRICES[blind])
    return (red, green, blue)
