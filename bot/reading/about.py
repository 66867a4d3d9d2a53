"""Is it on ICT security or cybercrime? What a text speaks of, measured; each measure weighed as labelled pages taught.

The weights are data (`bot/data/weights.toml`), fitted on pages whose subject is known: see docs/decisions/0007.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot import data
from bot.domain.taxonomy import Forum
from bot.reading.forum import CYBER_BODIES, UN_BODIES, Place, cites
from bot.reading.subject import Text, cut_out, has, hits, kinds_of, ready
from bot.reading.weigh import Scale

QUESTION = "on ICT security or cybercrime"
# Within so many characters, and a quarter of the text, a speaker says what he speaks of.
OPENING = 500
WINDOW = 30
SENTENCE = re.compile(r"[^.!?。！？؟;；\n]*[.!?。！？؟;；\n]|[^.!?。！？؟;；\n]+")
# More of them than this tell no more: our own terms (counted by doubling), words that lean our way, other subjects.
MANY_TERMS, MANY_LEANING, MOST_OTHERS = 7, 12, 1.5
# Items of agendas under which ICTs are discussed, by the body that has them.
ITEMS = ("UNGA_C1", "UNGA_C3", "HRC")
COUNCIL = (Forum.UNSC, Forum.ARRIA)
SURE = 3.0


@dataclass(frozen=True, slots=True)
class Measure:
    """How much of one kind of evidence a text has, by the name its weight is kept under, and the same in words."""

    name: str
    amount: float
    told: str


def weigh_subject(place: Place | None, *, title: str, header: str, body: str) -> Scale:
    """Weigh what a text is about; `place` is where it was said."""
    weights = data.table("weights.toml")["subject"]
    scale = Scale(QUESTION, bias=weights["bias"])
    for measure in measures(place, title=title, header=header, body=body):
        scale.add(weights[measure.name] * measure.amount, measure.told)
    return scale


def measures(place: Place | None, *, title: str, header: str, body: str) -> Iterator[Measure]:
    """Everything measured of a text, each under its name; an amount of 0 is not told."""
    text, name, head = ready(body), ready(title), ready(header)
    ours = place is not None and place.forum in CYBER_BODIES and place.weight >= 2
    yield from _terms(text)
    yield from _others(text)
    yield from _titled(name, head, ours=ours)
    technology = place is not None and place.forum in COUNCIL and _leans(name)
    yield Measure("titled_technology", float(technology), "technology in the title of a meeting of the Council")
    opening = text.head(min(OPENING, len(text.plain) // 4))
    yield Measure("opening", float(has(opening, "cyber", "strong")), "named at the beginning")
    items = [item for part in (name, head, opening) for code in ITEMS for item in kinds_of(part, "agenda", code)]
    yield Measure("item", float(bool(items)), f"under “{items[0]}”" if items else "")
    told = cites(text.plain) or cites(name.plain) or cites(head.plain) or names_process(text)
    yield Measure("documents", float(told), "speaks of the ICT processes or their documents")
    yield Measure("body", ours + float(place is not None and ours and place.weight >= SURE), "a body for nothing else")


def names_process(text: Text) -> bool:
    """Whether a text speaks of a process on ICTs by its full name."""
    text = cut_out(text, "aside", "lookalikes")
    return any(has(text, "forums", body.value) for body in CYBER_BODIES)


def _terms(text: Text) -> Iterator[Measure]:
    strong = hits(text, "cyber", "strong")
    words = ", ".join(list(dict.fromkeys(hit.words for hit in strong))[:3])
    amount = min(1.0, math.log2(1 + len(strong)) / math.log2(1 + MANY_TERMS))
    yield Measure("terms", amount, f"its terms, {len(strong)} times ({words})")
    leaning = kinds_of(text, "cyber", "weak")
    amount = min(len(leaning), MANY_LEANING) / MANY_LEANING * _run_of_subject(text)
    yield Measure("leaning", amount, f"words that lean that way ({', '.join(leaning[:3])})")


def _run_of_subject(text: Text) -> float:
    """Through how much of the text the subject runs, as far as any word of it shows."""
    parts = list(windows(text))
    touched = sum(has(part, "cyber", "strong") or has(part, "cyber", "weak") for part in parts)
    return touched / (len(parts) + 0.5)


def _others(text: Text) -> Iterator[Measure]:
    """How much other subjects are spoken of, a stretch of the text; a word of their vocabulary counts half a name."""
    found: list[str] = []
    amount, size = 0.0, 0.5
    for part in windows(cut_out(cut_out(text, "cyber", "strong"), "aside", "subjects")):
        named, matters = kinds_of(part, "un", "other_subjects"), kinds_of(part, "un", "other_matters")
        amount += len(named) + 0.5 * len(matters)
        size += 1
        found += [*named, *matters]
    words = ", ".join(dict.fromkeys(found[:3]))
    yield Measure("others", min(MOST_OTHERS, amount / size), f"speaks of something else ({words})")


def _titled(name: Text, head: Text, *, ours: bool) -> Iterator[Measure]:
    words = kinds_of(name, "cyber", "strong") or kinds_of(head, "cyber", "strong")
    yield Measure("titled", float(bool(words)), f"named as the subject (“{words[0]}”)" if words else "")
    # A committee's general debate is on its own subjects; the Assembly's is on all.
    committee = has(name, "forums", "UNGA_C1") or has(name, "forums", "UNGA_C3")
    debate = has(name, "un", "general_debate") and not committee
    yield Measure("general_debate", float(debate), "a general debate")
    if words or ours:
        return
    other = other_subject(name)
    yield Measure("titled_other", float(bool(other)), f"the title names another subject (“{other}”)")
    other = "" if other else _subject_of_lines(head)
    yield Measure("headed_other", float(bool(other)), f"another subject is named above the text (“{other}”)")


def _leans(name: Text) -> bool:
    """Whether a title names technology: not our subject, nor as a word of another ("artificial intelligence")."""
    rest = cut_out(cut_out(name, "aside", "subjects"), "un", "other_subjects")
    return has(rest, "cyber", "weak") and not has(name, "cyber", "strong")


def other_subject(text: Text) -> str:
    """Another subject than ours that a title names; empty if it names none."""
    return next(iter(kinds_of(cut_out(text, "aside", "subjects"), "un", "other_subjects")), "")


def _subject_of_lines(header: Text) -> str:
    """Another subject that the lines saying where it was held name."""
    lines = [ready(line) for line in header.plain.splitlines()]
    held = [line for line in lines if any(has(line, "forums", body.value.replace("-", "_")) for body in UN_BODIES)]
    return next(filter(None, map(other_subject, held)), "")


def windows(text: Text) -> Iterator[Text]:
    """The text in stretches of about thirty words, so that long and short paragraphs weigh alike."""
    start, size, end = 0, 0.0, 0
    for piece in SENTENCE.finditer(text.plain):
        end = piece.end()
        size += text.part(piece.start(), end).words()
        if size >= WINDOW:
            yield text.part(start, end)
            start, size = end, 0.0
    if size >= WINDOW / 3:
        yield text.part(start, end)
