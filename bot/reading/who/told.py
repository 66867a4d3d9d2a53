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
from bot.reading.who.presented import near
from bot.reading.who.readings import alone, labelled, other
from bot.reading.who.vocabulary import bare, common, flat, phrases, script_of, wordlist

LONGEST_SENTENCE = 400
# A name has so many words at most, and a post before it, with what it is of.
MOST_NAMES, LONGEST_POST = 6, 12
MOST_BELOW = 4
# Between a name and what its bearer did stand only the post and "who".
LONGEST_BETWEEN = 110
# `Ms. Roe (Kenya):`, `Ms. Roe (Kenya) (spoke in French):`
VOICE = re.compile(r"\s?[(（]([^()（）]{2,60})[)）](?:\s?[(（][^()（）]{2,60}[)）])?\s?[:：]")
LONGEST_VOICE = 160
BEING = re.compile(r"^(?:was|is|a été|est|était|fue|es|был|была|كان|كانت)\s", re.I)
ARTICLE = re.compile(r"^(?:by|par|por|the|our|notre|nuestr[oa]|el|le|la)\s", re.I)
POSSESSIVE = re.compile(r"^(?:its|his|her|their|our|the|son|sa|notre|su|nuestr[oa]|le|la|el)\s", re.I)
FOR = re.compile(r"(?:for|pour|por|за|от|عن)\s")


def spoke(line: str, following: list[str]) -> Person | None:
    """`Legal adviser Jane Roe spoke in …`, `c'est Mme Jeanne Roe, Conseillère, qui a livré …`."""
    script = script_of(line)
    if script == "han" or len(line) > LONGEST_SENTENCE or other(line, script):
        return None
    found = (_spoke(sentence, script, following) for sentence in STOP.split(line))
    return next((person for person in found if person), None)


def for_state(line: str, following: list[str]) -> Person | None:
    """`For Kenya: Ms. Jane Roe, Counsellor`: whom a line has speak for a state, where it does so for one alone."""
    script = script_of(line)
    end = _state_label(line, script)
    if not end or len(line) > LONGEST_VOICE or any(_state_label(other, script) for other in following):
        return None
    person = alone(line[end:].lstrip(" :："), [])
    return person if person and person.role and not _presides(person.role) else None


def _state_label(line: str, script: str) -> int:
    """Where the label ends that a line begins with: for a state, and a colon; 0 without one."""
    told = FOR.match(flat(line))
    named = states_in(line[told.end() :][:60]) if told and script != "han" else []
    if not told or not named or not near(flat(line[told.end() : told.end() + named[0].start]), script):
        return 0
    end = told.end() + named[0].end
    return end if line[end:].lstrip()[:1] in {":", "："} else 0


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
        last = _behind_long_post(parts, verb.start())
        if last and stands_by(sentence, plain, last, verb.start(), script):
            return made(sentence, last, following)
    return None


def _behind_long_post(parts: Line, verb: int) -> Name | None:
    """A name that runs up to the verb from a post, whatever that is of: `Ambassador for Cyber Matters Jane Roe spoke`.

    Only words on no list count: in English a post's matters begin with capitals as names do.
    """
    end = sum(token.start < verb for token in parts.tokens)
    at = end
    while at and end - at <= MOST_NAMES and _of_a_name(parts, at - 1, last=at == end):
        at -= 1
    while at < end and parts.is_in(parts.tokens[at], "particles"):
        at += 1
    lead = parts.tokens[max(0, at - LONGEST_POST) : at]
    kinds = ("posts", "honorifics")
    post = next((one for one in reversed(lead) if one.ends or any(parts.is_in(one, kind) for kind in kinds)), None)
    if parts.script not in {"latin", "cyrillic"} or end - at < 2 or post is None or post.ends:
        return None
    last = parts.tokens[end - 1]
    return Name(start=parts.tokens[at].start, end=last.start + len(last.core), honoured=False, post=True)


def _of_a_name(parts: Line, at: int, *, last: bool) -> bool:
    """Whether a word can only be one of a person's name: none of speeches, posts and pages."""
    token = parts.tokens[at]
    if parts.is_in(token, "particles") and not last:
        return True
    listed = token.state or parts.blocked(token) or parts.is_in(token, "posts") or token.key in common(parts.script)
    return parts.name_like(token) and not listed and (last or not token.ends)


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
