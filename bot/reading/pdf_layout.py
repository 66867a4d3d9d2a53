"""Pages of runs as paragraphs: running heads off, lines joined, parted words made whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bot.reading import chrome
from bot.reading.pdf_runs import SOFT_HYPHEN, Page, Run, columns

_MARGIN = 0.13
_SHORT = 5
_BULLETS = "•▪●‣◦"
_NUMBER = re.compile(
    r"[-–—|\s]{0,4}(?:page|p\.|pág\.|página|стр\.|с\.|صفحة|第)?\s{0,2}[\d٠-٩]{1,4}\s{0,2}(?:页|頁)?\s{0,2}"
    r"(?:(?:/|of|de|sur|из|من|\|)\s{0,2}[\d٠-٩]{1,4})?[-–—|\s]{0,4}",
    re.I,
)
_PARTED = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,})[-‐\u00ad]$")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_CJK_END = re.compile(f"[{chrome.CJK}，。、；：！？）」』”]$")
_RTL = re.compile(r"[\u0590-\u08ff]")


@dataclass(slots=True)
class _Measures:
    """What is usual in a stretch of lines: its edges, the height of a line, the step from one to the next."""

    left: float
    right: float
    step: float
    rtl: bool

    @classmethod
    def of(cls, lines: Sequence[Run]) -> _Measures:
        steps = [above.middle - below.middle for above, below in pairwise(lines)]
        text = "".join(line.text for line in lines)
        return cls(
            left=sorted(line.x0 for line in lines)[len(lines) // 10],
            right=sorted(line.x1 for line in lines)[len(lines) - 1 - len(lines) // 10],
            step=_step(steps, median(line.size for line in lines)),
            rtl=len(_RTL.findall(text)) > len(text) / 3,
        )

    def is_full(self, line: Run, after: str = "") -> bool:
        """Whether a line ran on to the far edge: there was no room left for the next line's first word."""
        room = line.x0 - self.left if self.rtl else self.right - line.x1
        letter = (line.x1 - line.x0) / max(len(line.text), 1)
        word = min(len(after.split(" ", 1)[0]), 24) + 1
        return room < max(word * letter * 1.15, 0.12 * (self.right - self.left) + line.size)

    def indent(self, line: Run) -> float:
        """How far from the near edge a line begins."""
        return self.right - line.x1 if self.rtl else line.x0 - self.left


def _step(steps: Sequence[float], size: float) -> float:
    return median(steps) if len(steps) > 2 else min([2.6 * size, *steps])


def layout(pages: Sequence[Page]) -> str:
    """The text of pages in reading order, paragraphs separated by blank lines."""
    running = _running(pages)
    paragraphs: list[list[str]] = []
    before: tuple[_Measures, Run] | None = None
    for page in pages:
        runs = [run for run in page.runs if not _is_running(page, run, running)]
        for stretch in columns(runs) if runs else []:
            usual = _Measures.of(stretch)
            found = _paragraphs(stretch, usual)
            if before and _goes_on(*before, stretch[0], usual):
                paragraphs[-1] += found.pop(0)
            paragraphs += found
            before = usual, stretch[-1]
    words = Counter(word.casefold() for lines in paragraphs for line in lines for word in _WORD.findall(line))
    return "\n\n".join(_whole(lines, words) for lines in paragraphs)


def _zone(page: Page, run: Run) -> str | None:
    """Whether a run stands at the head or the foot of its page."""
    if not page.height:
        return None
    if run.middle > page.height * (1 - _MARGIN):
        return "head"
    return "foot" if run.middle < page.height * _MARGIN else None


def _running_key(page: Page, run: Run) -> tuple[str, int, str] | None:
    zone = _zone(page, run)
    return (zone, round(run.middle / 8), re.sub(r"[\d٠-٩]+", "#", run.text.casefold())) if zone else None


