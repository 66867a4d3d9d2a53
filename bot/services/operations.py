"""How the service fares, for whoever runs it: sources, channels, messages, workers, and why anything failed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.delivery import State
from bot.domain.timing import next_slot
from bot.domain.worker import Worker
from bot.ports import Clock, Ledger, StatementStore
from bot.services.channels import Channels, Known
from bot.services.covering import Covering
from bot.site import ChannelLine, Overview, SourceLine

# So many of the latest messages are looked through for those that were given up.
LATEST = 200
SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Operations:
    """The port Operator. `workers` says which processes share the database, `problems` what is wrong with adapters."""

    statements: StatementStore
    covering: Covering
    ledger: Ledger
    channels: Channels
    problems: Mapping[str, Sequence[str]]
    workers: Callable[[], Sequence[Worker]]
    clock: Clock

    def overview(self) -> Overview:
        now = self.clock.now()
        states = self.covering.states.states()
        waiting = [row for row in self.ledger.unsettled() if row.reason]
        dead = [row for row in self.ledger.history(limit=LATEST) if row.state is State.DEAD]
        return Overview(
            at=now,
            statements=self.statements.count(),
            sources=tuple(SourceLine(source=source, state=states.get(source.name)) for source in self.covering.sources),
            channels=tuple(self._channel(known, now) for known in self.channels.known()),
            deliveries=self.ledger.standing(),
            stuck=(*waiting[:SHOWN], *dead[:SHOWN]),
            adapters={name: tuple(lines) for name, lines in sorted(self.problems.items())},
            workers=tuple(self.workers()),
        )

    def numbers(self) -> Mapping[str, Mapping[str, int]]:
        return {
            "statements": {"kept": self.statements.count()},
            "deliveries": dict(self.ledger.standing().items()),
            "sources": dict(self.covering.healths(self.clock.now()).items()),
            "workers": {"alive": len(self.workers())},
        }

    def _channel(self, known: Known, now: datetime) -> ChannelLine:
        channel = known.channel
        coming = None if known.hold else next_slot(channel.schedule, channel.zone, now)
        last = self.ledger.history(channel=channel.key, limit=1)
        return ChannelLine(
            channel=channel,
            standing=known.standing,
            coming=channel.quiet.until(coming.at, channel.zone) if coming else None,
            last=last[0] if last else None,
        )
