"""Which stored statement a brief is of, if any, and what that makes of it."""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, or_, select

from bot.domain.brief import Brief
from bot.domain.identity import SAME, Identity, Occasion, occasion, resemblance
from bot.infra.store.codec import clean
from bot.infra.store.schema import bands, keys, statements
from bot.ports import Change

LONGEST_KEY = 400


@dataclass(frozen=True, slots=True)
class Names:
    """The exact keys of a brief as stored, and the hash of its text."""

    url: str | None
    symbol: str | None
    text_hash: str

    @property
    def keys(self) -> list[str]:
        return [key for key in (self.symbol, self.url) if key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A brief to be kept: where it came from and when; `words` are what it is to be found by."""

    brief: Brief
    identity: Identity
    words: list[str]
    source: str
    now: datetime

    @property
    def names(self) -> Names:
        """Its names; a text's hash ignores how its white space is laid out."""
        by_kind = {key.partition(":")[0]: stored_key(key) for key in self.identity.keys}
        text = clean(" ".join(self.brief.statement.body.split()))
        text_hash = hashlib.sha256(text.encode()).hexdigest()[:32]
        return Names(url=by_kind.get("url"), symbol=by_kind.get("symbol"), text_hash=text_hash)


@dataclass(frozen=True, slots=True)
class Match:
    """A stored statement that a brief turned out to be, and the row of the key it was known by, if it was."""

    row: Row[Any]
    key: Row[Any] | None = None


def stored_key(text: str) -> str:
    """A text as a key of an index: cleaned, and cut where it is longer than PostgreSQL can index."""
    text = clean(text)
    if len(text) <= LONGEST_KEY:
        return text
    return f"{text[:LONGEST_KEY]}…{hashlib.sha256(text.encode()).hexdigest()}"


def key_rows(connection: Connection, names: Iterable[str]) -> Sequence[Row[Any]]:
    """The stored rows of some keys, those there are, in the order asked for."""
    wanted = list(names)
    found = {row.key: row for row in connection.execute(select(keys).where(keys.c.key.in_(wanted)))}
    return [found[name] for name in wanted if name in found]


def known_as(connection: Connection, arrival: Arrival) -> Match | None:
    """The statement a brief is of: by its address, else by its symbol, else by nearly the same words."""
    names = arrival.names
    by_key = {row.key: row for row in key_rows(connection, names.keys)}
    if names.url in by_key:
        key = by_key[names.url]
        return Match(_row(connection, key.statement), key)
    here = occasion(arrival.brief.statement)
    if names.symbol in by_key:
        # Some symbols name a whole meeting: only the same speaker's words under it are the same statement.
        key = by_key[names.symbol]
        row = _row(connection, key.statement)
        if here.agrees(_occasion(row)):
            return Match(row, key)
    return _alike(connection, here, arrival.identity, names)


def change_of(match: Match, names: Names) -> Change:
    """What keeping a brief of a known statement comes to."""
    if match.key is not None and match.key.key == names.url:
        if match.key.text_hash == names.text_hash:
            return Change.SAME
        return Change.REVISED if match.key.own else Change.DUPLICATE
    if names.url is None and match.row.text_hash == names.text_hash:
        return Change.SAME
    if names.url is None and match.key is not None and match.key.own:
        return Change.REVISED
    return Change.DUPLICATE


def packed(sketch: Sequence[int]) -> bytes:
    """A sketch as bytes, four a hash, little-endian."""
    return b"".join(value.to_bytes(4, "little") for value in sketch)


def unpacked(sketch: bytes) -> tuple[int, ...]:
    """A sketch from its bytes."""
    values = array("I", sketch)
    if sys.byteorder == "big":
        values.byteswap()
    return tuple(values)


def _row(connection: Connection, seq: int) -> Row[Any]:
    return connection.execute(select(statements).where(statements.c.seq == seq)).one()


def _occasion(row: Row[Any]) -> Occasion:
    return Occasion(country=row.country, group=row.grouping, date=row.date)


def _alike(connection: Connection, here: Occasion, identity: Identity, names: Names) -> Match | None:
    shares = select(bands.c.statement).where(bands.c.band.in_(identity.bands))
    likely: list[ColumnElement[bool]] = [statements.c.seq.in_(shares)]
    if not names.keys:
        likely.append(statements.c.text_hash == names.text_hash)
    candidates = connection.execute(select(statements).where(or_(*likely)))
    scored = [(_likeness(row, identity, names), -row.seq, row) for row in candidates if here.agrees(_occasion(row))]
    best = max(scored, key=lambda score: score[:2], default=None)
    return Match(best[2]) if best is not None and best[0] >= SAME else None


def _likeness(row: Row[Any], identity: Identity, names: Names) -> float:
    # Without a name of any kind the very same text is all there is to go by, however short it is.
    if not names.keys and row.text_hash == names.text_hash:
        return 1.0
    return resemblance(identity.sketch, unpacked(row.sketch))
