"""From a command line to a reply, the same for every platform and the terminal."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.asker import Asker
from bot.domain.calls import Call, chart_of, parse, to_filter, topic_of
from bot.domain.chart import ChartName
from bot.domain.commands import COMMANDS, FILTERS, Command
from bot.domain.delivery import State
from bot.domain.reply import Reply, Section, Table
from bot.domain.source import Source
from bot.domain.subscription import Filter
from bot.errors import DeniedError, UsageError
from bot.ports import (
    Clock,
    ClusterStore,
    Fetcher,
    Ledger,
    MarkStore,
    RewritingStore,
    Sandbox,
    SourceStore,
    StatementStore,
)
from bot.services import lookup
from bot.services.comparing import compare
from bot.services.crew import in_short
from bot.services.digests import Digests
from bot.services.documents import brief_fetched
from bot.services.gallery import Charts
from bot.services.marking import take
from bot.services.naming import find_code
from bot.services.subscribing import Subscribing
from bot.services.why import explain
from bot.services.wording import digest_reply, whole

log = logging.getLogger(__name__)
PAGED = frozenset({"latest", "search"})
COUNTED = {State.SENDING: "being sent", State.SENT: "sent"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatcher:
    """Answers command lines.

    `problems` is what is not well with each adapter, as it was last seen; `rewritings` are there where a language model
    is set up; `public_url` is the web pages' address, if people can reach them.
    """

    statements: StatementStore
    marks: MarkStore
    states: SourceStore
    ledger: Ledger
    digests: Digests
    sources: Sequence[Source]
    fetcher: Fetcher
    sandbox: Sandbox
    clock: Clock
    subscribing: Subscribing
    charts: Charts
    problems: Mapping[str, Sequence[str]]
    rewritings: RewritingStore | None = None
    public_url: str | None = None
    cluster: ClusterStore | None = None

    async def carry_out(self, line: str, asker: Asker) -> Reply:
        """The reply to a command line. Raises as `call` does."""
        return await self.call(parse(line), asker)

    async def call(self, call: Call, asker: Asker, *, page: int = 1) -> Reply:
        """The reply to a call, of several pages the one asked for.

        Raises UsageError, NotFoundError, DeniedError, FetchError, UnreadableError; AttacheError if the store fails.
        """
        if call.command.manages and not asker.may_manage:
            raise DeniedError(f"{call.command.name} is for those who may manage this channel; ask one of them")
        if page > 1 and call.command.name in PAGED:
            return await self._page(call, page)
        return await self._handlers(asker)[call.command.name](call)

    def _handlers(self, asker: Asker) -> Mapping[str, Callable[[Call], Awaitable[Reply]]]:
        return {
            "latest": self._page,
            "search": self._page,
            "show": self._show,
            "positions": self._positions,
            "compare": self._compare,
            "new": self._new,
            "chart": self._chart,
            "digest": self._digest,
            "read": self._read,
            "subscribe": lambda call: asyncio.to_thread(self.subscribing.subscribe, call, asker),
            "unsubscribe": lambda call: asyncio.to_thread(self.subscribing.unsubscribe, call, asker),
            "subscriptions": lambda _: asyncio.to_thread(self.subscribing.listing, asker),
            "pause": lambda _: asyncio.to_thread(self.subscribing.pause, asker),
            "resume": lambda _: asyncio.to_thread(self.subscribing.resume, asker),
            "sources": self._sources,
            "why": self._why,
            "mark": lambda call: self._mark(call, asker),
            "status": self._status,
            "help": self._help,
        }

    async def _page(self, call: Call, page: int = 1) -> Reply:
        if call.command.name == "latest":
            return await asyncio.to_thread(lookup.latest, self.statements, _filter(call), page)
        return await asyncio.to_thread(lookup.search, self.statements, call.words, _filter(call), page)

    async def _show(self, call: Call) -> Reply:
        return await asyncio.to_thread(lookup.show, self.statements, self.marks, call.words, self.public_url)

    async def _mark(self, call: Call, asker: Asker) -> Reply:
        now = self.clock.now()
        return await asyncio.to_thread(take, self.statements, self.marks, call, asker.key, now=now)

    async def _positions(self, call: Call) -> Reply:
        return await asyncio.to_thread(lookup.positions, self.statements, topic_of(call.words), _filter(call))

    async def _compare(self, call: Call) -> Reply:
        one, other = _two_states(call.words)
        return await asyncio.to_thread(compare, self.statements, one, other, _filter(call))

    async def _chart(self, call: Call) -> Reply:
        name, _, states = call.words.partition(" ")
        chart, filter = chart_of(name) if name else ChartName.POSITIONS, _filter(call)
        if states and chart is not ChartName.COMPARE:
            raise UsageError(f"chart {name} takes filters, not {states!r}: chart {name} country:CHN topic:norms")
        if states:
            filter = replace(filter, countries=frozenset(_two_states(states)))
        return await self.charts.reply(chart, filter, call.options)

    async def _new(self, call: Call) -> Reply:
        return await asyncio.to_thread(lookup.new, self.statements, _state(call.words))

    async def _digest(self, call: Call) -> Reply:
        digest = await asyncio.to_thread(self.digests.preview, _filter(call), now=self.clock.now())
        return digest_reply(digest)

    async def _read(self, call: Call) -> Reply:
        got = await self.fetcher.get(call.words)
        return whole(await brief_fetched(self.sandbox, got, record_id=call.words, url=got.url))

    async def _why(self, call: Call) -> Reply:
        return await asyncio.to_thread(
            explain, self.states, self.statements, self.ledger, call.words, rewritings=self.rewritings
        )

    async def _sources(self, call: Call) -> Reply:  # noqa: ARG002 - one shape for all handlers
        states = await asyncio.to_thread(self.states.states)
        rows = []
        for source in self.sources:
            state = states.get(source.name)
            last = f"{state.last_success:%Y-%m-%d %H:%M}" if state and state.last_success else "never"
            rows.append((source.name, state.health if state else "new", last, (state and state.problem) or ""))
        table = Table(columns=("source", "health", "last read (UTC)", "problem"), rows=tuple(rows))
        return Reply(heading=f"{len(rows)} sources", sections=(Section(heading="", table=table),))

    async def _status(self, call: Call) -> Reply:  # noqa: ARG002 - one shape for all handlers
        return await asyncio.to_thread(self._fares)

    def _fares(self) -> Reply:
        waiting, counts = self.ledger.unsettled(), self.ledger.standing()
        dead = [row for row in self.ledger.history(limit=200) if row.state is State.DEAD]
        rows = (
            ("statements kept", str(self.statements.count())),
            ("sources", str(self.digests.coverage(self.clock.now()))),
            ("messages waiting", str(len(waiting))),
            *((f"messages {name}", str(counts.get(state, 0))) for state, name in COUNTED.items()),
            ("messages that could not be posted", str(len(dead))),
            *zip(("workers", "leases"), in_short(self.cluster, hosts=False) if self.cluster else (), strict=False),
        )
        adapters = [(name, line) for name, lines in sorted(self.problems.items()) for line in lines or ("well",)]
        held = [(known.channel.key, known.standing) for known in self.subscribing.channels.known() if known.hold]
        stuck = [(row.channel, row.reason) for row in (*waiting, *dead) if row.reason]
        # A channel's messages often wait for one reason: it is told once.
        told = tuple(dict.fromkeys((*adapters, *held, *stuck)))
        return Reply(heading="Status", sections=(Section(heading="", table=Table(columns=("", ""), rows=rows + told)),))

    async def _help(self, call: Call) -> Reply:
        wanted = [command for command in COMMANDS if command.name == call.words] if call.words else list(COMMANDS)
        if not wanted:
            raise UsageError(f"no command is called {call.words!r}; help lists them")
        rows = tuple((_usage(command), command.about) for command in wanted)
        options = tuple((f"{o.name}:", o.about) for o in (wanted[0].every if call.words else FILTERS))
        sections = [Section(heading="", table=Table(columns=("command", "what it does"), rows=rows))]
        if options:
            title = "Options" if call.words else "Filters"
            sections.append(Section(heading=title, table=Table(columns=("option", "means"), rows=options)))
        return Reply(heading="Commands", sections=tuple(sections))


def _usage(command: Command) -> str:
    words = "".join(f" <{option.name}>" if option.needed else f" [{option.name}]" for option in command.words)
    filters = " [filters]" if set(FILTERS) & set(command.options) else ""
    return f"{command.name}{words}{filters}"


def _filter(call: Call) -> Filter:
    return to_filter(call.options, find_code)


def _state(words: str) -> str:
    code = find_code(words)
    if code is None:
        raise UsageError(f"{words!r} is no state; write its name or three-letter code, such as CHN")
    return code


def _two_states(words: str) -> tuple[str, str]:
    """Two states written one after the other: any split at a space that leaves a state on either side."""
    named = [find_code(part) for part in words.split(",")]
    if len(named) == 2 and named[0] and named[1]:
        return named[0], named[1]
    parts = words.replace(",", " ").split()
    for cut in range(1, len(parts)):
        one, other = find_code(" ".join(parts[:cut])), find_code(" ".join(parts[cut:]))
        if one and other:
            return one, other
    raise UsageError("compare needs two states, by name or code: compare CHN EST")
