"""The whole, and the service in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

from bot.errors import UsageError
from bot.ports import ChatAdapter
from bot.wiring.web import Web

if TYPE_CHECKING:
    from bot.services.deliver import Deliverer
    from bot.services.watch import Watch


class House(Web):
    """All of Attaché for one set of settings. Imports wait until a part is asked for: `--help` needs none of them."""

    def deliverer(
        self, adapters: Mapping[str, ChatAdapter], silent: Callable[[], Collection[str]] = tuple
    ) -> Deliverer:
        """A deliverer that posts with these adapters, by name; they may come and go. `silent` are not posted to."""
        from bot.services.deliver import Deliverer

        return Deliverer(
            ledger=self.store.ledger,
            subscriptions=self.store.subscriptions,
            adapters=adapters,
            clock=self.clock,
            workers=self.workers,
            silent=silent,
        )

    def watch(self) -> Watch:
        """The service. Raises UsageError if there is nothing for it to do."""
        from bot.services.connections import Connections
        from bot.services.platforms import Platforms
        from bot.services.retention import Retention
        from bot.services.schedules import Schedules
        from bot.services.watch import Watch

        adapters = {name: self.adapter(name) for name in self.platforms()}
        if not adapters:
            raise UsageError(
                "no [[channels]] and no [adapters.<name>] are set up, so nothing would be posted; "
                "`attache config init` shows how"
            )
        deliverer = self.deliverer(self.running, lambda: schedules.silent)
        schedules = Schedules(
            digests=self.digests,
            channels=self.channels,
            timer=self.timer,
            clock=self.clock,
            opened=deliverer.post,
        )
        return Watch(
            workers=self.workers,
            connections=Connections(running=self.running, problems=self.problems, workers=self.workers),
            polling=self.polling,
            revisiting=self.revisiting,
            retention=Retention(store=self.store.retention, clock=self.clock, after=self.settings.retention),
            schedules=schedules,
            corrections=self.corrections,
            deliverer=deliverer,
            platforms=Platforms(adapters=adapters, running=self.running, problems=self.problems),
            timer=self.timer,
            clock=self.clock,
            sources=self.settings.sources,
            rewriter=self.rewriter,
        )

    def platforms(self) -> list[str]:
        """The names of the adapters that are needed: those with settings, and those of every channel."""
        known = {known.channel.adapter for known in self.channels.known()}
        return sorted(known | set(self.settings.adapters))

    async def close(self) -> None:
        """Close what was made."""
        made = self.__dict__
        if "workers" in made:
            await self.workers.stop()
        if made.get("rewriter"):
            await made["rewriter"].stop()
        if "sandbox" in made:
            await self.sandbox.close()
        if "fetcher" in made:
            await self.fetcher.close()
        if "store" in made:
            self.store.close()
