"""Words as they are searched for: one normal form, made here, so that every database gives the same answers.

Case and accents are ignored; a light stemmer takes off plural and case endings by script (Latin: English, French,
Spanish; Cyrillic: Russian; Arabic), since the language of a query is unknown. Scripts without spaces become bigrams.
The normal form of a normal form is itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

LONGEST_TERM = 48
# Han, kana, Thai, Lao, Myanmar, Khmer: written without spaces between words.
UNSPACED = (
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
)
TOKEN = re.compile(f"(?:(?=\\w)[{UNSPACED}])+|[^\\W_{UNSPACED}]+")
# What a letter that Unicode does not take apart is searched as; the Arabic tatweel only stretches a word.
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
    # A letter to Unicode, an apostrophe to those who write it: left in a word it would make an ending of one later.
    | {"ʼ": "'"}
    | {"ـ": None, "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي"}
)
# Elided articles (l', d', qu') and the English possessive are no words of their own.
CLITIC = re.compile(r"(?<!\w)(?:[cdjlmnst]|qu)['’](?=\w)|['’]s(?!\w)")


def terms(text: str) -> list[str]:
    """The terms of a text, in order, repeats included."""
    return list(_terms(fold(text)))


def fold(text: str) -> str:
    """A text without case, accents, vowel marks or compatibility forms."""
    previous = ""
    while previous != text:
        # Folding case can bring back a mark and the other way round: three rounds are the most seen.
        previous, text = text, _fold_once(text)
    return text


def _fold_once(text: str) -> str:
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(LETTERS)
    return "".join(char for char in apart if not unicodedata.category(char).startswith("M"))


def _terms(folded: str) -> Iterator[str]:
    for token in TOKEN.findall(CLITIC.sub(" ", folded)):
        if UNSPACED_RUN.match(token):
            yield from _bigrams(token)
        else:
            yield stem(token[:LONGEST_TERM])


def _bigrams(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for i in range(len(run) - 1):
        yield run[i : i + 2]


def stem(word: str) -> str:
    """A folded word without its inflection, by script; a word of another or of mixed script as it is."""
    cut = next((cut for script, cut in STEMMERS if script.fullmatch(word)), None)
    if cut is None:
        return word
    shorter = cut(word)
    while shorter != word:
        word, shorter = shorter, cut(shorter)
    return word


def _latin(word: str) -> str:
    for ending, instead, left in LATIN_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= left and not word.endswith(LATIN_KEPT):
            return word[: len(word) - len(ending)] + instead
    return word


def _cyrillic(word: str) -> str:
    return _without_ending(word, CYRILLIC_ENDINGS, left=3)


def _arabic(word: str) -> str:
    for prefix in ARABIC_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            return word[len(prefix) :]
    return _without_ending(word, ARABIC_ENDINGS, left=3)


def _without_ending(word: str, endings: tuple[str, ...], left: int) -> str:
    ending = next((e for e in endings if word.endswith(e) and len(word) - len(e) >= left), "")
    return word[: len(word) - len(ending)]


# (ending, what stands in its place, letters that must be left before it), the first that fits is taken.
LATIN_ENDINGS = (
    ("eaux", "eau", 2),
    ("aux", "al", 3),
    ("sses", "ss", 2),
    ("shes", "sh", 2),
    ("ches", "ch", 2),
    ("xes", "x", 2),
    ("ies", "i", 3),
    ("ing", "", 4),
    ("ed", "", 4),
    ("s", "", 3),
    ("a", "", 4),
    ("e", "", 4),
    ("o", "", 4),
    ("y", "i", 4),
)
LATIN_KEPT = ("ss", "us", "is")
CYRILLIC_ENDINGS = tuple(
    sorted(
        # й and ё are и and е once folded.
        [
            "ами",
            "ями",
            "ого",
            "его",
            "ому",
            "ему",
            "ыми",
            "ими",
            "ая",
            "яя",
            "ое",
            "ее",
            "ые",
            "ие",
            "ыи",
            "ии",
            "ои",
            "еи",
            "ом",
            "ем",
            "ам",
            "ям",
            "ах",
            "ях",
            "ов",
            "ев",
            "ую",
            "юю",
            "ою",
            "ею",
            "ью",
            "ья",
            "ье",
            "ия",
            "ию",
            "а",
            "я",
            "о",
            "е",
            "ы",
            "и",
            "у",
            "ю",
            "ь",
        ],
        key=len,
        reverse=True,
    )
)
ARABIC_PREFIXES = ("وبال", "وال", "بال", "كال", "فال", "ولل", "لل", "ال")
ARABIC_ENDINGS = ("هما", "ها", "ات", "ون", "ين", "ان", "يه", "هم", "ه", "ي")
UNSPACED_RUN = re.compile(f"[{UNSPACED}]")
STEMMERS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile(r"[a-z]+"), _latin),
    (re.compile(r"[а-я]+"), _cyrillic),
    (re.compile(r"[\u0621-\u064a]+"), _arabic),
)
