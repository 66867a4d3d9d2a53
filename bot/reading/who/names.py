"""A person's name in a line: where it begins and ends, honorifics with it, in scripts that write words apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot import data
from bot.reading.who import arabic
from bot.reading.who.leads import CONNECTS, OCCASION, PLAIN_HONORIFICS, at_a_house, honorific, leads
from bot.reading.who.line import ENDS, INITIALS, Line, Token
from bot.reading.who.vocabulary import common, flat

GLUED = re.compile(r"(?:[^\W\d_]{1,2}\.){1,3}-?[^\W\d_][\w'’-]{2,40}")
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


def find_name(line: Line, first: int = 0, *, certain: bool = False) -> Name | None:
    """The name a part of a line leads to: past posts, states and honorifics, from token `first` on.

    None as soon as something else comes first: a name is never looked for further on. `certain` says that a person
    must stand here, as behind a label: then a profession in no list may come first, and a name needs no post.
    """
    post = parted = False
    for at in range(first, min(len(line.tokens), first + LONGEST_LEAD)):
        token = line.tokens[at]
        names = _after_honorifics(line, at)
        if names:
            return _name(line, at, names, post=post, honoured=True)
        if (not post and (at == first and _named_as_a_state(line, at))) or arabic.with_a_father(line, at):
            return _name(line, at, scan(line, at, given=True), post=post, honoured=False)
        if not leads(line, token, post=post) and not (post and _of_the_post(line, at)):
            if not post and (_before_post(line, at) or (certain and at - first < 2 and _may_be_profession(line, at))):
                continue
            bare_name = None if parted else _without_honorific(line, at, post=post, skipped=at > first, certain=certain)
            return bare_name or (_ahead(line, at) if post else None)
        post = post or line.is_in(token, "posts")
        parted = parted or (not token.core and not post)
    return None


def find_honoured(line: Line, most: int) -> Name | None:
    """The first name with an honorific within so many words, whatever stands before it."""
    tries = (find_name(line, at) for at in range(min(most, len(line.tokens))) if honorific(line, line.tokens[at]))
    return next((name for name in tries if name and name.honoured), None)


def _of_the_post(line: Line, at: int) -> bool:
    """Whether a word still belongs to the post, as what the post is of: `Ministra de Ciencia y | Tecnología`."""
    if arabic.of_an_office(line, at) or (line.script == "latin" and line.is_in(line.tokens[at], "matters")):
        return True
    before = line.tokens[at - 1] if at else None
    return before is not None and line.script == "latin" and before.key in CONNECTS and not before.ends


def _before_post(line: Line, at: int) -> bool:
    """Whether a word in no list qualifies the post right behind it: "Crown Counsel", "Police Attaché"."""
    after = line.tokens[at + 1 : at + 2]
    may = bool(after) and not line.tokens[at].ends and not line.given_at(at)
    return may and line.is_in(after[0], "posts") and line.tokens[at].core.isalpha()


def _may_be_profession(line: Line, at: int) -> bool:
    """Whether a small word in no list may be what somebody is: "par le greffier Jean …"."""
    token = line.tokens[at]
    small = line.script in {"latin", "cyrillic"} and token.core[:1].islower() and len(token.core) > 3
    return small and not token.ends and not line.blocked(token)


def _ahead(line: Line, first: int) -> Name | None:
    """A name at the end of a long post: `… for Cyber Diplomacy of Czechia, Mr. …`, `Director of Things, Jane Roe`."""
    topic = False
    for at in range(first, min(len(line.tokens), first + LONGEST_LEAD)):
        if line.tokens[at].key in OCCASION and not at_a_house(line, line.tokens[at]):
            topic = line.tokens[at].key in TOPICS or (topic and line.tokens[at].key == "на")
            if not topic:
                return None
        names = _after_honorifics(line, at) or _after_initials(line, at)
        if names and not (topic and line.script == "latin" and not line.tokens[at - 1].ends):
            return _name(line, at, names, post=True, honoured=True)
        names = _set_off(line, at)
        if names:
            return _name(line, at, names, post=True, honoured=False)
    return None


def _set_off(line: Line, at: int) -> list[Token]:
    """A name without honorifics behind a post's comma, in Russian also behind the small words of the post."""
    before = line.tokens[at - 1]
    comma = before.text[-1] in ",،"
    if at == 0 or not (comma or (line.script == "cyrillic" and before.core[:1].islower() and not before.ends)):
        return []
    names = scan(line, at, given=False)
    end = at + len(names)
    if len(names) < 2 or _goes_on(line, end) or any(token.state for token in names):
        return []
    after = line.tokens[end : end + 1]
    whole = names[-1].text[-1] in ENDS + "." or not after or line.is_in(after[0], "name_stops")
    return names if whole else []


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
    while at < len(line.tokens) and at - begin < 7 and honorific(line, line.tokens[at]):
        at += 1 + _of_the_rank(line, at + 1)
    if at == begin:
        return []
    names = scan(line, at, given=True)
    plain = any(token.key in PLAIN_HONORIFICS for token in line.tokens[begin:at])
    whole = [token for token in names if token.core[:1].isupper() or not line.is_in(token, "particles")]
    if len(whole) < (1 if plain else 2) or (not plain and line.script == "latin" and _of_words(line, names)):
        return []  # "Commandant de la Force" is a post, "General of Human Rights" the end of one
    return names


