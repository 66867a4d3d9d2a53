"""Statements and briefs made for tests: complete, small, each different where a test says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.brief import Brief, Point
from bot.domain.statement import Statement
from bot.domain.subscription import Channel, Filter
from bot.domain.taxonomy import Forum, Kind, Stance, Topic
from bot.domain.timing import parse_schedule

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
BODY = (
    "Mr. Chair,\n\n"
    "Malaria took more of our children last year than any intrusion, and still we come here to speak of networks. "
    "We do so because the clinic that orders the bed nets now orders them through a server in the capital. "
    "When that server was encrypted in March, nine districts went without for six weeks.\n\n"
    "We therefore propose that hospitals and the suppliers of hospitals be named as infrastructure that no State may "
    "touch, in peace or in war. We ask the Chair to put this in the second part of the draft."
)
QUOTE = "nine districts went without for six weeks"


def statement(**changes: Any) -> Statement:
    """A national statement; `changes` replaces its fields."""
    sample = Statement(
        id="entry-1",
        url="https://mission.example/statements/nets",
        title="Statement on existing threats",
        body=BODY,
        is_cyber_statement=True,
        relevance=0.93,
        why=("a state speaks in the OEWG", "on ransomware"),
        kind=Kind.NATIONAL_STATEMENT,
        country="MWI",
        group=None,
        speaker="Chikondi Banda",
        role="Deputy Permanent Representative",
        forum=Forum.OEWG,
        symbol=None,
        date=date(2026, 11, 20),
        language="en",
        published=datetime(2026, 11, 21, 9, 0, tzinfo=UTC),
    )
    return replace(sample, **changes)


def brief(topics: tuple[Topic, ...] = (Topic.RANSOMWARE,), **changes: Any) -> Brief:
    """A brief of `statement(**changes)`, with one point."""
    start = BODY.index(QUOTE)
    point = Point(
        text=QUOTE.capitalize(),
        quote=QUOTE,
        start=start,
        end=start + len(QUOTE),
        stance=Stance.CAUTIONS,
        topics=(Topic.RANSOMWARE, Topic.CRITICAL_INFRASTRUCTURE),
        link="https://mission.example/statements/nets#:~:text=nine%20districts",
        new=False,
        said_before="0123456789ab",
    )
    said = statement(**changes)
    points = (point,) if said.body.startswith(BODY) else ()
    return Brief(statement=said, topics=topics, points=points, omitted=("gender",))


def another(number: int, **changes: Any) -> Brief:
    """A brief like no other: its own address and its own words."""
    words = " ".join(f"word{number}x{i}" for i in range(40))
    fields = {"url": f"https://mission.example/{number}", "title": f"Statement {number}", "body": f"{words}."}
    return brief(**{**fields, **changes})


def channel(**changes: Any) -> Channel:
    """A channel that wants everything of the last seven days and from then on."""
    sample = Channel(
        adapter="console",
        destination="room",
        schedule=parse_schedule("daily 08:30"),
        zone=ZoneInfo("UTC"),
        filter=Filter(),
        lookback=timedelta(days=7),
    )
    return replace(sample, **changes)
