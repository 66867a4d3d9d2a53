"""Opens slots: selects a channel's new statements and freezes them as messages in the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.brief import Brief
from bot.domain.digest import Coverage, Digest
from bot.domain.reply import Payload
from bot.domain.source import Health, Source
from bot.domain.subscription import Channel, Filter, Style
from bot.domain.timing import Slot, missed_slot
from bot.errors import UsageError
from bot.ports import Ledger, Renderer, SourceStore, StatementStore
from bot.services.rewrite import Dress, undressed
from bot.services.wording import digest_reply

# A slot opened this long after it was due is one that was missed, not one that took a moment.
LATE_AFTER = timedelta(minutes=5)
GAP_COUNTS = timedelta(days=1)
PAGE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """Composes digests. `sources` are those being watched; `renderers` by adapter name; `dress` adds what is retold."""

    ledger: Ledger
    statements: StatementStore
    states: SourceStore
    sources: Sequence[Source]
    renderers: Mapping[str, Renderer]
    dress: Dress = undressed

    def open(self, channel: Channel, slot: Slot, *, now: datetime) -> bool:
        """Open a slot of a channel; False if it was open already. Raises UsageError for an unknown adapter."""
        late = now - slot.at > LATE_AFTER

        def compose(briefs: Sequence[Brief]) -> Sequence[Payload]:
            if not briefs and channel.style is Style.QUIET:
                return ()
            shown = tuple(self.dress(briefs, channel.language))
            digest = Digest(slot=slot.name, made_at=now, briefs=shown, coverage=self.coverage(now), late=late)
            return self.renderer(channel.adapter).render(digest_reply(digest))

        return self.ledger.open_slot(channel, slot.name, now=now, compose=compose) is not None

    def catch_up(self, channel: Channel, *, now: datetime) -> bool:
        """Open the last slot that passed while the service was down, once; False if none was missed."""
        last = self.ledger.last_slot_opened(channel.key)
        if last is None:
            return False  # a channel never served before starts at its next slot
        slot = missed_slot(channel.schedule, channel.zone, last, now)
        return slot is not None and self.open(channel, slot, now=now)

    def preview(self, filter: Filter, *, now: datetime) -> Digest:
        """A digest of all kept statements that pass a filter; nothing is recorded."""
        briefs: list[Brief] = []
        while page := self.statements.search("", filter, limit=PAGE, offset=len(briefs)).briefs:
            briefs += page
        return Digest(slot="preview", made_at=now, briefs=tuple(briefs), coverage=self.coverage(now))

    def coverage(self, now: datetime) -> Coverage:
        """How well the sources were watched up to this moment; a possible gap counts for a day."""
        states = self.states.states()
        known = [states[source.name] for source in self.sources if source.name in states]
        failing = tuple(state.name for state in known if state.health in {Health.FAILING, Health.DEAD})
        gaps = tuple(state.name for state in known if state.gap_at and now - state.gap_at < GAP_COUNTS)
        return Coverage(checked=len(known), failing=failing, gaps=gaps)

    def renderer(self, adapter: str) -> Renderer:
        """The renderer of an adapter. Raises UsageError naming those there are."""
        if adapter not in self.renderers:
            raise UsageError(f"no adapter is called {adapter!r}; there are {', '.join(sorted(self.renderers))}")
        return self.renderers[adapter]
