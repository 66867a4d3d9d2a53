"""A person's name in a line: where it begins and ends, honorifics with it, in scripts that write words apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading.states import Mention, find_states
from bot.reading.who.vocabulary import SCRIPTS, flat, script_of, wordlist

TOKEN = re.compile(r"[^\s/]+")
INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.-?){1,4}")
GLUED = re.compile(r"(?:[^\W\d_]{1,2}\.){1,3}-?[^\W\d_][\w'’-]{2,40}")
OTHER_NAME = re.compile(r"(?<=\w)\(")
EDGES = '.,;:()[]"“”«»„…،؛*_–—-'
ENDS = ",;:)،؛—–|"
PLAIN_HONORIFICS = frozenset(
    "mr mrs ms miss mx dr amb ambassador h.e he m mme mlle sr sra srta embajador embajadora ambassadeur ambassadrice "
    "l'ambassadeur l'ambassadrice emb s.e s.e.m s.e.mme s.e.mr г-н г-на г-жа г-жи г-же г-ну господин господина госпожа "
    "госпожи д-р excmo excma monsieur madame lord baroness sir dame senor senora professor prof".split()
)
ELIDED = re.compile(r"[^\W\d_]{1,5}['’-](?=[^\W\d_])(?![a-zа-яà-ÿ])")
# Words that may stand within a post though they end a name: "при ООН", "لدى".
INNER = frozenset({"при", "оон", "لدي"})
BENT = re.compile(r"(?:ому|ему|ом|ем|ым|им|ои|еи|у|ю)$")
# A name is not looked for past these: what follows them is the occasion.
OCCASION = frozenset(
    "at on during before behalf by with chaired sur lors nom durante ante sobre en nombre на от об о перед под"
    " ходе".split()
)
CONNECTS = frozenset("the of to for and in de du des la le les el los las l del y et a au aux para pour".split())
# What a post is on: a name with its honorific may follow behind a comma.
TOPICS = frozenset("on sur sobre об о".split())
LONGEST_NAME = 7
LONGEST_LEAD = 34


@dataclass(frozen=True, slots=True)
class Name:
    """A name at `line[start:end]`; `honoured` if an honorific stands before it, `post` if words of a post do."""

    start: int
    end: int
    honoured: bool
    post: bool


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

    def blocked(self, token: Token) -> bool:
        """Whether a token can be no part of a name."""
        return any(self.is_in(token, key) for key in ("name_stops", "not_names", "roles", "by"))

    def name_like(self, token: Token) -> bool:
        """Whether a token may be a word of a name by its looks."""
        if not token.core or not token.core[0].isalpha() or any(c.isdigit() for c in token.core):
            return False
        if token.text[0] == "(" and (script_of(token.core) != self.script or self.is_in(token, "honorifics")):
            return False  # the name as written at home, or "(Ms.)"
        return not (token.core[0].islower() and not ELIDED.match(token.core))


def _without_lam(word: str) -> tuple[str, ...]:
    """An Arabic word without the "of" or "by" written into it: `لرئيس`, `للسفير`."""
    return ("ال" + word[2:], word[1:]) if word.startswith("لل") else (word[1:],) if word.startswith("ل") else ()


def _nominatives(word: str) -> tuple[str, ...]:
    """What a Russian word for a post may be in the nominative: `советником`, `представителем`, `первому`."""
    bent = BENT.search(word) if len(word) > 5 else None
    return tuple(word[: bent.start()] + end for end in ("", "ь", "ии", "ыи", "и", "а", "ая")) if bent else ()


def find_name(line: Line, first: int = 0) -> Name | None:
    """The name a part of a line leads to: past posts, states and honorifics, from token `first` on.

    None as soon as something else comes first: a name is never looked for further on.
    """
    post = parted = False
    for at in range(first, min(len(line.tokens), first + LONGEST_LEAD)):
        token = line.tokens[at]
        names = _after_honorifics(line, at)
        if names:
            return _name(line, at, names, post=post, honoured=True)
        if not _leads(line, token, post=post) and not (post and _of_the_post(line, at)):
            bare_name = None if parted else _without_honorific(line, at, post=post, skipped=at > first)
            return bare_name or (_honoured_ahead(line, at) if post else None)
        post = post or line.is_in(token, "posts")
        parted = parted or (not token.core and not post)
    return None


def find_honoured(line: Line, most: int) -> Name | None:
    """The first name with an honorific within so many words, whatever stands before it."""
    tries = (find_name(line, at) for at in range(min(most, len(line.tokens))) if _honorific(line, line.tokens[at]))
    return next((name for name in tries if name and name.honoured), None)


def _of_the_post(line: Line, at: int) -> bool:
    """Whether a word still belongs to the post, as what the post is of: `Ministra de Ciencia y | Tecnología`."""
    before = line.tokens[at - 1] if at else None
    return before is not None and line.script == "latin" and before.key in CONNECTS and not before.ends


def _honoured_ahead(line: Line, first: int) -> Name | None:
    """A name with honorifics at the end of a long post: `… for Cyber Diplomacy of Czechia, Mr. …`."""
    topic = False
    for at in range(first, min(len(line.tokens), first + LONGEST_LEAD)):
        if line.tokens[at].key in OCCASION:
            topic = line.tokens[at].key in TOPICS or (topic and line.tokens[at].key == "на")
            if not topic:
                return None
        names = _after_honorifics(line, at) or _after_initials(line, at)
        if names and not (topic and line.script == "latin" and not line.tokens[at - 1].ends):
            return _name(line, at, names, post=True, honoured=True)
    return None


def _after_initials(line: Line, at: int) -> list[Token]:
    """A name with its initials, the way Russian gives names: `А.В. Мельников`, `Ю.Н.Стахевич`."""
    token = line.tokens[at]
    if line.script != "cyrillic" or "." not in token.core:
        return []
    if GLUED.fullmatch(token.core):
        return [token]
    names = scan(line, at, given=False) if INITIALS.fullmatch(token.text) else []
    return names if len(names) > 1 else []


def _after_honorifics(line: Line, at: int) -> list[Token]:
    begin = at
    while at < len(line.tokens) and at - begin < 7 and _honorific(line, line.tokens[at]):
        at += 1
    if at == begin:
        return []
    names = scan(line, at, given=True)
    plain = any(token.key in PLAIN_HONORIFICS for token in line.tokens[begin:at])
    return names if len(names) >= (1 if plain else 2) else []


def _honorific(line: Line, token: Token) -> bool:
    if not line.is_in(token, "honorifics") or token.text.endswith(("'s", "’s")):
        return False
    if line.script != "latin" or token.core[:1].isupper() or token.text[0] == "(":
        return True
    return len(token.core) > 5 or (len(token.core) > 4 and token.key in PLAIN_HONORIFICS)


def _leads(line: Line, token: Token, *, post: bool) -> bool:
    """Whether a token may stand between the start of a part and the name."""
    if not token.core:
        return True
    if token.key in OCCASION and token.key not in INNER:
        return False
    if token.state or line.is_in(token, "roles") or line.is_in(token, "honorifics"):
        return True
    if any(m.adjective and m.start <= token.start < m.end for m in line.states):
        return True
    if line.script == "latin":
        return (token.key in CONNECTS and (post or token.key in {"the", "la", "le", "el", "l", "del", "de"})) or (
            post and (token.core[0].islower() or line.is_in(token, "not_names")) and len(token.core) > 1
        )
    stop = line.is_in(token, "name_stops") and token.key not in INNER and not (post and _before_state(line, token))
    return (
        post and not stop and (line.is_in(token, "not_names") or token.core[0].islower() or token.key in {"оон", "لدى"})
    )


def _before_state(line: Line, token: Token) -> bool:
    """Whether a state comes right behind a word: a minister's `في الأردن`."""
    end = token.start + len(token.text)
    return any(0 < mention.start - end <= 2 for mention in line.states if not mention.adjective)


