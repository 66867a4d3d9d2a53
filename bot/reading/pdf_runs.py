"""What a PDF's page gives: runs of characters with their places, put in order of columns and lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

# PDFium's marks for a hyphen it takes to part a word at the end of a line.
_HYPHENS = {0x02, 0xAD, 0xFFFE, 0xFFFF}
SOFT_HYPHEN = "\u00ad"
_COMPOSED = re.compile("[\ufb00-\ufb06\ufb1d-\ufdcf\ufdf0-\ufdfc\ufe70-\ufefc]+")
_WIDE = 2.2
# PDFium puts the full stop behind a number at the end of a right-to-left line before it.
_STRAY_STOP = re.compile(r"(?<!\S)([.,،:؛])([\d٠-٩]+)(?!\S)")
_RTL = re.compile("[\u0590-\u08ff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A piece of a line, in points from the page's lower left corner; `size` is its height."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float

    @property
    def size(self) -> float:
        """The height of the letters."""
        return max(self.y1 - self.y0, 1.0)

    @property
    def middle(self) -> float:
        """The height of its middle above the page's foot."""
        return (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page's size and its runs in the order the file has them."""

    width: float
    height: float
    runs: Sequence[Run]


class RunMaker:
    """Gathers characters into runs; a wide gap ends one, so that columns come apart."""

    def __init__(self) -> None:
        self._done: list[Run] = []
        self._text: list[str] = []
        self._boxes: list[tuple[float, float, float, float]] = []

    def add(self, code: int, x0: float, x1: float, y0: float, y1: float) -> None:
        """Take one character and its box; white space has no box of its own."""
        char = SOFT_HYPHEN if code in _HYPHENS else chr(code) if code <= 0x10FFFF else ""
        if not char or char.isspace() or x1 <= x0:
            self._text.append(" " if not char.strip() else char)
            return
        if self._boxes and self._is_apart(x0, x1, y0, y1):
            self.end()
        self._text.append(char)
        self._boxes.append((x0, x1, y0, y1))

    def _is_apart(self, x0: float, x1: float, y0: float, y1: float) -> bool:
        before = self._boxes[-1]
        size = max(max(b[3] - b[2] for b in self._boxes[-8:]), y1 - y0, 4.0)
        return max(x0 - before[1], before[0] - x1) > _WIDE * size or abs(y0 - before[2]) > 2 * size

    def end(self) -> None:
        """The line ends here."""
        text = _written("".join(self._text))
        boxes, self._text, self._boxes = self._boxes, [], []
        if text and boxes:
            self._done.append(
                Run(
                    text=text,
                    x0=min(b[0] for b in boxes),
                    x1=max(b[1] for b in boxes),
                    y0=median(b[2] for b in boxes),
                    y1=max(b[3] for b in boxes),
                )
            )

    def finished(self) -> list[Run]:
        """Every run of the page."""
        self.end()
        return self._done


def _written(text: str) -> str:
    """The letters as they would be typed: ligatures and positional forms undone, white space collapsed."""
    text = " ".join(_COMPOSED.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text).split())
    return _STRAY_STOP.sub(r"\2\1", text) if _RTL.search(text) else text


def columns(runs: Sequence[Run]) -> list[list[Run]]:
    """The page's lines in reading order, as stretches of one column each: what spans both columns parts them."""
    gutter = _gutter(runs)
    if gutter is None:
        return [_lines(runs)]
    stretches: list[list[Run]] = []
    rest = list(runs)
    spanning = sorted((run for run in runs if run.x0 < gutter < run.x1), key=lambda run: -run.middle)
    for bar in [*spanning, None]:
        above = [run for run in rest if run not in spanning and (bar is None or run.middle > bar.middle)]
        stretches += [
            _lines([run for run in above if run.x1 <= gutter]),
            _lines([run for run in above if run.x0 >= gutter]),
        ]
        if bar is not None:
            stretches.append([bar])
        rest = [run for run in rest if run not in above]
    return _merged([stretch for stretch in stretches if stretch], spanning)


def _merged(stretches: list[list[Run]], spanning: Sequence[Run]) -> list[list[Run]]:
    """Stretches with the lines that span both columns put together where they follow one another."""
    made: list[list[Run]] = []
    for stretch in stretches:
        if made and stretch[0] in spanning and made[-1][-1] in spanning:
            made[-1] = _lines([*made[-1], *stretch])
        else:
            made.append(stretch)
    return made


def _gutter(runs: Sequence[Run]) -> float | None:
    """Where the empty strip between two columns of text is, None on a page of one column."""
    if len(runs) < 12:
        return None
    left, right = min(run.x0 for run in runs), max(run.x1 for run in runs)
    best: tuple[int, float, float] | None = None
    for step in range(30, 71):
        x = left + (right - left) * step / 100
        sides = [run for run in runs if run.x1 <= x], [run for run in runs if run.x0 >= x]
        if all(_is_column(side, right - left) for side in sides):
            crossing = len(runs) - len(sides[0]) - len(sides[1])
            found = (crossing, abs(step - 50), x)
            if crossing <= 0.25 * len(runs) and (best is None or found < best):
                best = found
    return best[2] if best else None


def _is_column(side: Sequence[Run], width: float) -> bool:
    """Whether runs on one side of a strip fill a column: enough lines, most of them long."""
    if len(side) < 5:
        return False
    span = max(run.x1 for run in side) - min(run.x0 for run in side)
    return span > width * 0.25 and median(run.x1 - run.x0 for run in side) > span * 0.6


def _lines(runs: Sequence[Run]) -> list[Run]:
    """Runs from the top down, those on one base line joined in the order of the file."""
    ordered = sorted(enumerate(runs), key=lambda pair: (-pair[1].middle, pair[0]))
    rows: list[list[tuple[int, Run]]] = []
    for pair in ordered:
        if rows and abs(rows[-1][0][1].middle - pair[1].middle) < 0.5 * max(rows[-1][0][1].size, pair[1].size):
            rows[-1].append(pair)
        else:
            rows.append([pair])
    return [_joined([run for _, run in sorted(row)]) for row in rows]


def _joined(row: Sequence[Run]) -> Run:
    return Run(
        text=_written(" ".join(run.text for run in row)),
        x0=min(run.x0 for run in row),
        x1=max(run.x1 for run in row),
        y0=min(run.y0 for run in row),
        y1=max(run.y1 for run in row),
    )
