"""What look-ups weigh of statements, apart from their texts, and what is shown of their points."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from bot.domain.brief import Brief
from bot.domain.outline import Outline, Place, Said, Stand
from bot.domain.subscription import Filter
from bot.domain.taxonomy import Stance, Topic
from bot.infra.store.codec import clean
from bot.infra.store.finding import newest
from bot.infra.store.schema import outlines, sayings, statements

NO_STANCE = "-"
o = outlines.c
WEIGHED = (o.id, o.revision, o.country, o.grouping, o.speaker, o.role, o.date, o.language, o.stands)
PORTION = 500


def outline(connection: Connection, seq: int, number: int, brief: Brief) -> None:
    """Outline a revision in the place of the one before, and keep what is shown of its points."""
    s = brief.statement
    row = {
        "statement": seq,
        "id": s.id,
        "revision": number,
        "country": s.country and clean(s.country),
        "grouping": s.group and clean(s.group),
        "speaker": s.speaker and clean(s.speaker),
        "role": s.role and clean(s.role),
        "date": s.date,
        "language": clean(s.language),
        "stands": "\n".join(" ".join((point.stance or NO_STANCE, *point.topics)) for point in brief.points),
    }
    said = [(clean(point.text), point.link and clean(point.link), point.new) for point in brief.points]
    connection.execute(delete(outlines).where(outlines.c.statement == seq))
    connection.execute(insert(outlines).values(row))
    connection.execute(insert(sayings).values(statement=seq, number=number, said=_packed(said)))


def newest_outlines(connection: Connection, filter: Filter, limit: int) -> list[Outline]:
    """The outlines of the newest statements that pass a filter."""
    # Chosen first, and from an index alone: then nothing but outlines is read.
    chosen = newest(filter, limit)
    key = (chosen.c.dated_on.desc(), chosen.c.first_seen_at.desc(), chosen.c.seq.desc())
    query = select(*WEIGHED).join(chosen, chosen.c.seq == outlines.c.statement).order_by(*key)
    return [
        Outline(id, revision, country, group, speaker, role, date, language, _stands(stands))
        for id, revision, country, group, speaker, role, date, language, stands in connection.execute(query)
    ]


def said_in(connection: Connection, places: Collection[Place]) -> dict[Place, Said]:
    """What is shown of the points in these places."""
    wanted: dict[str, list[Place]] = {}
    for place in places:
        wanted.setdefault(place.statement, []).append(place)
    ids, found = list(wanted), dict[Place, Said]()
    for start in range(0, len(ids), PORTION):
        query = (
            select(statements.c.id, sayings.c.number, sayings.c.said)
            .join(sayings, sayings.c.statement == statements.c.seq)
            .where(statements.c.id.in_(ids[start : start + PORTION]))
        )
        for id, number, packed in connection.execute(query):
            here = [place for place in wanted[id] if place.revision == number]
            said = json.loads(zlib.decompress(packed)) if here else []
            found.update((place, Said(*said[place.point - 1])) for place in here if 0 < place.point <= len(said))
    return found


def _packed(said: list[Any]) -> bytes:
    return zlib.compress(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def _stands(text: str) -> tuple[Stand, ...]:
    return tuple(map(_stand, text.split("\n"))) if text else ()


@cache  # as many as there are lines in all: of closed lists, and the same few again and again
def _stand(line: str) -> Stand:
    stance, *topics = line.split(" ")
    return Stand(None if stance == NO_STANCE else Stance(stance), tuple(map(Topic, topics)))
