"""Every channel there is, set up in the settings or subscribed from chat, and whether it is served."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.subscription import Channel, Hold, Subscription
from bot.ports import SubscriptionStore

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One channel; `subscription` is what made it where that was done from chat, `hold` what keeps it unserved."""

    channel: Channel
    subscription: Subscription | None = None
    hold: Hold | None = None

    @property
    def standing(self) -> str:
        """How it stands, in a few words."""
        if self.hold is None:
            return "served"
        return f"{self.hold.standing} since {self.hold.since:%Y-%m-%d %H:%M} UTC: {self.hold.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """The channels. `configured` are those of the settings: a subscription of the same channel yields to them."""

    configured: Sequence[Channel]
    store: SubscriptionStore

    def known(self) -> list[Known]:
        """Every channel, the configured ones first."""
        holds, own = self.store.holds(), {channel.key for channel in self.configured}
        made = [each for each in self.store.subscriptions() if each.channel.key not in own]
        return [
            *(Known(channel=channel, hold=holds.get(channel.key)) for channel in self.configured),
            *(Known(channel=s.channel, subscription=s, hold=holds.get(s.channel.key)) for s in made),
        ]

    def served(self) -> list[Channel]:
        """The channels that get their digests now."""
        return [known.channel for known in self.known() if known.hold is None]

    def of(self, key: str) -> list[Known]:
        """What the place of that key is told, the one without a name first; none where it is told nothing."""
        return sorted((k for k in self.known() if k.channel.key == key), key=lambda known: known.channel.name)
