"""The figures of a text: numbers in digits and in words, percentages, sums of money, months."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.briefing.lexicon import fold as letters
from bot.briefing.vocabulary import Vocabulary, vocabulary
from bot.domain.search import fold

DIGITS = re.compile(r"\d{1,3}(?:[ .,\u00a0\u202f٬]\d{3})+(?!\d)|\d+(?:[.,٫]\d+)?")
GROUPED = re.compile(r"\d{1,3}(?:[ .,\u00a0\u202f٬]\d{3})+")
TOKEN = re.compile(rf"{DIGITS.pattern}|[^\W\d_]+(?:-[^\W\d_]+)*")
HAN_NUMBER = re.compile(r"[〇零一二两三四五六七八九十百千万萬亿億]+")
# Single signs that are as often part of a word: 一致, 十分, 万一.
HAN_WORDS = re.compile(r"^[一十百千万萬零]$")
SCALE = 1000
# Arabic writes 'and', 'in', 'for' and 'the' with the word.
PREFIXES = ("وال", "ال", "لل", "و", "ب", "ل", "ف")


def figures(text: str, language: str) -> frozenset[str]:
    """What a text counts, each in one spelling whatever the language: `2000000`, `month 11`, `unit percent`."""
    words = vocabulary(language)
    plain = "".join(_digit(char) for char in text)
    found = {_shown(value) for value in _values(plain, words)}
    folded = letters(plain)
    found |= {f"month {number}" for number, name in words.months.items() if name.search(folded)}
    return frozenset(found | {f"unit {name}" for name, sign in words.units.items() if sign.search(folded)})


def unfounded(text: frozenset[str], quoted: frozenset[str]) -> bool:
    """Whether a text has a figure that the quotes have not; a month may be written as its number and back."""
    months = {name.removeprefix("month ") for name in quoted if name.startswith("month ")}
    return bool(text - quoted - months - {f"month {value}" for value in quoted if value.isdigit()})


def _digit(char: str) -> str:
    return str(int(char)) if char.isdecimal() else char


def _values(text: str, words: Vocabulary) -> Iterator[float]:
    if not words.spaced:
        yield from _han_values(text, words.numbers)
        return
    run: list[float] = []
    end = 0
    for token in TOKEN.finditer(text):
        value = _value(token[0], words.numbers)
        apart = run and text[end : token.start()].strip("- \u00a0\u202f") != ""
        if run and (value is None or apart or not _goes_on(run, value)):
            yield _total(run)
            run = []
        if value is not None:
            run.append(value)
        end = token.end()
    if run:
        yield _total(run)


def _value(token: str, numbers: Mapping[str, int]) -> float | None:
    if token[0].isdecimal():  # not a superscript, which is a digit to Unicode and no number to Python
        return _number(token)
    folded = fold(token)
    bare = next((word for word in (folded, *(folded.removeprefix(p) for p in PREFIXES)) if word in numbers), None)
    if bare is not None:
        return float(numbers[bare])
    parts = [numbers.get(part) for part in folded.split("-")]
    known = [part for part in parts if part is not None]
    return _total([float(part) for part in known]) if len(known) == len(parts) > 1 else None


def _number(token: str) -> float:
    if GROUPED.fullmatch(token):
        return float(re.sub(r"\D", "", token))
    return float(re.sub(r"[,٫]", ".", token))


def _goes_on(run: list[float], value: float) -> bool:
    """Whether a number word continues the number before it: a scale, or something smaller than what stands."""
    return value in {100.0} or value >= SCALE or (run[-1] >= 20 and value < run[-1] and run[-1] < 1900)


def _total(run: list[float]) -> float:
    total = current = 0.0
    for value in run:
        if value >= SCALE and value % SCALE == 0 and len(run) > 1 and value != run[0]:
            total += (current or 1.0) * value
            current = 0.0
        elif value == 100.0 and current:
            current *= value
        else:
            current += value
    return total + current


def _han_values(text: str, numbers: Mapping[str, int]) -> Iterator[float]:
    for found in re.finditer(rf"({DIGITS.pattern})([百千万萬亿億]*)", text):
        value = _number(found[1])
        for scale in found[2]:
            value *= numbers[scale]
        yield value
    for found in HAN_NUMBER.finditer(re.sub(r"\d+(?:[.,]\d+)*[百千万萬亿億]*", " ", text)):
        if not HAN_WORDS.match(found[0]):
            yield _han_total(found[0], numbers)


def _han_total(run: str, numbers: Mapping[str, int]) -> float:
    total = section = digit = 0
    for sign in run:
        value = numbers.get(sign, 0)
        if value >= 10_000:
            total += (section + digit or 1) * value
            section = digit = 0
        elif value >= 10:
            section += (digit or 1) * value
            digit = 0
        else:
            digit = value
    return float(total + section + digit)


def _shown(value: float) -> str:
    return str(int(value)) if value.is_integer() else str(value)
