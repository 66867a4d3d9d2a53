"""A line as words, each with what the vocabulary of its script says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot import data
from bot.reading.states import Mention, find_states
from bot.reading.who.vocabulary import SCRIPTS, bare, flat, script_of, wordlist

TOKEN = re.compile(r"[^\s/]+")
INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.-?){1,4}")
INITIAL = re.compile(r"[^\W\d_a-zа-я]\.")
OTHER_NAME = re.compile(r"(?<=\w)\(")
EDGES = '.,;:()[]"“”«»„…،؛*_–—-'
ENDS = ",;:)،؛—–|"
ELIDED = re.compile(r"[^\W\d_]{1,5}['’-](?=[^\W\d_])(?![a-zа-яà-ÿ])")
BENT = re.compile(r"(?:ому|ему|ого|его|ом|ем|ым|им|ои|еи|у|ю|а|я)$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a line with its punctuation; `core` is the word alone, `key` the word flat."""

    text: str
    core: str
    key: str
    start: int
    state: bool

    @property
    def ends(self) -> bool:
        """Whether a name cannot go on after this word."""
        short = len(self.core) <= 3 and self.core[:1].isupper()
        return self.text[-1] in ENDS or (self.text[-1] in ".…" and not short and not INITIALS.fullmatch(self.text))


class Line:
    """A line as tokens, with what its script's vocabulary says of each."""

    def __init__(self, text: str, script: str) -> None:
        self.text, self.script = text, script
        found = [m for language in SCRIPTS[script] for m in find_states(text, language)]
        self.states: list[Mention] = sorted(found, key=lambda mention: mention.start)
        self.tokens = [self._token(m) for m in TOKEN.finditer(text)]
        self.shouting = text.isupper()

    def _token(self, match: re.Match[str]) -> Token:
        core = OTHER_NAME.split(match[0].strip(EDGES))[0].strip(EDGES)
        if core.endswith(("'s", "’s")):
            core = core[:-2]
        core = core.rstrip("'’") if core.endswith(("s'", "s’")) else core
        start = match.start() + match[0].find(core)
        state = any(m.start <= start < m.end for m in self.states if not m.adjective)
        return Token(match[0], core, flat(core), start, state)

    def is_in(self, token: Token, key: str) -> bool:
        """Whether a token is a word of a list of the vocabulary; a word for a post may be two: "советник-посланник"."""
        words = wordlist(self.script, key)
        if key not in {"roles", "posts", "honorifics"}:
            return token.key in words
        parts = token.key.split("-")
        if len(parts) == 1 or self._bent(token.key, words):
            return self._bent(token.key, words)
        known = words | wordlist(self.script, "roles")
        return all(self._bent(part, known) for part in parts) and any(self._bent(part, words) for part in parts)

    def _bent(self, word: str, words: frozenset[str]) -> bool:
        """Whether a word, in the form it stands in or as a dictionary has it, is one of these."""
        bend = {"arabic": _without_lam, "cyrillic": _nominatives}.get(self.script)
        return word in words or (bend is not None and any(form in words for form in bend(word)))

    def given_at(self, at: int) -> bool:
        """Whether an Arabic word is a given name: there no capital tells a name."""
        return (
            self.script == "arabic"
            and at < len(self.tokens)
            and self.tokens[at].key in _given()
            and self.tokens[at].core != "على"
        )

    def blocked(self, token: Token) -> bool:
        """Whether a token can be no part of a name; an initial is one, whatever it means as a word."""
        if INITIAL.fullmatch(token.text) or (token.key in _months(self.script) and self._named_after_a_month(token)):
            return False
        return any(self.is_in(token, key) for key in ("name_stops", "not_names", "roles", "by"))

    def _named_after_a_month(self, token: Token) -> bool:
        """Whether a month's word is somebody's name, as of `Марта Ковальска`: beside it no day but a name."""
        at = self.tokens.index(token)
        before, after = self.tokens[at - 1 : at] if at else [], self.tokens[at + 1 : at + 2]
        if not token.core[:1].isupper() or any(char.isdigit() for one in (*before, *after) for char in one.text):
            return False
        beside = [*(one for one in before if not one.ends), *([] if token.ends else after)]
        return any(one.core[:1].isupper() and one.key not in _stops(self.script) for one in beside)

    def name_like(self, token: Token) -> bool:
        """Whether a token may be a word of a name by its looks."""
        if not token.core or not token.core[0].isalpha() or any(c.isdigit() for c in token.core):
            return False
        if token.text[0] == "(" and (script_of(token.core) != self.script or self.is_in(token, "honorifics")):
            return False  # the name as written at home, or "(Ms.)"
        return not (token.core[0].islower() and not ELIDED.match(token.core))


@cache
def _months(script: str) -> frozenset[str]:
    months = (month for language in SCRIPTS[script] for month in data.language(language, "dates")["months"])
    return frozenset(flat(bare(form)) for forms in months for form in forms)


@cache
def _stops(script: str) -> frozenset[str]:
    keys = ("name_stops", "not_names", "roles", "posts", "honorifics")
    return frozenset().union(*(wordlist(script, key) for key in keys))


@cache
def _given() -> frozenset[str]:
    return frozenset(flat(bare(name)) for name in data.table("names.toml")["arabic"])


def _without_lam(word: str) -> tuple[str, ...]:
    """An Arabic word without the "of" or "by" written into it: `لرئيس`, `للسفير`."""
    return ("ال" + word[2:], word[1:]) if word.startswith("لل") else (word[1:],) if word.startswith("ل") else ()


def _nominatives(word: str) -> tuple[str, ...]:
    """What a Russian word for a post may be in the nominative: `советником`, `представителем`, `первому`."""
    bent = BENT.search(word) if len(word) > 5 else None
    return tuple(word[: bent.start()] + end for end in ("", "ь", "ии", "ыи", "и", "а", "ая")) if bent else ()
