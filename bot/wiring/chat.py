"""From a question to its answer."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bot import plugins
from bot.ports import ChatAdapter, Desk
from bot.wiring.editing import Editing

if TYPE_CHECKING:
    from bot.infra.web.entrance import Doors
    from bot.services.dispatch import Dispatcher
    from bot.services.subscribing import Subscribing


class Chat(Editing):
    """The desk, what it asks, and the adapters that take questions to it."""

    @cached_property
    def subscribing(self) -> Subscribing:
        from bot.services.subscribing import Subscribing

        return Subscribing(
            channels=self.channels,
            ledger=self.store.ledger,
            adapters=plugins.installed(),
            clock=self.clock,
            zone=self.settings.zone,
        )

    @cached_property
    def dispatcher(self) -> Dispatcher:
        from bot.services.dispatch import Dispatcher

        return Dispatcher(
            statements=self.store.statements,
            marks=self.store.marks,
            states=self.store.sources,
            ledger=self.store.ledger,
            digests=self.digests,
            sources=self.settings.sources,
            fetcher=self.fetcher,
            sandbox=self.sandbox,
            clock=self.clock,
            subscribing=self.subscribing,
            charts=self.charts,
            problems=self.problems,
            rewritings=self.store.rewritings if self.settings.model else None,
            public_url=self.settings.web.public_url if self.settings.web.enabled else None,
            cluster=self.store.cluster,
        )

    def adapter(self, name: str) -> ChatAdapter:
        """The adapter of that name, made with its own settings. Raises UsageError, AttacheError or SettingsError."""
        if name not in self._adapters:
            self._adapters[name] = plugins.adapter(name, self.settings.adapters.get(name, {}), self.desk(name))
        return self._adapters[name]

    def desk(self, platform: str) -> Desk:
        """Where an adapter takes what people ask; made without opening the store, which not every adapter needs."""
        from bot.infra.store.chat import SqlInstallations
        from bot.services.desk import FrontDesk
        from bot.services.pacing import Pacing

        return FrontDesk(
            dispatcher=lambda: self.dispatcher,
            actions=lambda: self.store.actions,
            installations=SqlInstallations(lambda: self.store.database, platform),
            paces=Pacing(lambda: self.store.paces, platform),
            entrance=self.doors.of(platform),
            clock=self.clock,
            tally=self.tally,
        )

    @cached_property
    def doors(self) -> Doors:
        """The adapters' own paths on the web server."""
        from bot.infra.web.entrance import Doors

        return Doors(address=self.settings.web.public_url, there=self.settings.web.enabled)
