"""What is tried where a line is presented in words that are on no list: how it is built still tells who speaks."""

from __future__ import annotations

import re

from bot.reading.who import han_lines
from bot.reading.who.line import Line
from bot.reading.who.names import find_name
from bot.reading.who.posts import Person, begins_with_post
from bot.reading.who.readings import DELIVERED, alone, other
from bot.reading.who.vocabulary import flat, phrases, script_of, wordlist

LONGEST_LINE = 300
LABEL = re.compile(r"^([^:：]{3,45})\s?[:：]\s*(?=\S)")
# So many letters of a word make its stem: `выступающего` is of the kin of `Выступающий`.
KIN = 6
ARTICLES = re.compile(r"(?:our|the|my|notre|nuestr[oa]|el|la|le|l'|mon|ma)\s", re.I)
LONGEST_NAME = 5


def behind_colon(line: str, following: list[str]) -> Person | None:
    """`In the role of speaker: Jane Roe, deputy director`: a label of the kin of a known one, a name with its post."""
    script, label = script_of(line), LABEL.match(line)
    if not label or len(line) > LONGEST_LINE or script == "han" or other(line, script):
        return None
    if phrases(script, "not_speaker", "press").search(flat(label[1])):
        return None
    kin = {flat(word)[:KIN] for known in wordlist(script, "labels") for word in known.split() if len(word) > KIN}
    if not kin & {word[:KIN] for word in re.findall(r"\w{6,}", flat(label[1]))}:
        return None
    person = alone(line[label.end() :], following)
    return person if person and person.role else None


def post_first(line: str, _following: list[str]) -> Person | None:
    """`… delivered on Tuesday by our Ambassador for cyber diplomacy, Jane Roe.`: a post, a comma, a name, the end."""
    script = script_of(line)
    if script == "han" or len(line) > LONGEST_LINE or other(line, script):
        return None
    for told in DELIVERED.finditer(flat(line)):
        rest = line[told.end() :].strip(' .,;:»”"')
        office, comma, last = ARTICLES.sub("", rest, count=1).rpartition(", ")
        if comma and begins_with_post(office) and not phrases(script, "not_speaker", "press").search(flat(office)):
            name = find_name(Line(last, script))
            if name and name.start == 0 and name.end == len(last) and 2 <= len(last.split()) <= LONGEST_NAME:
                return Person(name=last, role=office, line=line)
    return None


def han_presented(line: str, following: list[str]) -> Person | None:
    """`…参赞代表十九国作共同发言`, as a part of a line that begins with its day."""
    return han_lines.presented(line, following) if script_of(line) == "han" else None
