"""Feeds out: what was seen last of any search, for whoever reads it elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from urllib.parse import urlencode, urlsplit

from bot.domain.brief import Point
from bot.domain.calls import to_filter
from bot.domain.commands import FilterName
from bot.domain.outlet import Item, Outlet
from bot.domain.subscription import Filter
from bot.domain.text import harmless, linkable, one_line, right_to_left
from bot.errors import UsageError
from bot.ports import Seen, StatementIndex
from bot.services.findings import scope
from bot.services.library import LONGEST_SEARCH
from bot.services.naming import find_code, who
from bot.services.wording import PROMISE, byline, quotation

MOST = 50
LONGEST_ADDRESS = 4000
TITLE = "UN statements on cyber security"
# A feed in which nothing ever stood has never changed.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# A tag's date says when its authority was ours (RFC 4151); it is part of every id and never changes.
SINCE = "2026"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """The port Newsroom. `public_url` is the address people know the web pages by, without a slash at its end."""

    index: StatementIndex
    public_url: str

    def outlet(self, path: str, words: str, options: Mapping[str, str]) -> Outlet:
        if len(words) > LONGEST_SEARCH:
            raise UsageError(f"a search takes {LONGEST_SEARCH} characters at most; this one has {len(words)}")
        filter = to_filter(options, find_code)
        query = _query(words, options)
        items = tuple(self._item(seen) for seen in self.index.seen_last(words, filter, limit=MOST))
        return Outlet(
            id=f"{self._tag}feed{query}",
            title=_title(words, filter),
            address=f"{self.public_url}{path}{query}",
            home=f"{self.public_url}/{'search' if words else ''}{query}",
            updated=max((item.updated for item in items), default=NEVER),
            items=items,
        )

    @property
    def _tag(self) -> str:
        """How every id begins: the host alone, so that neither a port nor https makes another id of it."""
        host = urlsplit(self.public_url).hostname or "localhost"
        return f"tag:{host.replace(':', '-')},{SINCE}:attache/"

    def _item(self, seen: Seen) -> Item:
        s = seen.brief.statement
        points = seen.brief.points
        number = (
            f"{len(points)} {'point' if len(points) == 1 else 'points'}" if points else "No position could be quoted"
        )
        return Item(
            id=f"{self._tag}statements/{s.id}",
            page=f"{self.public_url}/statements/{s.id}",
            source=linkable(s.url, LONGEST_ADDRESS),
            title=one_line(s.title) or "A statement without a title",
            summary=f"{one_line(byline(seen.brief))}. {number}.",
            content=_content(seen, linkable(s.url, LONGEST_ADDRESS)),
            author=one_line(who(seen.brief)) or "Unknown speaker",
            language=s.language,
            published=seen.first,
            updated=seen.last,
            topics=tuple(map(str, seen.brief.topics)),
        )


def _query(words: str, options: Mapping[str, str]) -> str:
    """The one way in which a search is written, so that the same search has the same id."""
    told = {str(name): options[name] for name in FilterName if options.get(name)}
    parts = {"q": " ".join(words.split())} | told if words.strip() else told
    return f"?{urlencode(parts, safe=',', errors='replace')}" if parts else ""


def _title(words: str, filter: Filter) -> str:
    told = [f"“{one_line(words)}”" if words.strip() else "", scope(filter)]
    narrowed = " · ".join(part for part in told if part)
    return f"{TITLE}: {narrowed}" if narrowed else TITLE


def _content(seen: Seen, source: str | None) -> str:
    brief = seen.brief
    listed = "".join(_point(point, brief.statement.language) for point in brief.points)
    points = f"<ul>{listed}</ul>" if listed else "<p>No position could be quoted.</p>"
    link = f'<p><a href="{escape(source)}">The statement itself</a></p>' if source else ""
    return f"<p>{_text(byline(brief))}</p>{points}{link}<p>{PROMISE if listed else ''}</p>".replace("<p></p>", "")


def _point(point: Point, language: str) -> str:
    shown = quotation(point)
    stance = f"<b>{_text(shown.label)}</b> " if shown.label else ""
    side = ' dir="rtl"' if right_to_left(point.text) else ""
    news = {True: " (new)", False: " (said before)", None: ""}[point.new]
    target = linkable(point.link, LONGEST_ADDRESS)
    link = f' <a href="{escape(target)}">source</a>' if target else ""
    return f'<li{side}>{stance}<span lang="{escape(language)}">“{_text(point.text)}”</span>{news}{link}</li>'


def _text(text: str) -> str:
    return escape(one_line(harmless(text)))
