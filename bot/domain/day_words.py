"""The words days are written with, and text folded so that one pattern meets every script's letters and digits."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.data import language, languages, table

_SAME_LETTER = {"ی": "ي", "ى": "ي", "ک": "ك", "ـ": "", "’": "'", "−": "-", "‐": "-", "‑": "-", "–": "-", "—": "-"}
_CHINESE = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_TENS = {"十": 10, "廿": 20, "卅": 30}
ROMAN = {name: value for value, name in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)}
CHINESE_DIGITS = "".join([*_CHINESE, *_TENS])


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A text without case, accents and hidden characters, its digits 0–9; `places` maps each character back."""

    text: str
    places: range | list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the folded text stands in the original."""
        return self.places[start], self.places[end - 1] + 1


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    if char in _SAME_LETTER:
        return _SAME_LETTER[char]
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category in {"Cf", "Mn"}:
        return ""
    if category == "No":  # ½ and ² are no digits of a date
        return char
    plain = unicodedata.normalize("NFKD", char)
    return "".join(part for part in plain if unicodedata.category(part) != "Mn").casefold()


def fold(text: str) -> Folded:
    """The text folded for matching."""
    if text.isascii():
        return Folded(text=text.lower(), places=range(len(text)))
    parts = [_folded(char) for char in text]
    places = [place for place, part in enumerate(parts) for _ in part]
    return Folded(text="".join(parts), places=places)


@cache
def months() -> dict[str, int]:
    """Every month name, folded, and its number. Raises ValueError where two languages disagree on one."""
    tables = [language(code, "dates")["months"] for code in languages()]
    tables += [entry["months"] for entry in table("months.toml").values()]
    found: dict[str, int] = {}
    for names in tables:
        for number, spellings in enumerate(names, 1):
            for name in spellings:
                if found.setdefault(fold(name).text, number) != number:
                    raise ValueError(f"the month name {name!r} stands for two months; see dates.toml, months.toml")
    return found


def _words(key: str) -> list[str]:
    return sorted({fold(word).text for code in languages() for word in language(code, "dates")[key]}, key=len)[::-1]


def choice(words: list[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in sorted(words, key=len, reverse=True))


@cache
def month_pattern() -> str:
    """A pattern for one month name."""
    return choice(list(months()))


@cache
def word_pattern(key: str) -> str:
    """A pattern for the words under a key of dates.toml: ordinals, links, ranges, first."""
    return choice(_words(key))


def month_number(name: str) -> int:
    """The number of a folded month name, whatever white space stands in it, or of a Roman numeral."""
    return ROMAN.get(name) or months()[" ".join(name.split())]


def number(digits: str) -> int:
    """The value of up to four digits or Chinese numerals. Raises ValueError for what is no number."""
    if digits.isdecimal():
        return int(digits)
    if all(char in _CHINESE for char in digits):
        return int("".join(str(_CHINESE[char]) for char in digits))
    value = 0
    for char in digits:  # 二十九, 廿九, 十二
        if char in _TENS:
            value = (value or 1) * _TENS[char] if char == "十" else _TENS[char]
        else:
            value += _CHINESE[char]
    return value


def full_year(year: int, digits: int) -> int:
    """A year of two digits in its century: 69–99 in the last, 00–68 in this one."""
    if digits > 2:
        return year
    return year + (1900 if year > 68 else 2000)
