"""How far a text is about ICT security: stretch by stretch, so that long and short paragraphs weigh alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.reading.subject import Text, has, kinds_of

WINDOW = 30
# What a stretch of text counts that only leans our way, by how many words lean; in our own bodies, and elsewhere.
LEANS = (0.0, 0.1, 0.25, 0.4)
LEANS_HERE = (0.0, 0.3, 0.5, 0.7)
SENTENCE = re.compile(r"[^.!?。！？؟;；\n]*[.!?。！？؟;；\n]|[^.!?。！？؟;；\n]+")


def windows(text: Text) -> Iterator[Text]:
    """The text in stretches of about thirty words, so that long and short paragraphs weigh alike."""
    start, size, end = 0, 0.0, 0
    for piece in SENTENCE.finditer(text.plain):
        end = piece.end()
        size += text.part(piece.start(), end).words()
        if size >= WINDOW:
            yield text.part(start, end)
            start, size = end, 0.0
    if size >= WINDOW / 3:
        yield text.part(start, end)


def about_cyber(part: Text, leans: tuple[float, ...]) -> float:
    """How far a stretch is about it: wholly with one of its terms, in part with words that only lean that way."""
    if has(part, "cyber", "strong"):
        return 1.0
    return leans[min(len(kinds_of(part, "cyber", "weak")), len(leans) - 1)]


def spread_of(worth: Sequence[float]) -> float:
    """How far the subject runs through the text, from 0 to 1: what fills one paragraph of many is an aside."""
    touched = sum(1.0 if one == 1.0 else 0.5 for one in worth if one)
    return min(1.0, touched / min(4.0, 1.0 + 0.4 * len(worth)))
