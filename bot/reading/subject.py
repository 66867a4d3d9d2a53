"""The words by which a document says what it is, where it was said and what it is about: found in six languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from bot import data

HAN = re.compile(r"[\u3400-\u9fff]")
ARABIC = re.compile(r"[\u0600-\u06ff]")
SCRIPTS = {"han": HAN, "arabic": ARABIC, "cyrillic": re.compile(r"[\u0400-\u04ff]")}
# Vowel signs, the stretching mark and soft hyphens: they part words that are the same.
DROPPED = re.compile("[\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200f\u0300-\u036f]")
SAME = str.maketrans("أإآٱىةؤئ’‘`´“”„«»‐‑–—\u00a0\u202f", 'اااايهوي\'\'\'\'"""""----  ')
TRADITIONAL = str.maketrans(
    "國際聯會議書長網絡資訊開發辯論與機構組織軍協調員題團總領導擊駭應對體軟關數據點規則負責為權擬訂約談爭聲講話辭陳張強進壇黨"
    "貿經濟戰時間報術語學習選舉東亞維護華減彈問單雙邊專屬務認個動環實質級變計劃電腦偵測罰這種產業參雖屆們蘭歐盧韓啟後來過還",
    "国际联会议书长网络资讯开发辩论与机构组织军协调员题团总领导击骇应对体软关数据点规则负责为权拟订约谈争声讲话辞陈张强进坛党"
    "贸经济战时间报术语学习选举东亚维护华减弹问单双边专属务认个动环实质级变计划电脑侦测罚这种产业参虽届们兰欧卢韩启后来过还",
)
# One-letter words written on to the next, and the article.
CLITICS = "[وف]?[بكل]?(?:ال|ل)?"
STEM = r"\w{0,14}"


class _Plain(dict[int, str]):
    def __missing__(self, code: int) -> str:
        sign = chr(code)
        base = unicodedata.normalize("NFKD", sign)
        plain = next((c for c in base if not unicodedata.combining(c)), sign)
        self[code] = plain
        return plain


PLAIN = _Plain()


def plain(text: str) -> str:
    """The text without accents and vowel signs, its quotes, dashes and Han signs in one form; case stays."""
    if text.isascii():
        return text.replace("`", "'")
    text = DROPPED.sub("", unicodedata.normalize("NFC", text))
    return text.translate(SAME).translate(TRADITIONAL).translate(PLAIN)


@dataclass(frozen=True, slots=True)
class Text:
    """A text ready to be searched, made by `ready`; `plain` and `lower` have the same length."""

    plain: str
    lower: str

    def __bool__(self) -> bool:
        return bool(self.plain.strip())

    def head(self, size: int) -> Text:
        """Its first `size` characters."""
        return self.part(0, size)

    def part(self, start: int, end: int) -> Text:
        """Its characters from `start` to `end`."""
        return Text(self.plain[start:end], self.lower[start:end])

    def words(self) -> float:
        """Its length in words; a Han sign counts for 0.6 of one."""
        han = len(HAN.findall(self.plain))
        return len(re.findall(r"\w+", HAN.sub(" ", self.plain))) + 0.6 * han


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of the vocabulary found at `start`, as `words`."""

    start: int
    words: str


@lru_cache(maxsize=64)
def ready(*parts: str | None) -> Text:
    """The parts, joined by line breaks, ready to be searched; the last few are kept, as each is asked many things."""
    joined = plain("\n".join(part for part in parts if part))
    lower = joined.lower()
    if len(lower) != len(joined):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in joined)
    return Text(joined, lower)


def hits(text: Text, *path: str) -> list[Hit]:
    """Every phrase of a list of the vocabulary that stands in the text, of all languages, the longest winning."""
    return list(_hits(text, path))


@lru_cache(maxsize=1024)
def _hits(text: Text, path: tuple[str, ...]) -> tuple[Hit, ...]:
    any_case, capitals = _patterns(path)
    found = [Hit(m.start(), m[0]) for pattern in _meant(any_case, text) for m in pattern.finditer(text.lower)]
    if capitals:
        found += [Hit(m.start(), m[0]) for m in capitals.finditer(text.plain)]
    return tuple(sorted(found, key=lambda hit: hit.start))


def has(text: Text, *path: str) -> bool:
    """Whether any phrase of the list stands in the text."""
    any_case, capitals = _patterns(path)
    return any(pattern.search(text.lower) for pattern in _meant(any_case, text)) or bool(
        capitals and capitals.search(text.plain)
    )


def kinds_of(text: Text, *path: str) -> list[str]:
    """The different phrases of the list that stand in the text, in order of appearance."""
    return list(dict.fromkeys(" ".join(hit.words.split()) for hit in hits(text, *path)))


def cut_out(text: Text, *path: str) -> Text:
    """The text with every phrase of the list blanked out, so that it cannot be found as part of another."""
    blanked, lower = list(text.plain), list(text.lower)
    for hit in hits(text, *path):
        for at in range(hit.start, hit.start + len(hit.words)):
            blanked[at] = lower[at] = "\n"
    return Text("".join(blanked), "".join(lower))


_Patterns = tuple[dict[str, re.Pattern[str]], re.Pattern[str] | None]


@cache
def _patterns(path: tuple[str, ...]) -> _Patterns:
    """A list's phrases as one pattern a script, and one for acronyms."""
    tables = [*(data.language(code, "subject") for code in data.languages()), data.table("neighbours.toml")]
    phrases = {phrase for table in tables for phrase in _list(table, path)}
    if not phrases and not any(path[0] in table for table in tables):
        raise KeyError(path)
    # An acronym is itself only in capitals: "UN" is the United Nations, "un" a French article.
    capitals = {p for p in phrases if p.isupper() and len(p) <= 8 and not ARABIC.search(p) and not HAN.search(p)}
    written: dict[str, list[str]] = {}
    for phrase in phrases - capitals:
        written.setdefault(_script(phrase), []).append(plain(phrase).lower())
    return {script: _compile(some) for script, some in written.items()}, _compile(
        [plain(p) for p in capitals]
    ) if capitals else None


