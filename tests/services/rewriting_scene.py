"""A stage for tests of the language model: a store, channels, and a model behind a real socket."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import text as sql

from adapters.console.render import plain
from bot.domain.brief import Brief
from bot.domain.identity import identify
from bot.domain.reply import Reply
from bot.domain.rewriting import Draft
from bot.domain.subscription import Channel
from bot.domain.timing import Slot
from bot.infra.store import Store
from bot.plugins import renderers
from bot.services.covering import Covering
from bot.services.digests import Digests
from bot.services.rewrite import Rewriter, dresser
from bot.services.why import explain
from bot.services.wording import whole
from tests.fakes import OpenSandbox, SetClock
from tests.grounding.samples import brief_of, good_draft, short_draft, told
from tests.model_server import COMPLETIONS, answer, completion, connect_to
from tests.samples import NOW, channel
from tests.servers import Answer, HttpServer


@dataclass
class Scene:
    """A store with one statement kept, a model behind a socket, and channels to tell."""

    store: Store
    server: HttpServer
    brief: Brief
    rewriter: Rewriter
    channels: tuple[Channel, ...]

    async def tell(self, *answers: Answer) -> None:
        """Have the statement retold, the model answering so."""
        self.server.route(COMPLETIONS, *answers)
        self.rewriter.start(self.brief)
        await self.rewriter.settle()

    def digest(self, number: int = 0) -> str:
        """What a channel is posted, as text."""
        digests = Digests(
            ledger=self.store.ledger,
            slots=self.store.slots,
            statements=self.store.statements,
            covering=Covering(states=self.store.sources, sources=()),
            renderers=renderers(),
            dress=self.dress,
        )
        chosen = self.channels[number]
        assert digests.open(chosen, Slot(NOW, "slot"), now=NOW)
        return "\n".join(plain(row.payload) for row in self.store.ledger.unsettled(chosen.key))

    def dressed(self, language: str = "en") -> Brief:
        (brief,) = self.dress([self.brief], language)
        return brief

    def dress(self, briefs: Sequence[Brief], language: str) -> Sequence[Brief]:
        return dresser(self.store.rewritings, self.rewriter.model.name)(briefs, language)

    def everything(self) -> str:
        """Every row of the store, every reply and brief there is, as text."""
        with self.store.database.read() as connection:
            if self.store.database.is_sqlite:
                names = connection.execute(sql("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
            else:
                names = (
                    connection.execute(sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
                    .scalars()
                    .all()
                )
            rows = [str(connection.execute(sql(f'SELECT * FROM "{name}"')).all()) for name in names]
        told_of = [self.dressed(language) for language in {one.language for one in self.channels}]
        replies = [json.dumps(whole(brief).as_json(), ensure_ascii=False) for brief in told_of]
        briefs = [json.dumps(brief.as_json(), ensure_ascii=False) for brief in told_of]
        return "\n".join([*rows, *replies, *briefs, json.dumps(self.why().as_json(), ensure_ascii=False)])

    def why(self) -> Reply:
        store = self.store
        key = self.brief.statement.id
        return explain(store.sources, store.statements, store.ledger, key, rewritings=store.rewritings)


def scene(
    store: Store,
    server: HttpServer,
    *languages: str,
    of: str = "en",
    timeout: float = 20.0,
    brief: Brief | None = None,
) -> Scene:
    sample = brief or brief_of(of)
    kept = store.statements.keep(sample, identify(sample.statement), source="s", now=NOW)
    sample = replace(sample, statement=replace(sample.statement, id=kept.id))
    channels = tuple(
        channel(destination=f"room-{number}", language=language) for number, language in enumerate(languages or ("en",))
    )
    rewriter = Rewriter(
        model=connect_to(server, timeout=timeout),
        kept=store.rewritings,
        sandbox=OpenSandbox(),
        clock=SetClock(NOW),
        channels=lambda: channels,
        timeout=timeout,
    )
    return Scene(store=store, server=server, brief=sample, rewriter=rewriter, channels=channels)


def good(brief: Brief, *languages: str) -> Answer:
    """What a careful model answers about the sample, or the short one."""
    careful = short_draft if len(brief.points) == 2 else good_draft
    return completion(answer({language: careful(brief, language) for language in languages}))


def spoiled(brief: Brief, language: str, texts: Sequence[str], lead: Sequence[str] = ()) -> Answer:
    """An answer of these sentences about the first points, and a lead of others."""
    points = {number: told(brief, number, one) for number, one in enumerate(texts, 1)}
    return completion(answer({language: Draft(points=points, lead=tuple(told(brief, 1, one) for one in lead))}))
