"""Links that open a page at a sentence: text fragments (https://wicg.github.io/scroll-to-text-fragment/)."""

from __future__ import annotations

import re
from urllib.parse import quote as percent

LONG = 90
FEW_WORDS = 5
FEW_CHARACTERS = 14
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def link(url: str | None, body: str, start: int, end: int) -> str | None:
    """The address that opens `url` at `body[start:end]`; None without an address.

    A long quote is named by its first and last words. Where its beginning stands earlier in the body too,
    the words before it are given as prefix, so that the page opens at the right place.
    """
    if not url:
        return None
    quoted = body[start:end]
    if len(quoted) <= LONG and "\n" not in quoted:
        first, last = quoted, None
    else:
        first, last = _first_words(quoted), _last_words(quoted)
    before = ""
    if body.find(first) < start:
        before = _last_words(body[:start].rstrip().rpartition("\n")[2])
    parts = [f"{_encoded(before)}-"] if before else []
    parts.append(_encoded(first))
    if last:
        parts.append(_encoded(last))
    joint = "" if "#" in url else "#"
    return f"{url}{joint}:~:text={','.join(parts)}"


def _encoded(text: str) -> str:
    # quote() leaves '-' alone, which is syntax in a text directive.
    return percent(" ".join(text.split()), safe="").replace("-", "%2D")


def _first_words(text: str) -> str:
    line = text.partition("\n")[0]
    if WIDE.search(line[:FEW_CHARACTERS]):
        return line[:FEW_CHARACTERS]
    ends = [found.end() for found in re.finditer(r"\S+", line)]
    return line[: ends[min(FEW_WORDS, len(ends)) - 1]] if ends else line


def _last_words(text: str) -> str:
    line = text.rpartition("\n")[2]
    if WIDE.search(line[-FEW_CHARACTERS:]):
        return line[-FEW_CHARACTERS:]
    starts = [found.start() for found in re.finditer(r"\S+", line)]
    return line[starts[max(len(starts) - FEW_WORDS, 0)] :] if starts else line
