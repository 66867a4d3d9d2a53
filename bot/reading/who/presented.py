"""The state that a line presents as the one speaking: `Statement by …`, `delivered by …`, `Colombia – item 5`."""

from __future__ import annotations

import re
from itertools import zip_longest

from bot.reading.states import Mention
from bot.reading.who import han
from bot.reading.who.mentions import states_in
from bot.reading.who.vocabulary import WEAK_JOINS, flat, joins, phrases, script_of, wordlist

LONGEST_LINE = 400
APART = re.compile(r"\s?[:–—|]\s?|\s-\s")
SMALL = frozenset(
    "the of de la le el los las les du del des l d and his her a al excellency в при government states mission "
    "missions delegation delegations".split()
)


def set_apart(line: str) -> str | None:
    """The one state, or its delegation, that a part of a line consists of: `Colombia – Global Mechanism, item 5`."""
    if not line or len(line) > LONGEST_LINE:
        return None
    named = set()
    for part in APART.split(line):
        script = script_of(part)
        mentions = [mention for mention in states_in(part) if not mention.adjective]
        if script == "han" or len(mentions) != 1 or part[mentions[0].end :].strip():
            continue
        if near(flat(part[: mentions[0].start]), script):
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
        given = han.GIVEN.search(line)
        first = next(iter(states_in(given[1])), None) if given else None
        return first.code if first and first.start == 0 else None
    named = [m for m in states_in(line) if m.start >= start and not m.adjective]
    for told in phrases(script, "by").finditer(plain, start):
        strong = script != "latin" or " " in told[0]
        first = (
            next((m for m in named if m.start >= told.end()), None) if strong and told[0] not in WEAK_JOINS else None
        )
        if first and near(plain[told.end() : first.start], script):
            return first.code
    return None


def _behalf_of_state(line: str, plain: str, script: str) -> str | None:
    """The one state a person speaks for: `Statement by Ms. …, Undersecretary, on behalf of Estonia`."""
    behalf = phrases(script, "on_behalf").search(plain)
    if not behalf or script == "han" or not phrases(script, "statement", "labels").search(plain[: behalf.start()]):
        return None
    named = [m for m in states_in(line) if m.start >= behalf.end()]
    alone = len(named) == 1 and not named[0].adjective
    return named[0].code if alone and near(plain[behalf.end() : named[0].start], script) else None


def _lists(between: str) -> bool:
    """Whether two states stand side by side, as in the title of a joint statement."""
    return (
        re.fullmatch(r"\s{0,4}(?:,|and|et|y|e|и|و|、|和|&|,\s{0,4}and)\s{0,4}(?:the|la|le|el|los|l')?\s{0,4}", between)
        is not None
    )


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
    if labelled and not told and near(before[labelled.end() :], script):
        return True
    return bool(told) and _joined(line, plain, script, told[-1].end(), mention.start)


def _joined(line: str, plain: str, script: str, start: int, end: int) -> bool:
    """Whether the words between a speech and a state say that the state gives it."""
    between = plain[start:end]
    if len(between) > 120:
        return False
    found = joins(line, plain, script, start, end)
    if script != "latin":
        return near(between, script) or (bool(found) and near(plain[found[-1].end() : end], script))
    strong = [join for join in found if join[0] not in WEAK_JOINS]
    if strong:
        return any(
            near(plain[join.end() : end], script) and not _leaves(plain[strong[0].end() : join.start()])
            for join in strong
        )
    return bool(found) and near(plain[start : found[0].start()], script) and near(plain[found[0].end() : end], script)


def _leaves(between: str) -> bool:
    """Whether words turn to the occasion or the matter: what is joined after them is not the speaker."""
    return bool({"on", "at", "in", "regarding", "sur", "lors", "sobre", "en", "concerning"} & set(between.split()))


def near(between: str, script: str) -> bool:
    """Whether nothing but articles, posts and words for a delegation stands in a text."""
    allowed = wordlist(script, "posts") | wordlist(script, "roles") | wordlist(script, "honorifics")
    delegation = {part for form in wordlist(script, "delegation") for part in form.split()}
    words = re.findall(r"[\w-]+", between)
    return len(words) <= 8 and all(word in allowed or word in delegation or word in SMALL for word in words)
