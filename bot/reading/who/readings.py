"""The readings of one line: each a way in which pages present the person who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.reading.who import han, han_lines
from bot.reading.who.line import Line
from bot.reading.who.names import Name, find_honoured, find_name
from bot.reading.who.posts import Person, begins_with_post, for_the_press, made, role_of
from bot.reading.who.vocabulary import WEAK_JOINS, flat, joins, phrases, script_of, wordlist

LONGEST_LINE = 400
# A line of so many signs is about the giving of a speech; in a longer one a name needs a post to be the speaker's.
LONGEST_GIVEN, LONGEST_PREFACE = 220, 700
SMALL = frozenset("the of de la le les l' d' du el los las del".split())
ARTICLES = frozenset({"the", "le", "la", "l'", "l", "el"})
# What joins a speech to groups and offices as often as to a person.
ANYBODY = frozenset({"со стороны", "в лице", "من طرف", "من قبل"})
DELIVERED = re.compile(
    r"(?<!\w)(?:(?:delivered|given|made|read(?: out)?|presented|spoken|voiced)\s[^;:]{0,60}?\bby"
    r"|(?:prononcee?|lue?|faite?|delivree?|presentee?|donnee?|livree?)\s[^;:]{0,60}?\bpar"
    r"|(?:pronunciad|leid|formulad|realizad|presentad|ofrecid|efectuad|expuest|hech)[oa]s?\s[^;:]{0,60}?\bpor)(?!\w)"
)
PLURAL = re.compile(r"^\((?:s|es|e|a|as|trice|ая|ца)\)")
WIDER = re.compile(r"^(?:\s[^\s:：,،]{1,20}){1,5}\s?[:：]")  # "Orador por México:"
# A line with these in front is about whom a dialogue is with, or whom a letter is to.
WITH_OR_TO = re.compile(rf"{flat('إلى')}\s|[与同和跟致](?!辞)")
SPEECH = re.compile(r"([^\W\d_]{4,20})(?=\s?[:：])")
OFFICE = re.compile(r"([\w'-]{2,20})\s?[:：]")
BEHIND_LABEL = re.compile(r"\s?(?:\([^()]{1,20}\)\s?)?(?:[:：|/–—]|-\s)")
DATED = re.compile(r"^[^–—|]{0,40}\d{4}\s?[–—|]\s")
MONONYM = re.compile(r"([^\W\d_][\w'’-]{3,30}),\s")


def other(line: str, script: str) -> bool:
    """Whether a line is about somebody who does not speak: who posted it, who is in the photo, who chairs."""
    plain = flat(line).lstrip("[( ")
    found = phrases(script, "not_speaker").match(plain)
    label = phrases(script, "labels").match(plain)
    if found and not (label and label.end() > found.end()):  # "Author", but not "Author of the statement"
        return True
    if WITH_OR_TO.match(plain):
        return True
    apart = phrases(script, "other_labels").match(plain)
    if (apart and not plain[apart.end() :].strip()) or (apart and BEHIND_LABEL.match(plain, apart.end())):
        return True
    office = OFFICE.match(plain)
    return office is not None and office[1] in wordlist(script, "chairs")


def labelled(line: str, following: list[str]) -> Person | None:
    """`Presenter: H.E. Ms. …`, `Prononcée par …`, `发言人：…`."""
    script = script_of(line)
    if len(line) > LONGEST_LINE or other(line, script):
        return None
    label = (han.LABEL.match(line) if script == "han" else None) or phrases(script, "labels").match(flat(line))
    label = label or _asked(line, script) or _joining(line, script)
    if not label:
        return None
    rest = PLURAL.sub("", line[label.end() :])
    rest = _less_the_rest_of_the_label(rest, script)
    marked = rest.lstrip(" ?？")[:1] in {":", "：", "/", "|", "–", "—"} or rest.startswith(" - ")
    rest = rest.lstrip(" :：/|?？\t–—-")
    certain = flat(label[0]) not in wordlist(script, "statement")
    if script == "han":
        spaced = line[label.end() : label.end() + 1].isspace()
        return han_lines.named(rest, line, following, certain=True) if marked or spaced else None
    return _person(rest, line, following, sure=marked or len(label[0]) > 4, certain=certain)


def _less_the_rest_of_the_label(rest: str, script: str) -> str:
    """What follows a label, and more words of it up to the colon: `Orador | por México: …`."""
    wider = WIDER.match(rest)
    if not wider or any(word in wordlist(script, "honorifics") for word in re.findall(r"[\w'.]+", flat(wider[0]))):
        return rest
    return rest[wider.end() - 1 :]


def _asked(line: str, script: str) -> re.Match[str] | None:
    """A question in front that a colon or a bar sets apart: `Who spoke: …`."""
    asked = phrases(script, "asks").match(flat(line))
    return asked if asked and line[asked.end() :].lstrip(" ?？")[:1] in set(":：|/") else None


def _joining(line: str, script: str) -> re.Match[str] | None:
    """Words in front that mean the giving of a speech and nothing else: `as delivered by`; a speech with a colon."""
    speech = SPEECH.match(line)
    if speech and flat(speech[1]) in wordlist(script, "statement"):
        return speech
    joined = phrases(script, "by").match(flat(line)) if script != "han" else None
    return joined if joined and (script != "latin" or " " in joined[0]) and joined[0] not in WEAK_JOINS else None


def presented(line: str, following: list[str]) -> Person | None:
    """`Statement by …, Permanent Representative of …`, in whatever words the language joins the two with."""
    script = script_of(line)
    if len(line) > LONGEST_LINE or other(line, script):
        return None
    if script == "han":
        return han_lines.presented(line, following)
    for rest, loose in _presentations(line, script):
        person = _person(rest, line, following, sure=True)
        if person and not (loose and (person.role is None or rest.find(person.name) > 0)):
            return person
    return None


def given(line: str, following: list[str]) -> Person | None:
    """`The text was read out by Ms. …`: a line with words that mean only the giving of a speech, and then a person."""
    script, plain = script_of(line), flat(line)
    if len(line) > LONGEST_PREFACE or other(line, script) or phrases(script, "aligns").search(plain):
        return None
    if script == "han":
        return han_lines.given(line, following)
    by = phrases(script, "by").finditer(plain)
    strong = [m for m in by if (" " in m[0] or script != "latin") and m[0] not in WEAK_JOINS]
    sure = len(line) <= LONGEST_GIVEN
    for told in [*strong, *DELIVERED.finditer(plain)]:
        rest, certain = line[told.end() :][:LONGEST_GIVEN].lstrip(" :：/"), sure and told[0] not in ANYBODY
        person = _person(rest, line, following, sure=sure, certain=certain)
        if person and (sure or person.role or begins_with_post(person.name)):
            return person
    return None


def named_first(line: str, following: list[str]) -> Person | None:
    """`Ambassador Jane Roe: statement to the Council`, `Mr. Roe's remarks`, `Ambassador Roe: “Act now”`."""
    script = script_of(line)
    if script == "han":
        return None
    parts = Line(line, script)
    name = find_name(parts)
    if name is None or not (name.start == 0 or name.post):
        return None
    after = line[name.end :].lstrip()
    if after[:1] in {":", "："} and (name.honoured or name.post):
        return made(line, name, following)
    spoken = phrases(script, "statement").search(flat(line))
    named = name.start == 0 and (name.honoured or begins_with_post(after.lstrip(" ,")))
    return made(line, name, following) if spoken and named and after[:1] in set(":,'’–—-") else None


def alone(line: str, following: list[str]) -> Person | None:
    """A byline: a name with honorifics, or with a post behind or before it, on a line of its own."""
    script = script_of(line)
    if len(line) > 250 or other(line, script):
        return None
    if script == "han":
        return han_lines.alone(line, following)
    line = DATED.sub("", line)
    if line[-1:] in ",،:" or phrases(script, "vocatives").search(flat(line)):
        return None
    parts = Line(line, script)
    name = find_name(parts)
    if name is None or not parts.tokens:
        return None
    after = line[name.end :].strip()
    role = role_of(line, name, following)
    last = not after or after[0] in ",;،/–—-|(:.·•" or begins_with_post(after) or _speaking(after, script)
    told = role and phrases(script, "statement").match(flat(role))  # "Bula vinaka – remarks by the Director"
    if not last or not _begins(parts, name) or not (name.honoured or (role and not told)):
        return None
    person = made(line, name, following)
    return None if for_the_press(person) else person


def _speaking(after: str, script: str) -> bool:
    """Whether what follows a name says that its bearer is seen speaking: `… во время выступления`."""
    few = " ".join(flat(after).split()[:4])
    return bool(phrases(script, "statement", "spoke").search(few)) and not phrases(script, "not_speaker").search(few)


def _begins(parts: Line, name: Name) -> bool:
    """Whether a line begins with a name, or with its post, its state or an article: `M. le Conseiller …`."""
    first = parts.tokens[0]
    lead = [token for token in parts.tokens if token.start < name.start]
    if all(token.state or token.key in ARTICLES for token in lead):
        return True
    if lead and all(parts.is_in(token, "posts") or parts.is_in(token, "roles") for token in lead):
        return True
    qualified = len(lead) > 1 and parts.is_in(lead[1], "posts") and not parts.blocked(first)
    listed = first.state or any(parts.is_in(first, key) for key in ("posts", "roles", "honorifics"))
    return name.post and (listed or qualified)


def _presentations(line: str, script: str) -> Iterator[tuple[str, bool]]:
    """What follows each "statement … by" of a line, and whether it hangs only loosely together with the speech."""
    plain = flat(line)
    speech = phrases(script, "statement").search(plain)
    if not speech:
        return
    others = phrases(script, "not_speaker")
    if script != "latin":
        yield line[speech.end() :].lstrip(" :/–-"), False
    for joined in joins(line, plain, script, speech.end(), len(line)):
        between = plain[speech.end() : joined.end()]
        if len(between) > 160 or others.search(between):
            return
        loose = joined[0] in WEAK_JOINS and not _only_speech(between[: joined.start() - speech.end()], script)
        if not (loose and joined[0] in {"of", "from"}):
            yield line[joined.end() :].lstrip(), loose


def _only_speech(between: str, script: str) -> bool:
    """Whether words say no more than that it is a speech: the rest of `Texte de l'intervention de`."""
    rest = phrases(script, "statement").sub(" ", between)
    return set(re.findall(r"[\w']+", rest)) <= SMALL


def _person(rest: str, line: str, following: list[str], *, sure: bool, certain: bool = False) -> Person | None:
    """The person a presentation leads to; unless it is sure, one without honorifics needs a post."""
    parts = Line(rest, script_of(line))
    if behalf := phrases(parts.script, "on_behalf").match(flat(rest)):
        name = find_honoured(parts, 10) or (_behind_delegation(parts, behalf.end()) if certain else None)
    else:
        name = find_name(parts, certain=certain) or (_mononym(parts) if sure else None)
    if name is None:
        return None
    person = made(rest, name, following)
    return person if sure or name.honoured or name.post or person.role else None


def _behind_delegation(parts: Line, end: int) -> Name | None:
    """A name behind the delegation somebody speaks for: `ألقاها نيابة عن الوفد خالد بن …`."""
    ahead = [at for at, token in enumerate(parts.tokens) if token.start >= end]
    own = wordlist(parts.script, "delegation") | wordlist(parts.script, "not_names")
    first = next((at for at in ahead if not (parts.tokens[at].state or parts.tokens[at].key in own)), 0)
    return find_name(parts, first, certain=True) if first and parts.script != "latin" else None


def _mononym(parts: Line) -> Name | None:
    """A name of one word, if a post follows behind a comma: `Delivered by Sukarnoputra, Third Secretary`."""
    one = MONONYM.match(parts.text)
    if not one or not begins_with_post(parts.text[one.end() :]):
        return None
    token = parts.tokens[0]
    common = parts.blocked(token) or token.state or parts.is_in(token, "honorifics")
    return None if common or not parts.name_like(token) else Name(start=0, end=one.end(1), honoured=False, post=False)
