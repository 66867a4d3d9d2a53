"""Who speaks in an article: state, group, person, all from what the page itself says, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.statement import Record
from bot.reading.article import Article
from bot.reading.states import country_name
from bot.reading.who.country import Evidence, gather, weigh
from bot.reading.who.groups import find_groups, spoken_for
from bot.reading.who.mentions import states_in
from bot.reading.who.officials import is_official
from bot.reading.who.persons import find_person
from bot.reading.who.posts import Person
from bot.reading.who.vocabulary import as_written, bare, flat, joins, phrases, script_of, wordlist

SENTENCE = re.compile(r"[^.!?。！？؟\n]+")
OPENING = 1500
OCCASION = frozenset("on at in during sur lors sobre en durante dans".split())


@dataclass(frozen=True, kw_only=True)
class Who:
    """Who speaks, and the evidence in words for a human.

    `country` is ISO 3166-1 alpha-3: the state speaking, or for a group's statement the state that delivers it.
    `speaker` is as the page writes it, honorifics included. `un_official` marks one who speaks for no state.
    `found_by` says where the country was found: role, presented, banner, body, address, source; None without one.
    """

    country: str | None
    group: str | None
    speaker: str | None
    role: str | None
    un_official: bool
    why: tuple[str, ...]
    found_by: str | None = None


def find_who(article: Article, record: Record) -> Who:
    """Who speaks in an article; what the record knows of its source counts only where the article is silent."""
    person = find_person(article)
    group = find_group(article)
    official = is_official(article, person)
    found: list[Evidence] = []
    if not official:
        joint = _joint(article)
        found = gather(article, record, person, quiet_body=group is not None or joint)
        if joint and group is None:
            found = [one for one in found if one.where in {"role", "presented"}] or _of_house(
                found, in_person=person is not None or _takes_the_floor(article)
            )
    country = weigh(found)
    mine = sorted((one for one in found if one.code == country), key=lambda one: -one.weight)
    return Who(
        country=country,
        group=group,
        speaker=as_written(person.name, (article.title, article.header, article.body, article.tail))
        if person
        else None,
        role=person.role if person else None,
        un_official=official,
        why=_why(country, group, person, official, mine),
        found_by=mine[0].where if mine else None,
    )


def _of_house(found: list[Evidence], *, in_person: bool) -> list[Evidence]:
    """Whose house a joint statement hangs in: the state's that speaks, where somebody speaks and no state is named."""
    return [one for one in found if one.where in {"banner", "address"}] if in_person else []


def _takes_the_floor(article: Article) -> bool:
    """Whether the text opens as one delegation's own speech: "I have the honour to …"."""
    text = bare(article.body[:OPENING])
    return bool(phrases(script_of(text), "have_honour").search(flat(text)))


def _why(
    country: str | None, group: str | None, person: Person | None, official: bool, mine: list[Evidence]
) -> tuple[str, ...]:
    why = [f"{country_name(country)}: {one.why}" for one in mine] if country else []
    if group:
        why.append(f"speaks for {group}")
    if person:
        why.append(f"speaker: {person.line}"[:200])
    if official:
        why.append("an official of the United Nations or another body that is no state")
    return tuple(why)


def find_group(article: Article) -> str | None:
    """The group the statement is made for; aligning oneself with a group's statement does not count."""
    lines = [article.title, *article.header.splitlines()]
    for line in (bare(line.strip()) for line in lines):
        if not line or len(line) > 400:
            continue
        group = spoken_for(line, script_of(line)) or _group_presented(line)
        if group:
            return group
    return _group_of_opening(bare(article.body[:OPENING]))


def _group_presented(line: str) -> str | None:
    """The group a line presents as speaking: `EU Statement – …`, `Statement by ASEAN`, `G77 and China: remarks`."""
    script, plain = script_of(line), flat(line)
    told = phrases(script, "statement").search(plain)
    if not told or phrases(script, "not_speaker").match(plain):
        return None
    for at, group in find_groups(line, script):
        if phrases(script, "aligns").search(plain[:at]) or states_in(line[:at]):
            return None
        if at <= 4 or (told.end() <= at and _given_to(line, plain, script, told.end(), at)):
            return group
    return None


def _given_to(line: str, plain: str, script: str, start: int, end: int) -> bool:
    """Whether the words between a speech and a group say that the group gives it."""
    between = plain[start:end]
    if script != "latin" and (len(between) <= 3 or set(re.findall(r"\w+", between)) <= wordlist(script, "members")):
        return True
    found = joins(line, plain, script, start, end)
    if not found or len(between) > 60:
        return False
    return not OCCASION & set(between.split()[:-1]) and found[0].start() - start < 20


def _group_of_opening(text: str) -> str | None:
    """The group a delegation says, in its first sentences, that it has the honour to speak for."""
    script = script_of(text)
    for sentence in SENTENCE.findall(text):
        plain = flat(sentence)
        if phrases(script, "have_honour").search(plain):
            group = spoken_for(sentence, script)
            if group:
                return group
    return None


def _joint(article: Article) -> bool:
    """Whether several states speak together, none of them for a standing group."""
    title = bare(article.title)
    return bool(phrases(script_of(title), "joint").search(flat(title)))
