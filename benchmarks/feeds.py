"""Feeds parsed by us and by the plain feedparser loop most bots are made of."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import partial
from html import escape

import feedparser

from benchmarks.corpora import OWN
from benchmarks.measure import exponent, ms, times, usual_cpu_ms
from benchmarks.report import Part, Table
from bot.infra.feeds import parse_feed
from tests.corpus.scoring import Gold

ENTRIES = (10, 50, 500)
ADDRESS = "https://mission.example/feed"
HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
)
HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
)
NOTE = (
    "Feeds made of our own samples: a title, a link, an id, a date and a summary an entry; with “whole text” also "
    "the page in content:encoded. CPU time, the median of three runs. The plain loop is feedparser.parse and a "
    "dictionary of five fields an entry; ours also guards against hostile documents and checks dates and "
    "addresses. Above 1× ours is slower."
)


def measure(found: Mapping[str, list[Gold]]) -> Part:
    """Both parsers on feeds of three sizes and two kinds."""
    rows = found[OWN]
    tables = tuple(_table(name, [feed(rows, n, whole=whole) for n in ENTRIES]) for name, whole in KINDS.items())
    return Part(title="Feeds", note=NOTE, tables=tables)


KINDS = {"Feeds of summaries": False, "Feeds with the whole text": True}


def _table(title: str, feeds: Sequence[bytes]) -> Table:
    ours = [usual_cpu_ms(partial(parse_feed, body, "application/rss+xml", "utf-8", ADDRESS)) for body in feeds]
    plain = [usual_cpu_ms(partial(plain_loop, body)) for body in feeds]
    ratios = ("Attaché ÷ feedparser", "", *(times(a / b) for a, b in zip(ours, plain, strict=True)))
    rows = [ratios, *(_line(name, costs) for name, costs in {"Attaché": ours, "feedparser loop": plain}.items())]
    columns = ("", "growth exponent", *(f"{n} entries, ms" for n in ENTRIES))
    return Table(title=title, columns=columns, rows=tuple(rows))


def _line(name: str, costs: Sequence[float]) -> tuple[str, ...]:
    return (name, f"{exponent(ENTRIES, costs):.2f}", *map(ms, costs))


def plain_loop(body: bytes) -> list[dict[str, object]]:
    """What a simple bot does with a feed."""
    return [
        {name: entry.get(name) for name in ("id", "link", "title", "summary", "published_parsed")}
        for entry in feedparser.parse(io.BytesIO(body))["entries"]
    ]


def feed(rows: Sequence[Gold], entries: int, *, whole: bool) -> bytes:
    """An RSS feed of so many entries."""
    items = "".join(_item(rows[number % len(rows)], number, whole=whole) for number in range(entries))
    return f"{HEAD}<channel><title>Statements</title><link>{ADDRESS}</link>{items}</channel></rss>".encode()


def _item(row: Gold, number: int, *, whole: bool) -> str:
    day, minute = 1 + number % 28, number % 60
    content = f"<content:encoded>{escape(row.get('html') or row['text'])}</content:encoded>" if whole else ""
    return (
        f"<item><title>{escape(row['title'])}</title><link>https://mission.example/statements/{number}</link>"
        f"<guid isPermaLink='false'>statement-{number}</guid>"
        f"<pubDate>{day:02d} Oct 2026 08:{minute:02d}:00 +0000</pubDate>"
        f"<description>{escape(row['text'][:400])}</description>{content}</item>"
    )
