"""Statements, each once, with their briefs and revisions."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from bot.domain.brief import Brief
from bot.domain.identity import Identity, canonical_url
from bot.domain.moments import utc
from bot.domain.outline import Outline, Place, Said
from bot.domain.revision import Revision, restated
from bot.domain.search import terms
from bot.domain.subscription import Filter
from bot.errors import AttacheError
from bot.infra.store.codec import clean, dump, load
from bot.infra.store.engine import Database
from bot.infra.store.finding import NEWEST, found, how_many
from bot.infra.store.matching import Arrival, Match, Names, change_of, key_rows, known_as, packed, stored_key
from bot.infra.store.outlines import newest_outlines, outline, said_in
from bot.infra.store.schema import bands, keys, revisions, statements, topics
from bot.infra.store.search import FACTS, index, words_of
from bot.ports import Change, Found, Kept

KEEPING = "keep"
ID_DIGITS = 12
PREFIX = re.compile(r"[0-9a-f]{4,12}")


class SqlStatements:
    """The port StatementStore on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, brief: Brief, identity: Identity, *, source: str, now: datetime) -> Kept:
        # The words of a long report take a while: found before the lock, not under it.
        arrival = Arrival(brief=brief, identity=identity, words=words_of(brief), source=clean(source), now=now)
        # One at a time: of two processes that keep the same statement at once, one must see what the other wrote.
        with self._database.write(lock=KEEPING) as connection:
            match = known_as(connection, arrival)
            change = Change.NEW if match is None else _change(connection, match, arrival)
            if match is None:
                seq, id, number = _new(connection, arrival)
            elif change is Change.REVISED:
                seq, id, number = _revised(connection, match.row, arrival)
            else:
                seq, id, number = match.row.seq, match.row.id, match.row.revision
            own = change in {Change.NEW, Change.REVISED}
            self._database.upsert(connection, keys, _keys(connection, seq, arrival.names, own=own))
        return Kept(id=id, change=change, revision=number)

    def get(self, id_or_url: str) -> Brief | None:
        wanted = clean(id_or_url.strip())
        with self._database.read() as connection:
            seq = _by_id(connection, wanted.lower()) or _by_name(connection, wanted)
            return next(iter(briefs_of(connection, [seq])), None) if seq is not None else None

    def search(self, words: str, filter: Filter, *, limit: int, offset: int = 0) -> Found:
        sought = list(dict.fromkeys(terms(words)))
        if words.strip() and not sought:
            return Found(briefs=(), total=0)
        with self._database.read() as connection:
            seqs, total = found(connection, sought, filter, limit, offset)
            briefs = briefs_of(connection, seqs)
        return Found(briefs=tuple(briefs), total=total)

    def earlier(self, brief: Brief, *, limit: int) -> Sequence[Brief]:
        s = brief.statement
        day = s.date or (utc(s.published).date() if s.published else None)
        if day is None or (s.country is None and s.group is None):
            return ()
        query = (
            select(statements.c.seq)
            .where(statements.c.country.is_not_distinct_from(s.country))
            .where(statements.c.grouping.is_not_distinct_from(s.group and clean(s.group)))
            .where(statements.c.dated_on < day, statements.c.id != s.id)
            .order_by(*NEWEST)
            .limit(limit)
        )
        with self._database.read() as connection:
            return briefs_of(connection, connection.execute(query).scalars().all())

    def revisions(self, id: str) -> Sequence[Revision]:
        query = (
            select(revisions.c.number, revisions.c.brief, revisions.c.seen_at)
            .join(statements, statements.c.seq == revisions.c.statement)
            .where(statements.c.id == clean(id))
            .order_by(revisions.c.number)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [Revision(number=number, brief=load(Brief, brief), seen_at=seen) for number, brief, seen in rows]

    def count(self, filter: Filter | None = None) -> int:
        with self._database.read() as connection:
            return how_many(connection, filter or Filter())

    def outlines(self, filter: Filter, *, limit: int) -> Sequence[Outline]:
        with self._database.read() as connection:
            return newest_outlines(connection, filter, limit)

    def said(self, places: Collection[Place]) -> dict[Place, Said]:
        with self._database.read() as connection:
            return said_in(connection, places)


def briefs_of(connection: Connection, seqs: Sequence[int]) -> list[Brief]:
    """The newest briefs of statements, in the order asked for."""
    if not seqs:
        return []
    newest = (statements.c.seq == revisions.c.statement) & (statements.c.revision == revisions.c.number)
    found: dict[int, Brief] = {}
    for some in _portions(seqs):
        query = select(statements.c.seq, revisions.c.brief).join(revisions, newest).where(statements.c.seq.in_(some))
        found.update((seq, load(Brief, text)) for seq, text in connection.execute(query))
    return [found[seq] for seq in seqs]


def _portions(seqs: Sequence[int], size: int = 500) -> Iterator[Sequence[int]]:
    for start in range(0, len(seqs), size):
        yield seqs[start : start + size]


def _by_id(connection: Connection, wanted: str) -> int | None:
    if not PREFIX.fullmatch(wanted):
        return None
    within = statements.c.id.between(wanted, wanted + "g")
    found = connection.execute(select(statements.c.seq).where(within).limit(2)).scalars().all()
    return found[0] if len(found) == 1 else None


def _by_name(connection: Connection, wanted: str) -> int | None:
    names = [stored_key(f"url:{canonical_url(wanted)}"), stored_key(f"symbol:{wanted.upper()}")]
    return next((row.statement for row in key_rows(connection, names)), None)


def _change(connection: Connection, match: Match, arrival: Arrival) -> Change:
    change = change_of(match, arrival.names)
    if change is not Change.SAME or match.key is None or not match.key.own or match.row.source != arrival.source:
        return change
    # The text stands, but a page has a head as well: the speaker's name may have been put right.
    (before,) = briefs_of(connection, [match.row.seq])
    return Change.REVISED if restated(before, arrival.brief) else Change.SAME


def _new(connection: Connection, arrival: Arrival) -> tuple[int, str, int]:
    id = _free_id(connection, arrival.names)
    arrival = replace(arrival, brief=replace(arrival.brief, statement=replace(arrival.brief.statement, id=id)))
    row = {"id": id, "revision": 1, "source": arrival.source, "first_seen_at": arrival.now}
    values = {**row, **_columns(arrival, first_seen_at=arrival.now)}
    seq = connection.execute(insert(statements).values(values).returning(statements.c.seq)).scalar_one()
    _write(connection, seq, values, arrival)
    return seq, id, 1


def _revised(connection: Connection, known: Row[Any], arrival: Arrival) -> tuple[int, str, int]:
    number = known.revision + 1
    statement = replace(arrival.brief.statement, id=known.id)
    arrival = replace(arrival, brief=replace(arrival.brief, statement=statement, corrects=known.id))
    values = {"revision": number, **_columns(arrival, first_seen_at=known.first_seen_at)}
    connection.execute(update(statements).where(statements.c.seq == known.seq).values(values))
    for table in (topics, bands):
        connection.execute(delete(table).where(table.c.statement == known.seq))
    _write(connection, known.seq, {**values, "first_seen_at": known.first_seen_at}, arrival)
    return known.seq, known.id, number


def _write(connection: Connection, seq: int, columns: dict[str, Any], arrival: Arrival) -> None:
    brief, number = arrival.brief, columns["revision"]
    facts = {"statement": seq, **{name: columns[name] for name in FACTS}}
    row = {"statement": seq, "number": number, "brief": dump(brief), "source": arrival.source, "seen_at": arrival.now}
    connection.execute(insert(revisions).values(row))
    outline(connection, seq, number, brief)
    if brief.topics:
        connection.execute(insert(topics), [{"topic": topic, **facts} for topic in sorted(set(brief.topics))])
    if arrival.identity.bands:
        rows = [{"band": band, "statement": seq} for band in sorted(set(arrival.identity.bands))]
        connection.execute(insert(bands), rows)
    index(connection, facts, arrival.words)


def _keys(connection: Connection, seq: int, names: Names, *, own: bool) -> list[dict[str, Any]]:
    """The key rows to write for a statement; a name that another statement bears stays with it."""
    known = {row.key: row for row in key_rows(connection, names.keys)}
    return [
        {"key": key, "statement": seq, "own": known[key].own if key in known else own, "text_hash": names.text_hash}
        for key in names.keys
        if key not in known or known[key].statement == seq
    ]


def _free_id(connection: Connection, names: Names) -> str:
    """An id made of the strongest key; where another statement has it (a shared symbol), of the next one."""
    for seed in [*names.keys, names.text_hash, *(f"{names.keys}{names.text_hash}{n}" for n in range(100))]:
        id = hashlib.sha256(seed.encode()).hexdigest()[:ID_DIGITS]
        if connection.execute(select(statements.c.seq).where(statements.c.id == id)).first() is None:
            return id
    raise AttacheError(f"no free id for {names.keys}: a hundred were taken, so the database is damaged")


def _columns(arrival: Arrival, *, first_seen_at: datetime) -> dict[str, Any]:
    s = arrival.brief.statement
    return {
        "kind": s.kind,
        "country": s.country and clean(s.country),
        "grouping": s.group and clean(s.group),
        "forum": s.forum,
        "language": clean(s.language),
        "date": s.date,
        "dated_on": s.date or utc(s.published or first_seen_at).date(),
        "text_hash": arrival.names.text_hash,
        "sketch": packed(arrival.identity.sketch),
    }
