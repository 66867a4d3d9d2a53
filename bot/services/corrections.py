"""Follows up on what channels were told before it changed: one correction for each channel, statement and revision."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.briefing.revision import compare
from bot.domain.correction import Owed
from bot.domain.reply import Payload
from bot.domain.subscription import Channel
from bot.errors import AttacheError, StoreError, UsageError
from bot.ports import Clock, CorrectionLedger, Renderer, Sandbox, StatementStore
from bot.services.correcting import correction_reply
from bot.services.documents import READ_TIMEOUT

log = logging.getLogger(__name__)
# So many at a time: a source that revises everything must not keep the service from anything else.
MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """Writes the corrections channels are owed to the ledger; `renderers` by adapter name."""

    ledger: CorrectionLedger
    statements: StatementStore
    sandbox: Sandbox
    renderers: Mapping[str, Renderer]
    clock: Clock
    # What could not be composed is not tried again before the next start: it would fail at every tick.
    _failed: set[Owed] = field(default_factory=set)

    async def follow_up(self, channels: Sequence[Channel]) -> int:
        """Freeze the corrections these channels are owed; how many messages are to be posted now."""
        by_key = {channel.key: channel for channel in channels}
        owed = await asyncio.to_thread(self.ledger.owed, list(by_key), limit=MOST_AT_ONCE + len(self._failed))
        return sum([await self._one(by_key[each.channel], each) for each in owed if each not in self._failed])

    async def _one(self, channel: Channel, owed: Owed) -> int:
        try:
            payloads = await self._compose(channel, owed)
            rows = await asyncio.to_thread(self.ledger.follow_up, owed, payloads, now=self.clock.now())
        except Exception as error:
            # A database that is locked, full or away has nothing to do with what is to be composed.
            if not isinstance(error, StoreError):
                self._failed.add(owed)
            defect = not isinstance(error, AttacheError)
            log.error("%s: %s not composed: %s", owed.channel, owed.name, error, exc_info=defect)
            return 0
        if rows:
            log.info("%s: %s to post", owed.channel, owed.name)
        return len(rows or ())

    async def _compose(self, channel: Channel, owed: Owed) -> Sequence[Payload]:
        """The correction's messages; none if the revision changed nothing this channel was told."""
        if channel.adapter not in self.renderers:
            raise UsageError(f"no adapter is called {channel.adapter!r}")
        found = await asyncio.to_thread(self.statements.revisions, owed.statement_id)
        briefs = {revision.number: revision.brief for revision in found}
        before, after = briefs[owed.told], briefs[owed.newest]
        changes = await self.sandbox.run(compare, before, after, timeout=READ_TIMEOUT)
        if not changes.telling:
            return ()
        return self.renderers[channel.adapter].render(correction_reply(owed, after, changes, channel.zone))
