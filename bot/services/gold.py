"""Readers' marks as a gold file: what most of them found becomes the labels of a record, ties become none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.briefing.features import sentences, topics
from bot.briefing.lexicon import fold, lexicon
from bot.domain.brief import Brief
from bot.domain.mark import Mark, Verdict
from bot.domain.statement import Statement
from bot.domain.taxonomy import Stance
from bot.ports import MarkStore, StatementStore
from bot.services.marking import newest_revision

LABELS = ("country", "group", "speaker", "forum", "date", "language")


@dataclass(frozen=True, slots=True)
class Vote:
    """What one reader makes of a quote: whether it is a position, with which stance, whether they singled it out."""

    position: bool
    stance: Stance | None
    singled_out: bool


def records(store: StatementStore, marks: MarkStore) -> Iterator[dict[str, Any]]:
    """A gold record for each statement that readers' marks say something of."""
    for id in marks.marked():
        brief = store.get(id)
        found = gold(brief, marks.of(id), newest_revision(store, brief)) if brief else None
        if found:
            yield found


def gold(brief: Brief, marks: Sequence[Mark], revision: int) -> dict[str, Any] | None:
    """A brief's gold record in the shape of the corpus, None if nothing is left to label.

    A mark on the whole brief is of the revision it was made on; one on a quote holds as long as the quote stands.
    """
    s = brief.statement
    whole = {mark.reader: mark.verdict for mark in marks if not mark.quote and mark.revision == revision}
    accurate = _most(whole.values()) is Verdict.ACCURATE
    nuggets = list(_nuggets(brief, _votes(brief, whole, marks)))
    if not accurate and not nuggets:
        return None
    said = brief.as_json()
    return {
        "id": s.id,
        "url": s.url,
        "title": s.title,
        "text": s.body,
        "published": s.published.isoformat() if s.published else None,
        # Whoever finds it accurate, or positions in it, finds it a statement.
        "is_cyber_statement": True,
        "kind": said["kind"] if accurate else None,
        **{name: said[name] if accurate else None for name in LABELS},
        "nuggets": nuggets,
    }


def _votes(brief: Brief, whole: Mapping[str, Verdict], marks: Sequence[Mark]) -> dict[str, list[Vote]]:
    """The votes on each quote: a reader's own mark on it, else, if they found the whole brief accurate, that."""
    own: dict[str, dict[str, Vote]] = {point.quote: {} for point in brief.points}
    for mark in marks:
        if mark.quote and mark.quote in brief.statement.body:
            position = mark.verdict is not Verdict.WRONG or mark.stance is not None
            own.setdefault(mark.quote, {})[mark.reader] = Vote(position, mark.stance, position)
    for point in brief.points:
        for reader in (reader for reader, verdict in whole.items() if verdict is Verdict.ACCURATE):
            own[point.quote].setdefault(reader, Vote(True, point.stance, False))
    return {quote: list(votes.values()) for quote, votes in own.items() if votes}


def _nuggets(brief: Brief, votes: Mapping[str, Sequence[Vote]]) -> Iterator[dict[str, Any]]:
    """The quotes most readers find a position, in the order of the text."""
    s = brief.statement
    told: set[str] = set()
    for quote in sorted(votes, key=s.body.index):
        found = [vote for vote in votes[quote] if vote.position]
        if 2 * len(found) <= len(votes[quote]):
            continue
        sentence = _sentence(s, quote)
        sentence = quote if sentence in told else sentence  # two clauses of one sentence are two positions
        told.add(sentence)
        yield {
            "nugget": quote,
            "sentence": sentence,
            "stance": _most(vote.stance for vote in found),
            "topic": _topic(brief, quote),
            # Vital is what a reader took the trouble to point at.
            "importance": "vital" if any(vote.singled_out for vote in found) else "okay",
        }


def _most(values: Any) -> Any:
    """What more voted for than for anything else; None for a tie, and where nobody voted."""
    first, *others = Counter(values).most_common() or [(None, 0)]
    return None if others and others[0][1] == first[1] else first[0]


def _sentence(statement: Statement, quote: str) -> str:
    """The sentence a quote stands in; the quote itself where it is more than one."""
    start = statement.body.index(quote)
    end = start + len(quote)
    within = (one for one in sentences(statement.body, statement.language) if one.span.start <= start < one.span.end)
    found = next(within, None)
    return found.text if found and found.span.end >= end else quote


def _topic(brief: Brief, quote: str) -> str | None:
    known = next((point.topics for point in brief.points if point.quote == quote), None)
    counts = topics(fold(quote), lexicon(brief.statement.language))
    found = known or sorted(counts, key=lambda topic: -counts[topic])
    return found[0] if found else None
