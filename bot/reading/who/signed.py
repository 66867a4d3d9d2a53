"""Who speaks, as the lines right below a speech have it: a note in brackets, or who signs."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.reading.who.bylines import uncommon_name
from bot.reading.who.posts import Person, begins_with_post, for_the_press
from bot.reading.who.readings import alone, given, labelled, other, presented
from bot.reading.who.rows import is_label, is_post, rows
from bot.reading.who.told import spoke
from bot.reading.who.vocabulary import bare, flat, phrases, script_of, wordlist

MOST_LINES = 6
LONGEST_NOTE = 200
NOTE = re.compile(r"^[(（\[【〔](.{4,200})[)）\]】〕][.。]?$")
ARTICLE = re.compile(r"(?:le|la|l'|el|the)\s", re.I)
EDGES = " ,，.:："
READINGS: tuple[Callable[[str, list[str]], Person | None], ...] = (labelled, given, presented, spoke)


def below(tail: str) -> Person | None:
    """The person a note below the speech names, or who signs it; None in doubt."""
    lines = rows([line.strip() for line in bare(tail).splitlines() if line.strip()][:MOST_LINES], posts=False)
    for at, line in enumerate(lines):
        person = _noted(line, lines[at + 1 : at + 2])
        if person:
            return person
    off = _signing_off(lines[0]) if lines else None
    person = _signed([line for line in ([off, *lines[1:]] if off is not None else lines) if line], off=off is not None)
    if person is None or for_the_press(person):
        return None
    return person if off is not None or not _heads(person.role or "") else None


def _noted(line: str, following: list[str]) -> Person | None:
    """`(Delivered by Jane Roe, Counsellor)`, `Delivered by Jane Roe`: words that mean the giving of this speech."""
    note = NOTE.match(line)
    if not note and not (_begins_as_given(line) and len(line) <= LONGEST_NOTE):
        return None
    text = note[1].strip() if note else line
    found = (read(text, following) for read in (READINGS if note else READINGS[:2]))
    return next((person for person in found if person and not for_the_press(person)), None)


def _begins_as_given(line: str) -> bool:
    """Whether a line begins with the giving of a speech, and not with what a link to another may: `Statement by …`."""
    script, plain = script_of(line), flat(line)
    if other(line, script) or phrases(script, "statement").match(plain):
        return False
    label = phrases(script, "by", "labels").match(plain)
    if label is None or script == "han":
        return False
    last = label[0].split()[-1]
    if script == "latin":
        return last in {"by", "par", "por"} and len(label[0].split()) > 1
    return label[0] in wordlist(script, "by") and label[0] not in wordlist(script, "statement")


def _signed(lines: list[str], *, off: bool) -> Person | None:
    """A name with its post beside it, first of all below the speech; `off`, where a word for signing stands before."""
    if not lines or other(lines[0], script_of(lines[0])) or is_label(lines[0], "role_labels"):
        return None
    first, second = lines[0], next(iter(lines[1:]), "")
    if not off and (":" in first or "：" in first):
        return None
    post = ARTICLE.sub("", first, count=1) if script_of(first) == "latin" else first
    if second and uncommon_name(second) and is_post(post):
        return Person(name=second, role=post.strip(EDGES), line=f"{post.strip(EDGES)}, {second}")
    if uncommon_name(first) and (off or begins_with_post(second) or is_post(second)):
        role = second if begins_with_post(second) or is_post(second) else None
        return Person(name=first, role=role, line=f"{first}, {second}" if role else first)
    person = alone(first, lines[1:2])
    return person if person and (person.role or off) else None


def _signing_off(line: str) -> str | None:
    """What follows a word for signing on its line; None if it does not begin with one."""
    sign = phrases(script_of(line), "signatures").match(flat(line).lstrip("("))
    if not sign or len(line) > LONGEST_NOTE:
        return None
    rest = line[sign.end() + len(line) - len(line.lstrip("(")) :].lstrip(") ")
    return rest.lstrip(EDGES) if rest[:1] in set(":：,，") or not rest else ""


def _heads(post: str) -> bool:
    """Whether a post is that of the head of a house: below a speech a site names them as often as it is signed."""
    return bool(phrases(script_of(post), "heads").match(flat(post)))