def _without_honorific(line: Line, at: int, *, post: bool, skipped: bool) -> Name | None:
    if GLUED.fullmatch(line.tokens[at].core):
        return _name(line, at, line.tokens[at : at + 1], post=post, honoured=False)
    names = scan(line, at, given=False)
    if len(names) < 2 or (line.script == "arabic" and not post) or _goes_on(line, at + len(names)):
        return None
    if not post and ((skipped and not _article(line, at)) or any(token.state for token in names)):
        return None
    return _name(line, at, names, post=post, honoured=False)


def _goes_on(line: Line, at: int) -> bool:
    """Whether the words turn out to be the beginning of an institution's name: "Small Island | States"."""
    return at < len(line.tokens) and not line.tokens[at - 1].ends and line.is_in(line.tokens[at], "not_names")


def _article(line: Line, at: int) -> bool:
    return all(token.key in {"the", "la", "le", "l", "el", "de", "del"} for token in line.tokens[:at])


def _name(line: Line, at: int, names: list[Token], *, post: bool, honoured: bool) -> Name:
    last = names[-1]
    end = last.start + len(last.core)
    if INITIALS.fullmatch(last.core + ".") and line.text[end : end + 1] == ".":
        end += 1
    return Name(line.tokens[at].start, end, honoured, post)


def scan(line: Line, at: int, *, given: bool) -> list[Token]:
    """The words of a name that begins at a token; empty if none does."""
    names: list[Token] = []
    while at < len(line.tokens) and len(names) < LONGEST_NAME:
        token = line.tokens[at]
        run = _particles(line, at, names=len(names)) if names or given else 0
        if run:
            names += line.tokens[at : at + run]
            at += run
            continue
        if not names and not given and token.core[:1].islower():
            break
        if not line.name_like(token) or line.blocked(token) or _ends_at_state(token, names, given=given):
            break
        names.append(token)
        if token.ends:
            break
        at += 1
    while names and line.is_in(names[-1], "particles") and len(names[-1].core) < 4 and names[-1].core.islower():
        names.pop()
    return names


def _particles(line: Line, at: int, *, names: int) -> int:
    """How many particles ("de la") stand here before another word of the name."""
    run = 0
    while at + run < len(line.tokens) and run < 3:
        token = line.tokens[at + run]
        if not line.is_in(token, "particles") or token.ends:
            break
        if not run and names == 0 and token.core[:1].isupper() and not line.shouting and line.script == "latin":
            break
        run += 1
    if not run or at + run >= len(line.tokens):
        return 0
    after = line.tokens[at + run]
    fits = line.name_like(after) and not line.blocked(after) and not after.state and not _honorific(line, after)
    return run if fits else 0


def _ends_at_state(token: Token, names: list[Token], *, given: bool) -> bool:
    if not token.state:
        return False
    return bool(names) or not given or token.core.isupper()
