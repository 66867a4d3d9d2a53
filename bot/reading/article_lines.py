"""A page as lines: what both a web page and a copied text come down to before they are cut."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bot.reading import chrome

LONGEST = 2_000_000
MOST_LINES = 6_000
_SPACES = re.compile(r"[^\S\n]+")
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_INVISIBLE = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a page.

    `group` numbers the paragraph it stood in; `links` is the share of its characters inside links; `framed` says the
    mark-up calls its place navigation, footer or the like; `heading` is 1 to 6, 0 for text.
    """

    text: str
    group: int
    links: float = 0.0
    framed: bool = False
    heading: int = 0

    @property
    def is_chrome(self) -> bool:
        """Whether the line belongs to the site, not to the speech."""
        return self.framed or chrome.is_chrome(self.text) or (self.links > 0.7 and not chrome.is_prose(self.text))

    @property
    def is_prose(self) -> bool:
        """Whether the line is running text and the speaker's."""
        return not self.is_chrome and self.links < 0.6 and chrome.is_prose(self.text)


def clean(text: str) -> str:
    """One line: white space collapsed, invisible characters gone."""
    return " ".join(_INVISIBLE.sub("", text).split())


def paragraphs(text: str) -> list[list[str]]:
    """Plain text as paragraphs of lines; lines broken only to fit a page's width are joined again."""
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n"))[:LONGEST]
    found = []
    for block in _BLANK.split(_SPACES.sub(" ", text)):
        lines = [line for raw in block.split("\n") if (line := raw.strip())]
        if lines:
            found.append(_unwrapped(lines))
    return found


def _unwrapped(lines: list[str]) -> list[str]:
    """Lines of a block of hard-wrapped text made whole; other blocks are left as they are."""
    widths = [len(line) for line in lines[:-1]]
    widest = max(widths, default=0)
    if len(lines) < 2 or not 40 <= widest <= 140 or median(widths) < widest * 0.75 or not _flows(lines):
        return lines
    joined = [lines[0]]
    for before, line in pairwise(lines):
        short = len(before) < widest * 0.6
        if chrome.is_item(line) or (short and chrome.is_terminal(before)):
            joined.append(line)
        else:
            joined[-1] += " " + line
    return joined


def _flows(lines: list[str]) -> bool:
    """Whether lines go on from one to the next: many begin small, or without capitals many fill the width."""
    begun = [line[0] for line in lines[1:]]
    if any(c.isupper() or c.islower() for c in begun):
        return sum(c.islower() for c in begun) >= 0.4 * len(begun)
    widths = [len(line) for line in lines[:-1]]
    return len(lines) >= 3 and min(widths) >= max(widths) * 0.75 and chrome.is_terminal(lines[-1])


def text_lines(text: str) -> list[Line]:
    """The lines of a copied page or a PDF's text."""
    return [Line(text=line, group=n) for n, block in enumerate(paragraphs(text)) for line in block][:MOST_LINES]


def rejoin(lines: Iterable[Line]) -> list[str]:
    """Lines as paragraphs: those that stood in one are joined, unless each is whole by itself."""
    made: list[str] = []
    before: Line | None = None
    for line in lines:
        if before is not None and before.group == line.group and not _stands_alone(before, line):
            made[-1] += " " + line.text
        else:
            made.append(line.text)
        before = line
    return made


def _stands_alone(before: Line, line: Line) -> bool:
    if chrome.is_item(line.text) or line.heading != before.heading:
        return True
    return chrome.is_terminal(before.text) and chrome.weight(before.text) >= 6
