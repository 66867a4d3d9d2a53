"""Is it a delivered statement? The form of a document weighed: how it addresses, speaks, reports and calls itself."""

from __future__ import annotations

import re

from bot.reading import chrome
from bot.reading.hosts import Host
from bot.reading.states import find_states
from bot.reading.subject import HAN, Text, has, hits, kinds_of, ready
from bot.reading.weigh import Scale

OPENING = 400
LONGEST_GREETING = 60
QUOTED = re.compile(r"[\"“„«「『].{1,200}?[\"”“»」』]")
# Documents that are called what they are in their titles, and how much that says against a speech.
KINDS_AGAINST = (("meeting_coverage", 2.5), ("report", 1.5), ("blog", 2.0), ("other", 2.5), ("news", 1.5))
QUESTION = "a delivered statement"


def weigh_text(*, title: str, header: str, site: str, body: str, host: Host, speaker: str | None) -> Scale:
    """Weigh a document whose text is at hand."""
    scale = Scale(QUESTION, bias=-2.0)
    text, head, name = ready(body), ready(header), ready(title)
    _address(scale, text)
    said = kinds_of(text, "speech")
    scale.add(min(3.0, 0.5 * len(said)), f"speaks in the first person ({', '.join(said[:3])})" if said else "")
    small = 100 * len(hits(text, "first_person")) / max(60.0, text.words())
    scale.add(min(1.5, 0.6 * small), f"{small:.1f} words of the first person in 100")
    if has(head, "delivered") or has(text.head(OPENING), "delivered"):
        scale.add(1.5, "marked as delivered")
    _called(scale, name, strong=1.5, weak=1.0)
    if has(head, "statement") or has(head, "kinds", "explanation_of_vote"):
        scale.add(0.5, "called a statement above the text")
    scale.add(0.5 if speaker else 0.0, "a speaker is named")
    if host.mission or has(ready(site), "un", "terms"):
        scale.add(0.5, "on a mission's or UN site")
    _reports(scale, text, said=len(said) + (small >= 2) + 2 * _closes(text), called=_is_called(name))
    _calls_itself(scale, name, ready(site[-300:], header, body[:300]), statement=_is_called(name))
    return scale


def weigh_entry(*, title: str, summary: str, host: Host) -> Scale:
    """Weigh a feed entry: a title, a line about it, and its address."""
    scale = Scale(QUESTION, bias=-0.9)
    name, line = ready(title), ready(summary)
    _called(scale, name, strong=3.0, weak=2.0)
    scale.add(1.3 if host.mission or host.official else 0.0, "on an official site")
    scale.add(1.2 if host.speech else 0.0, "kept among speeches")
    scale.add(-2.0 if host.news else 0.0, "on a news site")
    scale.add(-2.5 if host.mirror else 0.0, "on a site of copies, comment or reference")
    if not _is_called(name) and has(ready(QUOTED.sub(" ", title)), "headline"):
        scale.add(-1.5, "its title is a headline")
    if _opens_with_state(summary):
        scale.add(0.8, "the entry says what a state holds")
    for kind, weight in KINDS_AGAINST:
        words = kinds_of(line.head(60), "kinds", kind)
        if words:
            scale.add(-weight, f"the entry calls it “{words[0]}”")
        words = kinds_of(name, "kinds", kind)
        if words and not _is_called(name):
            scale.add(-weight, f"its title calls it “{words[0]}”")
    return scale


def _address(scale: Scale, text: Text) -> None:
    opening = kinds_of(text.head(OPENING), "vocatives")
    if opening:
        scale.add(2.5, f"addresses the room (“{opening[0]}”)")
    elif _greets(text):
        scale.add(1.5, "begins as one addresses a room")
    elif has(text, "vocatives"):
        scale.add(1.2, "addresses the room")
    if _closes(text):
        scale.add(1.0, "ends as a speech does")


def _greets(text: Text) -> bool:
    """Whether a text begins with a short line of its own that ends as an address does: `Messieurs les …,`."""
    first, rest, _ = text.plain.lstrip().partition("\n")
    return bool(rest) and len(first) <= LONGEST_GREETING and first.rstrip().endswith(tuple(",،，:：!！"))


def _closes(text: Text) -> bool:
    return chrome.is_closing(text.plain.rstrip().rpartition("\n")[2])


def _called(scale: Scale, title: Text, *, strong: float, weak: float) -> None:
    words = kinds_of(title, "statement")
    if words:
        full = any(" " in word or HAN.search(word) for word in words) or title.lower.startswith(words[0])
        scale.add(strong if full else weak, f"its title says “{words[0]}”")


def _is_called(title: Text) -> bool:
    return has(title, "statement")


def _reports(scale: Scale, text: Text, *, said: int, called: bool) -> None:
    """Lay down what tells of others in the third person."""
    reporting = hits(text, "reporting")
    density = 100 * len(reporting) / max(60.0, text.words())
    if density > 0.4:
        scale.add(-min(4.0, 1.4 * density), f"reports what others said (“{reporting[0].words}”)")
    addressed = has(text, "vocatives") or _greets(text)
    if said < 2 and not addressed:
        scale.add(-1.5, "nobody speaks in it")
    elif not called and not addressed:
        scale.add(-1.0, "nobody is addressed")


def _calls_itself(scale: Scale, title: Text, around: Text, *, statement: bool) -> None:
    for kind, weight in KINDS_AGAINST:
        words = kinds_of(title, "kinds", kind)
        if words and not statement:
            scale.add(-weight, f"its title calls it “{words[0]}”")
        elif kind not in {"report", "other"} and (near := kinds_of(around, "kinds", kind)):
            scale.add(-0.8, f"near the title stands “{near[0]}”")
    if not statement and has(title, "headline"):
        scale.add(-0.8, "its title is a headline")


def _opens_with_state(summary: str) -> bool:
    line = summary.strip()[:60]
    language = "zh" if HAN.search(line) else "ru" if any("а" <= c <= "я" for c in line.lower()) else "en"
    for code in (language, "fr", "es", "ar"):
        found = find_states(line, code)
        if found and found[0].start <= 6:
            return True
    return line.startswith(("ICRC", "EU ", "ASEAN", "US ", "UK "))
