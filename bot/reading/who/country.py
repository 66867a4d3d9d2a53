"""The state that speaks, weighed from all that a page says: byline, title, banner, first-person sentences, address."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from bot.domain.statement import Record
from bot.reading.article import Article
from bot.reading.states import Mention, country_name, find_states
from bot.reading.who.mentions import states_in
from bot.reading.who.place import state_of_address
from bot.reading.who.posts import Person
from bot.reading.who.vocabulary import SCRIPTS, WEAK_JOINS, bare, flat, joins, phrases, script_of, wordlist

LONGEST_LINE = 400
OPENING = 2500
APART = re.compile(r"\s?[:–—|]\s?|\s-\s")
SMALL = frozenset(
    "the of de la le el los las les du del des l d and his her a al excellency в при government states mission "
    "missions delegation delegations".split()
)
# A state after these is where a mission stands, or whom it deals with, not whose it is.
ABROAD = re.compile(
    r"(?<!\w)(?:in|with|for|on|against|en|au|aux|avec|sur|con|sobre|в|во|на|с|о)\s(?:the\s|la\s|el\s)?$"
)
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
    found = [*_of_person(person), *_of_lines(article), *_of_own(article), *_of_banner(article)]
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
        named = [m for m in states_in(behind) if not m.adjective and _near(flat(behind[: m.start]), script_of(behind))][
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
        code = _set_apart(bare(line.strip()))
        if code:
            yield Evidence(code=code, weight=weight, where="presented", why=f"set apart: {line.strip()}"[:200])


def _set_apart(line: str) -> str | None:
    """The one state, or its delegation, that a part of a line consists of: `Colombia – Global Mechanism, item 5`."""
    if not line or len(line) > LONGEST_LINE:
        return None
    named = set()
    for part in APART.split(line):
        script = script_of(part)
        mentions = [mention for mention in states_in(part) if not mention.adjective]
        if script == "han" or len(mentions) != 1 or part[mentions[0].end :].strip():
            continue
        if _near(flat(part[: mentions[0].start]), script):
            named.add(mentions[0].code)
    return named.pop() if len(named) == 1 else None


def presented_state(line: str) -> str | None:
    """The state a line presents as speaking: `Statement by …`, `UK statement`, `… – right of reply`."""
    script, plain = script_of(line), flat(line)
    if phrases(script, "not_speaker").match(plain):
        return None
    cut = phrases(script, "on_behalf", "not_speaker").search(plain, 1)
    until = cut.start() if cut and script != "han" else len(line)
    named = [mention for mention in states_in(line) if mention.start < until]
    for mention, after in zip_longest(named, named[1:]):
        if _presents(line, plain, script, mention):
            listed = after is not None and after.code != mention.code and _lists(plain[mention.end : after.start])
            return None if listed else mention.code
    return _delivered_after(line, plain, script, until) or _behalf_of_state(line, plain, script)


def _delivered_after(line: str, plain: str, script: str, start: int) -> str | None:
    """The state that delivers a group's statement: `Statement on behalf of the … Movement, delivered by Uganda`."""
    if script == "han":
        return None
    named = [m for m in states_in(line) if m.start >= start and not m.adjective]
    for told in phrases(script, "by").finditer(plain, start):
        strong = script != "latin" or " " in told[0]
        near = next((m for m in named if m.start >= told.end()), None) if strong and told[0] not in WEAK_JOINS else None
        if near and _near(plain[told.end() : near.start], script):
            return near.code
    return None


def _behalf_of_state(line: str, plain: str, script: str) -> str | None:
    """The one state a person speaks for: `Statement by Ms. …, Undersecretary, on behalf of Estonia`."""
    behalf = phrases(script, "on_behalf").search(plain)
    if not behalf or script == "han" or not phrases(script, "statement", "labels").search(plain[: behalf.start()]):
        return None
    named = [m for m in states_in(line) if m.start >= behalf.end()]
    alone = len(named) == 1 and not named[0].adjective
    return named[0].code if alone and _near(plain[behalf.end() : named[0].start], script) else None


def _lists(between: str) -> bool:
    """Whether two states stand side by side, as in the title of a joint statement."""
    return re.fullmatch(r"\s*(?:,|and|et|y|e|и|و|、|和|&|,\s*and)\s*(?:the|la|le|el|los|l')?\s*", between) is not None


def _presents(line: str, plain: str, script: str, mention: Mention) -> bool:
    speech = phrases(script, "statement")
    before, after = plain[: mention.start], plain[mention.end :]
    if script == "han":
        return mention.start <= 1 and (speech.search(after) is not None or "代表" in after[:8])
    told = list(speech.finditer(before))
    if speech.match(after.removeprefix("'s").removeprefix("'").lstrip(" -:–—,")):
        return True
    if told and mention.adjective and mention.form.islower() and not before[told[-1].end() :].strip():
        return True  # "Déclaration suisse", "Intervención cubana"
    alone = not before.strip() or before.rstrip()[-1] in "–—-|:/("
    if alone and not mention.adjective and (told or speech.search(after)):
        return not after.strip() or after.lstrip()[0] in "–—-|:/),.،" or not before.strip()
    labelled = phrases(script, "labels").match(plain)
    if labelled and not told and _near(before[labelled.end() :], script):
        return True
    return bool(told) and _joined(line, plain, script, told[-1].end(), mention.start)


def _joined(line: str, plain: str, script: str, start: int, end: int) -> bool:
    """Whether the words between a speech and a state say that the state gives it."""
    between = plain[start:end]
    if len(between) > 120:
        return False
    found = joins(line, plain, script, start, end)
    if script != "latin":
        return _near(between, script) or (bool(found) and _near(plain[found[-1].end() : end], script))
    strong = [join for join in found if join[0] not in WEAK_JOINS]
    if strong:
        return any(
            _near(plain[join.end() : end], script) and not _leaves(plain[strong[0].end() : join.start()])
            for join in strong
        )
    return bool(found) and _near(plain[start : found[0].start()], script) and _near(plain[found[0].end() : end], script)


def _leaves(between: str) -> bool:
    """Whether words turn to the occasion or the matter: what is joined after them is not the speaker."""
    return bool({"on", "at", "in", "regarding", "sur", "lors", "sobre", "en", "concerning"} & set(between.split()))


def _near(between: str, script: str) -> bool:
    """Whether nothing but articles, posts and words for a delegation stands in a text."""
    allowed = wordlist(script, "posts") | wordlist(script, "roles") | wordlist(script, "honorifics")
    delegation = {part for form in wordlist(script, "delegation") for part in form.split()}
    words = re.findall(r"[\w-]+", between)
    return len(words) <= 8 and all(word in allowed or word in delegation or word in SMALL for word in words)


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
