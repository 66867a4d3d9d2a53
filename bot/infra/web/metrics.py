"""`/metrics`, as Prometheus reads it: what is kept, how sources fare, what this process did since it started."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.infra.web.site import Site
from bot.site import Times

GAUGES = {
    "statements": ("attache_statements", "Statements that are kept.", "state"),
    "deliveries": ("attache_deliveries", "Messages by where they stand.", "state"),
    "sources": ("attache_sources", "Sources by how they fare.", "health"),
    "workers": ("attache_workers", "Processes that share the database.", "state"),
}


def routes(site: Site) -> list[Route]:
    """One address; the registry is the site's own."""
    registry = CollectorRegistry()
    registry.register(Measured(site))
    ProcessCollector(registry=registry)

    def metrics(_: Request) -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return [Route("/metrics", metrics)]


class Measured(Collector):
    """Asks the store when it is asked, and this process's counts."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def describe(self) -> list[Metric]:
        """Nothing beforehand: registering must not ask the store."""
        return []

    def collect(self) -> Iterator[Metric]:
        for name, numbers in self._site.operator.numbers().items():
            metric, about, label = GAUGES[name]
            yield _counted(GaugeMetricFamily(metric, about, labels=[label]), numbers)
        counts = self._site.counts
        yield _counted(CounterMetricFamily("attache_polls", "Polls by outcome.", labels=["outcome"]), counts.polls)
        entries = CounterMetricFamily(
            "attache_entries", "Entries of sources by what became of them.", labels=["outcome"]
        )
        yield _counted(entries, counts.entries)
        answers = HistogramMetricFamily("attache_answer_seconds", "How long answers to people took.", labels=["kind"])
        for kind, times in sorted(counts.answers.items()):
            answers.add_metric([kind], _buckets(times), times.total)
        yield answers


def _counted(metric: GaugeMetricFamily | CounterMetricFamily, numbers: object) -> Metric:
    for label, number in sorted(dict(numbers).items()):  # type: ignore[call-overload]
        metric.add_metric([str(label)], number)
    return metric


def _buckets(times: Times) -> list[tuple[str, float]]:
    """How many took at most so long, each bound including those below it."""
    sums, found = 0, []
    for bound, count in zip((*map(str, times.bounds), "+Inf"), times.counts, strict=True):
        sums += count
        found.append((bound, float(sums)))
    return found