def _script(phrase: str) -> str:
    return next((name for name, sign in SCRIPTS.items() if sign.search(phrase)), "latin")


def _meant(patterns: dict[str, re.Pattern[str]], text: Text) -> list[re.Pattern[str]]:
    """The patterns that could be found in a text: a page in one script is not searched for the words of another."""
    scripts = _scripts(text.lower) if len(patterns) > 1 else patterns
    return [pattern for script, pattern in patterns.items() if script in scripts]


@lru_cache(maxsize=256)
def _scripts(text: str) -> frozenset[str]:
    return frozenset(name for name, sign in SCRIPTS.items() if sign.search(text)) | {"latin"}


def _list(table: dict[str, Any], path: tuple[str, ...]) -> list[str]:
    """A list of a table; empty where the table, that of the neighbours, has none."""
    found: Any = table
    for step in path:
        found = found.get(step, {})
    return list(found)


class _Node(dict[str, "_Node"]):
    """A tree of phrases by the pieces they share at the beginning; an empty piece ends a phrase."""


def _compile(phrases: Iterable[str]) -> re.Pattern[str]:
    tree = _Node()
    for phrase in sorted(phrases):
        node = tree
        for unit in _units(phrase):
            node = node.setdefault(unit, _Node())
        node[""] = _Node()
    return re.compile(_write(tree))


def _units(phrase: str) -> Iterator[str]:
    """A phrase as the pieces of a pattern: signs, gaps, stems, and the boundaries of words."""
    if ARABIC.match(phrase):
        yield rf"(?<!\w){CLITICS}"
        phrase = phrase.removeprefix("ال")
    elif re.match(r"\w", phrase) and not HAN.match(phrase):
        yield r"(?<!\w)"
    for sign in phrase:
        yield STEM if sign == "*" else r"\s{1,3}" if sign == " " else re.escape(sign)
    if re.search(r"\w$", phrase) and not HAN.search(phrase[-1]):
        yield r"(?!\w)"


def _write(node: _Node) -> str:
    """A tree of phrases as one pattern, longer phrases tried first."""
    branches = []
    for unit, below in node.items():
        written = unit
        while len(below) == 1 and "" not in below:
            (step, below), *_ = below.items()
            written += step
        if unit:
            branches.append(written + _write(below))
    if not branches:
        return ""
    inner = f"(?:{'|'.join(branches)})"
    return f"{inner}?" if "" in node else inner
