"""The parts of a line that says several things: `Statement of Belgium – Jane Roe – 26 June 2024`."""

from __future__ import annotations

import re

from bot.domain.dates import find_days
from bot.reading.who.vocabulary import flat, phrases, script_of

# A stop behind a whole word, a dot or bar set apart, a bracket; "H.E. Mr." holds together.
STOP = re.compile(
    r"(?<=\w{4})(?<!Perm)(?<!Prof)(?<!Brig)(?<!Capt)(?<!Sept)\.\s(?=\w)|(?<=\d)\.\s(?=[^\W\d])|(?<=\dг)\.\s(?=\w)"
    r"|(?<=\d\sг)\.\s(?=\w)"
)
BREAK = re.compile(STOP.pattern + r"|\s[·/]\s|\s?[|｜•;；。]\s?|[()（）\[\]【】〔〕]|——")
DASH = re.compile(r"\s[–—-]\s|\s?[–—]\s")
COMMA = re.compile("[，、]")
# What belongs to a day behind it, and what may lead on from there: `9 марта 2026 г., …`, `9 de marzo de 2026, por …`.
OF_THE_DAY = re.compile(r"\s?(?:г\b\.?|года\b|م\b|[)）])?\s?[,،，:]?\s?(?:(?:by|par|por)\s)?", re.I)
LONGEST_LINE = 400
EDGES = " .·•–—-:：\t"


def pieces(line: str, *, fine: bool = False) -> list[str]:
    """The parts of a line before which nobody who does not speak is named; empty if it is whole.

    A day is a part of its own. A dash parts a line only where it is to be `fine`, as it may stand between a post and
    a name.
    """
    if len(line) > LONGEST_LINE:
        return []
    script = script_of(line)
    others = phrases(script, "not_speaker", "press").search(flat(line))
    parts = BREAK.split(_days_set_apart(line[: others.start() if others else len(line)]))
    if fine:
        parts = [part for whole in parts for part in DASH.split(whole)]
    if script == "han":
        parts = [part for whole in parts for part in COMMA.split(whole)]
    kept = [part.strip(EDGES) for part in parts]
    return [part for part in kept if part] if len(parts) > 1 else []


def _days_set_apart(line: str) -> str:
    """A line with a bar before and behind each day, in place of what leads on from there."""
    for found in reversed(find_days(line) if any(char.isdecimal() for char in line) or "年" in line else []):
        behind = OF_THE_DAY.match(line, found.end)
        rest = line[behind.end() if behind else found.end :]
        line = f"{line[: found.start].rstrip(' ,،')} | {line[found.start : found.end]} | {rest}"
    return line
