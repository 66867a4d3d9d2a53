"""Cuts a page's lines into what stands before the title, between title and speech, the speech, and after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bot.domain.dates import find_days
from bot.reading import chrome
from bot.reading.article_lines import Line
from bot.reading.subject import has, ready

_LOOK_AHEAD = 12
_TITLE_WORDS = 12
_LONGEST_HEADER = 60
_RANK_COST = 4
_HEADING_WORTH = 6
_REST = 0.2
_REMARK = 20
_STOP = re.compile(r"(?<=\w{3})\.\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A page in its parts; `title` is None where no line of it is the title."""

    title: str | None
    site: list[Line]
    header: list[Line]
    body: list[Line]
    tail: list[Line]


def cut(lines: Sequence[Line], titles: Sequence[str]) -> Cut:
    """Cut a page. `titles` are what its title may be, best first; without one it is guessed from the lines."""
    found = _find_title(lines, titles) or _guess_title(lines)
    after = found[1] if found else 0
    start = _find_start(lines, after)
    end = _find_end(lines, start)
    inside = lines[start:end]
    return Cut(
        title=" ".join(line.text for line in lines[found[0] : found[1]]) if found else None,
        site=[*lines[: found[0] if found else 0], *(line for line in lines[after:start] if line.is_chrome)],
        header=[line for line in lines[after:start] if not line.is_chrome],
        body=[line for line in inside if not _is_stray(line)],
        tail=[*(line for line in inside if _is_stray(line)), *lines[end:]],
    )


def _find_title(lines: Sequence[Line], titles: Sequence[str]) -> tuple[int, int] | None:
    """Where the title stands, as first line and the one after the last; a title may run over three lines."""
    keys = [chrome.key(line.text) for line in lines]
    spans = [(" ".join(keys[i : i + n]), (i, i + n)) for i in range(len(keys)) for n in (1, 2, 3) if i + n <= len(keys)]
    latest = _latest_title(lines)
    for title in titles:
        wanted = chrome.key(title.rstrip(".… "))
        if not wanted:
            continue
        for found in (
            [span for key, span in spans if key == wanted],
            [span for key, span in spans if len(wanted) > 20 and key.startswith(wanted)],
            [span for key, span in spans if _is_begin(key, wanted)],
        ):
            followed = [span for span in found if span[1] <= latest]
            if followed:
                return min(followed, key=lambda span: (lines[span[0]].framed, lines[span[0]].heading == 0, -span[0]))
    return None


def _latest_title(lines: Sequence[Line]) -> int:
    """The line by which a title must have ended: most of the prose follows it."""
    words = [chrome.weight(line.text) if line.is_prose else 0 for line in lines]
    rest, total = 0, sum(words)
    for i in range(len(lines) - 1, -1, -1):
        rest += words[i]
        if rest * 2 >= total > 0:
            return i
    return len(lines)


def _is_begin(line: str, title: str) -> bool:
    """Whether a line is the title less the site's name behind it (or before)."""
    return len(line) >= 20 and (title.startswith(line) or title.endswith(line)) and len(line) * 3 > len(title)


def _guess_title(lines: Sequence[Line]) -> tuple[int, int] | None:
    """The line most like a title before the first running text: early, of several words, better a heading."""
    start = _find_start(lines, 0)
    aside = _asides(lines)
    before = range(start + (start < len(lines) and _may_be_title(lines[start])))
    trail = max((i for i in before if chrome.is_trail(lines[i].text)), default=-1)
    likely = [
        i
        for i in before
        if chrome.weight(lines[i].text) >= 4
        and lines[i].group not in aside
        and not _is_frame(lines[i])
        and not chrome.is_letterhead(lines[i].text)
    ]
    likely = [i for i in likely if i > trail] or likely
    if not likely:
        return None

    def worth(rank: int) -> int:
        line = lines[likely[rank]]
        words = min(chrome.weight(line.text), _TITLE_WORDS)
        return words - _RANK_COST * rank + (_HEADING_WORTH if line.heading else 0)

    best = likely[max(range(len(likely)), key=worth)]
    return best, best + 1


def _may_be_title(line: Line) -> bool:
    """Whether what looks like running text may be a title that asks or exclaims."""
    return (
        line.text.endswith(("?", "!", "？", "！"))
        and chrome.weight(line.text) <= 25
        and not chrome.is_greeting(line.text)
    )


