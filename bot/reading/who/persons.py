"""The person who speaks: read from the title, from the lines under it, or from the opening of the speech."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.reading import chrome
from bot.reading.article import Article
from bot.reading.who import signed, told
from bot.reading.who.bylines import bare_byline, sender
from bot.reading.who.names import Name
from bot.reading.who.pieces import pieces
from bot.reading.who.posts import Person, role_of
from bot.reading.who.readings import alone, given, labelled, named_first, other, presented
from bot.reading.who.remaining import behind_colon, han_presented, post_first
from bot.reading.who.reported import reported
from bot.reading.who.rows import rows
from bot.reading.who.vocabulary import bare, flat, phrases, script_of, wordlist

LONGEST_LINE = 400
CONTINUES = re.compile(r"(?:of|to|de|del|du|des|при|لدى)\s(?:the\s|la\s)?\w")
# So many lines above a title may be of it: the meeting, and who speaks.
ABOVE = 2
BRACKETS = "()[]（）【】"
Reading = Callable[[str, list[str]], Person | None]


def find_person(article: Article) -> Person | None:
    """The person who speaks; None unless the page presents one as the speaker."""
    title = [bare(article.title)] if article.title else []
    header = rows(_without_others(_lines(article.header)))
    for read, lines in _ways(article, title, header):
        for at, line in enumerate(lines):
            person = read(line, lines[at + 1 : at + 3])
            if person:
                return person if person.role else _with_role(person, title + header)
    return bare_byline(article, header) or signed.below(article.tail) or reported(article.title, article.body)


def _ways(article: Article, title: list[str], header: list[str]) -> Iterator[tuple[Reading, list[str]]]:
    """The readings, and what of the page each is tried on: the surest first."""
    yield labelled, header
    yield told.for_state, header
    yield presented, title + header
    yield named_first, title
    yield given, header
    yield alone, header
    yield sender, header
    told_of = [line for line in header if not other(line, script_of(line))]
    for fine in (False, True):
        parts = [piece for line in told_of for piece in pieces(line, fine=fine)]
        yield from ((read, parts) for read in (labelled, given, alone, han_presented))
    yield presented, [piece for line in title for piece in pieces(line, fine=True)]
    yield told.spoke, header
    yield behind_colon, header
    yield post_first, header
    yield told.voice, told.opening(article.body)
    yield from ((read, _above_greeting(article.body)) for read in (labelled, given, presented, told.spoke))
    opening = [line for line in _lines(article.body)[:3] if _may_present(line)]
    yield from ((_with_post(read), opening) for read in (labelled, presented))
    yield from ((_with_post(read), _lines(article.site)[-ABOVE:]) for read in (labelled, presented))
    yield told.below, rows(_lines(article.tail)[: told.MOST_BELOW])


def _above_greeting(body: str) -> list[str]:
    """The paragraphs of a body that stand above the words to the room: they are about the speech."""
    first = [bare(paragraph) for paragraph in body.split("\n\n", 3)[:3]]
    at = next((at for at, paragraph in enumerate(first) if chrome.is_greeting(paragraph)), 0)
    return [paragraph for paragraph in first[:at] if len(paragraph) <= LONGEST_LINE]


def _with_post(read: Reading) -> Reading:
    """A reading that is believed only where a post goes with the name."""

    def reading(line: str, following: list[str]) -> Person | None:
        person = read(line, following)
        return person if person and person.role else None

    return reading


def _without_others(lines: list[str]) -> list[str]:
    """The lines without those that a line before gives to somebody else: `Posted by`, and under it a name."""
    kept, other = [], False
    for line in lines:
        if not other:
            kept.append(line)
        label = flat(line).rstrip(" :：")
        other = bool(phrases(script_of(line), "not_speaker", "other_labels", "press").fullmatch(label))
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
