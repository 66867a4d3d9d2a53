"""Labels down, time across, a bar for each stretch of it: every row on the same scale, its sum at the end."""

from __future__ import annotations

from bot.domain.chart import Series, capital
from bot.domain.spans import Unit, named
from bot.infra.charts.canvas import Sheet, fitted, width_of
from bot.infra.charts.style import BAR, MUTED, RULE

ROW, FOOT, SIZE, SMALL = 30, 56, 15, 14
LABEL, TOTAL = 262, 58
HIGHEST = ROW - 6
WIDEST = 46


def height(series: Series) -> float:
    """How much room it takes."""
    return ROW * len(series.rows) + FOOT


def drawn(sheet: Sheet, series: Series, top: float, edge: float) -> None:
    """The bars; below, the time, and what the highest of them stands for."""
    first, most = edge + LABEL, series.most
    room = sheet.width - first - edge - TOTAL
    step = min(WIDEST, room / len(series.starts))
    last = first + step * len(series.starts)
    for number, (label, counts) in enumerate(series.counted()):
        base = top + ROW * (number + 1)
        sheet.line(edge, base, last + TOTAL, base, RULE)
        sheet.text(edge, base - ROW / 2 + 2, fitted(capital(label), LABEL - 8, SIZE), size=SIZE)
        sheet.text(last + TOTAL, base - ROW / 2 + 2, f"{sum(counts):,}", size=SIZE, anchor="right")
        # What many said together would make a line of everybody else.
        for column, count in enumerate(counts if not series.is_rest(number) else ()):
            if count:
                tall = max(1.5, HIGHEST * count / most)
                sheet.box(first + step * column + step * 0.1, base - tall, step * 0.8, tall, BAR)
    below = top + ROW * len(series.rows)
    _times(sheet, series, first, step, below)
    told = f"One column is one {series.unit}; the tallest stands for {most:,}. Right: how many in all."
    sheet.text(edge, below + FOOT - 12, told, size=SMALL, colour=MUTED)


def _times(sheet: Sheet, series: Series, first: float, step: float, y: float) -> None:
    """As many names of stretches as stand side by side, the first and evenly on."""
    labels = [
        _short(start.isoformat() if series.unit is Unit.DAY else named(start, series.unit)) for start in series.starts
    ]
    widest = max(width_of(label, SMALL) for label in labels) + 16
    every = max(1, int(-(-widest // step)))
    for number in range(0, len(labels), every):
        x = first + step * number
        if x + width_of(labels[number], SMALL) > sheet.width:
            break
        sheet.line(x, y, x, y + 6, MUTED)
        sheet.text(x, y + 16, labels[number], size=SMALL, colour=MUTED)


def _short(name: str) -> str:
    return name.removeprefix("week of ")
