"""Several workers on one database: how many posts leave, what a worker more adds, who takes over, what rest costs."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.crewing import NAMES, RESTS, Rate, Rest, Taken, briefed, killed, posted, rests, with_crew
from benchmarks.ledgering import Costs, costs
from benchmarks.measure import full, ms, times
from benchmarks.report import Aim, Part, Table, at_least, at_most, none_of
from bot.infra.store import open_store
from tests.corpus.scoring import Gold
from tests.postgres import new_database, postgres_server

DISCORD_TAKES, SLACK_TAKES, SLACK_TAKES_A_CHANNEL = 50, 5, 1
DUE, SLACK_DUE = 1000, 100
LONG, LONG_PARTS = 4, 12
SLOW_CHANNELS, SLOW_PARTS, SLOW = 120, 2, 1.0
SOURCES, SLOW_SOURCE = 192, 3.0
CREWS = (1, 2, 3)
NOTE = (
    "Real `attache` processes on PostgreSQL where nothing else is said. Discord, Slack, sources, database, workers and "
    f"whatever else runs share this machine's {os.cpu_count()} cores, so more than {os.cpu_count()} workers cannot add "
    "anything where the processor is the limit. “Due at the same minute”: all is in the ledger before three workers "
    f"start; Discord takes {DISCORD_TAKES} requests a second of a bot and refuses the next; Slack refuses a second "
    "message within 0.9 s in a channel, and all workers together keep to five a second a workspace, our reading of "
    "its “several hundred a minute”; rates are from the first post to the last. `BENCH=full` has 1,000 channels on "
    f"Slack, too, else {SLACK_DUE}. “What a worker more adds”: on a Discord that answers after {SLOW:g} s, "
    f"{SLOW_CHANNELS} channels with {SLOW_PARTS} messages each, where a worker's 16 posts at once are the limit, until "
    f"Discord's is; {SOURCES} servers that answer after {SLOW_SOURCE:g} s, each with a feed of one statement, polled, "
    "read, briefed and kept, where a worker's 32 polls at once are the limit, until the processor is. “Taken over”: "
    "of three workers that which has Discord's gateway is killed (SIGKILL) while posts are due; apart means that the "
    "others learn it from beats alone, as on another machine. “At rest”: both platforms connected, nothing due."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All that was measured."""

    costs: Mapping[str, Costs]
    discord: Rate
    slack: Rate
    long: Rate
    posts: Sequence[float]
    briefs: Sequence[float]
    taken: Mapping[bool, Taken]
    rest: Mapping[str, Rest]


def measure(_: Mapping[str, list[Gold]]) -> Part:
    """All of it, on a server of its own."""
    with postgres_server() as server, TemporaryDirectory(prefix="bench") as folder:
        numbers = iter(range(1000))
        found = _found(lambda: new_database(server, f"bench{next(numbers)}", "template"), Path(folder))
    tables = (_minute(found), _throughput(found), _takeover(found), _rest(found), _costs(found))
    return Part(title="Workers", note=NOTE, aims=_aims(found), tables=tables)


def _found(fresh: Callable[[], str], folder: Path) -> Found:
    crew, slack_due = len(NAMES), DUE if full() else SLACK_DUE
    at_limit = {"most_a_second": DISCORD_TAKES}
    slow = {**at_limit, "answers_after": SLOW}
    return Found(
        rest=_rests(fresh, folder),
        discord=with_crew(fresh(), lambda at: posted(at, "discord", DUE, 1, crew), **at_limit),
        slack=with_crew(fresh(), lambda at: posted(at, "slack", slack_due, 1, crew)),
        long=with_crew(fresh(), lambda at: posted(at, "slack", LONG, LONG_PARTS, crew)),
        posts=[_slowly(fresh(), n, slow) for n in CREWS],
        briefs=[asyncio.run(briefed(fresh(), n, SOURCES, answers_after=SLOW_SOURCE)) for n in CREWS],
        taken={apart: _killed(fresh(), apart, at_limit) for apart in (False, True)},
        costs=costs(folder, fresh()),
    )


def _slowly(url: str, workers: int, discord: Mapping[str, float]) -> float:
    return with_crew(url, lambda at: posted(at, "discord", SLOW_CHANNELS, SLOW_PARTS, workers), **discord).a_second


def _killed(url: str, apart: bool, discord: Mapping[str, float]) -> Taken:
    return with_crew(url, lambda at: killed(at, apart=apart), **discord)


