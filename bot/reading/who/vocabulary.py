"""The words by which a page says who speaks, ready to match: one vocabulary a script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from bot import data
from bot.reading.state_forms import ARABIC, MARKS

SCRIPTS = {"latin": ("en", "fr", "es"), "cyrillic": ("ru",), "arabic": ("ar",), "han": ("zh",)}
# These join only right behind the speech: "statement of", not "statement on the work of".
WEAK_JOINS = frozenset("of from de du des del d' la".split()) | {"de la", "的", "от имени", "со стороны"}
# The lists whose words are no names; a byline may be of words in no list only.
COMMON_LISTS = (
    *("statement", "by", "members", "labels", "senders", "not_speaker", "vocatives", "roles", "posts", "name_stops"),
    *(
        "not_names",
        "matters",
        "mission",
        "on_behalf",
        "aligns",
        "delegation",
        "officials",
        "bodies",
        "joint",
        "honorifics",
    ),
)
QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "\u00a0": " ", "\u202f": " ", "\u2011": "-", "\u2010": "-"})
SIGNS = r"[\u064b-\u0652\u0670\u0640]"
RANGES = (
    ("han", re.compile(r"[\u3400-\u9fff]")),
    ("arabic", re.compile(r"[\u0620-\u064a\u0671-\u06d3]")),
    ("cyrillic", re.compile(r"[\u0400-\u052f]")),
    ("latin", re.compile(r"[A-Za-z\u00c0-\u024f]")),
)


def script_of(text: str) -> str:
    """The script most of a text's letters are in; a Han sign counts for two, as it is most of a word."""
    counts = {name: len(letters.findall(text)) for name, letters in RANGES}
    counts["han"] *= 2
    return max(counts, key=lambda name: counts[name]) if any(counts.values()) else "latin"


def script_of_language(language: str) -> str:
    """The script a language's vocabulary is kept under."""
    return next((script for script, members in SCRIPTS.items() if language in members), "latin")


def bare(text: str) -> str:
    """The text composed (NFC), without vowel signs and stretching marks: what `flat` can follow sign by sign."""
    text = unicodedata.normalize("NFC", text)
    return "".join(c for c in text if c not in MARKS and not unicodedata.combining(c))


def as_written(words: str, texts: Iterable[str]) -> str:
    """Words of a text made bare, with the vowel signs they have in the first of the texts that holds them."""
    if not RANGES[1][1].search(words):
        return words
    written = re.compile(rf"{SIGNS}*".join(map(re.escape, words)) + f"{SIGNS}*")
    found = (written.search(text) for text in texts)
    return next((one[0] for one in found if one), words)


@cache
def _plain(sign: str) -> str:
    base = unicodedata.normalize("NFKD", sign.translate(QUOTES).translate(ARABIC))
    lowered = next((c for c in base if not unicodedata.combining(c)), sign).lower()
    return lowered if len(lowered) == 1 else sign


def flat(text: str) -> str:
    """A text without case and accents, of the same length: an offset in one is an offset in the other."""
    return "".join(map(_plain, text))


@cache
def wordlist(script: str, key: str) -> frozenset[str]:
    """A list of the vocabulary, flat."""
    tables = [data.language(language, "who") for language in SCRIPTS[script]]
    if script == "latin":  # banners are in the language at home, whatever that of the speech
        tables.append(data.table("neighbours.toml")["who"])
    return frozenset(flat(bare(word)) for table in tables for word in table.get(key, ()))


@cache
def common(script: str) -> frozenset[str]:
    """All words of a script's languages there are lists of: of speeches, subjects, pages and dates."""
    known = {word for key in COMMON_LISTS for form in wordlist(script, key) for word in re.findall(r"[\w'-]+", form)}
    for language in SCRIPTS[script]:
        for name in ("subject", "chrome", "dates"):
            known |= {flat(bare(word)) for form in _forms(data.language(language, name)) for word in form.split()}
    return frozenset(known - wordlist(script, "particles"))


def _forms(values: Any) -> Iterator[str]:
    if isinstance(values, str):
        yield values.replace("*", "")
    elif isinstance(values, Iterable):
        for value in values.values() if isinstance(values, dict) else values:
            yield from _forms(value)


@cache
def phrases(script: str, *keys: str) -> re.Pattern[str]:
    """A pattern that finds any phrase of these lists in a flat text, the longest first, on whole words.

    "*" in a phrase stands for up to six words: "President of the * General Assembly".
    """
    forms = sorted({form for key in keys for form in wordlist(script, key)}, key=lambda form: (-len(form), form))
    body = "|".join(r"\s{1,3}".join(map(re.escape, form.split())) for form in forms)
    body = body.replace(r"\*\s{1,3}", r"(?:[^\s,;:]{1,20}\s{1,3}){0,6}")
    if script == "han":
        return re.compile(f"(?:{body})")
    return re.compile(rf"(?<!\w)(?:{body})(?:(?<=')|(?!\w))")


PARTICIPLE = re.compile(
    r"(?:[a-z]{2,30}(?:ed|en)|[^\W\d_]{2,30}(?:é|ée|és|ées)|[^\W\d_]{2,30}[ai]d[oa]s?)\s{1,3}$", re.I
)


def joins(text: str, plain: str, script: str, start: int, end: int) -> list[re.Match[str]]:
    """The words that join a speech to who gives it, between two places of a line; `plain` is the line flat.

    A bare "by" after a participle is none of them: "hosted by", "présenté par".
    """
    bare_by = {"by", "par", "por"}
    found = phrases(script, "by").finditer(plain, start, end)
    return [
        m for m in found if m[0] not in bare_by or not PARTICIPLE.search(text, max(start, m.start() - 40), m.start())
    ]
