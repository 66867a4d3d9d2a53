"""Topics down, two speakers across, and how they stand to each other."""

from __future__ import annotations

from bot.domain.chart import Pairs, Saying, capital, stance_words, words
from bot.infra.charts import legend
from bot.infra.charts.canvas import Sheet, fitted
from bot.infra.charts.style import INK, MUTED, RULE

ROW, HEAD, SIZE, FIELD = 32, 36, 15, 30
# Where the topic ends, and the columns of the two speakers and of what is said of them begin.
LABEL, SIDE = 200, 176


def height(pairs: Pairs) -> float:
    """How much room it takes."""
    return HEAD + ROW * len(pairs.rows) + 4


def drawn(sheet: Sheet, pairs: Pairs, top: float, edge: float) -> None:
    """A row for each topic; where the two stand apart the row says so in bold."""
    first, second, last = edge + LABEL, edge + LABEL + SIDE, edge + LABEL + 2 * SIDE
    for x, name in ((first, pairs.speakers[0]), (second, pairs.speakers[1])):
        sheet.text(x, top + HEAD / 2, fitted(name, SIDE - 12, SIZE), size=SIZE, bold=True)
    for number, pair in enumerate(pairs.rows):
        y = top + HEAD + ROW * number
        sheet.line(edge, y, sheet.width - edge, y, RULE)
        sheet.text(edge, y + ROW / 2, fitted(capital(words(pair.topic)), LABEL - 8, SIZE), size=SIZE)
        _side(sheet, pair.one, first, y)
        _side(sheet, pair.other, second, y)
        colour = INK if pair.apart else MUTED
        told = fitted(pair.verdict, sheet.width - edge - last, SIZE)
        sheet.text(last, y + ROW / 2, told, size=SIZE, colour=colour, bold=pair.apart)


def _side(sheet: Sheet, said: Saying | None, x: float, y: float) -> None:
    if said is None:
        sheet.text(x, y + ROW / 2, "–", size=SIZE, colour=MUTED)
        return
    legend.sign(sheet, said.stance, x, y + 3, FIELD, ROW - 6, SIZE)
    sheet.text(x + FIELD + 9, y + ROW / 2, stance_words(said.stance), size=SIZE)
