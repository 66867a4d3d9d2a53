"""Whether a retelling in the quotes' own language says only what they say: the same words, in the same order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from bot.briefing.lexicon import fold as letters
from bot.briefing.lexicon import words as words_of
from bot.briefing.vocabulary import Vocabulary, stem_of, vocabulary
from bot.domain.search import fold

STEM = 4
PARTS = re.compile(r"[;:؛；：—–。]|\.\s")
LONGEST = 400


def retells(text: str, quotes: Sequence[str], language: str) -> bool:
    """Whether every word of a text that carries sense is one of the quotes', and all of them stand in their order.

    Where the quotes' words on either side of a semicolon, a colon or a dash are joined, that mark must be there too.
    """
    words = vocabulary(language)
    said = _tokens(text, words)
    heard = [
        (token, (n, m))
        for n, q in enumerate(quotes)
        for m, p in enumerate(PARTS.split(q))
        for token in _tokens(p, words)
    ]
    if not said or len(said) > LONGEST or len(heard) > LONGEST:
        return False
    # Each word as early as it can: if they fit in order at all, they fit so.
    place, parts = 0, list[tuple[int, int]]()
    for token in said:
        place = next((n + 1 for n in range(place, len(heard)) if _same(token, heard[n][0], words)), -1)
        if place < 0:
            return False
        parts.append(heard[place - 1][1])
    joined = sum(1 for one, other in pairwise(parts) if one[0] == other[0] and one != other)
    return joined <= len(PARTS.findall(text.rstrip(" .。")))


def appends(text: str, quoted: str, language: str, of: str) -> bool:
    """Whether a translation gives a cause or a contrast that its quotes do not, or strings together more than they."""
    said, heard = letters(text), letters(quoted)
    own, theirs = vocabulary(language), vocabulary(of)
    if own.causes.search(said) and not theirs.causes.search(heard):
        return True
    if own.contrasts.search(said) and not theirs.contrasts.search(heard):
        return True
    return len(own.additions.findall(said)) > len(theirs.additions.findall(heard))


def keeps_force(text: str, quoted: str, language: str) -> bool:
    """Whether the words a position's force hangs on are as many and the same in both."""
    words = vocabulary(language)
    return _forces(text, words) == _forces(quoted, words)


def _forces(text: str, words: Vocabulary) -> Counter[str]:
    kept = {words.forms.get(word, word) for word in words.keep}
    found = (words.forms.get(token, token) for token in map(fold, words_of(text)))
    return Counter(token for token in found if token in kept)


def _tokens(text: str, words: Vocabulary) -> list[str]:
    """The words that carry sense, folded."""
    return [token for token in map(fold, words_of(text)) if token and token not in words.neutral]


def _same(one: str, other: str, words: Vocabulary) -> bool:
    """Whether two words are forms of one."""
    if one == other:
        return True
    if not words.spaced or one.isdigit() or other.isdigit():
        return False
    if one in words.keep or other in words.keep:
        return words.forms.get(one, one) == words.forms.get(other, other)
    if stem_of(one, words) == stem_of(other, words):
        return True
    shared = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    # The ending may begin before the first letter that differs: поддержива|ем, поддержива|ет.
    return any(one[n:] in words.endings and other[n:] in words.endings for n in range(shared, STEM - 1, -1))
