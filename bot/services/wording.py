"""How briefs are put to a reader: one place for bylines, digests and single briefs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from bot.domain.brief import Brief, Point
from bot.domain.digest import Digest
from bot.domain.reply import Action, Quotation, Reply, Section, Table
from bot.domain.taxonomy import FORUM_NAMES
from bot.services.meetings import crowded, meeting_section
from bot.services.naming import who

PROMISE = "Every point is quoted word for word and opens the source at its sentence."
RETOLD = "Lines marked machine-written are by {models}, made of the quotes beside them and checked against these."

# A digest of so many statements begins with who spoke where.
LONG = 8


def byline(brief: Brief) -> str:
    """The line under a statement's title: who, where, when, by whom."""
    s = brief.statement
    parts = [who(brief)]
    if s.forum:
        parts.append(FORUM_NAMES[s.forum])
    if s.date:
        parts.append(day(s.date))
    if s.speaker and not parts[0].startswith(s.speaker):
        parts.append(s.speaker)
    if brief.corrects:
        parts.append("corrected text")
    return " · ".join(parts)


def day(date: date) -> str:
    """A day as a reader writes it: 23 November 2026."""
    return f"{date.day} {date:%B %Y}"


def section(brief: Brief) -> Section:
    """One statement with its points."""
    return Section(
        heading=brief.statement.title,
        url=brief.statement.url,
        byline=byline(brief),
        lead=" ".join(sentence.text for sentence in brief.lead),
        points=tuple(map(quotation, brief.points)),
        language=brief.statement.language,
    )


def quotation(point: Point) -> Quotation:
    """A point's own words, with what a language model made of it beside them."""
    written = point.rewritten.text if point.rewritten else ""
    return Quotation(text=point.text, stance=point.stance, link=point.link, new=point.new, written=written)


def promise(briefs: Iterable[Brief]) -> str:
    """What a reader may rely on; who wrote what is not quoted, if anything is not."""
    written = [line for brief in briefs for line in (*brief.lead, *(p.rewritten for p in brief.points)) if line]
    models = ", ".join(sorted({line.model for line in written}))
    return f"{PROMISE} {RETOLD.format(models=models)}" if models else PROMISE


def listing(heading: str, briefs: Sequence[Brief], *, intro: str = "") -> Reply:
    """Several statements by name, one line each."""
    sections = tuple(
        Section(
            heading=brief.statement.title,
            url=brief.statement.url,
            byline=f"{byline(brief)} · {brief.statement.id}",
            language=brief.statement.language,
        )
        for brief in briefs
    )
    return Reply(heading=heading, intro=intro, sections=sections)


def whole(brief: Brief, more: Sequence[Section] = ()) -> Reply:
    """One statement's brief as an answer of its own; `more` is what else there is to say of it."""
    s = brief.statement
    actions = (Action(label="Open the source", url=s.url),) if s.url else ()
    topics = ", ".join(topic.replace("_", " ") for topic in brief.topics)
    return Reply(
        heading=s.title or "A document without a title",
        intro=byline(brief),
        sections=(
            Section(
                heading="Points",
                lead=section(brief).lead,
                points=section(brief).points,
                text="" if brief.points else "No position could be quoted.",
                language=s.language,
            ),
            *more,
        ),
        footer=" · ".join(part for part in (f"Topics: {topics}" if topics else "", s.id, promise([brief])) if part),
        actions=actions,
    )


def digest_reply(digest: Digest) -> Reply:
    """A digest as a message: large meetings first, then by forum, date and speaker; honest when there is nothing."""
    briefs = sorted(
        digest.briefs,
        key=lambda b: (str(b.statement.forum or "~"), str(b.statement.date or ""), who(b), b.statement.id),
    )
    count = len(briefs)
    meetings, alone = crowded(briefs)
    heading = f"UN cyber statements: {count} new" if count else "UN cyber statements: nothing new"
    late = "This digest is late: the service was down when it was due. " if digest.late else ""
    return Reply(
        heading=heading,
        intro="" if digest.live else f"{late}{count} new, {digest.coverage}",
        sections=(*_in_short(alone), *map(meeting_section, meetings), *map(section, alone)),
        footer=promise(alone) if count else "",
        thread=True,
        permalink=digest.permalink,
    )


def _in_short(briefs: Sequence[Brief]) -> tuple[Section, ...]:
    """Who spoke where, ahead of a digest that is too long to be taken in at a glance."""
    if len(briefs) < LONG:
        return ()
    speakers: dict[str, Counter[str]] = {}
    for brief in briefs:
        forum = brief.statement.forum
        speakers.setdefault(FORUM_NAMES[forum] if forum else "Elsewhere", Counter())[who(brief)] += 1
    rows = tuple((place, ", ".join(map(_times, spoke.items()))) for place, spoke in speakers.items())
    return (Section(heading="In short", table=Table(columns=("", ""), rows=rows)),)


def _times(spoke: tuple[str, int]) -> str:
    name, times = spoke
    return f"{name} ({times})" if times > 1 else name
