"""The state that speaks, weighed from all that a page says: byline, title, banner, first-person sentences, address."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.statement import Record
from bot.reading.article import Article
from bot.reading.states import Mention, country_name, find_states
from bot.reading.who.mentions import states_in
from bot.reading.who.place import state_of_address
from bot.reading.who.posts import Person
from bot.reading.who.presented import near, presented_state, set_apart
from bot.reading.who.vocabulary import SCRIPTS, bare, flat, phrases, script_of, wordlist

LONGEST_LINE = 400
OPENING = 2500
# A state after these is where a mission stands, or whom it deals with, not whose it is.
ABROAD = re.compile(
    r"(?<!\w)(?:in|with|for|on|against|en|au|aux|avec|sur|con|sobre|в|во|на|с|о)\s(?:the\s|la\s|el\s)?$"
)
SOMEWHERE = re.compile(
    r"\s?[:：]|\.\s|\s(?:at|in|to|on|before|en|ante|sobre|a|au|aux|devant|lors|sur|в|во|на|о|об|في|امام|بشان|حول)\s|[在就关]"
)
LEADING = frozenset({"", "the", "la", "le", "les", "l", "el", "los"})
ARTICLES = r"(?:the|la|le|les|l'|el|los|las|his majesty's|his majestys|в|the government of|)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One reason to hold that a state speaks: how much it weighs, where it was found and the words for a human."""

    code: str
    weight: float
    where: str  # role | presented | banner | body | address | source
    why: str


def gather(article: Article, record: Record, person: Person | None, *, quiet_body: bool) -> list[Evidence]:
    """All evidence of a page. `quiet_body` leaves its sentences out: those of a group's statement name many states."""
    found = [*_of_person(person), *_of_lines(article), *_of_title(article), *_of_own(article), *_of_banner(article)]
    if not quiet_body:
        found += _of_body(article)
    code = state_of_address(record.url)
    if code:
        found.append(Evidence(code=code, weight=2.5, where="address", why=f"its address is {_name(code)}'s"))
    if record.country and not found:
        found.append(Evidence(code=record.country, weight=2, where="source", why="the source is that state's"))
    return found


def weigh(found: Sequence[Evidence]) -> str | None:
    """The state most of the evidence is for; None where there is too little."""
    total: dict[str, float] = defaultdict(float)
    for one in found:
        total[one.code] += one.weight
    best = max(total, key=lambda code: (total[code], code), default=None)
    return best if best and total[best] >= 1 else None


def _name(code: str) -> str:
    return country_name(code)


def _of_person(person: Person | None) -> Iterator[Evidence]:
    if person is None:
        return
    text = person.role or ""
    named = states_in(text)
    behind = person.line[person.line.find(person.name) + len(person.name) :] if person.name in person.line else ""
    if not named and flat(behind).startswith((" of ", " (", " de ", ", ", "، ")):
        named = [m for m in states_in(behind) if not m.adjective and near(flat(behind[: m.start]), script_of(behind))][
            :1
        ]
    if not named:
        line = person.line.replace(person.name, " ")
        plain, script = flat(line), script_of(line)
        spot = phrases(script, "posts").search(plain)
        cut = phrases(script, "on_behalf").search(plain)
        named = [
            m for m in states_in(line) if spot and 0 <= m.start - spot.end() < 40 and (not cut or m.start < cut.start())
        ]
    if named:
        best = next((m for m in named if not m.adjective), named[0])
        yield Evidence(code=best.code, weight=12, where="role", why=f"the speaker's post: {text or person.line}"[:200])


def _of_lines(article: Article) -> Iterator[Evidence]:
    """States a title or a line under it presents as the one speaking."""
    lines = [(article.title, 10.0)] + [(line, 8.0) for line in article.header.splitlines()]
    for line, weight in lines:
        line = bare(line.strip())
        if line and len(line) <= LONGEST_LINE:
            code = presented_state(line)
            if code:
                yield Evidence(code=code, weight=weight, where="presented", why=f"presented as speaking: {line}"[:200])
    for line, weight in ((article.title, 3.0), *((line, 5.0) for line in article.header.splitlines())):
        code = set_apart(bare(line.strip()))
        if code:
            yield Evidence(code=code, weight=weight, where="presented", why=f"set apart: {line.strip()}"[:200])


