"""What visitors and the operator see."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bot import plugins
from bot.wiring.chat import Chat

if TYPE_CHECKING:
    from bot.infra.web.server import WebServer
    from bot.infra.web.site import Site
    from bot.services.operations import Operations


class Web(Chat):
    """The web pages."""

    @cached_property
    def operations(self) -> Operations:
        """What the operator's page tells."""
        from bot.services.operations import Operations

        return Operations(
            statements=self.store.statements,
            covering=self.covering,
            ledger=self.store.ledger,
            channels=self.channels,
            problems=self.problems,
            workers=self.store.cluster.workers,
            clock=self.clock,
        )

    @cached_property
    def site(self) -> Site:
        """What the web pages are made with."""
        from bot.infra.web.site import Site
        from bot.services.library import Archive, Retold
        from bot.services.newsroom import Feeds
        from bot.services.postings import Bulletins
        from bot.services.readiness import Ready

        model = self.settings.model
        return Site(
            library=Archive(
                statements=self.store.statements,
                marks=self.store.marks,
                retold=Retold(kept=self.store.rewritings, model=model.name) if model else None,
            ),
            postings=Bulletins(
                ledger=self.store.ledger,
                statements=self.store.statements,
                digests=self.digests,
                clock=self.clock,
            ),
            renderers=plugins.renderers(),
            readiness=Ready(
                ping=self.store.ping,
                needed=lambda: self._adapters,
                running=self.running,
                problems=self.problems,
                keeping_time=lambda: self.timer.running,
            ),
            gallery=self.charts,
            newsroom=Feeds(index=self.store.overview, public_url=self.settings.web.address),
            operator=self.operations,
            counts=self.tally,
            clock=self.clock,
            public_url=self.settings.web.public_url,
            token=self.settings.web.token,
            doors=self.doors,
        )

    @cached_property
    def web(self) -> WebServer | None:
        """The web pages' server, None where they are switched off."""
        if not self.settings.web.enabled:
            return None
        from bot.infra.web.app import application
        from bot.infra.web.server import WebServer

        return WebServer(lambda: application(self.site), host=self.settings.web.host, port=self.settings.web.port)
