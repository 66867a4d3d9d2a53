"""Whether a document counts: a state, group or UN official speaking, in a UN body, on ICT security or cybercrime.

Three questions are weighed, each with evidence a reader can check; the document counts as far as all three hold.
No single piece of evidence decides. What it is worth was set by hand, but for a text's subject, where it was fitted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.reading import form
from bot.reading.about import QUESTION, names_process, other_subject, weigh_subject
from bot.reading.forum import CYBER_BODIES, Place, cites, find_place
from bot.reading.hosts import Host, look_at
from bot.reading.states import find_states
from bot.reading.subject import Text, cut_out, has, kinds_of, ready
from bot.reading.weigh import Scale

# A text shorter than this (words) is a feed's summary: it tells of a speech and is not one.
SPEECH_WORDS = 110
# What a body named in the title, above the text or in the address weighs at least.
SURE = 3.0
READ = 60_000
# The United Nations by name, in every language, as against a mission or an agenda item, which others have too.
UN_NAMED = re.compile(
    r"united nations|nations unies|naciones unidas|объединенных нации|联合国|ال[اأ]مم المتحدة|\b(?:u\.?n|onu|оон)\b",
    re.I,
)


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """`probability` from 0 to 1, whether that is a yes, the evidence, and how sure it is that somebody speaks."""

    probability: float
    yes: bool
    why: tuple[str, ...]
    speech: float


def hints(title: str, summary: str) -> bool:
    """Whether a feed entry could be a UN cyber statement: cheap, and rather once too often than once too seldom."""
    entry = ready(title, summary)
    return (
        has(entry, "cyber", "strong")
        or any(has(entry, table, body.value) for table in ("forums", "forums_short") for body in CYBER_BODIES)
        or any(has(ready(title), *path) for path in TITLES_WORTH_A_LOOK)
    )


TITLES_WORTH_A_LOOK = (
    ("forums", "UNGA_C1"),
    ("forums_short", "UNGA_C1"),
    ("forums", "ARRIA"),
    ("agenda", "UNSC"),
    ("agenda", "UNGA_C1"),
    ("agenda", "UNGA_C3"),
    ("agenda", "process"),
    ("kinds", "right_of_reply"),
)


def judge(
    *,
    title: str,
    body: str,
    header: str = "",
    site: str = "",
    url: str | None = None,
    speaker: str | None = None,
    country: str | None = None,
    language: str = "en",
    day: date | None = None,
) -> Judgement:
    """Judge a document by its text, or by title, summary and address alone where that is all there is.

    `speaker` and `country` are who was found to speak; `language` is the document's, `day` that of delivery.
    """
    host, body = look_at(url), body[:READ]
    subject = without_state(title, country, language)
    if is_text(title, body):
        place = find_place(title=title, header=header, site=site, body=body, url=url, day=day)
        scales = (
            form.weigh_text(title=title, header=header, site=site, body=body, host=host, speaker=speaker),
            _venue_of_text(place, title=title, header=header, site=site, body=body, host=host),
            weigh_subject(place, title=subject, header=without_state(header, country, language), body=body),
        )
    else:
        summary = _summary(title, body)
        place = find_place(title=title, body="", url=url)
        scales = (
            form.weigh_entry(title=title, summary=summary, host=host),
            _venue_of_entry(place, title=title, summary=summary, host=host),
            _subject_of_entry(place, title=subject, summary=summary, host=host),
        )
    probability = _together(scale.probability for scale in scales)
    why = tuple(line for scale in scales for line in scale.told())
    return Judgement(probability=probability, yes=probability >= 0.5, why=why, speech=scales[0].probability)


def _together(answers: Iterable[float]) -> float:
    """How likely all are yes: as the least likely is, less a part of the doubt about the others.

    The three answers are not independent (who speaks in such a body speaks as one does there), so their product
    would turn away what is likely on every count.
    """
    least, *others = sorted(answers)
    return least * math.sqrt(math.prod(others))


def without_state(text: str, country: str | None, language: str) -> str:
    """A text without the name of the state that speaks: it tells who, and is no subject, as elsewhere it may be."""
    for mention in reversed(find_states(text, language) if country else []):
        if mention.code == country:
            text = f"{text[: mention.start]}\n{text[mention.end :]}"
    return text


def is_text(title: str, body: str) -> bool:
    text = ready(_summary(title, body))
    return text.words() >= SPEECH_WORDS or (text.words() >= 30 and has(text.head(60), "vocatives"))


def _summary(title: str, body: str) -> str:
    """The body without the title, which feeds repeat."""
    return body.strip().removeprefix(title.strip()).strip()


def _venue_of_text(place: Place | None, *, title: str, header: str, site: str, body: str, host: Host) -> Scale:
    scale = Scale("in a UN body", bias=-1.5)
    if place:
        scale.add(place.weight, place.told())
    words = kinds_of(ready(title, header, site), "un", "terms")
    if words:
        scale.add(1.0, f"speaks of “{words[0]}” above the text")
    scale.add(0.5 if host.mission else 0.0, "a mission's address")
    _delegation(scale, ready(title, body))
    unsure = place is None or place.weight < SURE
    for text, weight, where in (
        (ready(title), -5.0, "title"),
        (ready(header, body[:300]), -3.0, "opening"),
        (ready(site), -1.5, "site"),
    ):
        elsewhere = kinds_of(text, "un", "elsewhere")
        if elsewhere and (unsure or where == "title"):
            # A regional group may well speak in a UN body that is named beside it.
            named = where == "title" and place is not None and place.where == "title"
            scale.add(-1.5 if named else weight, f"“{elsewhere[0]}” in the {where}")
            break
    if unsure and (banner := _accredited_elsewhere(site)):
        scale.add(-3.0, f"a mission to “{banner}”")
    return scale


def _accredited_elsewhere(site: str) -> str | None:
    """The regional body that a mission's banner says it is accredited to, where it does not name the UN as well."""
    for line in map(ready, site.splitlines()):
        other = kinds_of(line, "un", "elsewhere")
        if other and has(line, "un", "terms") and not UN_NAMED.search(line.plain):
            return other[0]
    return None


