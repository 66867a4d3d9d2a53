"""What the signs of stances mean, under a chart that bears them."""

from __future__ import annotations

from collections.abc import Collection

from bot.domain.chart import stance_words
from bot.domain.taxonomy import Stance
from bot.infra.charts.canvas import Sheet, width_of
from bot.infra.charts.style import SIGNS, Sign

FIELD, SIZE, GAP, LINE = 22, 14, 22, 30


def sign(sheet: Sheet, stance: Stance | None, x: float, y: float, width: float, height: float, size: float) -> None:
    """A stance's field with its letter in the middle."""
    shown: Sign = SIGNS[stance]
    sheet.box(x, y, width, height, shown.field)
    sheet.text(
        x + width / 2, y + height / 2, shown.letter, size=size, colour=shown.letter_colour, anchor="center", bold=True
    )


def height(stances: Collection[Stance | None], width: float) -> float:
    """How much room the legend takes."""
    return LINE * len(_lines(stances, width)) + 10


def drawn(sheet: Sheet, stances: Collection[Stance | None], x: float, y: float, width: float) -> None:
    """The legend of these stances."""
    for number, line in enumerate(_lines(stances, width)):
        at = x
        for stance in line:
            sign(sheet, stance, at, y + 10 + LINE * number, FIELD, FIELD, SIZE)
            sheet.text(at + FIELD + 7, y + 10 + LINE * number + FIELD / 2, stance_words(stance), size=SIZE)
            at += _room(stance)


def _lines(stances: Collection[Stance | None], width: float) -> list[list[Stance | None]]:
    lines: list[list[Stance | None]] = [[]]
    for stance in (each for each in SIGNS if each in stances):
        if sum(map(_room, lines[-1])) + _room(stance) - GAP > width:
            lines.append([])
        lines[-1].append(stance)
    return lines


def _room(stance: Stance | None) -> float:
    return FIELD + 7 + width_of(stance_words(stance), SIZE) + GAP