def _rests(fresh: Callable[[], str], folder: Path) -> Mapping[str, Rest]:
    urls = {}
    for command in ("run", "worker"):
        urls[command, "SQLite"] = f"sqlite:///{folder / command}.db"
        urls[command, "PostgreSQL"] = fresh()
    for url in urls.values():
        open_store(url).close()  # migrations of several databases at once, in threads of one process, would mix
    return rests(urls)


def _aims(found: Found) -> tuple[Aim, ...]:
    longest = max(max(one.gateway, one.posts) for one in found.taken.values())
    rates = (found.discord, found.slack, found.long)
    wrong = sum(rate.disordered for rate in rates) + sum(one.wrong for one in found.taken.values())
    more = {"posts": found.posts, "briefs": found.briefs}
    return (
        at_least("Workers: Discord posts, share of the rate allowed", found.discord.a_second / DISCORD_TAKES, 0.9),
        at_least("Workers: Slack posts, share of the rate allowed", found.slack.a_second / SLACK_TAKES, 0.9),
        at_least(
            "Workers: Slack, slowest channel's share of its rate", found.long.slowest / SLACK_TAKES_A_CHANNEL, 0.9
        ),
        *(at_least(f"Workers: {what}, two ÷ one", some[1] / some[0], 1.2) for what, some in more.items()),
        *(at_least(f"Workers: {what}, three ÷ two", some[2] / some[1], 1.1) for what, some in more.items()),
        at_most("Workers: one of three killed, taken over after", longest, 30.0, "s"),
        none_of("Workers: channels with a message lost, twice or out of order", wrong),
        at_most("Workers: CPU at rest, at most", 100 * max(one.cpu for one in found.rest.values()), 2.0, "%"),
        at_most("Workers: memory at rest, at most", max(one.memory for one in found.rest.values()), 120.0, "MB"),
    )


def _minute(found: Found) -> Table:
    columns = ("on", "share of the rate allowed", "posts a second", "refused as too many", "channels out of order")
    slack_due = DUE if full() else SLACK_DUE
    measured = (
        (f"Discord, {DUE:,} channels", found.discord, found.discord.a_second / DISCORD_TAKES),
        (f"Slack, {slack_due:,} channels", found.slack, found.slack.a_second / SLACK_TAKES),
        (f"Slack, {LONG} channels with {LONG_PARTS} messages", found.long, found.long.slowest / SLACK_TAKES_A_CHANNEL),
    )
    rows = tuple(
        (name, f"{share:.2f}", f"{rate.a_second:.1f}", str(rate.refused), str(rate.disordered))
        for name, rate, share in measured
    )
    return Table(title="Due at the same minute, three workers", columns=columns, rows=rows)


def _throughput(found: Found) -> Table:
    columns = ("workers", "posts ÷ one", "posts a second", "briefs ÷ one", "briefs a second")
    rows = tuple(
        (str(n), times(posts / found.posts[0]), f"{posts:.1f}", times(briefs / found.briefs[0]), f"{briefs:.1f}")
        for n, posts, briefs in zip(CREWS, found.posts, found.briefs, strict=True)
    )
    return Table(title="What a worker more adds", columns=columns, rows=rows)


def _takeover(found: Found) -> Table:
    columns = ("three workers", "gateway after s", "posts of its channels after s", "channels wrong")
    rows = tuple(
        ("apart" if apart else "on one machine", f"{one.gateway:.1f}", f"{one.posts:.1f}", str(one.wrong))
        for apart, one in found.taken.items()
    )
    return Table(title="Taken over after SIGKILL", columns=columns, rows=rows)


def _rest(found: Found) -> Table:
    columns = ("", "share of a core", "MB resident")
    rows = tuple((name, f"{one.cpu:.2%}", f"{one.memory:.0f}") for name, one in found.rest.items())
    return Table(title=f"At rest, over {RESTS:g} s", columns=columns, rows=rows)


def _costs(found: Found) -> Table:
    columns = ("", "a second", "CPU ms each", "leases claimed and given back a second", "adds s of import", "adds MB")
    rows = tuple(
        (
            name,
            f"{one.deliveries:,.0f}",
            ms(one.cpu),
            "–" if one.claims is None else f"{one.claims:,.0f}",
            f"{one.imported:.1f}",
            f"{one.memory:.0f}",
        )
        for name, one in found.costs.items()
    )
    title = "What a delivery costs, one process, a platform that answers at once"
    return Table(title=title, columns=columns, rows=rows)
