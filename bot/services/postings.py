"""What was posted, for the pages behind it, and what would be, before anything is connected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.brief import Brief
from bot.domain.delivery import Delivery
from bot.domain.digest import Digest
from bot.domain.reply import Reply
from bot.domain.subscription import Filter
from bot.errors import NotFoundError
from bot.ports import Clock, Ledger, StatementStore
from bot.services.digests import Digests
from bot.services.library import PAGE, entry
from bot.services.wording import digest_reply
from bot.site import Posted, Shelf

# So many statements show what a digest looks like.
SAMPLED = 15
# More than any digest has had; of a longer one this many are told again.
MOST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletins:
    """The port Postings."""

    ledger: Ledger
    statements: StatementStore
    digests: Digests
    clock: Clock

    def posted(self, key: str, *, page: int = 1) -> Posted:
        messages = self._messages(key)
        ids = messages[0].statement_ids
        pages = max(1, -(-len(ids) // PAGE))
        if not 1 <= page <= pages:
            raise NotFoundError(f"there is no page {page} of this digest; it has {pages}")
        entries = tuple(map(entry, self._briefs(ids[(page - 1) * PAGE : page * PAGE])))
        return Posted(
            key=key,
            slot=messages[0].slot,
            platform=messages[0].channel.partition(":")[0],
            shelf=Shelf(entries=entries, total=len(ids), page=page, pages=pages),
            payloads=tuple(message.payload for message in messages),
        )

    def retold(self, key: str) -> Reply:
        first = self._messages(key)[0]
        return self._reply(first.slot, self._briefs(first.statement_ids[:MOST]))

    def sample(self, words: str, filter: Filter) -> Reply:
        return self._reply("preview", self.statements.search(words, filter, limit=SAMPLED).briefs)

    def _reply(self, slot: str, briefs: Sequence[Brief]) -> Reply:
        now = self.clock.now()
        digest = Digest(slot=slot, made_at=now, briefs=tuple(briefs), coverage=self.digests.coverage(now))
        return digest_reply(digest)

    def _messages(self, key: str) -> Sequence[Delivery]:
        messages = self.ledger.messages(key)
        if not messages:
            raise NotFoundError(f"no digest is kept under {key!r}; its page is linked from the digest in the channel")
        return messages

    def _briefs(self, ids: Sequence[str]) -> list[Brief]:
        found = (self.statements.get(id) for id in ids)
        return [brief for brief in found if brief]
