"""From a source to a digest."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bot import plugins
from bot.config.settings import Model
from bot.errors import AttacheError
from bot.ports import RewritingStore, Summarizer
from bot.wiring.ground import Ground

if TYPE_CHECKING:
    from bot.services.channels import Channels
    from bot.services.corrections import Corrections
    from bot.services.covering import Covering
    from bot.services.digests import Digests
    from bot.services.gallery import Charts
    from bot.services.poll import Polling
    from bot.services.revisit import Revisiting
    from bot.services.rewrite import Rewriter


class Editing(Ground):
    """Reading, briefing, composing, correcting."""

    @cached_property
    def channels(self) -> Channels:
        from bot.services.channels import Channels

        return Channels(configured=self.settings.channels, store=self.store.subscriptions)

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
    def revisiting(self) -> Revisiting:
        from bot.services.revisit import Revisiting

        return Revisiting(pages=self.store.pages, polling=self.polling, sources=self.settings.sources, clock=self.clock)

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
    def covering(self) -> Covering:
        from bot.services.covering import Covering

        return Covering(states=self.store.sources, sources=self.settings.sources)

    @cached_property
    def digests(self) -> Digests:
        from bot.services.digests import Digests
        from bot.services.rewrite import dresser, undressed

        model = self.settings.model
        return Digests(
            ledger=self.store.ledger,
            slots=self.store.slots,
            statements=self.store.statements,
            covering=self.covering,
            renderers=plugins.renderers(),
            dress=dresser(self.store.rewritings, model.name) if model else undressed,
            public_url=self.settings.web.public_url if self.settings.web.enabled else None,
        )

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
    def charts(self) -> Charts:
        from bot.infra.charts import SandboxArtist
        from bot.services.gallery import Charts

        return Charts(statements=self.store.statements, index=self.store.overview, artist=SandboxArtist(self.sandbox))


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
