"""Lines that hold a day as rows of a table do, and those that a page's machinery wrote."""

from __future__ import annotations

import re

from bot.domain.dates import find_days
from bot.reading.subject import Text, has, hits, ready

# Labels are no longer, in signs and in words.
LONGEST_LABEL, MOST_OF_LABEL = 40, 4
# Behind and before a word for what is counted stands how many: `0 comments`, `Lectura: 3 min`.
COUNT_BEFORE, COUNT_BEHIND = re.compile(r"\d\s?[+·|(]?\s?$"), re.compile(r"\s?[:：(]?\s?\d")


def join_rows(lines: list[str]) -> list[str]:
    """Lines with a label that stands alone (`Date and place`, `Uploaded`) on one line with the day it labels."""
    made: list[str] = []
    for line in lines:
        label = ready(made[-1]) if made and len(made[-1]) <= LONGEST_LABEL else ready("")
        told = label and (has(label, "dates", "publication") or _is_day_label(label))
        if told and find_days(line) and not any(char.isdigit() for char in made[-1]):
            made[-1] = f"{made[-1].rstrip(' :：')}: {line}"
        else:
            made.append(line)
    return made


def _is_day_label(label: Text) -> bool:
    begins = any(hit.start == 0 for hit in hits(label, "dates", "day_labels"))
    return begins and len(label.lower.split()) <= MOST_OF_LABEL


def is_counted(text: Text) -> bool:
    """Whether a line counts what visitors of the page did, as `By Admin | 22 July 2026 | 0 comments`."""
    around = ((hit.start, hit.start + len(hit.words)) for hit in hits(text, "dates", "counters"))
    return any(
        COUNT_BEFORE.search(text.lower[max(0, at - 5) : at]) or COUNT_BEHIND.match(text.lower, end)
        for at, end in around
    )