def _is_frame(line: Line) -> bool:
    text = line.text
    return line.is_chrome or chrome.is_trail(text) or chrome.is_banner(text) or chrome.is_dated(text)


def _asides(lines: Sequence[Line]) -> set[int]:
    """The paragraphs that are menus or teasers: mostly short lines, or led by one that points elsewhere."""
    sizes: dict[int, list[int]] = {}
    for line in lines:
        sizes.setdefault(line.group, []).append(chrome.weight(line.text))
    menus = {group for group, found in sizes.items() if len(found) >= 3 and median(found) <= 3}
    return menus | {line.group for line in lines if chrome.is_teaser(line.text)}


def _find_start(lines: Sequence[Line], after: int) -> int:
    """The first line of the speech: a greeting, or running text that does not say who speaks."""
    for i in range(after, len(lines)):
        line = lines[i]
        if line.is_chrome:
            continue
        if chrome.is_greeting(line.text) or (line.is_prose and not _is_header(lines, i)):
            return i
    return next((i for i in range(after, len(lines)) if lines[i].is_prose), len(lines))


def _is_header(lines: Sequence[Line], i: int) -> bool:
    text = lines[i].text
    if not chrome.is_header(text):
        tells = _tells_delivery(text) or chrome.is_preface(text)
        return chrome.weight(text) <= _LONGEST_HEADER and tells and _greeted(lines, i, strict=True)
    if not chrome.is_terminal(text) or chrome.weight(text) < 12:
        return True
    return chrome.weight(text) <= _LONGEST_HEADER and _greeted(lines, i)


def _tells_delivery(text: str) -> bool:
    """Whether a line says on which day it was delivered, ends by naming one, or presents a speech behind it."""
    if any(chrome.is_header(part) for part in _STOP.split(text, maxsplit=2)[1:]):
        return True
    days = find_days(text)
    return bool(days) and (len(text) - days[-1].end <= _REMARK or has(ready(text), "dates", "delivery"))


def _greeted(lines: Sequence[Line], i: int, *, strict: bool = False) -> bool:
    """Whether the room is addressed soon after a line, with no running text between; `strict`, right after it."""
    if strict and chrome.opens_with_greeting(lines[i].text):
        return False
    for line in lines[i + 1 : i + 1 + _LOOK_AHEAD]:
        if line.is_chrome:
            continue
        if chrome.is_greeting(line.text) or (line.is_prose and chrome.opens_with_greeting(line.text)):
            return True
        if line.is_prose and (strict or not chrome.is_header(line.text)):
            return False
    return False


def _find_end(lines: Sequence[Line], start: int) -> int:
    """The line after the last of the speech."""
    words = [chrome.weight(line.text) if line.is_prose else 0 for line in lines]
    total, rest, end = sum(words[start:]), 0, len(lines)
    for i in range(len(lines) - 1, start, -1):
        if rest > total * _REST:
            break
        line = lines[i]
        if not line.is_chrome and _closes(lines, i):
            end = min(end, i + 1)
            break
        if (chrome.is_separator(line.text) and not rest) or (not line.is_prose and chrome.opens_tail(line.text)):
            end = i
        rest += words[i]
    while end > start and not _may_end(lines[end - 1]):
        end -= 1
    return end


def _closes(lines: Sequence[Line], i: int) -> bool:
    """Whether the speech ends with a line: thanks by themselves, or at a paragraph's end with no paragraph after."""
    if not chrome.is_closing(lines[i].text):
        return False
    return chrome.weight(lines[i].text) <= _TITLE_WORDS or i + 1 == len(lines) or not lines[i + 1].is_prose


def _may_end(line: Line) -> bool:
    if line.is_chrome:
        return False
    return (
        line.is_prose
        or chrome.is_closing(line.text)
        or chrome.is_terminal(line.text)
        or (chrome.is_item(line.text) and line.links == 0)
    )


def _is_stray(line: Line) -> bool:
    """Whether a line among the speech's is not of it: a button, a teaser, an ornament."""
    if line.is_chrome or chrome.is_separator(line.text) or chrome.is_teaser(line.text):
        return True
    return (
        chrome.opens_tail(line.text)
        and not line.heading
        and not chrome.is_item(line.text)
        and not chrome.is_prose(line.text)
    )
