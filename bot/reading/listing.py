"""A listing page as a window: the statements a mission without a feed links to, with their dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.cssselect import CSSSelector, SelectorError

from bot.domain.dates import find_days, parse_moment
from bot.domain.source import Entry, Window
from bot.errors import UnreadableError
from bot.reading.document import decode
from bot.reading.document_tree import parse_html
from bot.reading.listing_blocks import Item, link_of, repeated, text_of, title_of

_MOST = 200
_MOMENT = 60


def read_listing(
    body: bytes,
    *,
    charset: str | None,
    base_url: str,
    item: str | None = None,
    link: str | None = None,
    date: str | None = None,
) -> Window:
    """The entries of a listing page, in the page's order.

    `item`, `link` and `date` are CSS selectors, the latter two within an item; without `item` the repeated block of
    links and dates is found. An entry's id is its href as given. A window without entries says why in `problems`.
    Raises UnreadableError for a page that is no HTML and for a selector that is not CSS.
    """
    root = _parsed(body, charset)
    title = " ".join((root.findtext(".//title") or "").split())
    base = _base(root, base_url)
    if item is not None:
        items, problems = _selected(root, item, link, date)
    else:
        items, problems = repeated(root)
    entries, passed_over = _entries(items, base)
    if not entries and not problems:
        problems = [f"none of the {len(items)} blocks found has a link to a page"]
    return Window(title=title, entries=entries, problems=(*problems, *passed_over))


def _parsed(body: bytes, charset: str | None) -> etree._Element:
    root = parse_html(decode(body, charset))
    if root is None:
        raise UnreadableError("the listing page is empty or no HTML")
    return root


def _base(root: etree._Element, base_url: str) -> str:
    base = next((element.get("href") for element in root.iter("base") if element.get("href")), None)
    return urljoin(base_url, base) if base else base_url


def _selector(css: str, name: str) -> CSSSelector:
    try:
        return CSSSelector(css, translator="html")
    except SelectorError as error:
        raise UnreadableError(f"the selector {name} = {css!r} is not CSS: {error}") from error


def _matching(selector: CSSSelector, element: etree._Element) -> list[etree._Element]:
    found = selector(element)
    return [match for match in found if isinstance(match, etree._Element)] if isinstance(found, list) else []


def _selected(root: etree._Element, item: str, link: str | None, day: str | None) -> tuple[list[Item], list[str]]:
    """The items a source's selectors name; a missing link or date selector is made up for by looking."""
    find_link = _selector(link, "link") if link else None
    find_day = _selector(day, "date") if day else None
    blocks = _matching(_selector(item, "item"), root)
    if not blocks:
        return [], [f"the selector item = {item!r} matches nothing on the page"]
    items = []
    for block in blocks:
        anchor = next(iter(_matching(find_link, block)), None) if find_link else link_of(block)
        if anchor is not None and anchor.tag != "a":
            anchor = link_of(anchor)
        dated = " ".join(text_of(found) for found in _matching(find_day, block)) if find_day else None
        items.append(Item(block=block, link=anchor, dated=dated))
    return items, []


def _entries(items: Sequence[Item], base: str) -> tuple[tuple[Entry, ...], list[str]]:
    """Items as entries, each address once, and a line for each that had to be passed over."""
    entries: dict[str, Entry] = {}
    problems = []
    for number, item in enumerate(items[:_MOST], 1):
        href = (item.link.get("href") or "").strip() if item.link is not None else ""
        url = absolute(base, href)
        title = title_of(item)
        if url is None or not title:
            problems.append(f"block {number}: no link to a page in {text_of(item.block)[:60]!r}")
        elif href not in entries:
            entries[href] = Entry(id=href, url=url, title=title, published=_published(item))
    return tuple(entries.values()), problems


def absolute(base: str, href: str) -> str | None:
    """The absolute address of a link, None if it leads to no page (script, mail, fragment)."""
    if not href or href.startswith("#"):
        return None
    try:
        url = urljoin(base, href)
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


def _published(item: Item) -> datetime | None:
    """The moment or day of an item's date text, else of its `<time>`, else the first day its own text names."""
    stamps = [element.get("datetime") or "" for element in item.block.iter("time")]
    for text in (item.dated or "", *stamps):
        if text and len(text) <= _MOMENT and (moment := parse_moment(text)) is not None:
            return moment
    for text in (item.dated or "", *stamps, text_of(item.block)):
        if text and (days := find_days(text)):
            return datetime.combine(days[0].day, time(), UTC)
    return None