def _delegation(scale: Scale, text: Text) -> None:
    """Lay down what is said as delegations say it in such a room, wherever that is."""
    if has(text, "vocatives") and has(text, "delegation"):
        scale.add(1.6, "a delegation addresses a chair")
    if names_process(text) or cites(text.plain):
        scale.add(0.8, "speaks of the ICT processes or their documents")
    elif has(text, "un", "terms"):
        scale.add(0.4, "speaks of the United Nations")


def _titled(scale: Scale, name: Text, *, ours: bool) -> None:
    """Lay down the subject the title names: ours, or another."""
    words = kinds_of(name, "cyber", "strong")
    if words:
        scale.add(3.5, f"named as the subject (“{words[0]}”)")
    elif any(has(name, "agenda", item) for item in ("UNGA_C1", "UNGA_C3")):
        scale.add(1.9, "titled as an item under which ICTs are discussed")
    elif has(name, "cyber", "weak"):
        scale.add(0.7, "the title leans that way")
    if other := other_subject(name) or next(iter(kinds_of(name, "un", "general_debate")), ""):
        scale.add(-0.7 if words or ours else -2.5, f"the title names another subject (“{other}”)")


def _venue_of_entry(place: Place | None, *, title: str, summary: str, host: Host) -> Scale:
    scale = Scale("in a UN body", bias=-1.8)
    told = find_place(title="", header=summary)
    if place:
        scale.add(place.weight, place.told())
    elif told:
        scale.add(2.2, f"{told.forum} named in the entry")
    if has(ready(title, summary), "un", "terms"):
        scale.add(1.0, "UN words in the entry")
    scale.add(2.0 if host.mission else 0.0, "a mission's address")
    if has(ready(title), "kinds", "explanation_of_vote") or has(ready(title), "kinds", "right_of_reply"):
        scale.add(1.5, "votes and replies are of UN bodies")
    if host.speech and (host.official or host.mission) and has(ready(title), "agenda", "process"):
        scale.add(1.5, "titled as an item of the ICT processes' agenda")
    for text, weight, where in ((ready(title), -4.0, "title"), (ready(summary), -2.5, "entry")):
        if elsewhere := kinds_of(text, "un", "elsewhere"):
            named = place is not None and place.where == "title"
            scale.add(-1.5 if named else weight, f"“{elsewhere[0]}” in the {where}")
            break
    return scale


def _subject_of_entry(place: Place | None, *, title: str, summary: str, host: Host) -> Scale:
    scale = Scale(QUESTION, bias=-1.0)
    name, line = ready(title), ready(summary)
    ours = place is not None and place.forum in CYBER_BODIES
    _titled(scale, name, ours=ours)
    if words := kinds_of(line, "cyber", "strong"):
        scale.add(2.2, f"the entry speaks of “{words[0]}”")
    elif has(line, "cyber", "weak"):
        scale.add(1.0, "the entry leans that way")
    if ours:
        scale.add(2.0, "the body deals with nothing else")
    elif any(
        has(cut_out(ready(title, summary), "aside", "lookalikes"), "forums_short", body.value) for body in CYBER_BODIES
    ):
        scale.add(1.7, "a body named that may deal with nothing else")
    if host.speech and has(name, "agenda", "process"):
        scale.add(1.8, "titled as an item of the ICT processes' agenda")
    if has(line, "un", "passing"):
        scale.add(-2.0, "only mentioned")
    return scale