def _running(pages: Sequence[Page]) -> set[tuple[str, int, str]]:
    """What stands at the same place of several pages, numbers aside; heads of left and right pages may differ."""
    seen = Counter(key for page in pages for key in {_running_key(page, run) for run in page.runs} if key)
    return {key for key, count in seen.items() if count >= (2 if len(pages) <= _SHORT else 3)}


def _is_running(page: Page, run: Run, running: set[tuple[str, int, str]]) -> bool:
    key = _running_key(page, run)
    return key is not None and (key in running or bool(_NUMBER.fullmatch(run.text)))


def _paragraphs(lines: Sequence[Run], usual: _Measures) -> list[list[str]]:
    """The lines of one column as paragraphs."""
    made, first = [[lines[0].text]], lines[0]
    for before, line in pairwise(lines):
        if _begins(before, line, usual) or _leaves_item(first, line, usual):
            made.append([line.text])
            first = line
        else:
            made[-1].append(line.text)
    return made


def _begins(before: Run, line: Run, usual: _Measures) -> bool:
    """Whether a line begins a paragraph: after a gap, in another size, set in, as an item, or after a short line."""
    if _PARTED.search(before.text[-40:]):
        return False
    if before.middle - line.middle > 1.35 * usual.step + 0.5:
        return True
    ended, full = chrome.is_terminal(before.text), usual.is_full(before, line.text)
    if abs(before.size - line.size) > 0.3 * max(before.size, line.size) and ended:
        return True
    if usual.indent(line) - usual.indent(before) > 0.9 * line.size and usual.indent(before) < line.size:
        return not chrome.is_item(before.text)
    if line.text[0] in _BULLETS or (chrome.is_item(line.text) and (ended or not full)):
        return True
    return not full and (ended or not _is_low(line.text))


def _leaves_item(first: Run, line: Run, usual: _Measures) -> bool:
    """Whether a line stands further out than the item of a list it follows."""
    return chrome.is_item(first.text) and usual.indent(first) - usual.indent(line) > 0.5 * line.size


def _is_low(text: str) -> bool:
    """Whether a line begins with a small letter (or one of a script that has no capitals)."""
    return text[:1].isalpha() and not text[:1].isupper()


def _goes_on(usual: _Measures, before: Run, after: Run, usual_there: _Measures) -> bool:
    """Whether the last paragraph of a column goes on in the next: cut off in full line, into a column as wide."""
    if before.text.endswith((SOFT_HYPHEN, "-")):
        return True
    if chrome.is_terminal(before.text) or chrome.is_item(after.text) or not usual.is_full(before, after.text):
        return False
    widths = usual.right - usual.left, usual_there.right - usual_there.left
    alike = abs(before.size - after.size) <= 0.2 * max(before.size, after.size)
    return alike and (_is_low(after.text) or min(widths) > 0.8 * max(widths))


def _whole(lines: Sequence[str], words: Counter[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        text = _join(text, line, words)
    return re.sub(r"\u00ad\s?", "", text)


def _join(text: str, line: str, words: Counter[str]) -> str:
    parted = _PARTED.search(text[-40:])
    if parted and line[:1].isalnum():
        second = next(iter(_WORD.findall(line[:60])), "")
        keeps = not _is_low(line) or _keeps_hyphen(parted.group(1), second, words)
        return text[:-1] + ("-" if keeps else "") + line
    if _CJK_END.search(text) and re.match(f"[{chrome.CJK}“「『（]", line):
        return text + line
    return f"{text} {line}"


def _keeps_hyphen(first: str, second: str, words: Counter[str]) -> bool:
    """Whether a hyphen at a line's end belongs to the word, judged by the rest of the document."""
    first, second = first.casefold(), second.casefold()
    if words[f"{first}-{second}"]:
        return True
    if words[first + second]:
        return False
    return first in {"non", "self", "well", "anti"} or (
        words[first] > 0 and words[second] > 1 and min(len(first), len(second)) > 3
    )
