"""The person who speaks: read from the title, from the lines under it, or from the opening of the speech."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.reading.article import Article
from bot.reading.states import find_states
from bot.reading.who import han
from bot.reading.who.bylines import bare_byline, sender
from bot.reading.who.line import Line
from bot.reading.who.names import Name, find_honoured, find_name
from bot.reading.who.posts import Person, begins_with_post, for_the_press, made, role_of
from bot.reading.who.vocabulary import WEAK_JOINS, bare, flat, joins, phrases, script_of, wordlist

LONGEST_LINE = 400
CONTINUES = re.compile(r"(?:of|to|de|del|du|des|при|لدى)\s(?:the\s|la\s)?\w")
BRACKETS = "()[]（）【】"
DELIVERED = re.compile(
    r"(?<!\w)(?:(?:delivered|given|made|read(?: out)?|presented)\s[^;:]{0,60}?\bby"
    r"|(?:prononcee?|lue?|faite|delivree?)\s[^;:]{0,60}?\bpar"
    r"|(?:pronunciad[oa]|leid[oa]|formulad[oa]|realizad[oa])\s[^;:]{0,60}?\bpor)(?!\w)"
)
HAN_BREAK = re.compile(r"[，（(]")
STOP = re.compile(r"(?<=\w{4})(?<!Perm)(?<!Prof)(?<!Brig)(?<!Capt)(?<!Sept)\.\s(?=\w)")
PLURAL = re.compile(r"^\((?:s|es|e|a|as|trice|ая|ца)\)")
DATED = re.compile(r"^[^–—|]{0,40}\d{4}\s?[–—|]\s")
MONONYM = re.compile(r"([^\W\d_][\w'’-]{3,30}),\s")


def find_person(article: Article) -> Person | None:
    """The person who speaks; None unless the page presents one as the speaker."""
    title = [bare(article.title)] if article.title else []
    header = _without_others(_lines(article.header))
    pieces = [piece.strip(" .") for line in header if len(line) <= LONGEST_LINE for piece in STOP.split(line)[1:]]
    opening = [line for line in _lines(article.body)[:3] if _may_present(line)]
    for read, lines in (
        (_labelled, header),
        (_presented, title + header),
        (_named_first, title),
        (_given, header),
        (_alone, header),
        (sender, header),
        (_labelled, pieces),
        (_given, pieces),
        (_alone, pieces),
        (_labelled, opening),
        (_presented, opening),
    ):
        for at, line in enumerate(lines):
            person = read(line, lines[at + 1 : at + 3])
            if person and (person.role or lines is not opening):
                return person if person.role else _with_role(person, title + header)
    return bare_byline(article, header)


def _without_others(lines: list[str]) -> list[str]:
    """The lines without those that a line before gives to somebody else: `Posted by`, and under it a name."""
    kept, other = [], False
    for line in lines:
        if not other:
            kept.append(line)
        label = flat(line).rstrip(" :：")
        other = bool(phrases(script_of(line), "not_speaker", "press").fullmatch(label))
    return kept


def _may_present(line: str) -> bool:
    """Whether a line that opens a speech may still be about it: it begins as a presentation and aligns with nobody."""
    script, plain = script_of(line), flat(line)
    begun = phrases(script, "statement", "labels").search(plain[:30])
    sentence = line.endswith((".", "。", "!", "?", "؟"))
    return (
        len(line) <= 220 and begun is not None and not sentence and not phrases(script, "aligns", "verbs").search(plain)
    )


def _with_role(person: Person, lines: list[str]) -> Person:
    """The person with the post that another line gives behind the same name."""
    last = person.name.split()[-1]
    for at, line in enumerate(lines):
        found = line.find(last)
        if found >= 0 and len(line) <= LONGEST_LINE:
            name = Name(start=0, end=found + len(last), honoured=True, post=False)
            role = role_of(line, name, lines[at + 1 : at + 2])
            if role:
                return replace(person, role=role)
    return person


def _lines(text: str) -> list[str]:
    """The lines of a part of a page; one that ends with "by" is joined to the next, as title pages set them."""
    lines: list[str] = []
    for raw in bare(text).splitlines():
        line = raw.strip().strip(BRACKETS).strip()
        if not line:
            continue
        if lines and (_opens(lines[-1]) or _continues(line)):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return lines


def _opens(line: str) -> bool:
    """Whether a line is only the beginning of a presentation: "Statement by", "H.E. Mr."."""
    plain = flat(line).rstrip(": .").strip()
    script = script_of(line)
    last = plain.split(" ")[-1] if plain else ""
    return len(line) < 60 and (last in {"by", "par", "por"} or all(w in wordlist(script, "honorifics") for w in [last]))


def _continues(line: str) -> bool:
    """Whether a line goes on with the post of the line before: "OF THE REPUBLIC OF …"."""
    return len(line) < 90 and bool(CONTINUES.match(flat(line)))


def _other(line: str, script: str) -> bool:
    """Whether a line is about somebody who does not speak: who posted it, who is in the photo."""
    found = phrases(script, "not_speaker").match(flat(line).lstrip("[( "))
    return bool(found)


def _labelled(line: str, following: list[str]) -> Person | None:
    """`Presenter: H.E. Ms. …`, `Prononcée par …`, `发言人：…`."""
    script = script_of(line)
    if len(line) > LONGEST_LINE or _other(line, script):
        return None
    label = phrases(script, "labels").match(flat(line))
    if not label:
        return None
    rest = PLURAL.sub("", line[label.end() :])
    marked = rest.lstrip()[:1] in {":", "：", "/", "–", "—"} or rest.startswith(" - ")
    rest = rest.lstrip(" :：/\t–—-")
    if script == "han":
        return _han(rest, line, following) if marked or line[label.end() : label.end() + 1].isspace() else None
    return _person(rest, line, following, sure=marked or len(label[0]) > 4)


def _presented(line: str, following: list[str]) -> Person | None:
    """`Statement by …, Permanent Representative of …`, in whatever words the language joins the two with."""
    script = script_of(line)
    if len(line) > LONGEST_LINE or _other(line, script):
        return None
    if script == "han":
        return _han_presented(line, following)
    for rest, loose in _presentations(line, script):
        person = _person(rest, line, following, sure=True)
        if person and not (loose and (person.role is None or rest.find(person.name) > 0)):
            return person
    return None


def _given(line: str, following: list[str]) -> Person | None:
    """`The text was read out by Ms. …`: a line with words that mean only the giving of a speech, and then a person."""
    script, plain = script_of(line), flat(line)
    if len(line) > 220 or _other(line, script) or phrases(script, "aligns").search(plain):
        return None
    if script == "han":
        given = han.GIVEN.search(line)
        return _han(given[1], line, following) if given else None
    by = phrases(script, "by").finditer(plain)
    strong = [m for m in by if (" " in m[0] or script != "latin") and m[0] not in WEAK_JOINS]
    for told in [*strong, *DELIVERED.finditer(plain)]:
        person = _person(line[told.end() :].lstrip(" :：/"), line, following, sure=True)
        if person:
            return person
    return None


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
        loose = joined[0] in WEAK_JOINS and bool(between[: joined.start() - speech.end()].strip())
        if not (loose and joined[0] in {"of", "from"}):
            yield line[joined.end() :].lstrip(), loose


def _named_first(line: str, following: list[str]) -> Person | None:
    """`Ambassador Jane Roe: statement to the Council`, `Mr. Roe's remarks`."""
    script = script_of(line)
    if script == "han" or not phrases(script, "statement").search(flat(line)):
        return None
    parts = Line(line, script)
    name = find_name(parts)
    if name is None or name.start > 0 or not (name.honoured or begins_with_post(line[name.end :].lstrip(" ,"))):
        return None
    return made(line, name, following) if line[name.end :].lstrip()[:1] in {":", ",", "'", "’", "–", "—", "-"} else None


def _alone(line: str, following: list[str]) -> Person | None:
    """A byline: a name with honorifics, or with a post behind or before it, on a line of its own."""
    script = script_of(line)
    if len(line) > 250 or _other(line, script):
        return None
    if script == "han":
        person = (_han(line, line, following) if len(line) <= 45 else None) or _han_courteous(line, following)
        return person if person and person.role else None
    line = DATED.sub("", line)
    if line[-1:] in ",،:" or phrases(script, "vocatives").search(flat(line)):
        return None
    parts = Line(line, script)
    name = find_name(parts)
    if name is None or not parts.tokens:
        return None
    after = line[name.end :].strip()
    role = role_of(line, name, following)
    last = not after or after[0] in ",;،/–—-|(:" or begins_with_post(after)
    starts_so = name.start == 0 or parts.is_in(parts.tokens[0], "posts") or parts.is_in(parts.tokens[0], "roles")
    if not last or not starts_so or not (name.honoured or role) or (name.start > 0 and not name.post):
        return None
    person = made(line, name, following)
    return None if for_the_press(person) else person


def _person(rest: str, line: str, following: list[str], *, sure: bool) -> Person | None:
    """The person a presentation leads to; unless it is sure, one without honorifics needs a post."""
    parts = Line(rest, script_of(line))
    behalf = phrases(parts.script, "on_behalf").match(flat(rest))
    name = find_honoured(parts, 10) if behalf else find_name(parts) or (_mononym(parts) if sure else None)
    if name is None:
        return None
    person = made(rest, name, following)
    return person if sure or name.honoured or name.post or person.role else None


def _mononym(parts: Line) -> Name | None:
    """A name of one word, if a post follows behind a comma: `Delivered by Sukarnoputra, Third Secretary`."""
    one = MONONYM.match(parts.text)
    if not one or not begins_with_post(parts.text[one.end() :]):
        return None
    token = parts.tokens[0]
    common = parts.blocked(token) or token.state or parts.is_in(token, "honorifics")
    return None if common or not parts.name_like(token) else Name(start=0, end=one.end(1), honoured=False, post=False)


def _han_presented(line: str, following: list[str]) -> Person | None:
    """`中国代表…大使在…的发言`: what stands before the first word that a name cannot go over."""
    if not any(word in line for word in wordlist("han", "statement")):
        return None
    line = han.LATIN.sub("", line)
    stops = phrases("han", "name_stops")
    for stop in stops.finditer(line):
        person = _han(line[: stop.start()], line, following)
        if person or stop.start() > 40:
            return person
    return None


def _han_courteous(line: str, following: list[str]) -> Person | None:
    """`智利常驻联合国代表 …女士代表…`: a state's representative up to the courtesy, whatever the occasion behind it."""
    named = find_states(line[:20], "zh")
    told = phrases("han", "honorifics").search(line) if named and named[0].start == 0 else None
    return _han(line[: told.end()], line, following) if told else None


def _han(part: str, line: str, following: list[str]) -> Person | None:
    if _other(line, "han") or len(part) > 60:
        return None
    first, after = (*HAN_BREAK.split(part, maxsplit=1), "")[:2]
    found = han.name_in(part) or (han.name_in(first) if after else None)
    if found is None:
        return None
    name, post = found
    after = after.strip(" ）)")
    post = post or (after if after.endswith(tuple(wordlist("han", "roles"))) else None)
    if post is None and following:
        under = han.name_in(following[0])
        post = under[1] if under and under[0] == name else None
    return Person(name=name, role=post, line=line)