def _of_title(article: Article) -> Iterator[Evidence]:
    """The state a title begins with, as the one somewhere: `Panama in the Security Council`, `Kenya: open debate`."""
    title = bare(article.title.strip())
    plain, script = flat(title), script_of(title)
    first = next((m for m in states_in(title) if not m.adjective), None)
    if first is None or plain[: first.start].strip(" '") not in LEADING:
        return
    behind = plain[first.end :]
    if SOMEWHERE.match(behind) or phrases(script, "spoke", "verbs").match(behind.lstrip()):
        yield Evidence(code=first.code, weight=3, where="title", why=f"the title begins with {_name(first.code)}")


def _of_banner(article: Article) -> Iterator[Evidence]:
    parts = (
        (article.site, 6.0),
        (article.title, 4.0),
        (article.header, 5.0),
        (article.html_title or "", 4.0),
        (article.tail, 2.5),
    )
    for text, weight in parts:
        seen: set[str] = set()
        for line in text.splitlines():
            code = _mission_of(bare(line.strip()))
            if code and code not in seen:
                seen.add(code)
                first = weight if len(seen) == 1 else weight / 2
                yield Evidence(code=code, weight=first, where="banner", why=f"the site: {line.strip()}"[:200])


def _mission_of(line: str) -> str | None:
    """The one state whose mission or ministry a line of a site names."""
    if not line or len(line) > LONGEST_LINE:
        return None
    script, plain = script_of(line), flat(line)
    if not phrases(script, "mission").search(plain):
        return None
    if (
        script != "han"
        and phrases(script, "statement").search(plain)
        and phrases(script, "by").search(plain)
        and len(line) > 90
    ):
        return None
    named = [m for m in states_in(line) if not ABROAD.search(plain[max(0, m.start - 20) : m.start])]
    named = [m for m in named if not m.adjective] or named
    return named[0].code if named and len({m.code for m in named}) == 1 else None


def _of_own(article: Article) -> Iterator[Evidence]:
    """The state a speaker calls their own when they list those they speak for: `… and my own country, Ireland`."""
    text = bare(article.body[:OPENING])
    plain, script = flat(text), script_of(text)
    for own in phrases(script, "my_country").finditer(plain):
        near = text[own.end() : own.end() + 60]
        first = next((m for m in states_in(near) if not m.adjective), None)
        gap = re.escape(" ") if script == "han" else r"\s?(?:[,(:–—،、-]\s?)?"
        if first and re.fullmatch(rf"(?:{gap})?{ARTICLES}\s?", flat(near[: first.start])):
            words = text[own.start() : own.end() + first.end]
            yield Evidence(code=first.code, weight=11, where="presented", why=f"the speaker says: {words}")
            return


def _of_body(article: Article) -> Iterator[Evidence]:
    """Sentences in which a state speaks of itself: `Switzerland believes`, `my delegation`, `中方认为`."""
    text = bare(article.body)
    plain, script = flat(text), script_of(text)
    counts: Counter[str] = Counter()
    mentions = find_states(text, article.language) if article.language in SCRIPTS[script] else states_in(text)
    verbs, delegation = phrases(script, "verbs"), phrases(script, "delegation")
    for mention in mentions:
        counts[mention.code] += _said(plain, script, mention, verbs, delegation)
    ranked = counts.most_common(2)
    if ranked and ranked[0][1] > 0:
        code, best = ranked[0]
        second = ranked[1][1] if len(ranked) > 1 else 0
        weight = min(6.0, 0.5 * best) * (1 if best > 1.5 * second else 0.5)
        yield Evidence(code=code, weight=weight, where="body", why=f"{_name(code)} speaks of itself in the text")


def _said(plain: str, script: str, mention: Mention, verbs: re.Pattern[str], delegation: re.Pattern[str]) -> int:
    """How strongly a mention is a state speaking of itself: 2 for what it thinks or does, 1 for its delegation."""
    after, before = plain[mention.end : mention.end + 40], plain[max(0, mention.start - 30) : mention.start]
    if script == "han" and mention.form.endswith("方"):
        return 2
    if not mention.adjective and verbs.match(after.lstrip(" ,")):
        return 2
    if script == "arabic" and _last_word(before) in wordlist(script, "verbs"):
        return 2
    near = delegation.search(before)
    return 1 if near and re.fullmatch(r"[\s,]{0,3}" + ARTICLES + r"\s?", before[near.end() :]) else 0


def _last_word(text: str) -> str:
    words = text.split()
    return words[-1].removeprefix("و") if words else ""
