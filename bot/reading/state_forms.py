"""How a state's name bends: the forms a dictionary form takes in running text, for the languages that need it.

Everything here works on folded words (lower case, no accents, one Arabic alif), as `fold` makes them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f\u0640\u064b-\u065f\u0670])+")
MARKS = "\u0640"
ARABIC = str.maketrans({"ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي"})
Form = tuple[str, ...]


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word without case, accents or vowel signs: two spellings of one word fold to the same."""
    plain = unicodedata.normalize("NFKD", word).translate(ARABIC)
    return "".join(c for c in plain if not unicodedata.combining(c) and c not in MARKS).casefold()


def words(text: str) -> Form:
    """The folded words of a text."""
    return tuple(fold(m[0]) for m in WORD.finditer(text))


def noun_forms(form: Form, language: str) -> set[Form]:
    """A name in every form it takes: Russian cases, Arabic prefixes; elsewhere itself."""
    if language == "ru":
        return set(_russian_cases(form))
    if language == "ar":
        return {(first, *form[1:]) for first in _arabic_prefixed(form[0])}
    return {form}


def adjective_forms(form: Form, language: str) -> set[Form]:
    """An adjective in every gender, number and case its last word takes."""
    bend: dict[str, Callable[[str], set[str]]] = {
        "en": lambda w: {w, w + "s"},
        "fr": _french_adjective,
        "es": _spanish_adjective,
        "ru": lambda w: {case for row in _adjective_rows(w) for case in row} or {w},
    }
    if language == "ar":
        return {
            (first, *form[1:])
            for ending in ("", "ه", "ون", "ين", "ان", "ات")
            for bare in (form[0] + ending, "ال" + form[0] + ending)
            for first in _arabic_prefixed(bare)
        }
    return {(*form[:-1], last) for last in bend[language](form[-1])} if language in bend else {form}


def _french_adjective(word: str) -> set[str]:
    if word.endswith("e"):
        return {word, word + "s"}
    endings = (("ec", "ecque"), ("c", "que"), ("en", "enne"), ("on", "onne"), ("lao", "lao"))
    feminine = next((word.removesuffix(end) + new for end, new in endings if word.endswith(end)), word + "e")
    return {word, word + "s", feminine, feminine + "s"} - ({word + "s"} if word.endswith("s") else set())


def _spanish_adjective(word: str) -> set[str]:
    if word.endswith("o"):
        return {word[:-1] + end for end in ("o", "a", "os", "as")}
    if word.endswith(("es", "an", "on", "in", "ol", "or", "us")):
        return {word, word + "a", word + "es", word + "as"}
    return {word, word + "s", word + "es"}


def _arabic_prefixed(word: str) -> set[str]:
    forms = {prefix + word for prefix in ("", "و", "ف", "ب", "ك", "وب")}
    dative = "لل" + word[2:] if word.startswith("ال") else "ل" + word
    return forms | {dative, "و" + dative}


ADJECTIVES: dict[str, list[Form]] = {
    "ая": [("ая", "ои", "ои", "ую", "ои", "ои")],
    "ии": [("ии", "ого", "ому", "ого", "им", "ом"), ("ая", "ои", "ои", "ую", "ои", "ои")],
    "ыи": [("ыи", "ого", "ому", "ого", "ым", "ом"), ("ая", "ои", "ои", "ую", "ои", "ои")],
    "ои": [("ои", "ого", "ому", "ого", "ым", "ом")],
    "ое": [("ое", "ого", "ому", "ое", "ым", "ом")],
    "ие": [("ие", "их", "им", "ие", "ими", "их")],
    "ые": [("ые", "ых", "ым", "ые", "ыми", "ых")],
}
EXTRA = {"ии": [("ое",) * 6, ("ие", "их", "им", "ие", "ими", "их")], "ыи": [("ые", "ых", "ым", "ые", "ыми", "ых")]}
NOUNS: tuple[tuple[str, list[Form]], ...] = (
    ("острова", [("острова", "островов", "островам", "острова", "островами", "островах")]),
    ("ия", [("ия", "ии", "ии", "ию", "иеи", "ии")]),
    ("ея", [("ея", "еи", "ее", "ею", "ееи", "ее")]),
    ("а", [("а", "ы", "е", "у", "ои", "е"), ("а", "и", "е", "у", "еи", "е")]),
    ("ство", [("ство", "ства", "ству", "ство", "ством", "стве")]),
    ("ет", [("ет", "та", "ту", "ет", "том", "те"), ("ет", "ета", "ету", "ет", "етом", "ете")]),
    ("ль", [("ль", "ля", "лю", "ль", "лем", "ле")]),
    ("ь", [("ь", "и", "и", "ь", "ью", "и")]),
    ("аи", [("аи", "ая", "аю", "аи", "аем", "ае")]),
    ("еи", [("еи", "ея", "ею", "еи", "еем", "ее")]),
    ("ы", [("ы", "ов", "ам", "ы", "ами", "ах"), ("ы", "", "ам", "ы", "ами", "ах")]),
)


def _adjective_rows(word: str) -> list[Form]:
    """An adjective's cases, one row a gender: six words from nominative to prepositional. Empty for other words."""
    rows = ADJECTIVES.get(word[-2:], []) + EXTRA.get(word[-2:], [])
    return [tuple(word[:-2] + end for end in row) for row in rows]


def _noun_rows(word: str) -> list[Form]:
    for ending, rows in NOUNS:
        if word.endswith(ending):
            return [tuple(word.removesuffix(ending) + end for end in row) for row in rows]
    if word[-1] in "бвгджзклмнпрстфхцчшщ":
        return [tuple(word + end for end in ("", "а", "у", "", "ом", "е"))]
    return [(word,) * 6]


def _russian_cases(form: Form) -> Iterator[Form]:
    """The name in each case: adjectives and the first noun bend together, what follows the noun stays."""
    head = 0
    while head < len(form) - 1 and _adjective_rows(form[head]):
        head += 1
    adjectives = [_adjective_rows(word) for word in form[:head]]
    for row in _noun_rows(form[head]):
        for case in range(6):
            for choice in range(3):
                bent = [rows[min(choice, len(rows) - 1)][case] for rows in adjectives]
                yield (*bent, row[case], *form[head + 1 :])
    yield form
