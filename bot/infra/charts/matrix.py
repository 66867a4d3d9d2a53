"""Speakers down, topics across, a stance in each field."""

from __future__ import annotations

import math

from bot.domain.chart import Matrix, capital, words
from bot.domain.taxonomy import Stance
from bot.infra.charts import legend
from bot.infra.charts.canvas import Sheet, fitted, width_of
from bot.infra.charts.style import RULE

ROW, LABEL, SIZE, TURN = 27, 180, 15, 38
NARROWEST, WIDEST = 30, 64


def height(matrix: Matrix, width: float) -> float:
    """How much room it takes."""
    return _head(matrix) + ROW * len(matrix.rows) + legend.height(_stances(matrix), width)


def drawn(sheet: Sheet, matrix: Matrix, top: float, edge: float) -> None:
    """The fields with their labels; below, what the letters mean."""
    first, step = edge + LABEL, _step(sheet, matrix, edge)
    below = top + _head(matrix)
    for number, topic in enumerate(matrix.columns):
        sheet.text(first + step * (number + 0.45), below - 7, capital(words(topic)), size=SIZE, turned=TURN)
    for number, row in enumerate(matrix.rows):
        y = below + ROW * number
        sheet.line(edge, y, first + step * len(matrix.columns), y, RULE)
        sheet.text(edge, y + ROW / 2, fitted(row, LABEL - 8, SIZE), size=SIZE)
        for column, said in enumerate(matrix.cells[number]):
            if said:
                legend.sign(sheet, said.stance, first + step * column + 1.5, y + 1.5, step - 3, ROW - 3, SIZE)
    legend.drawn(sheet, _stances(matrix), edge, below + ROW * len(matrix.rows), sheet.width - 2 * edge)


def _step(sheet: Sheet, matrix: Matrix, edge: float) -> float:
    """How wide a column is, so that no turned label runs over the edge."""
    room = sheet.width - 2 * edge - LABEL
    over = math.cos(math.radians(TURN))
    fits = [
        (room - width_of(capital(words(topic)), SIZE) * over) / (number + 0.45)
        for number, topic in enumerate(matrix.columns)
    ]
    return max(NARROWEST, min(WIDEST, *fits, room / len(matrix.columns)))


def _head(matrix: Matrix) -> float:
    longest = max(width_of(capital(words(topic)), SIZE) for topic in matrix.columns)
    return longest * math.sin(math.radians(TURN)) + SIZE + 6


def _stances(matrix: Matrix) -> set[Stance | None]:
    return {said.stance for row in matrix.cells for said in row if said}
