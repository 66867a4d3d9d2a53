"""Briefs of many records at once, each compared with the earlier ones of the same file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from bot.domain.brief import Brief
from bot.domain.identity import SAME, Identity, identify, occasion, resemblance
from bot.domain.statement import Statement

MOST_EARLIER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What a statement is to the earlier ones: ids of what it duplicates or corrects, and the same speaker's others."""

    duplicate_of: str | None = None
    corrects: str | None = None
    earlier: tuple[Statement, ...] = ()

    def settle(self, brief: Brief) -> Brief:
        """The brief with its relation written in."""
        return replace(brief, duplicate_of=self.duplicate_of, corrects=self.corrects)


def relate(statements: Sequence[Statement]) -> dict[int, Relation]:
    """The relation of each statement, by its place in the sequence, to those before it in time."""
    order = sorted(range(len(statements)), key=lambda place: (*_when(statements[place]), place))
    identities = {place: identify(statements[place]) for place in order}
    relations: dict[int, Relation] = {}
    shown = sorted(order, key=lambda place: _shown(statements[place]))
    rank = {place: number for number, place in enumerate(shown)}
    for number, place in enumerate(order):
        before = order[:number]
        sooner = (other for other in order if rank[other] < rank[place])
        twin = next((other for other in sooner if _same(statements, identities, place, other)), None)
        if twin is None:
            relations[place] = Relation(earlier=_earlier(statements, place, before))
        elif _corrected(statements[place], statements[twin]):
            relations[place] = Relation(corrects=statements[twin].id, earlier=_earlier(statements, place, before))
        else:
            relations[place] = Relation(duplicate_of=statements[twin].id)
    return relations


def _same(statements: Sequence[Statement], identities: dict[int, Identity], one: int, other: int) -> bool:
    """Whether two are the same statement: by a key of their identity, else by nearly the same words and no odds."""
    if set(identities[one].keys) & set(identities[other].keys):
        return True
    if not occasion(statements[one]).agrees(occasion(statements[other])):
        return False
    return resemblance(identities[one].sketch, identities[other].sketch) >= SAME


def _corrected(statement: Statement, twin: Statement) -> bool:
    """The same address with other words is a correction; other addresses carry copies."""
    return bool(statement.url) and statement.url == twin.url and statement.body.split() != twin.body.split()


def _earlier(statements: Sequence[Statement], place: int, before: Sequence[int]) -> tuple[Statement, ...]:
    this = statements[place]
    if not this.country and not this.group:
        return ()
    same = [
        statements[other]
        for other in reversed(before)
        if (statements[other].country, statements[other].group) == (this.country, this.group)
        and statements[other].is_cyber_statement
        and _when(statements[other])[0] < _when(this)[0]
    ]
    return tuple(same[:MOST_EARLIER])


def _shown(statement: Statement) -> datetime:
    """When a page was put up, else the day of the speech: copies come after the original, whatever day they give."""
    return statement.published or datetime.combine(_when(statement)[0], time.min, UTC)


def _when(statement: Statement) -> tuple[date, datetime]:
    """The day of delivery, then the moment of publication: of two copies the first published comes first."""
    published = statement.published or datetime.max.replace(tzinfo=UTC)
    return statement.date or published.date(), published
