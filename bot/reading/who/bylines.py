"""Bylines that say no more than a name: alone on its line, or among the offices that publish a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot import data
from bot.reading.article import Article
from bot.reading.who import han
from bot.reading.who.groups import find_groups
from bot.reading.who.line import ENDS, Line, Token
from bot.reading.who.mentions import states_in
from bot.reading.who.names import Name, find_name
from bot.reading.who.pieces import pieces
from bot.reading.who.posts import Person, begins_with_post, for_the_press, made
from bot.reading.who.readings import other
from bot.reading.who.vocabulary import bare, common, flat, phrases, script_of, wordlist

LONGEST_BYLINE = 60
MOST_WORDS = 5
PARTED = re.compile(r"[,&]|\s(?:and|et|y|и)\s")
DAY = re.compile(r"\d{4}")
FOR = re.compile(r",?\s(?:speaking\s(?:for|on behalf of)|for|pour|por|за|от)\s")


def bare_byline(article: Article, header: list[str]) -> Person | None:
    """The one part of the lines under the title that is a person's name and nothing else; None in doubt."""
    about = "\n".join((article.title, article.site, article.body, article.tail))
    small = {word for word in re.findall(r"[\w'’-]+", about) if word[:1].islower()} if header else set()
    small |= {word.lower() for word in re.findall(r"[\w'’-]+", article.body)} if header else set()
    found = [person for before, part, behind in _parts(header) if (person := _only_a_name(before, part, behind, small))]
    return found[0] if len({person.name for person in found}) == 1 else None


def _parts(header: list[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Every line and every part of one, with what stands beside it: before, and behind."""
    for at, line in enumerate(header):
        if other(line, script_of(line)):
            continue
        behind = header[at + 1 :]
        yield header[at - 1] if at else "", line, behind
        parts = pieces(line, fine=True)
        for place, part in enumerate(parts):
            yield "".join(parts[max(0, place - 1) : place]), part, [*parts[place + 1 :], *behind]


def _only_a_name(before: str, line: str, following: list[str], small: set[str]) -> Person | None:
    script = script_of(line)
    if len(line) > LONGEST_BYLINE:
        return None
    if script == "han":
        return _han_only(before, line, following)
    line = _less_the_state(line)
    name, comma, post = line.partition("،" if script == "arabic" else ",")
    behind = post.strip() or next(iter(following), "")
    small_post = post.strip()[:1].islower() and DAY.search(next(iter(following), ""))
    parts = Line(name.strip(), script)
    if (comma and not (begins_with_post(post.strip()) or small_post)) or (
        script == "arabic" and not begins_with_post(behind) and not parts.given_at(0)
    ):
        return None
    words = [token for token in parts.tokens if not parts.is_in(token, "particles") or token is parts.tokens[0]]
    if not len(words) >= 2 or len(parts.tokens) > MOST_WORDS or _is_place(name, len(words)):
        return None
    if parts.shouting or parts.states or find_groups(line, script) or name.strip()[-1] in ENDS + ".!?:":
        return None
    if any(token.ends for token in parts.tokens[:-1]):
        return None
    if not all(parts.name_like(word) and _uncommon(word, script, small) for word in words):
        return None
    whole = Name(start=0, end=len(name.rstrip()), honoured=False, post=False)
    person = made(line, whole, following)
    # Words in no list may still be a heading's: beside a person's name stands a post, the day or the state.
    sure = person.role is not None or small_post or DAY.search(behind) or DAY.search(before) or _is_state(behind)
    return person if sure and not for_the_press(person) else None


def uncommon_name(text: str) -> bool:
    """Whether a line is a person's name and nothing else, none of its words one of speeches and pages."""
    script = script_of(text)
    if script == "han":
        return han.is_name(text) and not any(word in text for word in wordlist("han", "statement"))
    parts = Line(text, script)
    words = [token for token in parts.tokens if not parts.is_in(token, "particles") or token is parts.tokens[0]]
    name = find_name(parts, certain=True)
    if not 2 <= len(words) <= MOST_WORDS + 1 or _is_place(text, len(words)) or name is None or name.start:
        return False
    return name.end >= len(text.rstrip(" .,")) and all(_uncommon(word, script, set()) for word in words)


def _is_place(name: str, words: int) -> bool:
    """Whether a short line in capitals is a place, which stands under a title as a name would."""
    keys = re.findall(r"\w+", flat(name))
    return " ".join(keys) in _listed("places") or (words == 2 and not _listed("place_words").isdisjoint(keys))


def _is_state(text: str) -> bool:
    """Whether a text is a state's name and nothing else, as in the brackets of `Jane Roe (Kenya)`."""
    named = states_in(text)
    return bool(named) and not named[0].adjective and text[: named[0].start] + text[named[0].end :] == ""


@cache
def _listed(key: str) -> frozenset[str]:
    return frozenset(flat(bare(word)) for word in data.table("names.toml")[key])


def _less_the_state(line: str) -> str:
    """A line without the state somebody speaks for: `Jane Roe for Tuvalu`, `Jane Roe, speaking for Tuvalu, …`."""
    told = FOR.search(line)
    named = states_in(line[told.end() :]) if told else []
    return line[: told.start()] if told and named and named[0].start <= 4 else line


def _uncommon(word: Token, script: str, small: set[str]) -> bool:
    """Whether a word is in no vocabulary, not in the speech and written small nowhere: a word of a heading is."""
    pieces = [word.key, *word.key.split("-")]
    return word.core.lower() not in small and not any(piece in common(script) for piece in pieces)


def _han_only(before: str, line: str, following: list[str]) -> Person | None:
    """A Chinese name of three signs, or transcribed with dots, with its post or the day beside it."""
    under = next(iter(following), "")
    sure = han.FOREIGN.fullmatch(line) or (len(line) in (2, 3, 4) and han.is_name(line))
    if (
        not sure
        or _is_state(line)
        or line.endswith(tuple(_listed("chinese_places")))
        or not han.is_name(line)
        or any(word in line for word in wordlist("han", "statement"))
    ):
        return None
    role = under if any(under.endswith(post) for post in wordlist("han", "roles")) and len(under) <= 30 else None
    told = role or any(DAY.search(beside) or "年" in beside for beside in (under, before)) or _is_state(under)
    return Person(name=line, role=role, line=line) if told else None


def sender(line: str, following: list[str]) -> Person | None:
    """The person among those a page is from: `From: Foreign Office and Ambassador Jane Roe`."""
    script = script_of(line)
    label = phrases(script, "senders").match(flat(line))
    if script == "han" or not label or line[label.end() :].lstrip()[:1] not in {":", "："}:
        return None
    named = line[label.end() :].lstrip(" :：") or next(iter(following), "")
    for part in PARTED.split(named):
        words = part.strip()
        name = find_name(Line(words, script_of(words))) if words else None
        if name and name.honoured and not words[name.end :].strip(" .MPKCGB"):
            return made(words, name, following)
    return None
