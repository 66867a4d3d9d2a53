"""The only place where things are built: every part is made once, when it is first needed, and closed at the end."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from bot import __version__, plugins
from bot.config import Settings
from bot.config.settings import Model
from bot.errors import AttacheError, UsageError
from bot.infra.clock import SystemClock
from bot.ports import ChatAdapter, Clock, Desk, RewritingStore, Summarizer

if TYPE_CHECKING:
    from bot.infra.fetch import HttpFetcher
    from bot.infra.sandbox import ProcessSandbox
    from bot.infra.schedule import Timer
    from bot.infra.store import Store
    from bot.infra.web.entrance import Doors
    from bot.infra.web.server import WebServer
    from bot.infra.web.site import Site
    from bot.services.channels import Channels
    from bot.services.corrections import Corrections
    from bot.services.deliver import Deliverer
    from bot.services.digests import Digests
    from bot.services.dispatch import Dispatcher
    from bot.services.gallery import Charts
    from bot.services.membership import Membership
    from bot.services.poll import Polling
    from bot.services.revisit import Revisiting
    from bot.services.rewrite import Rewriter
    from bot.services.subscribing import Subscribing
    from bot.services.tally import Tally
    from bot.services.watch import Watch

PROJECT = "https://github.com/cyber-attache/attache"


class House:
    """All of Attaché for one set of settings. Imports wait until a part is asked for: `--help` needs none of them.

    `role` is what this process was started as, for whoever looks at the workers.
    """

    def __init__(self, settings: Settings, *, role: str = "by hand") -> None:
        self.settings, self.role = settings, role
        self.clock: Clock = SystemClock()
        self.problems: dict[str, Sequence[str]] = {}
        self.running: dict[str, ChatAdapter] = {}
        self._adapters: dict[str, ChatAdapter] = {}

    @cached_property
    def store(self) -> Store:
        from bot.infra.store import open_store

        return open_store(self.settings.database)

    @cached_property
    def fetcher(self) -> HttpFetcher:
        from bot.infra.fetch import HttpFetcher

        contact = self.settings.contact or PROJECT
        return HttpFetcher(user_agent=f"Attache/{__version__} (+{contact})")

    @cached_property
    def sandbox(self) -> ProcessSandbox:
        from bot.infra.sandbox import ProcessSandbox

        return ProcessSandbox(workers=max(2, min(8, os.cpu_count() or 2)))

    @cached_property
    def polling(self) -> Polling:
        from bot.infra.feeds import parse_feed
        from bot.infra.folder import list_folder, read_file
        from bot.services.others import Others
        from bot.services.poll import Polling
        from bot.services.windows import Windows

        return Polling(
            windows=Windows(self.fetcher, self.sandbox, parse_feed=parse_feed, folder=list_folder),
            fetcher=self.fetcher,
            sandbox=self.sandbox,
            statements=self.store.statements,
            others=Others(statements=self.store.statements, clock=self.clock),
            pages=self.store.pages,
            sources=self.store.sources,
            clock=self.clock,
            read_file=read_file,
            rewriter=self.rewriter,
            tally=self.tally,
        )

    @cached_property
    def tally(self) -> Tally:
        """What this process does, counted."""
        from bot.services.tally import Tally

        return Tally()

    @cached_property
    def rewriter(self) -> Rewriter | None:
        """The language model at work, None unless one is set up. Raises SettingsError or AttacheError."""
        return self.rewriting(self.settings.model, self.store.rewritings) if self.settings.model else None

    def rewriting(self, model: Model, kept: RewritingStore) -> Rewriter:
        """A model at work that remembers in `kept`. Raises SettingsError or AttacheError if there is no such model."""
        from bot.services.rewrite import Rewriter

        return Rewriter(
            model=_summarizer(model),
            kept=kept,
            sandbox=self.sandbox,
            clock=self.clock,
            channels=lambda: self.channels.served(),
            timeout=model.timeout.total_seconds(),
        )

    @cached_property
    def digests(self) -> Digests:
        from bot.services.digests import Digests
        from bot.services.rewrite import dresser, undressed

        model = self.settings.model
        return Digests(
            ledger=self.store.ledger,
            slots=self.store.slots,
            statements=self.store.statements,
            states=self.store.sources,
            sources=self.settings.sources,
            renderers=plugins.renderers(),
            dress=dresser(self.store.rewritings, model.name) if model else undressed,
            public_url=self.settings.web.public_url if self.settings.web.enabled else None,
        )

    @cached_property
    def revisiting(self) -> Revisiting:
        from bot.services.revisit import Revisiting

        return Revisiting(pages=self.store.pages, polling=self.polling, sources=self.settings.sources, clock=self.clock)

    @cached_property
    def corrections(self) -> Corrections:
        from bot.services.corrections import Corrections

        return Corrections(
            ledger=self.store.corrections,
            statements=self.store.statements,
            sandbox=self.sandbox,
            renderers=plugins.renderers(),
            clock=self.clock,
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

    @cached_property
    def charts(self) -> Charts:
        from bot.infra.charts import SandboxArtist
        from bot.services.gallery import Charts

        return Charts(statements=self.store.statements, index=self.store.overview, artist=SandboxArtist(self.sandbox))

    @cached_property
    def channels(self) -> Channels:
        from bot.services.channels import Channels

        return Channels(configured=self.settings.channels, store=self.store.subscriptions)

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

    @cached_property
    def site(self) -> Site:
        """What the web pages are made with."""
        from bot.infra.web.site import Site
        from bot.services.library import Archive, Retold
        from bot.services.newsroom import Feeds
        from bot.services.operations import Operations
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
            operator=Operations(
                statements=self.store.statements,
                states=self.store.sources,
                ledger=self.store.ledger,
                channels=self.channels,
                sources=self.settings.sources,
                problems=self.problems,
                workers=self.store.cluster.workers,
                clock=self.clock,
            ),
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

    @cached_property
    def timer(self) -> Timer:
        from bot.infra.schedule import Timer

        return Timer(self.clock)

    @cached_property
    def workers(self) -> Membership:
        """This process among those on the same database; whoever does anything under a lease starts it first."""
        from bot.infra.clock import stopwatch
        from bot.infra.marks import FileMarks
        from bot.services.membership import Membership

        return Membership(
            self.store.cluster,
            role=self.role,
            host=socket.gethostname(),
            version=__version__,
            clock=self.clock,
            stopwatch=stopwatch,
            marks=FileMarks(),
            lease=self.settings.lease.total_seconds(),
        )

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


def _summarizer(model: Model) -> Summarizer:
    try:
        from bot.infra.model import connect
    except ImportError as error:
        raise AttacheError(
            f"[model] needs a package that is not installed ({error.name}): run `make model`, or "
            "pip install 'cyber-attache[model]'"
        ) from error
    return connect(
        model.name,
        base_url=model.base_url,
        api_key=model.api_key,
        timeout=model.timeout.total_seconds(),
    )
