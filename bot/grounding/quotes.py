"""Whether what is given as a quote stands in the point, word for word."""

from __future__ import annotations

import re
import unicodedata

from bot.briefing.lexicon import WIDE, cost

MARKS = str.maketrans(dict.fromkeys("“”„‟«»‹›「」『』＂", '"') | dict.fromkeys("’‘‚‛`´ʼ＇", "'"))
LEAST_COST = 1.8


def normal(text: str) -> str:
    """A text as quotes are compared: white space, quotation marks and compatibility forms made one; case kept."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(MARKS)).translate(MARKS).split())


def stands_in(quote: str, point: str) -> bool:
    """Whether a quote stands in a point exactly, from the beginning of a word to the end of one."""
    sought, where = normal(quote), normal(point)
    if cost(sought) < LEAST_COST:
        return False
    return any(_whole_words(where, found.start(), found.end()) for found in re.finditer(re.escape(sought), where))


def _whole_words(text: str, start: int, end: int) -> bool:
    return not _within_word(text, start) and not _within_word(text, end)


def _within_word(text: str, at: int) -> bool:
    if not 0 < at < len(text) or WIDE.match(text[at]) or WIDE.match(text[at - 1]):
        return False
    inside = text[at - 1 : at + 1]
    return inside.replace("'", "a").replace("-", "a").isalnum()
