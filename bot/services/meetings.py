"""A debate in which many speak is one entry of a digest: who spoke, how they lean, and who stands apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.brief import Brief, Point
from bot.domain.reply import Quotation, Section, Table
from bot.domain.taxonomy import FORUM_NAMES, Forum, Stance, Topic
from bot.services.naming import who

# From this many statements on, a meeting is told as one entry.
CROWD = 8
TOPICS_TOLD = 6
APART = 8
# A topic on which fewer take a side says nothing of the room.
ROOM = 4
AGAINST = frozenset({Stance.OPPOSES, Stance.CAUTIONS})
FOR = frozenset({Stance.SUPPORTS, Stance.PROPOSES, Stance.CALLS_FOR, Stance.WELCOMES, Stance.COMMITS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One speaker's side on a topic, with the point that shows it."""

    brief: Brief
    point: Point
    against: bool


def crowded(briefs: Iterable[Brief]) -> tuple[list[list[Brief]], list[Brief]]:
    """The meetings in which many spoke, and the statements that stand for themselves, each in their order."""
    meetings: dict[tuple[Forum, date], list[Brief]] = defaultdict(list)
    everything = list(briefs)
    for brief in everything:
        if brief.statement.forum and brief.statement.date:
            meetings[brief.statement.forum, brief.statement.date].append(brief)
    large = [meeting for meeting in meetings.values() if len(meeting) >= CROWD]
    told = {id(brief) for meeting in large for brief in meeting}
    return large, [brief for brief in everything if id(brief) not in told]


def meeting_section(meeting: Sequence[Brief]) -> Section:
    """One meeting: its tally by topic, the outliers' words, and everybody who spoke."""
    first = meeting[0].statement
    sides = _sides(meeting)
    topics = sorted(sides, key=lambda topic: (-len(sides[topic]), topic))[:TOPICS_TOLD]
    rows = tuple((topic.replace("_", " "), _tally(sides[topic])) for topic in topics)
    place = FORUM_NAMES[first.forum] if first.forum else "Meeting"
    day = f" · {first.date.day} {first.date:%B %Y}" if first.date else ""
    names = ", ".join(sorted({who(brief) for brief in meeting}))
    return Section(
        heading=f"{place}{day}: {len(meeting)} statements",
        byline=f"Spoke: {names}",
        text=f"All of them: latest forum:{first.forum} since:{first.date} until:{first.date}",
        table=Table(columns=("topic", "sides"), rows=rows) if rows else None,
        points=tuple(_apart(sides, topics)),
    )


def _sides(meeting: Sequence[Brief]) -> dict[Topic, list[Side]]:
    """By topic, the side each speaker takes: the first of their points that takes one."""
    sides: dict[Topic, dict[str, Side]] = defaultdict(dict)
    for brief in meeting:
        for point in brief.points:
            if point.stance in AGAINST or point.stance in FOR:
                side = Side(brief=brief, point=point, against=point.stance in AGAINST)
                for topic in point.topics:
                    sides[topic].setdefault(who(brief), side)
    return {topic: list(found.values()) for topic, found in sides.items()}


def _tally(sides: Sequence[Side]) -> str:
    against = sum(side.against for side in sides)
    return f"{len(sides) - against} in favour or asking for more, {against} against or cautioning"


def _apart(sides: dict[Topic, list[Side]], topics: Sequence[Topic]) -> list[Quotation]:
    """The words of those who stand against most of the room, topic by topic, nobody twice."""
    found: dict[tuple[str, int], Quotation] = {}
    for topic in topics:
        room = sides[topic]
        against = [side for side in room if side.against]
        fewer = against if 2 * len(against) <= len(room) else [side for side in room if not side.against]
        if len(room) < ROOM or not fewer or 3 * len(fewer) > len(room):
            continue
        for side in fewer:
            p = side.point
            quotation = Quotation(text=p.text, stance=p.stance, link=p.link, new=p.new, by=who(side.brief))
            found.setdefault((who(side.brief), p.start), quotation)
    return list(found.values())[:APART]