def _of_words(line: Line, names: list[Token]) -> bool:
    """Whether what looks like a name is made of words of speeches and pages, half of them at least."""
    whole = [token for token in names if not line.is_in(token, "particles") and len(token.core.strip(".")) > 1]
    return 2 * sum(token.key in common(line.script) for token in whole) >= len(whole)


def _all_of_words(line: Line, names: list[Token]) -> bool:
    return all(token.key in common(line.script) for token in names)


def _post_behind(line: Line, at: int) -> bool:
    """Whether a post stands behind the comma that ends a name: `Марта Ковальска, советник`."""
    after = line.tokens[at : at + 1]
    return bool(after) and line.tokens[at - 1].text[-1] in ",،" and line.is_in(after[0], "posts")


def _of_the_rank(line: Line, at: int) -> int:
    """How many words here say what a rank is of: `(capitaine) de vaisseau`, `(полковник) внутренней службы`."""
    run = 1 if at < len(line.tokens) and line.script == "latin" and line.tokens[at].key == "de" else 0
    first = run
    while at + run < len(line.tokens) and run < 4 and line.is_in(line.tokens[at + run], "ranks"):
        run += 1
    return run if run > first else 0


def _without_honorific(line: Line, at: int, *, post: bool, skipped: bool, certain: bool) -> Name | None:
    if GLUED.fullmatch(line.tokens[at].core):
        return _name(line, at, line.tokens[at : at + 1], post=post, honoured=False)
    names = scan(line, at, given=False)
    unsure = line.script == "arabic" and not (post or certain or (at == 0 and line.given_at(at)))
    if len(names) < 2 or unsure or _goes_on(line, at + len(names)):
        return None
    if not post and ((skipped and not certain and not _article(line, at)) or any(token.state for token in names[1:])):
        return None
    sure = post or certain or _post_behind(line, at + len(names))
    if (not sure and (_of_words(line, names) or names[0].state)) or (sure and not post and _all_of_words(line, names)):
        return None
    return _name(line, at, names, post=post, honoured=False)


def _named_as_a_state(line: Line, at: int) -> bool:
    """Whether a first name that is a state's too, as Mauricio is, begins a name with its post behind a comma."""
    names = scan(line, at, given=True) if line.tokens[at].state and line.script == "latin" else []
    after = line.tokens[at + len(names) : at + len(names) + 1]
    return len(names) > 1 and names[-1].text[-1] == "," and bool(after) and line.is_in(after[0], "roles")


def _goes_on(line: Line, at: int) -> bool:
    """Whether the words turn out to be the beginning of an institution's name: "Small Island | States"."""
    if at >= len(line.tokens) or line.tokens[at - 1].ends or line.tokens[at - 1].text[-1] == ".":
        return False
    return line.is_in(line.tokens[at], "not_names")


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
        if arabic.goes_on_without(line, token, names):
            break
        blocked = line.blocked(token) and not arabic.of_the_name(line, at, names)
        if not line.name_like(token) or blocked or _ends_at_state(token, names, given=given):
            break
        if names and token.text[0] == "(" and not _nickname(line, at):
            break
        names.append(token)
        if token.ends:
            break
        at += 1
    while names and line.is_in(names[-1], "particles") and len(names[-1].core) < 4 and names[-1].core.islower():
        names.pop()
    closed = not names or names[-1].ends or at >= len(line.tokens)
    return names if closed or line.tokens[at].key not in _patronymics() else [*names, line.tokens[at]]


@cache
def _patronymics() -> frozenset[str]:
    """Words that end a name by saying whose child its bearer is: `Тогрул Эльчин оглу`, `Leyla Rashid qizi`."""
    return frozenset(flat(word) for word in data.table("names.toml")["patronymics"])


def _nickname(line: Line, at: int) -> bool:
    """Whether a word in brackets is of the name, as more of it follows: `Robert (Bob) Roe`."""
    after = line.tokens[at + 1 : at + 2]
    return (
        line.tokens[at].text.endswith(")") and bool(after) and line.name_like(after[0]) and not line.blocked(after[0])
    )


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
    fits = line.name_like(after) and not line.blocked(after) and not after.state and not honorific(line, after)
    return run if fits else 0


def _ends_at_state(token: Token, names: list[Token], *, given: bool) -> bool:
    if not token.state:
        return False
    return bool(names) or not given or token.core.isupper()
