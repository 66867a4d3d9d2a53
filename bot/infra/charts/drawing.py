"""A chart as a picture. What its values say is drawn, and nothing else; the same values give the same bytes."""

from __future__ import annotations

from bot.domain.chart import Chart, Form, Matrix, Pairs, Series
from bot.domain.text import harmless
from bot.infra.charts import matrix, pairs, series
from bot.infra.charts.canvas import Sheet, Words, settled, wrapped
from bot.infra.charts.style import MUTED

WIDTH, EDGE = 800, 24
TITLE, LINE = 21, 15
EMPTY = 120


def draw(chart: Chart, form: Form) -> bytes:
    """The chart as PNG or SVG."""
    settled()
    lines = wrapped(chart.scope, WIDTH - 2 * EDGE, LINE)
    top = EDGE + 34 + 22 * len(lines)
    sheet = Sheet(WIDTH, int(top + _height(chart) + EDGE))
    sheet.text(EDGE, EDGE + 8, chart.title, size=TITLE, bold=True)
    for number, line in enumerate(lines):
        sheet.text(EDGE, EDGE + 38 + 22 * number, line, size=LINE, colour=MUTED)
    match chart.content:
        case Matrix() as content:
            matrix.drawn(sheet, content, top, EDGE)
        case Pairs() as content:
            pairs.drawn(sheet, content, top, EDGE)
        case Series() as content:
            series.drawn(sheet, content, top, EDGE)
        case None:
            sheet.text(WIDTH / 2, top + EMPTY / 2, chart.finding, size=LINE, anchor="center")
    return sheet.picture(form, Words(title=harmless(chart.title), about=harmless(chart.finding)))


def _height(chart: Chart) -> float:
    match chart.content:
        case Matrix() as content:
            return matrix.height(content, WIDTH - 2 * EDGE)
        case Pairs() as content:
            return pairs.height(content)
        case Series() as content:
            return series.height(content)
    return EMPTY
