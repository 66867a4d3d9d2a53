"""Charts and feeds: what they ask of an archive, and what it costs to draw a chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from benchmarks.measure import cpu_ms, ms, times, usual_cpu_ms
from benchmarks.report import Aim, Part, Table
from bot.domain.chart import Chart, ChartName, Form, Matrix, Pair, Pairs, Saying, Series
from bot.domain.spans import MOST, Unit
from bot.domain.subscription import Filter
from bot.domain.taxonomy import Forum, Stance, Topic
from bot.infra.store import Store
from bot.infra.syndication import as_atom, as_json_feed
from bot.ports import StatementStore
from bot.services import charting
from bot.services.newsroom import Feeds
from tests.corpus.scoring import Gold

Ask = tuple[Callable[..., object], tuple[object, ...]]  # as in benchmarks.archive
MOST_BYTES = 200_000
NOTE = (
    "Every chart with as many rows, columns and bars as are ever drawn, every field taken. CPU time, the median of "
    "three runs, matplotlib imported. The empty figure is matplotlib's own of the same size, nothing drawn on it."
)


def questions(store: Store, countries: Sequence[str]) -> dict[str, list[Ask]]:
    """What charts and feeds ask of an archive; the first argument of each is its statements."""
    feeds = Feeds(index=store.overview, public_url="https://attache.example")
    filters = [Filter(), *(Filter(forums=frozenset({forum})) for forum in Forum)]
    pairs = [Filter(countries=frozenset(two)) for two in zip(countries[:12], countries[12:24], strict=True)]
    over_time: Callable[..., object] = partial(_over_time, store)
    return {
        "chart positions": [(charting.positions, (filter,)) for filter in filters],
        "chart compare": [(charting.comparison, (filter,)) for filter in pairs],
        **{
            f"chart {name}": [(over_time, (name, filter)) for filter in filters]
            for name in (ChartName.TIMELINE, ChartName.ACTIVITY, ChartName.TOPICS)
        },
        "feed, Atom": [(partial(_feed, feeds, as_atom), ({"topic": str(topic)},)) for topic in Topic],
        "feed, JSON": [(partial(_feed, feeds, as_json_feed), ({"country": code},)) for code in countries[:19]],
    }


def measure(_: Mapping[str, list[Gold]]) -> Part:
    """Draw the largest chart of each kind as PNG and as SVG."""
    from bot.infra.charts.drawing import draw  # the import is measured apart

    draw(EMPTY, Form.PNG)
    rows, sizes = [], list[float]()
    bare = {form: usual_cpu_ms(partial(_bare, form)) for form in Form}
    for name, chart in LARGEST.items():
        cost = {form: usual_cpu_ms(partial(draw, chart, form)) for form in Form}
        svg, _spent = cpu_ms(draw, chart, Form.SVG)
        sizes.append(len(svg))
        ratios = (times(cost[form] / bare[form]) for form in Form)
        rows.append((name, *ratios, *(ms(cost[form]) for form in Form), f"{len(svg) / 1000:.0f}"))
    columns = ("", "PNG ÷ empty figure", "SVG ÷ empty figure", "PNG, ms", "SVG, ms", "SVG, kB")
    largest = max(sizes)
    aim = Aim(
        what="Charts: the largest SVG",
        wanted=f"< {MOST_BYTES // 1000} kB",
        figure=f"{largest / 1000:.0f} kB",
        met=largest < MOST_BYTES,
    )
    table = Table(title="The largest charts", columns=columns, rows=tuple(rows))
    return Part(title="Charts", note=NOTE, aims=(aim,), tables=(table,))


def _over_time(store: Store, _: StatementStore, name: ChartName, filter: Filter) -> Chart:
    return charting.over_time(store.overview, name, filter)


def _feed(feeds: Feeds, write: Callable[..., bytes], _: StatementStore, options: Mapping[str, str]) -> bytes:
    return write(feeds.outlet("/feed.atom", "", options))


def _bare(form: Form) -> None:
    from bot.infra.charts.canvas import Sheet, Words

    Sheet(800, 700).picture(form, Words(title="", about=""))


def _saying(number: int) -> Saying:
    stances = tuple(Stance)
    return Saying(by="Kenya", stance=stances[number % len(stances)], text="", statement="0" * 12, link=None, day=None)


def _largest() -> dict[str, Chart]:
    topics, rows = tuple(Topic), charting.ROWS
    speakers = tuple(f"State of a longish name {number}" for number in range(rows))
    cells = tuple(tuple(_saying(row + column) for column in range(charting.COLUMNS)) for row in range(rows))
    pairs = tuple(
        Pair(topic=topics[n], one=_saying(n), other=_saying(n + 1), verdict="on opposite sides", apart=True)
        for n in range(rows)
    )
    starts = tuple(date(2026, 1, 5) + timedelta(weeks=number) for number in range(MOST))
    counts = tuple(tuple(1 + row * column % 7 for column in range(MOST)) for row in range(len(topics)))
    series = Series(of="topic", unit=Unit.WEEK, starts=starts, rows=tuple(map(str, topics)), counts=counts)
    made: dict[ChartName, Matrix | Pairs | Series] = {
        ChartName.POSITIONS: Matrix(rows=speakers, columns=topics[: charting.COLUMNS], cells=cells, more_rows=44),
        ChartName.COMPARE: Pairs(speakers=("Kenya", "Estonia"), rows=pairs),
        ChartName.TOPICS: series,
    }
    return {str(name): Chart(name=name, title=name, scope="", finding="", content=made[name]) for name in made}


LARGEST = _largest()
EMPTY = Chart(name=ChartName.TIMELINE, title="", scope="", finding="")
