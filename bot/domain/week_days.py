"""Days told by the day of the week: `on Tuesday`, `este martes 21`, `星期二（21日）`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from bot.data import language, languages
from bot.domain.day_words import choice, fold, word_pattern

_WEEK = timedelta(days=7)
# A number behind a day of the week is that of the month within so many weeks.
_WEEKS = 4


@dataclass(frozen=True, slots=True)
class FoundWeekday:
    """A day of the week, 0 for Monday, perhaps with that of the month, and where the text names it."""

    weekday: int
    day: int | None
    start: int
    end: int

    def on_or_before(self, last: date) -> date | None:
        """The nearest such day that is not after `last`: within a week, with its number within four; else None."""
        nearest = last - timedelta(days=(last.weekday() - self.weekday) % 7)
        tries = [nearest - week * _WEEK for week in range(_WEEKS)] if self.day else [nearest]
        return next((one for one in tries if self.day in {None, one.day}), None)


def find_weekdays(text: str) -> list[FoundWeekday]:
    """Every day of the week a text names, in order. Runs in linear time."""
    folded = fold(text)
    found = []
    for match in _pattern().finditer(folded.text):
        day = next((int(digits) for digits in match.group("d", "d2") if digits), None)
        name = " ".join((match["w"] or match["w2"]).split())
        found.append(FoundWeekday(weekdays()[name], day, *folded.span(*match.span())))
    return found


@cache
def weekdays() -> dict[str, int]:
    """Every name of a day of the week, folded, and its number, Monday's 0."""
    tables = [language(code, "dates")["weekdays"] for code in languages()]
    return {fold(name).text: number for names in tables for number, some in enumerate(names) for name in some}


@cache
def _pattern() -> re.Pattern[str]:
    """Tuesday, Tuesday 21, Tuesday the 21st, вторник, 21-го, 星期二（21日）, الثلاثاء 21."""
    han = [name for name in weekdays() if ord(name[0]) >= 0x3400]
    spaced = [name for name in weekdays() if ord(name[0]) < 0x3400]
    digits = r"(?:[12]\d|3[01]|0?[1-9])(?![\d:])"
    number = rf",?\s{{1,2}}(?:(?:the|le|el|du)\s)?(?P<d>{digits})(?:-?(?:{word_pattern('ordinals')})(?![^\W\d_]))?"
    days = rf"[(（,，]?\s?(?P<d2>{digits})[日号號]"
    return re.compile(
        rf"(?<!\w)(?P<w>{choice(spaced)})(?!\w)(?:{number})?"
        rf"|(?P<w2>{choice(han)})(?:{days})?"
    )
