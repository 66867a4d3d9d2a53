"""The person a Chinese line presents: `中国代表…大使在…的发言`, `发言人：…`, `由…宣读`."""

from __future__ import annotations

import re

from bot.reading.states import find_states
from bot.reading.who import han
from bot.reading.who.posts import Person
from bot.reading.who.vocabulary import flat, phrases, wordlist

HAN_BREAK = re.compile(r"[，（(]")
LONGEST_PART = 60
# Behind these stands whom a dialogue is with, or whom a letter is to.
WITH = frozenset("与同跟致")


def presented(line: str, following: list[str]) -> Person | None:
    """`中国代表…大使在…的发言`: what stands before the first word that a name cannot go over."""
    if not phrases("han", "statement", "spoke").search(line):
        return None
    line = han.LATIN.sub("", line)
    for stop in phrases("han", "name_stops", "statement", "spoke").finditer(line):
        person = named(line[: stop.start()], line, following, bounded=True)
        if person or stop.start() > 40:
            return person
    return None


def given(line: str, following: list[str]) -> Person | None:
    """`由…宣读`, `由…代表东盟宣读`, `发言的是…`."""
    found = han.GIVEN.search(line) or han.WHO.search(line)
    if not found:
        return None
    parts = [found[1], *(found[1][: stop.start()] for stop in phrases("han", "name_stops").finditer(found[1]))]
    people = (named(part, line, following, certain=True) for part in parts)
    return next((person for person in people if person), None)


def alone(line: str, following: list[str]) -> Person | None:
    """A name with its post, or with a courtesy behind it, whatever the occasion behind that."""
    person = (named(line, line, following) if len(line) <= 45 else None) or _courteous(line, following)
    courteous = line.endswith(tuple(wordlist("han", "honorifics")))
    return person if person and (person.role or courteous) else None


def _courteous(line: str, following: list[str]) -> Person | None:
    """`智利常驻联合国代表 …女士代表…`: a state's representative up to the courtesy, whatever the occasion behind it."""
    states = find_states(line[:20], "zh")
    told = phrases("han", "honorifics").search(line) if states and states[0].start == 0 else None
    return named(line[: told.end()], line, following) if told else None


def _is_post(text: str) -> bool:
    """Whether what stands in brackets or behind a comma is a post or an office, by how these end."""
    ends = (*wordlist("han", "roles"), *han.POST_ENDS, *han.OFFICE_ENDS)
    return 2 <= len(text) <= 20 and text.endswith(ends) and not phrases("han", "statement").search(text)


def named(part: str, line: str, following: list[str], *, certain: bool = False, bounded: bool = False) -> Person | None:
    """The person a part of a line is about; `certain` says that it must be one, as behind a label, and `bounded` that
    what they do follows."""
    others = phrases("han", "not_speaker").match(flat(line).lstrip("[( ")) or phrases("han", "press").search(part)
    if others or part[:1] in WITH or len(part) > LONGEST_PART:
        return None
    first, after = (*HAN_BREAK.split(part, maxsplit=1), "")[:2]
    after = after.strip(" ）)")
    behind = after if _is_post(after) else None
    sure = certain or behind is not None
    found = han.name_in(part, certain=certain, bounded=bounded) or (han.name_in(first, certain=sure) if after else None)
    if found is None:
        return None
    name, post = found
    post = post or behind
    if post is None and following:
        under = han.name_in(following[0])
        post = under[1] if under and under[0] == name else None
    return Person(name=name, role=post, line=line)
