"""What a digest says of its sources, over many of them: every state made anew, looked up at a glance, remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.measure import exponent, ms, times
from benchmarks.report import Aim, Table, at_least
from bot.domain.digest import Coverage
from bot.domain.source import Health, Source, SourceKind, SourceState, Validators
from bot.infra.store import Store, open_store
from bot.services.covering import GAP_COUNTS, LASTS, Covering
from tests.postgres import new_database, postgres_server

SIZES = (750, 7_500, 75_000)
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
WINDOW = 20
RUNS, LOOKS = 3, 2_000
PORTION = 5_000
NOTE = (
    "Coverage: what every digest, and every look at a channel told as it happens, asks of the sources; one in a "
    f"hundred fails, one in a thousand had a gap, a window holds {WINDOW} entries. “Every state made” is how it was "
    "done before; “at a glance” has the database tell of those unwell; “remembered” is what all others get who ask "
    f"within {LASTS.total_seconds():.0f} s. By the clock on the wall, the database's work included."
)


def measured() -> tuple[tuple[Aim, ...], Table]:
    """Both databases, with sources of three sizes."""
    rows, ratios = list[tuple[str, ...]](), dict[str, float]()
    with TemporaryDirectory(prefix="bench") as folder, postgres_server() as server:
        databases: dict[str, Callable[[int], str]] = {
            "SQLite": lambda size: f"sqlite:///{Path(folder) / f'{size}.db'}",
            "PostgreSQL": lambda size: new_database(server, f"sources{size}", "template"),
        }
        for name, url in databases.items():
            costs = [_costs(url(size), size) for size in SIZES]
            grown = [f"{exponent(SIZES, column):.2f}" for column in zip(*costs, strict=True)]
            rows += [_row(f"{size:,}, {name}", each) for size, each in zip(SIZES, costs, strict=True)]
            rows.append((f"exponent, {name}", "", *grown))
            ratios[name] = costs[-1][0] / costs[-1][1]
    aims = (at_least(f"Coverage of {SIZES[-1]:,} sources: every state made ÷ at a glance", min(ratios.values()), 2.0),)
    columns = ("sources", "made ÷ glance", "every state made, ms", "at a glance, ms", "remembered, ms")
    return aims, Table(title="What a digest says of its sources", columns=columns, rows=tuple(rows))


def _row(name: str, costs: tuple[float, ...]) -> tuple[str, ...]:
    return (name, times(costs[0] / costs[1]), *map(ms, costs))


def _costs(url: str, size: int) -> tuple[float, ...]:
    sources = [Source(name=f"source {n}", kind=SourceKind.FEED, url=f"https://{n}.example") for n in range(size)]
    with _filled(url, sources) as store:
        covering = Covering(states=store.sources, sources=sources)
        moments = iter(NOW + LASTS * n for n in range(RUNS + 1))
        whole, glance = _every_state(store, sources), covering.at(next(moments))
        if whole != glance:
            raise RuntimeError(f"coverage differs: {whole} and {glance}")
        return (
            _best(lambda: _every_state(store, sources)),
            _best(lambda: covering.at(next(moments))),
            _best(lambda: [covering.at(NOW + LASTS * RUNS) for _ in range(LOOKS)]) / LOOKS,
        )


@contextmanager
def _filled(url: str, sources: list[Source]) -> Iterator[Store]:
    store = open_store(url)
    states = [_state(source.name, number) for number, source in enumerate(sources)]
    for start in range(0, len(states), PORTION):
        store.sources.remember_all([(state, ()) for state in states[start : start + PORTION]])
    try:
        yield store
    finally:
        store.close()


def _state(name: str, number: int) -> SourceState:
    fails = number % 100 == 0
    return SourceState(
        name=name,
        health=Health.FAILING if fails else Health.WELL,
        failures=int(fails),
        problem="timed out after 20 s" if fails else None,
        validators=Validators(etag=f'W/"{number}"'),
        next_try=NOW + timedelta(minutes=30),
        last_success=NOW,
        window=tuple(f"https://mission.example/statements/2026/11/{number}-{entry}" for entry in range(WINDOW)),
        gap_at=NOW if number % 1000 == 0 else None,
    )


def _every_state(store: Store, sources: list[Source]) -> Coverage:
    """Coverage as it was reckoned for each digest before it was remembered."""
    states = store.sources.states()
    known = [states[source.name] for source in sources if source.name in states]
    failing = tuple(state.name for state in known if state.health in {Health.FAILING, Health.DEAD})
    gaps = tuple(state.name for state in known if state.gap_at and NOW - state.gap_at < GAP_COUNTS)
    return Coverage(checked=len(known), failing=failing, gaps=gaps)


def _best(job: Callable[[], object]) -> float:
    """The shortest of some runs, in milliseconds: what others do on the machine only adds."""
    found = []
    for _ in range(RUNS):
        begun = perf_counter()
        job()
        found.append(1000 * (perf_counter() - begun))
    return min(found)
