"""Polls sources: what is new is read, judged, briefed and kept; what is not is remembered with its reasons."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.briefing import make_brief
from bot.domain.brief import Brief
from bot.domain.identity import identify
from bot.domain.page import Page, content_of
from bot.domain.source import (
    Entry,
    Source,
    SourceKind,
    SourceState,
    Validators,
    Window,
    after_failure,
    after_success,
    possible_gap,
)
from bot.domain.statement import Record, Statement
from bot.errors import AttacheError, StoreError, ThrottledError
from bot.ports import Change, Clock, Fetched, Fetcher, Kept, PageStore, Sandbox, SourceStore, StatementStore, Trace
from bot.reading.reader import read
from bot.reading.relevance import hints
from bot.services.agenda import AT_ONE_HOST, host_of
from bot.services.documents import READ_TIMEOUT, read_fetched
from bot.services.others import Others
from bot.services.outcomes import EntryOutcome, SourceOutcome
from bot.services.rewrite import Rewriter
from bot.services.tally import Tally
from bot.services.together import Together
from bot.services.windows import Look, Windows

log = logging.getLogger(__name__)
AT_ONCE = 32
EARLIER = 12
WHOLE = 1500
CLOCKS_APART = timedelta(days=2)
OUTCOME = {Change.NEW: "new", Change.SAME: "unchanged", Change.DUPLICATE: "duplicate", Change.REVISED: "changed"}


@dataclass(slots=True, kw_only=True)
class Polling:
    """What polling needs. `read_file` gives a folder source's file, by path, as if fetched.

    `rewriter`, if there is a model, is told of every new text and works in the background.
    """

    windows: Windows
    fetcher: Fetcher
    sandbox: Sandbox
    statements: StatementStore
    others: Others
    pages: PageStore
    sources: SourceStore
    clock: Clock
    read_file: Callable[[str], Fetched]
    rewriter: Rewriter | None = None
    tally: Tally = field(default_factory=Tally)
    _remember: Together[tuple[SourceState, Sequence[Trace]]] = field(init=False)

    def __post_init__(self) -> None:
        self._remember = Together(lambda polls: asyncio.to_thread(self.sources.remember_all, polls))

    async def standing(self, sources: Sequence[Source]) -> list[tuple[Source, SourceState]]:
        """How each of the sources fares."""
        states = await asyncio.to_thread(self.sources.states, [source.name for source in sources])
        return [(source, states.get(source.name) or SourceState(name=source.name)) for source in sources]

    async def poll(
        self, sources: Sequence[Source], *, tell: Callable[[SourceOutcome], None] | None = None
    ) -> list[SourceOutcome]:
        """Poll sources now, each told as it is done; one never stops another.

        Raises StoreError where the database cannot keep what was found, which is no fault of a source.
        """
        room = asyncio.Semaphore(AT_ONCE)
        # A place at the host first: those that wait for a slow one must not fill the room.
        hosts = defaultdict[str, asyncio.Semaphore](lambda: asyncio.Semaphore(AT_ONE_HOST))

        async def one(source: Source, state: SourceState) -> SourceOutcome:
            async with hosts[host_of(source)], room:
                outcome = await self.one(source, state)
            if tell:
                tell(outcome)
            return outcome

        return await asyncio.gather(*(one(source, state) for source, state in await self.standing(sources)))

    async def one(self, source: Source, state: SourceState) -> SourceOutcome:
        """Poll one source that fares as given. Raises StoreError as above."""
        outcome = await self._source(source, state)
        self.tally.polled(outcome)
        return outcome

    async def _source(self, source: Source, state: SourceState) -> SourceOutcome:
        try:
            look = await self.windows.look(source, state)
            return await self._seen(source, state, look)
        except StoreError:
            raise
        except AttacheError as error:
            return await self._failed(source, state, str(error), _retry_after(error))
        except Exception as error:  # a defect of ours must not cost the other sources
            log.exception("source %s", source.name)
            return await self._failed(source, state, f"unexpected {type(error).__name__}: {error}", None)

    async def _seen(self, source: Source, state: SourceState, look: Look) -> SourceOutcome:
        # The interval counts from here: however long the pages take, what comes meanwhile is looked for in time.
        now, window = self.clock.now(), look.window or Window()
        ids = tuple(entry.id for entry in window.entries)
        known = await asyncio.to_thread(self.sources.traces, source.name, ids) if ids else {}
        traces = [await self._entry(source, entry, known.get(entry.id)) for entry in window.entries]
        # An entry that failed must be seen again: without validators the server answers in full next time, and
        # without a fingerprint the answer is parsed.
        whole = all(trace.outcome != "failed" for trace in traces)
        gap = look.window is not None and possible_gap(state.window, ids)
        after = replace(
            after_success(state, source, now, fresh_for=_seconds(look.fresh_for)),
            validators=look.validators if whole else Validators(),
            content=look.content if whole else None,
            window=state.window if look.window is None else ids,
            gap_at=now if gap else state.gap_at,
        )
        fresh = [trace for trace in traces if known.get(trace.entry_id) != trace]
        await self._remember((after, fresh))
        return SourceOutcome(
            source=source.name,
            entries=tuple(_told(trace, known.get(trace.entry_id)) for trace in traces),
            next_try=after.next_try,
            health=after.health,
            notice=_notice(state, after),
            gap=gap,
            not_modified=look.window is None,
            problems=window.problems,
        )

    async def _failed(
        self, source: Source, state: SourceState, problem: str, retry_after: timedelta | None
    ) -> SourceOutcome:
        after = after_failure(state, source, self.clock.now(), problem, retry_after=retry_after)
        await self._remember((after, ()))
        return SourceOutcome(
            source=source.name,
            failed=problem,
            next_try=after.next_try,
            health=after.health,
            notice=_notice(state, after),
        )

    async def _entry(self, source: Source, entry: Entry, known: Trace | None) -> Trace:
        digest = fingerprint(entry)
        if known and known.digest == digest and known.outcome != "failed":
            return known
        now = self.clock.now()
        try:
            outcome = await self._read(source, _trusted(entry, now), now)
        except StoreError:
            raise
        except AttacheError as error:
            outcome = EntryOutcome(title=entry.title, url=entry.url, outcome="failed", why=(str(error),))
        return Trace(
            source=source.name,
            entry_id=entry.id,
            url=entry.url,
            title=outcome.title,
            outcome=outcome.outcome,
            why=outcome.why,
            statement_id=outcome.statement_id,
            digest=digest,
            seen_at=now,
        )

    async def _read(self, source: Source, entry: Entry, now: datetime) -> EntryOutcome:
        if source.firehose and not hints(entry.title, entry.summary):
            why = ("nothing in its title or summary hints at cyber security in the UN",)
            return EntryOutcome(title=entry.title, url=entry.url, outcome="skipped", why=why)
        statement, got = await self._statement(source, entry)
        if not statement.is_cyber_statement:
            return EntryOutcome(title=statement.title, url=entry.url, outcome="skipped", why=statement.why)
        kept = await self.keep(statement, source.name)
        if got is not None:
            # Before the entry counts as seen: after a crash in between it is read, and its page watched, again.
            await asyncio.to_thread(self.pages.watch, _page(source, entry, got, now), now=now)
        return EntryOutcome(
            title=statement.title,
            url=entry.url,
            outcome=OUTCOME[kept.change],
            why=statement.why,
            statement_id=kept.id,
        )

    async def keep(self, statement: Statement, source: str) -> Kept:
        """Brief a statement, compared with what its speaker said before and others say, and keep it once."""
        earlier = await asyncio.to_thread(self.statements.earlier, Brief(statement=statement), limit=EARLIER)
        before = [e.statement for e in earlier]
        others = await asyncio.to_thread(self.others.than, statement)
        brief = await self.sandbox.run(make_brief, statement, before, others, timeout=READ_TIMEOUT)
        now = self.clock.now()
        kept = await asyncio.to_thread(self.statements.keep, brief, identify(statement), source=source, now=now)
        if self.rewriter and kept.change in {Change.NEW, Change.REVISED}:
            self.rewriter.start(replace(brief, statement=replace(statement, id=kept.id)))
        return kept

    async def _statement(self, source: Source, entry: Entry) -> tuple[Statement, Fetched | None]:
        """The statement of an entry, and the page it was read from if that was fetched."""
        if source.kind is SourceKind.FOLDER:
            file = await asyncio.to_thread(self.read_file, f"{source.url}/{entry.id}")
            return await self._of_document(source, entry, file, title=None), None
        if not entry.url or len(entry.html or "") >= WHOLE:
            return await self.sandbox.run(read, _record(source, entry), timeout=READ_TIMEOUT), None
        got = await self.fetcher.get(entry.url, allow_private=source.allow_private)
        return await self._of_document(source, entry, got, title=entry.title), got

    async def _of_document(self, source: Source, entry: Entry, got: Fetched, *, title: str | None) -> Statement:
        return await self.sandbox.run(
            read_fetched,
            got,
            entry.id,
            entry.url,
            title,
            entry.published,
            source.country,
            source.language,
            timeout=READ_TIMEOUT,
        )


def fingerprint(entry: Entry) -> str:
    """A short name for an entry as it stands, so that a change of any part of it is seen."""
    parts = (entry.url, entry.title, entry.summary, entry.html, entry.published, entry.version)
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()[:20]


def _trusted(entry: Entry, now: datetime) -> Entry:
    """The entry; a date of publication that is yet to come is not believed."""
    too_early = entry.published is not None and entry.published > now + CLOCKS_APART
    return replace(entry, published=None) if too_early else entry


def _page(source: Source, entry: Entry, got: Fetched, now: datetime) -> Page:
    return Page(
        url=entry.url or got.url,
        source=source.name,
        title=entry.title,
        published=entry.published,
        first_seen_at=now,
        validators=got.validators,
        content=content_of(got.body or b""),
    )


def _record(source: Source, entry: Entry) -> Record:
    return Record(
        id=entry.id,
        url=entry.url,
        title=entry.title,
        html=entry.html,
        text=f"{entry.title}\n\n{entry.summary}",
        published=entry.published,
        country=source.country,
        language=source.language,
    )


def _told(trace: Trace, known: Trace | None) -> EntryOutcome:
    """An entry's outcome at this poll: what was known before is unchanged, whatever it came to then."""
    unchanged = known == trace
    return EntryOutcome(
        title=trace.title,
        url=trace.url,
        outcome="unchanged" if unchanged else trace.outcome,
        why=trace.why,
        statement_id=trace.statement_id,
    )


def _notice(before: SourceState, after: SourceState) -> str | None:
    if before.health is after.health or (before.health == "new" and after.health == "well"):
        return None
    return f"{after.name} is {after.health}" + (f": {after.problem}" if after.problem else " again")


def _retry_after(error: AttacheError) -> timedelta | None:
    return _seconds(error.retry_after) if isinstance(error, ThrottledError) else None


def _seconds(value: float | None) -> timedelta | None:
    return None if value is None else timedelta(seconds=value)
