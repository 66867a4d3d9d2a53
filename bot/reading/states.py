"""States named in a text, in the six languages of the United Nations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot import data
from bot.reading.state_forms import WORD, Form, adjective_forms, fold, noun_forms, words

GAP = re.compile(r"[\s.,'’‘&()/\-‐‑–—]{1,3}")
NO_SPACES = "zh"
CONJUNCTIONS = frozenset({"and", "et", "y", "и"})
ACRONYM = re.compile(r"[^\W\d_](?:\.?[^\W\d_]){1,3}\.?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A state named at `text[start:end]`. `code` is ISO 3166-1 alpha-3; `form` the words as they stand.

    `adjective` marks a demonym or adjective ("Swiss", "российская"), which says less than the name.
    """

    code: str
    start: int
    end: int
    form: str
    adjective: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    words: Form
    code: str | None  # None: looks like a state and is not one
    adjective: bool = False
    upper: bool = False  # an acronym: only in capitals
    capital: bool = True  # must begin with a capital letter, where the script has them


@cache
def codes() -> tuple[str, ...]:
    """The codes of all states there are names for."""
    return tuple(data.language("en", "states"))


@cache
def country_name(code: str, language: str = "en") -> str:
    """A state's name for display; in English where the language has no data, the code itself if it is unknown."""
    table = data.language(language if language in data.languages() else "en", "states")
    return str(table[code]["name"]) if code in table else code


def find_states(text: str, language: str) -> list[Mention]:
    """The states a text names, in order, the longest name winning; overlapping names are not reported twice.

    Takes time linear in the text. Text in a language without data is searched for English names.
    """
    language = language if language in data.languages() else "en"
    if language == NO_SPACES:
        return list(_find_unspaced(text))
    return list(_find_spaced(text, language))


def _find_spaced(text: str, language: str) -> Iterator[Mention]:
    index = _index(language)
    tokens = list(WORD.finditer(text))
    folded = [fold(token[0]) for token in tokens]
    at = 0
    while at < len(tokens):
        entry = next((e for e in index.get(folded[at], ()) if _fits(e, at, tokens, folded, text)), None)
        if entry is None:
            at += 1
            continue
        last = at + len(entry.words) - 1
        start, end = tokens[at].start(), tokens[last].end()
        if entry.code:
            yield Mention(code=entry.code, start=start, end=end, form=text[start:end], adjective=entry.adjective)
        at = last + 1


def _fits(entry: _Entry, at: int, tokens: list[re.Match[str]], folded: list[str], text: str) -> bool:
    size = len(entry.words)
    if tuple(folded[at : at + size]) != entry.words:
        return False
    for one in range(at, at + size - 1):
        if not GAP.fullmatch(text, tokens[one].end(), tokens[one + 1].start()):
            return False
    first = tokens[at][0][0]
    if entry.upper:
        return all(t[0].isupper() for t in tokens[at : at + size]) and not _shouted(entry, at, tokens)
    return not (entry.capital and first.islower())


def _shouted(entry: _Entry, at: int, tokens: list[re.Match[str]]) -> bool:
    """Whether "US" stands between words that are all in capitals, where it may as well be the pronoun."""
    if entry.words != ("us",):
        return False
    around = tokens[max(0, at - 1) : at] + tokens[at + 1 : at + 2]
    return any(len(t[0]) > 1 and t[0].isupper() for t in around)


def _find_unspaced(text: str) -> Iterator[Mention]:
    index = _unspaced()
    at = 0
    while at < len(text):
        form = next((f for f in index.get(text[at], ()) if text.startswith(f[0], at)), None)
        if form is None:
            at += 1
            continue
        end = at + len(form[0])
        if form[1]:
            yield Mention(code=form[1], start=at, end=end, form=form[0])
        at = end


@cache
def _unspaced() -> dict[str, tuple[tuple[str, str | None], ...]]:
    index: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for phrase in data.language(NO_SPACES, "who")["lookalikes"]:
        index[phrase[0]].append((phrase, None))
    for code, row in data.language(NO_SPACES, "states").items():
        for form in (row["name"], *row["official"], *row["aliases"]):
            index[form[0]].append((form, code))
    return {first: tuple(sorted(forms, key=lambda f: -len(f[0]))) for first, forms in index.items()}


@cache
def _index(language: str) -> dict[str, tuple[_Entry, ...]]:
    """Every form of every state by its first word, longest first; names before adjectives."""
    entries: dict[tuple[Form, bool], _Entry] = {}
    for entry in _entries(language):
        entries.setdefault((entry.words, entry.adjective), entry)
    index: dict[str, list[_Entry]] = defaultdict(list)
    for entry in entries.values():
        index[entry.words[0]].append(entry)
    return {first: tuple(sorted(same, key=lambda e: -len(e.words))) for first, same in index.items()}


def _entries(language: str) -> Iterator[_Entry]:
    for phrase in data.language(language, "who")["lookalikes"]:
        for form in noun_forms(words(phrase), language):
            yield _Entry(form, None, capital=False)
    table = data.language(language, "states")
    for code, row in table.items():
        for name in (row["name"], *row["official"], *row["aliases"]):
            upper = name.isupper() and bool(ACRONYM.fullmatch(name.replace(" ", "")))
            forms = {words(name)} if upper else noun_forms(words(name), language)
            forms |= {
                tuple(w for w in form if w not in CONJUNCTIONS) for form in forms if len(form) > 2
            }  # "Trinidad & …"
            yield from (_Entry(form, code, upper=upper) for form in forms)
    for code, row in table.items():
        for adjective in row["adjectives"]:
            capital = language == "en"
            for form in adjective_forms(words(adjective), language):
                yield _Entry(form, code, adjective=True, capital=capital)
