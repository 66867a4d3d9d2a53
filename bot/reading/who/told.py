"""Who speaks, told in a sentence above the speech, by a name before its first words, or by a label below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.reading import chrome
from bot.reading.who import han
from bot.reading.who.line import Line
from bot.reading.who.mentions import states_in
from bot.reading.who.names import Name, find_name
from bot.reading.who.pieces import STOP
from bot.reading.who.posts import Person, begins_with_post, made
from bot.reading.who.readings import labelled, other
from bot.reading.who.vocabulary import bare, flat, phrases, script_of, wordlist

LONGEST_SENTENCE = 400
MOST_BELOW = 4
# Between a name and what its bearer did stand only the post and "who".
LONGEST_BETWEEN = 110
# `Ms. Roe (Kenya):`, `Ms. Roe (Kenya) (spoke in French):`
VOICE = re.compile(r"\s?[(（]([^()（）]{2,60})[)）](?:\s?[(（][^()（）]{2,60}[)）])?\s?[:：]")
LONGEST_VOICE = 160
BEING = re.compile(r"^(?:was|is|a été|est|était|fue|es|был|была|كان|كانت)\s", re.I)
ARTICLE = re.compile(r"^(?:by|par|por|the|our|notre|nuestr[oa]|el|le|la)\s", re.I)
POSSESSIVE = re.compile(r"^(?:its|his|her|their|our|the|son|sa|notre|su|nuestr[oa]|le|la|el)\s", re.I)
FOR = re.compile(r"(?:for|pour|por|за|от)\s")


def spoke(line: str, following: list[str]) -> Person | None:
    """`Legal adviser Jane Roe spoke in …`, `c'est Mme Jeanne Roe, Conseillère, qui a livré …`."""
    script = script_of(line)
    if script == "han" or len(line) > LONGEST_SENTENCE or other(line, script):
        return None
    found = (_spoke(sentence, script, following) for sentence in STOP.split(line))
    return next((person for person in found if person), None)


def _spoke(sentence: str, script: str, following: list[str]) -> Person | None:
    plain = flat(sentence)
    parts = Line(sentence, script)
    for verb in phrases(script, "spoke").finditer(plain):
        rest = BEING.sub("", _less_the_state(sentence[verb.end() :].lstrip(), script).lstrip(), count=1)
        after = Line(ARTICLE.sub("", rest, count=1), script)
        name = find_name(after) if after.tokens else None
        person = made(after.text, name, following) if name else None
        if name and person and (name.honoured or name.post or (person.role and name.start == 0)):
            return person
        before = [name for name in names_before(parts, verb.start()) if name.end <= verb.start()]
        if before and stands_by(sentence, plain, before[-1], verb.start(), script):
            return made(sentence, before[-1], following)
    return None


def _less_the_state(text: str, script: str) -> str:
    """A text without the state, or its delegation, that it begins by saying somebody speaks for."""
    told = FOR.match(flat(text)) or phrases(script, "on_behalf").match(flat(text))
    named = states_in(text[told.end() :][:60]) if told else []
    return text[told.end() + named[0].end :].lstrip() if told and named and named[0].start <= 4 else text


def names_before(parts: Line, verb: int) -> Iterator[Name]:
    """The names with an honorific or a post that a line holds, and one without that it begins with before the verb."""
    first = find_name(parts)
    if first and first.start == 0 and first.end <= verb:
        yield first
    for at, token in enumerate(parts.tokens):
        if at == 0 or parts.is_in(token, "honorifics") or parts.is_in(token, "posts"):
            name = find_name(parts, at)
            if name and (name.honoured or name.post):
                yield name


def stands_by(line: str, plain: str, name: Name, verb: int, script: str) -> bool:
    """Whether nothing but the post stands between a name and what somebody did, and nobody else is named before."""
    between = POSSESSIVE.sub("", line[name.end : verb].strip(" ,،"), count=1)
    if len(between) > LONGEST_BETWEEN or phrases(script, "not_speaker").search(plain[: name.end]):
        return False
    return len(between) <= 4 or (begins_with_post(between) and line[name.end :].lstrip()[:1] in ",،(–—")


def opening(body: str) -> list[str]:
    """The first paragraph of a speech and the beginning of the one behind it."""
    first, _, rest = body.partition("\n\n")
    return [bare(first), bare(rest.partition("\n\n")[0])] if body else []


def voice(line: str, following: list[str]) -> Person | None:
    """The name that verbatim records set before a speech: `Ms. Roe (Kenya): …`, `Ambassador Roe, Coordinator:`."""
    if not following:
        return None
    script, head = script_of(line), line[:LONGEST_VOICE]
    end = _name_end(head, script)
    if not end:
        return None
    colon = VOICE.match(head, end)
    if colon and states_in(colon[1]):
        return _spoken_by(head[: colon.end() - 1], script)
    if line[-1:] in ":：" and len(line) <= LONGEST_VOICE and chrome.is_greeting(following[0]):
        person = _spoken_by(line[:-1], script)
        return person if person and person.role and not _presides(person.role) else None
    return None


def _name_end(head: str, script: str) -> int:
    """Where a name with honorifics ends that a text begins with; 0 without one."""
    if script == "han":
        told = phrases("han", "honorifics").search(head[:24])
        return told.end() if told else 0
    name = find_name(Line(head, script))
    return name.end if name and name.honoured and name.start == 0 else 0


def _spoken_by(text: str, script: str) -> Person | None:
    if script == "han":
        found = han.name_in(text.partition("（")[0].partition("(")[0], certain=True)
        return Person(name=found[0], role=None, line=text) if found else None
    name = find_name(Line(text, script))
    return made(text, name, []) if name else None


def _presides(role: str) -> bool:
    """Whether a post is that of somebody who is addressed rather than speaks: the chair's."""
    words = set(re.findall(r"[\w'’]+", flat(role)))
    return bool(words & wordlist(script_of(role), "chairs"))


def below(line: str, following: list[str]) -> Person | None:
    """The speaker named under the text, behind a label that means nothing else: `Intervenant : …`."""
    script = script_of(line)
    label = phrases(script, "labels").match(flat(line))
    marked = label and line[label.end() :].lstrip()[:1] in {":", "："}
    vague = label and (label[0] in wordlist(script, "posts") or len(label[0]) <= 4 - 2 * (script == "han"))
    return labelled(line, following) if marked and not vague else None
