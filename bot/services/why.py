"""Stage by stage, why something was or was not posted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.briefing.revision import compare
from bot.domain.delivery import Delivery
from bot.domain.identity import canonical_url
from bot.domain.reply import Reply, Section, Table
from bot.domain.revision import Revision
from bot.domain.rewriting import Rewriting, counted
from bot.errors import NotFoundError
from bot.ports import Ledger, RewritingStore, SourceStore, StatementStore, Trace
from bot.services.correcting import in_short


def explain(
    sources: SourceStore,
    statements: StatementStore,
    ledger: Ledger,
    key: str,
    *,
    channel: str | None = None,
    rewritings: RewritingStore | None = None,
) -> Reply:
    """What became of an entry or statement, by id or address. Raises NotFoundError if it was never seen.

    `rewritings` are given where a language model is set up.
    """
    brief = statements.get(key)
    found = {
        (trace.source, trace.entry_id): trace for trace in sources.trace(canonical_url(key) if "/" in key else key)
    }
    found |= {(t.source, t.entry_id): t for t in sources.trace(key)}
    if brief:
        found |= {(t.source, t.entry_id): t for t in sources.trace(brief.statement.id)}
    if not found and not brief:
        raise NotFoundError(f"{key} was never seen: no source has shown it. `sources` says how the sources fare")
    sections = [Section(heading="Seen", table=_seen(list(found.values())))] if found else []
    if brief:
        s = brief.statement
        kept = f"kept as {s.id}, relevance {s.relevance:.2f}"
        sections.append(Section(heading="Judged", text="\n".join((kept, *s.why))))
        revisions = statements.revisions(s.id) if brief.corrects else ()
        sections += [Section(heading="Revised", table=_revised(revisions))] if revisions else []
        if rewritings and (told := rewritings.about(s.id)):
            sections.append(Section(heading="Retold by a language model", table=_retold(told, len(brief.points))))
        posts = ledger.history(channel=channel, statement_id=s.id)
        text = "" if posts else "Not selected for any channel yet; its next digest takes it if its filter lets it."
        sections.append(Section(heading="Posted", text=text, table=_posted(list(posts)) if posts else None))
    return Reply(heading=brief.statement.title if brief else key, sections=tuple(sections))


def _seen(traces: list[Trace]) -> Table:
    rows = tuple(
        (f"{t.seen_at:%Y-%m-%d %H:%M}", t.source, t.outcome, "; ".join(t.why), t.statement_id or "") for t in traces
    )
    return Table(columns=("when (UTC)", "source", "outcome", "why", "statement"), rows=rows)


def _revised(revisions: Sequence[Revision]) -> Table:
    rows = tuple(
        (f"{after.seen_at:%Y-%m-%d %H:%M}", str(after.number), in_short(compare(before.brief, after.brief)))
        for before, after in pairwise(revisions)
    )
    return Table(columns=("seen (UTC)", "revision", "changed"), rows=rows)


def _retold(rewritings: Sequence[Rewriting], points: int) -> Table:
    rows = tuple(
        (
            f"{one.made_at:%Y-%m-%d %H:%M}",
            one.model,
            one.language,
            f"{len(one.points)} of {points} points, {'a' if one.lead else 'no'} lead",
            counted(one.refused),
        )
        for one in rewritings
    )
    return Table(columns=("when (UTC)", "model", "language", "used", "refused, and why"), rows=rows)


def _posted(deliveries: list[Delivery]) -> Table:
    rows = tuple(
        (
            d.channel,
            d.slot,
            f"{d.part}/{d.parts}",
            d.state,
            d.message_id or d.reason or "",
            str(d.attempts),
            f"{d.changed_at:%Y-%m-%d %H:%M:%S}",
        )
        for d in deliveries
    )
    columns = ("channel", "slot", "part", "state", "message or reason", "tries", "since (UTC)")
    return Table(columns=columns, rows=rows)
