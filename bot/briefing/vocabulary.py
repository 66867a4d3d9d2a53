"""A language's words that a check minds, compiled once from its data file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from bot import data
from bot.briefing.lexicon import fold as letters
from bot.domain.search import fold, stem

UNSPACED = frozenset({"zh"})
# What needs no word's edge beside it: a sign, a Chinese word.
SIGN = re.compile(r"[$€%％٪\u3400-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Vocabulary:
    """One language's lists; what each is for stands beside it in `data/languages/en/grounding.toml`.

    Patterns match on `letters(text)`, which has the text's own offsets; sets hold folded words.
    """

    language: str
    spaced: bool
    articles: frozenset[str]
    joins: frozenset[str]
    neutral: frozenset[str]
    keep: frozenset[str]
    endings: frozenset[str]
    forms: Mapping[str, str]
    titles: frozenset[str]
    double: str
    agents: re.Pattern[str]
    negations: re.Pattern[str]
    seconds: re.Pattern[str]
    not_negations: re.Pattern[str]
    reversing: re.Pattern[str]
    causes: re.Pattern[str]
    contrasts: re.Pattern[str]
    additions: re.Pattern[str]
    hedges: re.Pattern[str]
    address: re.Pattern[str]
    planted: re.Pattern[str]
    numbers: Mapping[str, int]
    units: Mapping[str, re.Pattern[str]]
    institutions: Mapping[str, re.Pattern[str]]
    months: Mapping[int, re.Pattern[str]]


@cache
def vocabulary(language: str) -> Vocabulary:
    """The lists of one of the six languages."""
    raw = data.language(language, "grounding")
    spaced = language not in UNSPACED

    def found(cues: Sequence[str]) -> re.Pattern[str]:
        body = "|".join(cues) or "(?!)"
        return re.compile(f"(?<!\\w)(?:{body})(?!\\w)" if spaced else f"(?:{body})", re.IGNORECASE)

    return Vocabulary(
        language=language,
        spaced=spaced,
        articles=_folded(raw["articles"]),
        joins=_folded(raw["joins"]),
        neutral=_folded(raw["neutral"]),
        keep=_folded(raw["keep"]),
        endings=_folded(raw["endings"]) | {""},
        forms=MappingProxyType({fold(form): fold(same[0]) for same in raw["forms"] for form in same}),
        titles=frozenset(raw["titles"]),
        double=raw["double"],
        agents=re.compile(rf"(?:{'|'.join(raw['agents'])})\s*$", re.IGNORECASE),
        negations=found(raw["negations"]),
        seconds=found(raw["seconds"]),
        not_negations=found(raw["not_negations"]),
        reversing=found(raw["reversing"]),
        causes=found(raw["causes"]),
        contrasts=found(raw["contrasts"]),
        additions=found(raw["additions"]),
        hedges=found(raw["hedges"]),
        address=found(raw["address"]),
        planted=found(raw["planted"]),
        numbers=MappingProxyType({fold(word): int(n) for n, words in raw["numbers"].items() for word in words}),
        units=MappingProxyType({name: _unit(cues) for name, cues in raw["units"].items()}),
        institutions=MappingProxyType({name: found(cues) for name, cues in raw["institutions"].items()}),
        months=_months(language, spaced=spaced),
    )


def stem_of(word: str, words: Vocabulary) -> str:
    """A folded word as two texts are compared by: irregular forms as one, inflection taken off.

    In Arabic the first letter of an imperfect tells only the person, which a retelling changes.
    """
    same = words.forms.get(word)
    if same is not None:
        return same
    if words.language == "ar":
        word = re.sub(r"^[وف](?=\w{3})", "", word)
        word = re.sub(r"^[نتيا](?=\w{3})", "", word)
    return stem(word)


def _folded(words: Sequence[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def _unit(cues: Sequence[str]) -> re.Pattern[str]:
    """A unit's words on their own; a sign stands beside a figure, where no word begins or ends."""
    whole = (cue if SIGN.search(cue) else f"(?<!\\w)(?:{cue})(?!\\w)" for cue in cues)
    return re.compile("|".join(whole), re.IGNORECASE)


def _months(language: str, *, spaced: bool) -> Mapping[int, re.Pattern[str]]:
    """The months' full names; in English with their capital only, as 'may' and 'march' are words."""
    rows = data.language(language, "dates")["months"]
    cases = re.NOFLAG if language == "en" else re.IGNORECASE
    found = {}
    for number, names in enumerate(rows, 1):
        long = [re.escape(letters(name)) for name in names if len(name) > 3 or name == names[0]]
        body = "|".join(long)
        found[number] = re.compile(
            f"(?<!\\w)(?:{body})(?!\\w)" if spaced else f"(?<![一二三四五六七八九十\\d])(?:{body})", cases
        )
    return MappingProxyType(found)
