"""What was taken out of a text and what was put in: by paragraphs first, then by sentences, then by words.

Each step only looks inside what the one before found changed, and not where that is too much to compare: then it is
told as taken out and put in whole. So the cost stays bounded, whatever the two texts are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

PARAGRAPH = re.compile(r"\n\n+|(?:(?!\n\n).)+", re.DOTALL)
SENTENCE = re.compile(r"[^.!?;。！？；؟۔\n]+(?:[.!?;。！？；؟۔]+[\"'”’»)\]]*|\n+|$)\s*|[.!?;。！？；؟۔\n]+\s*")
# Han characters each for itself: there are no spaces between words.
WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|\s+|[^\w\s]")
STEPS = (PARAGRAPH, SENTENCE, WORD)
# Products of the numbers of pieces on both sides beyond which no comparison is made.
MOST = (4_000_000, 250_000, 90_000)
# Two sentences that share less of their words are not told as one that was changed.
LIKE = 0.4


class Fate(StrEnum):
    """What became of a run of text."""

    SAME = "same"
    GONE = "gone"
    CAME = "came"


@dataclass(frozen=True, slots=True)
class Run:
    """Text that shares a fate."""

    fate: Fate
    text: str


def differences(before: str, after: str) -> tuple[Run, ...]:
    """The two texts as one: those that are the same or gone joined are `before`, the same or come joined `after`."""
    return tuple(_joined(_compared(before, after, 0)))


def _compared(before: str, after: str, step: int) -> Iterator[Run]:
    old, new = STEPS[step].findall(before), STEPS[step].findall(after)
    if len(old) * len(new) > MOST[step]:
        yield from _whole(before, after)
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if STEPS[step] is WORD and matcher.ratio() < LIKE:
        yield from _whole(before, after)
        return
    for _, i, j, k, m in matcher.get_opcodes():
        yield from _stretch("".join(old[i:j]), "".join(new[k:m]), step)


def _stretch(gone: str, came: str, step: int) -> Iterator[Run]:
    if gone == came:
        yield Run(Fate.SAME, gone)
    elif gone and came and step + 1 < len(STEPS):
        yield from _compared(gone, came, step + 1)
    else:
        yield from _whole(gone, came)


def _whole(gone: str, came: str) -> Iterator[Run]:
    yield Run(Fate.GONE, gone)
    yield Run(Fate.CAME, came)


def _joined(runs: Iterator[Run] | Sequence[Run]) -> list[Run]:
    """Neighbours of one fate as one; nothing empty."""
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].fate is run.fate:
            joined[-1] = Run(run.fate, joined[-1].text + run.text)
        elif run.text:
            joined.append(run)
    return joined
