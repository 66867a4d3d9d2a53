"""What all kinds of feed share: plain text out of mark-up, links that may be followed, and an orderly window."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from bot.domain.dates import parse_moment
from bot.domain.source import Entry, Window
from bot.domain.text import harmless, one_line, shorten

_CODE = re.compile(r"<(/?)(?:script|style)\b[^<>]{0,500}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,2000}>")
_SPACE = re.compile(r"\s+")
_TITLE, _SUMMARY, _RAW = 500, 2000, 20_000
_STAND_IN = 120
_LONGEST_URL = 4000


@dataclass(slots=True, kw_only=True)
class Raw:
    """An entry as its feed gives it; `dates` in the order of trust, `last_resort` if none of them can be read."""

    id: str = ""
    links: list[str] = field(default_factory=list)
    base: str
    title: str = ""
    summary: str = ""
    html: str = ""
    dates: list[str] = field(default_factory=list)
    last_resort: datetime | None = None
    version: str = ""


def plain(markup: str, limit: int) -> str:
    """Mark-up as plain text on one line of at most `limit` units, entities and hidden characters undone."""
    pieces = _CODE.split(markup[:_RAW])
    text = "".join(pieces[at] for at in range(0, len(pieces), 2) if at == 0 or pieces[at - 1] == "/")
    text = html.unescape(_TAG.sub(" ", text))
    return shorten(one_line(_TAG.sub(" ", text))[: limit + 1], limit)  # one more than fits shows that there is more


def address(link: str, base: str) -> str | None:
    """An absolute web address, None for every other kind of link."""
    link = harmless(link).strip()
    if not link or len(link) > _LONGEST_URL:
        return None
    try:
        url = urljoin(base, _SPACE.sub("%20", link))
        parts = urlsplit(url)
        return url if parts.scheme in {"http", "https"} and parts.hostname else None
    except ValueError:
        return None


def window(title: str, raws: Iterable[Raw], problems: Iterable[str] = ()) -> Window:
    """The window of a feed's raw entries: each id once, newest first; what could not be used is in its problems."""
    found: dict[str, Entry] = {}
    noted = list(problems)
    for number, raw in enumerate(raws, 1):
        entry = _entry(raw, number, noted)
        if entry is not None:
            known = found.get(entry.id)
            found[entry.id] = entry if known is None else _merged(known, entry)
    return Window(title=plain(title, _TITLE), entries=_newest_first(list(found.values())), problems=tuple(noted))


def _entry(raw: Raw, number: int, problems: list[str]) -> Entry | None:
    summary = plain(raw.summary or raw.html, _SUMMARY)
    title = plain(raw.title, _TITLE) or shorten(summary, _STAND_IN)
    name = f"entry {number} ({shorten(title, 60)})" if title else f"entry {number}"
    url = next((good for link in raw.links if (good := address(link, raw.base))), None)
    if url is None and any(link.strip() for link in raw.links):
        shown = shorten(one_line(next(link for link in raw.links if link.strip())), 60)
        problems.append(f"{name}: its link {shown!r} is no web address and was dropped")
    if not title and not url:
        problems.append(f"{name}: neither title nor link; passed over")
        return None
    return Entry(
        id=_id(raw, url, title),
        url=url,
        title=title,
        summary=summary,
        html=harmless(raw.html or raw.summary) or None,
        published=_published(raw, name, problems),
        version=one_line(raw.version)[:100],
    )


def _id(raw: Raw, url: str | None, title: str) -> str:
    given = raw.id.strip().replace("\x00", "")
    if given or url:
        return given or url or ""
    dates = "\n".join(raw.dates)
    return hashlib.sha256(f"{title}\n{dates}".encode("utf-8", "replace")).hexdigest()[:24]


def _published(raw: Raw, name: str, problems: list[str]) -> datetime | None:
    given = [text.strip() for text in raw.dates if text.strip()]
    moment = next((found for text in given if (found := parse_moment(text)) is not None), None)
    moment = moment or raw.last_resort
    if moment is None and given:
        problems.append(f"{name}: its date {shorten(one_line(given[0][:200]), 60)!r} cannot be trusted")
    return moment


def _merged(first: Entry, second: Entry) -> Entry:
    """One entry of two with the same id: the newer version, with what only the other has."""
    newer, older = (second, first) if second.version > first.version else (first, second)
    return replace(
        newer, url=newer.url or older.url, html=newer.html or older.html, published=newer.published or older.published
    )


def _newest_first(entries: list[Entry]) -> tuple[Entry, ...]:
    """The dated entries newest first among their places; those without a date stay where the feed put them."""
    dated = [(entry.published, -at) for at, entry in enumerate(entries) if entry.published is not None]
    order = iter([-at for _, at in sorted(dated, reverse=True)])
    return tuple(entries[next(order)] if entry.published is not None else entry for entry in entries)
