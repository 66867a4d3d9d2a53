"""Who spoke, in a report of a speech: `…, said Ambassador Jane Roe`, `Jane Roe, its envoy, told the Council`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.reading import chrome
from bot.reading.subject import hits, ready
from bot.reading.who import han_lines
from bot.reading.who.line import Line
from bot.reading.who.mentions import states_in
from bot.reading.who.names import find_name
from bot.reading.who.pieces import STOP
from bot.reading.who.posts import Person, begins_with_post, for_the_press, made
from bot.reading.who.told import names_before, stands_by
from bot.reading.who.vocabulary import bare, flat, phrases, script_of, wordlist

MOST_PARAGRAPHS = 6
LONGEST = 700
REACH = 220
# A report may quote its speaker; who says "we" oftener than this, in so many words, speaks.
FIRST_PERSON = 3
QUOTED = re.compile(r"“[^”]{0,600}”|«[^»]{0,600}»|\"[^\"]{0,600}\"|„[^“]{0,600}“")
SENTENCE = re.compile(rf"{STOP.pattern}|[。！？!?؟]")
CLAUSE = re.compile(r"[，。；：、]")
PART = re.compile(r"[,،]\s")
# What may stand between a verb and who did it: `a indiqué mercredi le représentant …`.
SMALL_WORDS = re.compile(r"\s?(?:[^\W\d_A-ZА-Я]{2,12}\s){1,3}?(?=(?:le|la|el|the|los|l')\s)")
AND = re.compile(r"(?<!\w)و(?=\w{3})")
LEAD = re.compile(r"^(?:the|its|his|her|their|le|la|l'|son|sa|leur|el|su|por|par|by|per)\s", re.I)


def reported(title: str, body: str) -> Person | None:
    """The person a report says spoke first, by name and post; None in a speech, and of nobody's but the state's."""
    paragraphs = [bare(paragraph) for paragraph in body.split("\n\n")[:MOST_PARAGRAPHS]]
    if not paragraphs or any(chrome.is_greeting(paragraph) for paragraph in paragraphs) or _speaks(body):
        return None
    own = {mention.code for mention in states_in(bare(title))}
    for paragraph in paragraphs:
        for sentence in SENTENCE.split(QUOTED.sub(lambda quote: " " * len(quote[0]), paragraph[:LONGEST])):
            for person in _told(sentence) if sentence else ():
                if _for_the_state(person, own):
                    return person
    return None


def _speaks(body: str) -> bool:
    """Whether a text is a speech: it says "we" outside what it quotes."""
    said = hits(ready(QUOTED.sub(" ", body[:2000])), "first_person")
    return sum(not hit.words.endswith("方") for hit in said) >= FIRST_PERSON  # China's reports too call China so


def _for_the_state(person: Person, own: set[str]) -> bool:
    """Whether a person has a post, and it is neither of the United Nations, nor of the chair, nor of another state."""
    script = script_of(person.line)
    titles = re.findall(r"[\w'’]+", flat(person.name))
    around = person.role or (person.name if wordlist(script, "posts") & set(titles) else "")
    if not around or for_the_press(person) or phrases(script, "officials", "bodies").search(flat(around)):
        return False
    presides = set(re.findall(r"[\w'’]+", flat(around))[:2]) & wordlist(script, "chairs")
    if presides and (script != "arabic" or phrases(script, "not_speaker", "other_labels").match(flat(around))):
        return False
    states = {mention.code for mention in states_in(around)}
    return not (states and own) or bool(states & own)


def _told(sentence: str) -> Iterator[Person]:
    script = script_of(sentence)
    if script == "han":
        yield from _told_in_chinese(sentence)
        return
    people = _named_in(sentence, script)
    yield from (person for person in people if script != "arabic" or _sure_in_arabic(person))


def _sure_in_arabic(person: Person) -> bool:
    """Whether a name in running text is one, as an honorific or a given name begins it: no capital tells."""
    parts = Line(person.name, "arabic")
    return bool(parts.tokens) and (parts.is_in(parts.tokens[0], "honorifics") or parts.given_at(0))


def _named_in(text: str, script: str) -> Iterator[Person]:
    plain, parts = flat(AND.sub(" ", text) if script == "arabic" else text), Line(text, script)
    for verb in phrases(script, "says").finditer(plain):
        before = [name for name in names_before(parts, verb.start()) if name.end <= verb.start()]
        if before and stands_by(text, plain, before[-1], verb.start(), script):
            yield made(text, before[-1], [])
        yield from _behind(text[verb.end() : verb.end() + REACH], script)
    if phrases(script, "says").search(plain):
        yield from _set_apart(text, script)


def _set_apart(text: str, script: str) -> Iterator[Person]:
    """A name between commas with its post behind it: `…, Jane Roe, its Permanent Representative, said …`."""
    for place in (comma.end() for comma in PART.finditer(text)):
        line = Line(text[place:], script)
        name = find_name(line, certain=True) if line.tokens and line.tokens[0].core[:1].isupper() else None
        rest = LEAD.sub("", text[place + name.end :].lstrip(" ,"), count=1) if name and name.start == 0 else ""
        if name and rest and begins_with_post(rest):
            person = made(f"{text[place : place + name.end]}, {rest}", name, [])
            if person.role:
                yield person


def _behind(text: str, script: str) -> Iterator[Person]:
    """Whoever follows a verb, at once or behind what is set between commas: `said on Friday, before the …, Mr. …`."""
    small = SMALL_WORDS.match(text)
    places = [0, *([small.end()] if small else []), *(comma.end() for comma in PART.finditer(text))]
    for place in places:
        rest = LEAD.sub("", text[place:].lstrip(), count=1)
        line = Line(rest, script)
        name = find_name(line) if line.tokens else None
        led = begins_with_post(rest) or (bool(line.tokens) and line.is_in(line.tokens[0], "honorifics"))
        if name and (name.honoured or name.post) and (led or name.start == 0):
            yield made(rest, name, [])
        elif name and name.start == 0:  # a name without an honorific, its post behind a comma
            person = made(rest, name, [])
            if person.role:
                yield person


def _told_in_chinese(sentence: str) -> Iterator[Person]:
    for clause in CLAUSE.split(sentence):
        says = phrases("han", "says").search(clause)
        if says is None:
            continue
        for stop in phrases("han", "name_stops", "says", "statement").finditer(clause):
            person = han_lines.named(clause[: stop.start()], clause, [], bounded=True)
            if person:
                yield person
                break
