"""Whether the one who speaks speaks for no state: for the United Nations, the Red Cross, a meeting as its chair."""

from __future__ import annotations

import re

from bot.reading.article import Article
from bot.reading.who.groups import find_groups
from bot.reading.who.mentions import states_in
from bot.reading.who.posts import Person
from bot.reading.who.vocabulary import bare, flat, phrases, script_of, wordlist

# What follows these behind a name is the occasion, or whom the speech is addressed to.
ELSEWHERE = re.compile(
    r"(?<!\w)(?:at|on|in|to|with|before|during|following|after|regarding|lors|devant|sur|avec|dans|suite|ante|en|con|"
    r"durante|sobre|tras|на|в|во|о|об|по|с|со|перед|أمام|في|خلال|حول|مع|بشأن|إلى)(?!\w)"
)
WITH = re.compile("[在与同和跟就对]")
# Of the words of missions those that only say where.
SEATED = ("in ", "в ", flat("في "))
HOUSE = re.compile(
    flat(r"united nations|nations unies|naciones unidas|организация объединённых нации|оон|联合国|الأمم المتحدة")
)
LONGEST_BETWEEN = 8


def is_official(article: Article, person: Person | None) -> bool:
    """Whether the speaker is an official of a body that is no state."""
    if person:
        text = _around(person)
        if person.role and _names_office(person.role):
            return not _of_a_state(person.role)
        if person.role is None and _names_office(text) and not _of_a_state(text):
            return True
        if person.role and states_in(person.role):
            return False
    title = bare(article.title)
    if _names_office(title) and phrases(script_of(title), "statement").search(flat(title)):
        return _office_speaks(title)
    site = [bare(line) for line in article.site.splitlines()]
    if person and _of_the_house(site) and not any(map(_of_a_state, [title, *_header(article), *site])):
        return True
    return any(_names_body(line) for line in site) and not any(states_in(line) for line in [*site, title])


def _of_the_house(site: list[str]) -> bool:
    """Whether a banner is that of the United Nations and not of a mission there."""
    banners = [line for line in site if HOUSE.match(flat(line))]
    missions = (told[0] for line in site for told in phrases(script_of(line), "mission").finditer(flat(line)))
    return bool(banners) and all(told.startswith(SEATED) for told in missions)


def _header(article: Article) -> list[str]:
    return [bare(line) for line in article.header.splitlines()]


def _around(person: Person) -> str:
    """What the line says of the person: from the speech on up to the name, and behind it up to the occasion."""
    at = person.line.find(person.name)
    before, behind = (person.line[:at], person.line[at + len(person.name) :]) if at >= 0 else (person.line, "")
    end = ELSEWHERE.search(flat(behind))
    begin = list(ELSEWHERE.finditer(flat(before))) if script_of(before) == "latin" else []
    return f"{before[begin[-1].end() :] if begin else before} | {behind[: end.start()] if end else behind}"


def _names_office(text: str) -> bool:
    return bool(phrases(script_of(text), "officials").search(flat(text))) or _names_body(text)


def _names_body(text: str) -> bool:
    return bool(phrases(script_of(text), "bodies").search(flat(text)))


def _of_a_state(text: str) -> bool:
    return any(not mention.adjective for mention in states_in(text)) or bool(find_groups(text, script_of(text)))


def _office_speaks(title: str) -> bool:
    """Whether a title gives the speech to an office: `Statement by the High Representative …`."""
    script, plain = script_of(title), flat(title)
    told = phrases(script, "statement").search(plain)
    office = phrases(script, "officials", "bodies").search(plain)
    if not told or not office or states_in(title):
        return False
    if office.start() <= 4:
        return script != "han" or not WITH.search(plain[: office.start()])
    between = plain[told.end() : office.start() + 1]
    if script != "latin" and len(between) < 5:
        return True
    joined = phrases(script, "by").search(plain, told.end(), office.start() + 1)
    return joined is not None and _leads_to(plain[told.end() : office.start()], script)


def _leads_to(between: str, script: str) -> bool:
    """Whether the words between "by" and an office may be its holder's name and honorifics, and no occasion."""
    words = re.findall(r"[\w'’-]+", between)
    if ELSEWHERE.search(between) or len(words) > LONGEST_BETWEEN:
        return False
    return not any(word in wordlist(script, "delegation") for word in words)
