"""Looks again at the pages of statements seen lately: a page may change while its feed says nothing of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.identity import resemblance, sketch
from bot.domain.page import Page, after_failed_look, after_look, content_of
from bot.domain.source import Source
from bot.errors import AttacheError, StoreError, ThrottledError, UnreadableError
from bot.ports import Change, Clock, Fetched, PageStore
from bot.services.documents import READ_TIMEOUT, read_fetched
from bot.services.poll import Polling

log = logging.getLogger(__name__)
MOST_AT_ONCE = 5
# So much of a statement is left in its revision, however much was rewritten (see `resemblance`).
AKIN = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisiting:
    """Looks at pages again, as the sources they came from are polled. `sources` are those being watched."""

    pages: PageStore
    polling: Polling
    sources: Sequence[Source]
    clock: Clock

    async def look(self, *, limit: int = MOST_AT_ONCE) -> int:
        """Look at the pages whose time has come, so many at most; how many had changed. One never stops another."""
        due = await asyncio.to_thread(self.pages.due, now=self.clock.now(), limit=limit)
        return sum(await asyncio.gather(*(self._one(page) for page in due)))

    async def _one(self, page: Page) -> bool:
        source = next((source for source in self.sources if source.name == page.source), None)
        if source is None:  # nobody says any more whether its address may be asked, and in what language it is
            await self._remember(replace(page, next_look=None))
            return False
        try:
            return await self._look(source, page)
        except StoreError:
            raise
        except Exception as error:
            if not isinstance(error, AttacheError):  # a defect of ours must not cost the other pages
                log.exception("looking again at %s", page.url)
            seconds = error.retry_after if isinstance(error, ThrottledError) else None
            wait = None if seconds is None else timedelta(seconds=seconds)
            later = after_failed_look(page, self.clock.now(), retry_after=wait)
            await self._remember(later)
            log.info("%s: not looked at again: %s; next try at %s", page.url, error, later.next_look or "no time")
            return False

    async def _look(self, source: Source, page: Page) -> bool:
        got = await self.polling.fetcher.get(page.url, validators=page.validators, allow_private=source.allow_private)
        content = page.content if got.body is None else content_of(got.body)
        changed = content != page.content and await self._read(source, page, got)
        await self._remember(after_look(page, self.clock.now(), got.validators, content))
        return changed

    async def _read(self, source: Source, page: Page, got: Fetched) -> bool:
        """Read a changed page as it was read before, and keep it; whether that made a revision."""
        statement = await self.polling.sandbox.run(
            read_fetched,
            got,
            page.statement_id,
            page.url,
            page.title,
            page.published,
            source.country,
            source.language,
            timeout=READ_TIMEOUT,
        )
        known = await asyncio.to_thread(self.polling.statements.get, page.statement_id)
        before = known.statement.body if known else ""
        if not statement.is_cyber_statement or resemblance(sketch(before), sketch(statement.body)) < AKIN:
            # A log-in, a notice of maintenance: no correction of anything, whatever the title it stands under.
            raise UnreadableError("the page holds another text now than the statement that was read there")
        kept = await self.polling.keep(statement, source.name)
        if kept.change is Change.REVISED:
            log.info("%s: revision %d of %s", page.url, kept.revision, kept.id)
        return kept.change is Change.REVISED

    async def _remember(self, page: Page) -> None:
        await asyncio.to_thread(self.pages.remember, page)
