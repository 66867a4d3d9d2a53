"""A language's words for taking positions, compiled once from its data file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from bot import data
from bot.domain.taxonomy import Stance, Topic

FALLBACK = "en"
BREAK = r"\s?[,;:،؛，；：—–]\s{0,4}|\s{1,4}[—–-]\s{1,4}"
# One character for one character, so that offsets in the folded text are offsets in the text.
FOLDS = str.maketrans("'‘ʼ`أإآٱىۀ\xa0\u202f\u2009\n\t", "’’’’ااااىه     ".replace("ىه", "يه"))
ARABIC_MARKS = re.compile(r"[\u064b-\u0652\u0670\u0640]")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """One language's cues. Patterns match on `fold(text)`, whatever the case; those of clauses only at the place asked.

    `language` is the code of the data, `spaced` is False for scripts written without spaces between words.
    """

    language: str
    spaced: bool
    abbreviations: tuple[str, ...]
    proposing: re.Pattern[str]
    strong: Mapping[Stance, re.Pattern[str]]
    weak: Mapping[Stance, re.Pattern[str]]
    signals: Mapping[str, re.Pattern[str]]
    acts: Mapping[str, re.Pattern[str]]
    waste: re.Pattern[str]
    lead: re.Pattern[str]
    join: re.Pattern[str]
    tail: re.Pattern[str]
    joint: re.Pattern[str]
    main: re.Pattern[str]
    contrast: re.Pattern[str]
    resume: re.Pattern[str]
    condition: re.Pattern[str]
    anaphor: re.Pattern[str]
    topics: Mapping[Topic, re.Pattern[str]]


@cache
def lexicon(language: str) -> Lexicon:
    """The cues of a language (ISO 639-1); those of English where there is no data for it."""
    known = language if language in data.languages() else FALLBACK
    raw = data.language(known, "briefing")
    compile_all = _Compiler(raw)
    clauses = raw["clauses"]
    return Lexicon(
        language=known,
        spaced=raw["spaced"],
        abbreviations=tuple(raw["sentences"]["abbreviations"]),
        proposing=compile_all.opening(raw["sentences"]["proposing"]),
        strong=MappingProxyType({s: compile_all.anywhere(raw["stance"][s]["strong"]) for s in Stance}),
        weak=MappingProxyType({s: compile_all.anywhere(raw["stance"][s]["weak"]) for s in Stance}),
        signals=MappingProxyType({name: compile_all.anywhere(cues) for name, cues in raw["signals"].items()}),
        acts=MappingProxyType({name: compile_all.anywhere(cues) for name, cues in raw["acts"].items()}),
        waste=compile_all.opening([cue for cues in raw["waste"].values() for cue in cues]),
        lead=compile_all.opening(clauses["leads"]),
        join=compile_all.opening(clauses["joins"]),
        tail=compile_all.opening(clauses["tails"]),
        joint=re.compile(f"(?:{BREAK})|\\s{{0,4}}{compile_all.anywhere(clauses['joints']).pattern}", re.IGNORECASE),
        main=compile_all.opening(clauses["mains"]),
        contrast=compile_all.opening(clauses["contrasts"]),
        resume=compile_all.opening(clauses["resumes"]),
        condition=compile_all.anywhere(clauses["conditions"]),
        anaphor=compile_all.opening(clauses["anaphors"]),
        topics=MappingProxyType({topic: compile_all.anywhere(raw["topics"][topic]) for topic in Topic}),
    )


def fold(text: str) -> str:
    """The text as cues are matched on it: one apostrophe, Arabic letters without their variants; the same length."""
    folded = text.translate(FOLDS)
    if ARABIC_MARKS.search(folded):
        folded = _without_marks(folded)
    return folded


def words(text: str) -> list[str]:
    """The words of a text, case-folded; a character of a script without spaces is a word."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return WORD.findall(plain)


def cost(text: str) -> float:
    """What a text costs its reader, in words; a Chinese or Japanese character counts 0.6."""
    return sum(0.6 if WIDE.match(word) else 1.0 for word in words(text))


WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")


ARABIC = re.compile(r"[\u0621-\u064a]")
SPACE = re.compile(r" (?![^\[]*\])")


class _Compiler:
    """Turns a language's cues into patterns: macros filled in, word beginnings minded."""

    def __init__(self, raw: Mapping[str, object]) -> None:
        macros = raw["macros"]
        assert isinstance(macros, Mapping)  # noqa: S101 - narrows the type of parsed TOML for mypy
        self.macros: Mapping[str, str] = macros
        self.front = f"(?<!\\w){raw['prefix']}" if raw["spaced"] else ""

    def anywhere(self, cues: Sequence[str]) -> re.Pattern[str]:
        return re.compile(self.front + self._either(cues), re.IGNORECASE)

    def opening(self, cues: Sequence[str]) -> re.Pattern[str]:
        """For `match` at a place where a word begins."""
        front = self.front.removeprefix("(?<!\\w)")
        return re.compile(front + self._either(cues), re.IGNORECASE)

    def _either(self, cues: Sequence[str]) -> str:
        joined = "|".join(cues)
        for name, value in self.macros.items():
            joined = joined.replace(f"<{name}>", value)
        if ARABIC.search(joined):
            joined = SPACE.sub("\x00{0,6} ", joined)
        return f"(?:{joined})"


def _without_marks(text: str) -> str:
    """Arabic vowel signs moved behind their word, so that the letters stand together and nothing changes length."""
    return WORD_WITH_MARKS.sub(lambda m: ARABIC_MARKS.sub("", m[0]) + "\x00" * len(ARABIC_MARKS.findall(m[0])), text)


WORD_WITH_MARKS = re.compile(r"[\u0621-\u0670]+")
