"""RSS 0.9x, 1.0 and 2.0, Atom and CDF: feedparser reads them, from a document our own code has made safe."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from types import ModuleType
from typing import Any

from bot.domain.source import Window
from bot.errors import UnreadableError
from bot.infra.feeds.entries import Raw, window
from bot.infra.feeds.xml_safe import LONGEST_BODY, MOST_ENTRIES, ROOTS, Given, SafeFeed, kind, safe_feed
from bot.infra.feeds.xml_tree import parsed, refuse_page
from bot.later import put_off

_HEADERS = {"content-type": "application/xml; charset=utf-8"}
_DATES = ("published", "updated", "created")
_YEARS = range(1990, 2100)


def read_xml(text: str, url: str) -> Window | None:
    """The window of an XML document; None if it is no feed."""
    root, broken = parsed(text)
    if root is None or kind(root) not in ROOTS:
        refuse_page(text, url)
        return None
    safe = safe_feed(root, url)
    found = _interpreted(safe.document)
    entries = found["entries"]
    problems = list(_problems(safe, broken, len(entries)))
    # Ids belong to entries by their place, so when places do not agree feedparser's own ids are the safer ones.
    agreed = len(entries) == len(safe.given)
    given = safe.given if agreed else [Given(id=_text(entry, "id"), base=url) for entry in entries]
    return window(_text(found["feed"], "title"), map(_raw, entries, given), problems)


@put_off
def _feedparser() -> ModuleType:
    import feedparser

    return feedparser


def _interpreted(document: bytes) -> dict[str, Any]:
    """What feedparser makes of a document; never a string, which it might take for a file's name."""
    try:
        return _feedparser().parse(  # type: ignore[no-any-return]
            BytesIO(document), response_headers=_HEADERS, resolve_relative_uris=False, sanitize_html=False
        )
    except Exception as error:
        shown = " ".join(str(error).split())[:200]
        raise UnreadableError(f"not a feed: feedparser cannot read it ({type(error).__name__}: {shown})") from error


def _problems(safe: SafeFeed, broken: bool, read: int) -> Iterator[str]:
    if broken:
        yield "the XML is broken; what could be read of it was"
    if safe.left_out:
        yield f"only its first {MOST_ENTRIES:,} entries were read, {safe.left_out:,} left out"
    if oversized := sum(one.oversized for one in safe.given):
        yield f"texts of over {LONGEST_BODY:,} characters were left out ({oversized} entries)"
    if read != len(safe.given):
        yield f"feedparser reads {read} entries where there are {len(safe.given)}; their ids may differ from the feed's"


def _raw(entry: dict[str, Any], given: Given) -> Raw:
    texts = [_text(entry, "summary"), *(_text(part, "value") for part in dict.get(entry, "content", []))]
    dates = [_text(entry, name) for name in _DATES]
    return Raw(
        id=given.id,
        links=_links(entry, given),
        base=given.base,
        title=_text(entry, "title"),
        summary=texts[0],
        html=max(texts, key=len),
        dates=dates,
        last_resort=next((found for name in _DATES if (found := _moment(entry, name)) is not None), None),
        version=given.version,
    )


def _links(entry: dict[str, Any], given: Given) -> list[str]:
    """The addresses an entry gives for itself, the likeliest first."""
    links = [link for link in dict.get(entry, "links", []) if _text(link, "rel") == "alternate" and _text(link, "href")]
    links.sort(key=lambda link: "html" not in _text(link, "type"))
    permanent = given.permanent and given.id.strip().startswith(("http:", "https:"))
    return [_text(link, "href") for link in links] + ([given.id] if permanent else [])


def _moment(entry: dict[str, Any], name: str) -> datetime | None:
    """The moment feedparser reads, if its day stands in the text: what it cannot read it completes with today's."""
    moment = dict.get(entry, f"{name}_parsed")
    if moment is None or moment[0] not in _YEARS:
        return None
    read = datetime.fromtimestamp(timegm(moment), UTC)
    return read if read.date().isoformat() in _text(entry, name) else None


def _text(values: dict[str, Any], name: str) -> str:
    # Not values.get(): feedparser's dictionary answers for other names and warns that it does.
    value = dict.get(values, name)
    return value if isinstance(value, str) else ""
