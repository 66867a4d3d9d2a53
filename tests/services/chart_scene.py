"""Statements that take positions, kept for charts to show."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.domain.brief import Brief, Point
from bot.domain.identity import identify
from bot.domain.taxonomy import Stance, Topic
from bot.infra.store import Store
from tests.samples import NOW, statement

Says = tuple[Topic, Stance | None]


def say(store: Store, country: str | None, *said: Says, day: date = date(2026, 11, 20), **changes: Any) -> str:
    """Keep a statement of a state that takes these positions; its id."""
    number = store.statements.count()
    words = [f"{topic} {stance} {number} {at} said by {country}." for at, (topic, stance) in enumerate(said)]
    body = "\n\n".join(words) or f"Nothing in particular, {number}."
    points = tuple(
        Point(
            text=text, quote=text, start=body.index(text), end=body.index(text) + len(text),
            stance=stance, topics=(topic,), link=f"https://mission.example/{number}#:~:text={at}",
        )
        for at, (text, (topic, stance)) in enumerate(zip(words, said, strict=True))
    )  # fmt: skip
    fields = {"country": country, "date": day, "speaker": None, "role": None, **changes}
    kept = statement(id=f"n{number}", url=f"https://mission.example/{number}", title=f"S{number}", body=body, **fields)
    brief = Brief(statement=kept, topics=tuple(topic for topic, _ in said), points=points)
    return store.statements.keep(brief, identify(kept), source="s", now=NOW).id
