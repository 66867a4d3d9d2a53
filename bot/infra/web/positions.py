"""Who stands where: the matrix of positions, two states side by side, statements by forum over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from html import escape
from itertools import takewhile
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.chart import Chart, Matrix, Saying, Series
from bot.domain.spans import start_of
from bot.domain.taxonomy import FORUM_NAMES, Stance
from bot.errors import NotFoundError
from bot.infra.web.archive import choices_of, chosen
from bot.infra.web.asked import asked
from bot.infra.web.pages import page
from bot.infra.web.site import Site

# Bytes of quotes that leave a page room for everything else within 200 kB.
LARGEST = 120_000
# What stands around a quote in its cell.
AROUND = 190
LONGEST_STRETCH = timedelta(days=400)
SLUGS = {name: forum for forum, name in FORUM_NAMES.items()}


def routes(site: Site) -> list[Route]:
    """`/positions`, `/compare` and `/timeline`, filtered as the archive is."""

    def positions(request: Request) -> Response:
        wanted = asked(request, site.library)
        chart = site.gallery.chart("positions", wanted.options, whole=True)
        pages = _pages(chart.content) if isinstance(chart.content, Matrix) else [range(0)]
        if not 1 <= wanted.page <= len(pages):
            raise NotFoundError(f"there is no page {wanted.page}; there are {len(pages)}")
        rows = pages[wanted.page - 1]
        return page(
            request,
            "positions.html",
            chart=chart,
            rows=rows,
            pages=len(pages),
            stances=tuple(Stance),
            **_form(site, request),
        )

    def compare(request: Request) -> Response:
        form, pair = _form(site, request), [request.query_params.get(side, "").strip() for side in ("a", "b")]
        chart = _compared(site, pair, form["asked"].options) if all(pair) else None
        codes = [next(iter(site.library.filter({"country": side}).countries), "") if side else "" for side in pair]
        return page(request, "compare.html", chart=chart, pair=codes, **form)

    def timeline(request: Request) -> Response:
        form = _form(site, request)
        chart = site.gallery.chart("timeline", form["asked"].options)
        columns = _columns(chart.content) if isinstance(chart.content, Series) else []
        rows = _rows(chart.content, columns, form["asked"].options) if isinstance(chart.content, Series) else []
        return page(request, "timeline.html", chart=chart, columns=columns, rows=rows, **form)

    return [Route("/positions", positions), Route("/compare", compare), Route("/timeline", timeline)]


def _form(site: Site, request: Request) -> dict[str, Any]:
    wanted, choices = asked(request, site.library), choices_of(site)
    return {"asked": wanted, "choices": choices, "chosen": chosen(wanted, choices)}


def _compared(site: Site, pair: Sequence[str], options: Mapping[str, str]) -> Chart:
    narrowed = {name: value for name, value in options.items() if name != "country"}
    return site.gallery.chart("compare", {**narrowed, "country": ",".join(pair)}, whole=True)


def _pages(matrix: Matrix) -> list[range]:
    """The rows of each page: as many as fit, in their order."""
    found, first, used = list[range](), 0, 0
    for at, row in enumerate(matrix.cells):
        size = sum(_size(cell) for cell in row)
        if at > first and used + size > LARGEST:
            found.append(range(first, at))
            first, used = at, 0
        used += size
    return [*found, range(first, len(matrix.cells))]


def _size(cell: Saying | None) -> int:
    return len(escape(cell.text).encode("utf-8", "replace")) + AROUND if cell else 10


def _columns(series: Series) -> list[tuple[date, date]]:
    """The first and the last day of each stretch."""
    ends = [start - timedelta(days=1) for start in series.starts[1:]]
    last = series.starts[-1]
    days = (last + timedelta(days=count) for count in range(LONGEST_STRETCH.days))
    *_, end = takewhile(lambda day: start_of(day, series.unit) == last, days)
    return list(zip(series.starts, [*ends, end], strict=True))


def _rows(
    series: Series, columns: Sequence[tuple[date, date]], options: Mapping[str, str]
) -> list[tuple[str, int, list[tuple[int, str]]]]:
    """For each forum its name, how many in all, and for each stretch how many and where they are listed."""
    found = []
    for name, counts in series.counted():
        cells = [(count, _listed(name, *days, options)) for count, days in zip(counts, columns, strict=True)]
        found.append((name, sum(counts), cells))
    return found


def _listed(forum: str, first: date, last: date, options: Mapping[str, str]) -> str:
    """The search that lists what a cell counts; nothing where there is no such filter."""
    if forum not in SLUGS:
        return ""
    return "/search?" + urlencode({**options, "forum": SLUGS[forum], "since": first, "until": last}, safe=",")
