"""How a correction is put to a reader: what it said, what it says now, and when it was posted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.briefing.revision import compare
from bot.domain.brief import Brief
from bot.domain.correction import Owed
from bot.domain.reply import Action, Quotation, Reply, Section, Table
from bot.domain.revision import Changes, Fact, Passage, Revision
from bot.domain.taxonomy import FORUM_NAMES, Forum
from bot.reading.states import country_name
from bot.services.wording import PROMISE, byline, day

SAID, SAYS, WENT, CAME = "It said", "It says now", "No longer said", "Now said"
REPLACED = "Hardly a sentence of it stands any more: the page may hold another text now."
# So many of its latest revisions are told of a statement.
TOLD = 5


def correction_reply(owed: Owed, brief: Brief, changes: Changes, zone: ZoneInfo) -> Reply:
    """The message that follows up what a channel was told; `brief` is as it stands now."""
    s = brief.statement
    posted = owed.told_at.astimezone(zone)
    told = f"Posted here on {day(posted.date())} at {posted:%H:%M}; what the source says has changed since."
    return Reply(
        heading=f"Correction: {s.title}",
        intro=f"{told} {byline(brief)}",
        sections=(changes_section("What changed", changes, brief),),
        footer=f"{s.id} · {PROMISE}",
        actions=(Action(label="Open the source", url=s.url),) if s.url else (),
    )


def revision_sections(revisions: Sequence[Revision]) -> tuple[Section, ...]:
    """What the latest revisions changed for a reader, newest first; those that changed nothing are passed over."""
    steps = [(after, compare(before.brief, after.brief)) for before, after in pairwise(revisions[-TOLD - 1 :])]
    return tuple(
        changes_section(f"Corrected on {day(after.seen_at.date())}", changes, after.brief)
        for after, changes in reversed(steps)
        if changes.telling
    )


def changes_section(heading: str, changes: Changes, brief: Brief) -> Section:
    """What a revision changed: each sentence as it was and as it is, what went, what came, and facts."""
    pairs = [
        quotation for one in changes.reworded for quotation in (_quoted(SAID, one.before), _quoted(SAYS, one.after))
    ]
    went = [_quoted(WENT, passage) for passage in changes.went]
    came = [_quoted(CAME, passage) for passage in changes.came]
    rows = tuple(_row(fact) for fact in changes.facts)
    return Section(
        heading=heading,
        text=REPLACED if changes.replaced else "",
        points=(*pairs, *went, *came),
        table=Table(columns=("", "it said", "it says now"), rows=rows) if rows else None,
        language=brief.statement.language,
    )


def in_short(changes: Changes) -> str:
    """What a revision changed, in a line."""
    counts = (("reworded", changes.reworded), ("gone", changes.went), ("come", changes.came))
    parts = [f"{len(found)} {'point' if len(found) == 1 else 'points'} {what}" for what, found in counts if found]
    parts += [f"{fact.name} told otherwise" for fact in changes.facts]
    return ", ".join(parts) or "nothing a reader was told"


def _quoted(by: str, passage: Passage) -> Quotation:
    return Quotation(text=passage.text, stance=passage.stance, link=passage.link, by=by)


def _row(fact: Fact) -> tuple[str, str, str]:
    return fact.name, _shown(fact.name, fact.before), _shown(fact.name, fact.after)


def _shown(name: str, value: str) -> str:
    if name == "country":
        return country_name(value)
    if name == "forum":
        return FORUM_NAMES[Forum(value)]
    return day(date.fromisoformat(value)) if name == "date" else value
