"""Look-ups in an archive of synthetic statements on either database: how long they take, and how that grows."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.corpora import OWN, record
from benchmarks.enlarge import enlarge, settle
from benchmarks.measure import exponent, ms, percentile, times, wall_ms
from benchmarks.report import Aim, Part, Table
from benchmarks.showing import questions
from bot.briefing import make_brief
from bot.domain.brief import Brief
from bot.domain.identity import identify
from bot.domain.reply import Reply
from bot.domain.subscription import Filter
from bot.domain.taxonomy import Forum, Topic
from bot.infra.store import Store, open_store
from bot.ports import StatementStore
from bot.reading.reader import read
from bot.services import lookup
from bot.services.comparing import compare
from tests.corpus.scoring import HAN, Gold, words
from tests.postgres import new_database, postgres_server

SIZES = (1_000, 10_000)
LARGEST = 100_000
SLOWEST = 100  # milliseconds
LAST_DAY = date(2026, 11, 20)
YEARS = 10
COUNTRIES = (
    "CHN USA RUS GBR FRA DEU JPN BRA IND ZAF EGY NGA KEN GHA MEX ARG CHL COL CRI CUB CAN AUS NZL SGP MYS IDN VNM THA "
    "PHL PAK BGD IRN IRQ JOR QAT ARE KWT TUR UKR POL EST LVA FIN SWE NOR DNK NLD BEL CHE AUT ITA ESP PRT GRC"
).split()
NOTE = (
    "Statements with the lengths, languages, topics and points of our own samples, their words drawn by chance "
    "from the same texts, over fifty-four states and ten years; one SQLite file, or a PostgreSQL beside, and one "
    "process that asks. The largest archive is the one before, copied ten times. Before it is asked, what was written "
    "is in its place: SQLite's log in its file, PostgreSQL swept and its statistics made, as either does by itself "
    "while it runs. Milliseconds by the clock on the wall, the whole answer included (search and latest show ten). "
    "There are about two hundred of each question, hardly one like another, so that p99 leaves out the two slowest. "
    "Positions weighs the newest 300 statements (its chart 1,000), compare 300 a side; a chart is its values without "
    "the drawing, a feed as it is sent. The exponent is that of the median; p99 of the few charts and feeds is the "
    "slowest."
)
Ask = tuple[Callable[..., object], tuple[object, ...]]  # what is asked of the store, and the rest of the question


@dataclass(kw_only=True)
class Times:
    """What was measured at one size: milliseconds by question, and statements kept a second on the way there.

    `shown` is what charts and feeds ask.
    """

    asked: dict[str, list[float]]
    shown: dict[str, list[float]]
    kept: float | None


def measure(found: Mapping[str, list[Gold]]) -> Part:
    """Fill an archive step by step on each database, and ask it the same questions at every size."""
    sizes = (*SIZES, LARGEST)
    aims, tables = list[Aim](), list[Table]()
    for name, opened in DATABASES.items():
        with opened() as address:
            store = open_store(address)
            try:
                measured = _measured(store, Statements(found[OWN]), sizes)
            finally:
                store.close()
        aims += _aims(name, measured)
        tables += _tables(name, measured)
    return Part(title="Look-up", note=NOTE, aims=tuple(aims), tables=tuple(tables))


@contextmanager
def _sqlite() -> Iterator[str]:
    with TemporaryDirectory(prefix="bench") as folder:
        yield f"sqlite:///{Path(folder) / 'archive.db'}"


@contextmanager
def _postgres() -> Iterator[str]:
    with postgres_server() as server:
        yield new_database(server, "archive", "template")


DATABASES: dict[str, Callable[[], AbstractContextManager[str]]] = {"SQLite": _sqlite, "PostgreSQL": _postgres}


def _measured(store: Store, source: Statements, sizes: Sequence[int]) -> dict[int, Times]:
    measured, made = dict[int, Times](), source.made()
    for size in sizes:
        before, kept = store.statements.count(), None
        if size == LARGEST:
            enlarge(store, size // before)
        else:
            kept = (size - before) / sum(keep(store, next(made)) for _ in range(size - before))
        settle(store)
        measured[size] = Times(asked=_asked(store, source), shown=_timed(store, questions(store, COUNTRIES)), kept=kept)
    return measured


def keep(store: Store, brief: Brief) -> float:
    """Keep a brief as a poll does, and say how many seconds that took."""
    now = datetime.combine(brief.statement.date or LAST_DAY, datetime.min.time(), UTC)
    start = perf_counter()
    store.statements.keep(brief, identify(brief.statement), source="bench", now=now)
    return perf_counter() - start


class Statements:
    """Synthetic statements in the likeness of real ones, the same on every run."""

    def __init__(self, rows: Sequence[Gold]) -> None:
        self._briefs = [make_brief(read(record(row, html=True))) for row in rows if row["is_cyber_statement"]]
        self._words = {brief.statement.id: words(brief.statement.body) for brief in self._briefs}
        self._chance = random.Random(7)

    def made(self) -> Iterator[Brief]:
        """One after the other, without end."""
        number = 0
        while True:
            number += 1
            yield self._one(number)

    def some_words(self, number: int) -> list[str]:
        """Words as people search for them: some common, some rare, none shorter than four letters."""
        known = sorted({word for said in self._words.values() for word in said if len(word) >= 4})
        return random.Random(number).sample(known, number)

    def _one(self, number: int) -> Brief:
        model = self._chance.choice(self._briefs)
        said = self._words[model.statement.id]
        joint = "" if HAN.match(said[0]) else " "
        statement = replace(
            model.statement,
            url=f"https://mission.example/statements/{number}",
            title=f"{model.statement.title} ({number})",
            symbol=None,
            country=self._chance.choice(COUNTRIES),
            forum=self._chance.choice(tuple(Forum)),
            date=LAST_DAY - timedelta(days=self._chance.randrange(365 * YEARS)),
            body=joint.join(self._chance.choices(said, k=len(said))),
        )
        return replace(model, statement=statement)


def _asked(store: Store, source: Statements) -> dict[str, list[float]]:
    found = source.some_words(120)
    ids = [brief.statement.id for brief in store.statements.search("", Filter(), limit=200).briefs]
    wide = [Filter(), *(Filter(forums=frozenset({forum})) for forum in Forum)]
    pairs = [(COUNTRIES[n], COUNTRIES[n - step]) for step in (1, 7, 20, 27) for n in range(len(COUNTRIES))]
    asks: dict[str, list[Ask]] = {
        "search": [*_searches(found)],
        "latest": [*_latests()],
        "show": [(partial(_shown, store), (id,)) for id in ids],
        "positions": [(lookup.positions, (topic, filter)) for topic in Topic for filter in wide],
        "compare": [(compare, (*two, Filter())) for two in pairs],
    }
    return _timed(store, asks)


def _timed(store: Store, asked: Mapping[str, Sequence[Ask]]) -> dict[str, list[float]]:
    for (ask, rest), *_ in asked.values():  # what only a first question waits for
        ask(store.statements, *rest)
    return {name: [wall_ms(ask, store.statements, *rest)[1] for ask, rest in asks] for name, asks in asked.items()}


def _shown(store: Store, statements: StatementStore, id: str) -> Reply:
    return lookup.show(statements, store.marks, id)


def _searches(found: Sequence[str]) -> Iterator[Ask]:
    narrow = Filter(countries=frozenset({"CHN", "USA"}), topics=frozenset({Topic.RANSOMWARE}))
    for one, two in zip(found[::2], found[1::2], strict=True):
        yield lookup.search, (one, Filter())
        yield lookup.search, (f"{one} {two}", Filter())
        yield lookup.search, (one, narrow)


def _latests() -> Iterator[Ask]:
    for code in COUNTRIES:
        yield lookup.latest, (Filter(),)
        yield lookup.latest, (Filter(countries=frozenset({code})),)
    for topic in Topic:
        about = Filter(topics=frozenset({topic}))
        yield lookup.latest, (about,)
        yield lookup.latest, (replace(about, since=date(2024, 1, 1), languages=frozenset({"en", "fr"})),)
        yield lookup.latest, (replace(about, countries=frozenset({"BRA", "FRA", "KEN"})),)
        yield lookup.latest, (Filter(topics=frozenset({topic, Topic.NORMS}), forums=frozenset({Forum.OEWG})),)


def _tables(database: str, measured: Mapping[int, Times]) -> tuple[Table, ...]:
    asked = {size: one.asked for size, one in measured.items()}
    shown = {size: one.shown for size, one in measured.items()}
    return (
        _table(f"Look-ups on {database}", asked),
        _table(f"Charts and feeds on {database}", shown),
        _keeping(database, measured),
    )


def _table(title: str, measured: Mapping[int, Mapping[str, Sequence[float]]]) -> Table:
    sizes = list(measured)
    lines = []
    for name in measured[sizes[0]]:
        middle = [percentile(measured[size][name], 0.5) for size in sizes]
        last = [percentile(measured[size][name], 0.99) for size in sizes]
        growth = f"{exponent(sizes, middle):.2f}"
        spread = [f"{ms(one)} / {ms(other)}" for one, other in zip(middle, last, strict=True)]
        asked = str(len(measured[sizes[0]][name]))
        lines.append((name, growth, times(last[-1] / last[-2]), asked, *spread))
    steps = f"p99 at {sizes[-1]:,} ÷ at {sizes[-2]:,}"
    columns = ("", "exponent", steps, "asked", *(f"p50 / p99 ms at {size:,}" for size in sizes))
    return Table(title=title, columns=columns, rows=tuple(lines))


def _keeping(database: str, measured: Mapping[int, Times]) -> Table:
    kept = {size: one.kept for size, one in measured.items() if one.kept}
    first = next(iter(kept.values()))
    rows = tuple((f"up to {size:,}", times(rate / first), f"{rate:,.0f}") for size, rate in kept.items())
    return Table(
        title=f"Keeping on {database}", columns=("", "rate ÷ that of the first", "statements a second"), rows=rows
    )


def _aims(database: str, measured: Mapping[int, Times]) -> Iterator[Aim]:
    """What is aimed at for the largest archive."""
    *_, before, size = measured
    for name in measured[size].asked:
        last, earlier = (percentile(measured[n].asked[name], 0.99) for n in (size, before))
        what = f"Look-up: p99 of {name} at {size:,}, {database}"
        yield Aim(what=what, wanted=f"≤ {SLOWEST} ms", figure=f"{ms(last)} ms", met=last <= SLOWEST)
        what = f"Look-up: {name}, p99 ÷ at {before:,}, {database}"
        yield Aim(what=what, wanted="≤ 2×", figure=times(last / earlier), met=last <= 2 * earlier)
