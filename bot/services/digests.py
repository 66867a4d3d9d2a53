"""Opens slots: selects a channel's new statements and freezes them as messages in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.brief import Brief
from bot.domain.delivery import delivery_keys
from bot.domain.digest import Coverage, Digest
from bot.domain.reply import Payload
from bot.domain.subscription import Channel, Filter, Style
from bot.domain.timing import Slot, live_name
from bot.errors import UsageError
from bot.ports import Ledger, Renderer, StatementStore
from bot.services.covering import Covering
from bot.services.rewrite import Dress, undressed
from bot.services.wording import digest_reply
from bot.slots import Compose, SlotLedger

# A slot opened this long after it was due is one that was missed, not one that took a moment.
LATE_AFTER = timedelta(minutes=5)
# A new service has looked at every source by then, or will not soon.
SETTLED_AFTER = timedelta(minutes=10)
PAGE = 200
Named = Callable[[Sequence[Brief]], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """Composes digests. `covering` says what was watched; `renderers` are by adapter name; `dress` adds what is retold.

    `public_url` is the web pages' address, if people can reach them.
    """

    ledger: Ledger
    slots: SlotLedger
    statements: StatementStore
    covering: Covering
    renderers: Mapping[str, Renderer]
    dress: Dress = undressed
    public_url: str | None = None

    def open(self, channel: Channel, slot: Slot, *, now: datetime) -> bool:
        """Open a slot of a channel; False if it was open already. Raises UsageError for an unknown adapter."""
        compose = self._composer(channel, lambda _: slot.name, now)
        return self.ledger.open_slot(channel, slot.name, now=now, compose=compose) is not None

    def open_due(self, channel: Channel, slot: Slot, *, now: datetime) -> bool:
        """Open a slot that is due, also one that was missed; False if it or a later one was open already."""
        due = channel.quiet.until(slot.at, channel.zone)
        compose = self._composer(channel, lambda _: channel.named(slot), now, late=now - due > LATE_AFTER)
        return self.slots.open_due(channel, slot, now=now, compose=compose) is not None

    def open_live(self, channel: Channel, *, now: datetime) -> bool:
        """Open what came for a channel that is told as it happens; whether there was anything."""
        return bool(self.slots.open_live(channel, now=now, compose=self._composer(channel, _live, now)))

    def settled(self, since: datetime, *, now: datetime) -> bool:
        """Whether a channel served since then can be told as it happens: what the first poll brings comes together."""
        return now - since >= SETTLED_AFTER or self.covering.complete(now)

    def preview(self, filter: Filter, *, now: datetime) -> Digest:
        """A digest of all kept statements that pass a filter; nothing is recorded."""
        briefs: list[Brief] = []
        while page := self.statements.search("", filter, limit=PAGE, offset=len(briefs)).briefs:
            briefs += page
        return Digest(slot="preview", made_at=now, briefs=tuple(briefs), coverage=self.coverage(now))

    def _composer(self, channel: Channel, named: Named, now: datetime, *, late: bool = False) -> Compose:
        """Makes a slot's messages of its statements; `named` says what the ledger will call a slot that has them."""

        def compose(briefs: Sequence[Brief]) -> Sequence[Payload]:
            if not briefs and channel.style is Style.QUIET:
                return ()
            slot = named(briefs)
            digest = Digest(
                slot=slot,
                made_at=now,
                briefs=tuple(self.dress(briefs, channel.language)),
                coverage=self.coverage(now),
                late=late,
                permalink=self._permalink(channel, slot),
            )
            return self.renderer(channel.adapter).render(digest_reply(digest))

        return compose

    def _permalink(self, channel: Channel, slot: str) -> str | None:
        """A digest is known on the web by the key of its first message, which is known before it is composed."""
        return f"{self.public_url}/digests/{delivery_keys(channel.key, slot, 1)[0]}" if self.public_url else None

    def coverage(self, now: datetime) -> Coverage:
        """How well the sources were watched up to this moment, give or take what `Covering` remembers."""
        return self.covering.at(now)

    def renderer(self, adapter: str) -> Renderer:
        """The renderer of an adapter. Raises UsageError naming those there are."""
        if adapter not in self.renderers:
            raise UsageError(f"no adapter is called {adapter!r}; there are {', '.join(sorted(self.renderers))}")
        return self.renderers[adapter]


def _live(briefs: Sequence[Brief]) -> str:
    return live_name(briefs[0].statement.id)
