"""RSS 0.9x, 1.0 and 2.0 and Atom, also where the XML is broken; nothing outside the document is ever read."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lxml import etree

from bot.domain.source import Window
from bot.errors import UnreadableError
from bot.infra.feeds.entries import Raw, address, window

_DECLARATION = re.compile(r"<\?xml[^>]{0,300}>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]{0,500}(?:\[[^\]<>]{0,500}\]\s{0,20})?>", re.IGNORECASE)
_START = re.compile(r"<(?:\?xml|rss|feed|rdf:RDF|channel)[\s>]", re.IGNORECASE)
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_NUMBERED = re.compile(r"&#(x[0-9A-Fa-f]{1,10}|[0-9]{1,10});")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Reading a tag takes time with the square of its attributes: 50,000 of them were seen to take 14 s.
_OVERLOADED = re.compile(r"<[A-Za-z_:][^<>=]{0,5000}+(?:=[^<>=]{0,5000}+){200}")
_FEED_LINK = re.compile(
    r"<link\b[^<>]{0,1000}\btype=[\"']?application/(?:rss|atom|feed)\+(?:xml|json)[^<>]{0,1000}>", re.I
)
_HREF = re.compile(r"""\bhref=["']?([^\s"'<>]{1,1000})""", re.IGNORECASE)
_ROOTS = {"rss", "rdf", "feed", "channel"}
_ENTRIES = {"item", "entry"}
_FOREIGN = ("media", "itunes", "search.yahoo.com/mrss", "itunes.com", "googleplay")
_DATES = ("pubdate", "published", "date", "issued", "created", "updated", "modified", "lastmodified")
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_HEAD = 5000


def read_xml(text: str, url: str) -> Window | None:
    """The window of an XML document; None if it is no feed."""
    root, errors = _parsed(text)
    if root is None or _local(root) not in _ROOTS:
        _refuse_page(text, url)
        return None
    base = address(root.get(_BASE) or "", url) or url
    problems = ["the XML is broken; what could be read of it was"] if errors else []
    title = next((_inner(part) for part in _titles(root)), "")
    return window(title, (_raw(element, base) for element in _entries(root)), problems)


def _parsed(text: str) -> tuple[etree._Element | None, bool]:
    start = _START.search(text[:_HEAD])
    if start and "<html" not in text[: start.start()].lower():
        text = text[start.start() :]
    text = _FORBIDDEN.sub("", text)
    if _declares_entities(text):
        raise UnreadableError("not a feed: it declares entities, which no feed needs and which can be a bomb")
    if _OVERLOADED.search(text):
        raise UnreadableError("not a feed: one of its tags has over 200 attributes")
    declaration = _DECLARATION.match(text)
    text = _DOCTYPE.sub("", text[declaration.end() if declaration else 0 :].replace("<!ENTITY", "&lt;!ENTITY"), count=1)
    text = _NUMBERED.sub(_character, _NAMED.sub(_entity, text))
    # No entity is left to grow, so the limits that huge_tree lifts would only cut long texts.
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, True
    return root, bool(len(parser.error_log))


def _declares_entities(text: str) -> bool:
    """Whether there is an entity declaration outside CDATA, where it would be mere content."""
    first, *others = text.split("<![CDATA[")
    return "<!ENTITY" in first or any("<!ENTITY" in other.partition("]]>")[2] for other in others)


def _entity(match: re.Match[str]) -> str:
    return html.escape(html.unescape(match[0]))


def _character(match: re.Match[str]) -> str:
    code = int(match[1][1:], 16) if match[1][0] == "x" else int(match[1])
    usable = code in {9, 10, 13} or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
    return match[0] if usable else "\ufffd"


def _refuse_page(text: str, url: str) -> None:
    """Say of a web page that it is one, and which feed it names."""
    head = text[:200_000]
    if not re.search(r"<(?:html|!doctype html|head|body)\b", head[:_HEAD], re.IGNORECASE):
        return
    link = _FEED_LINK.search(head)
    href = _HREF.search(link[0]) if link else None
    feed = address(html.unescape(href[1]), url) if href else None
    more = f"; it names a feed: {feed}" if feed else ""
    raise UnreadableError(f"not a feed: it begins with {' '.join(text[:40].split())!r}, a web page{more}")


def _local(element: etree._Element) -> str:
    tag = element.tag
    return re.split("[}:]", tag)[-1].lower() if isinstance(tag, str) else ""


def _foreign(element: etree._Element) -> bool:
    """Whether an element is of a vocabulary that reuses a feed's names for other things (media:title)."""
    tag = str(element.tag)
    space = tag[1:].split("}")[0] if tag.startswith("{") else tag.split(":")[0] if ":" in tag else ""
    return any(name in space for name in _FOREIGN)


def _entries(root: etree._Element) -> Iterator[etree._Element]:
    for element in root.iter():
        if _local(element) in _ENTRIES and not _foreign(element):
            yield element


def _titles(root: etree._Element) -> Iterator[etree._Element]:
    holders = [root, *(child for child in root if _local(child) == "channel")]
    for holder in holders:
        yield from (part for part in holder if _local(part) == "title" and not _foreign(part))


def _raw(element: etree._Element, base: str) -> Raw:
    base = address(element.get(_BASE) or "", base) or base
    parts: dict[str, list[etree._Element]] = {}
    for child in element:
        if not _foreign(child):
            parts.setdefault(_local(child), []).append(child)

    def first(*names: str) -> str:
        return next((text for name in names for part in parts.get(name, ()) if (text := _inner(part).strip())), "")

    return Raw(
        id=first("guid", "id")
        or next((str(value) for key, value in element.items() if str(key).endswith("}about")), ""),
        links=_links(parts),
        base=base,
        title=first("title"),
        summary=first("description", "summary", "abstract"),
        html=first("encoded", "content", "fulltext"),
        dates=[_inner(part) for name in _DATES for part in parts.get(name, ())],
        version=first("updated", "modified"),
    )


def _links(parts: dict[str, list[etree._Element]]) -> list[str]:
    """The addresses an entry gives for itself, the likeliest first."""
    links = parts.get("link", [])
    texts = [part.text for part in links if part.text and part.text.strip()]
    alternates = [part for part in links if part.get("href") and part.get("rel", "alternate") == "alternate"]
    alternates.sort(key=lambda part: "html" not in (part.get("type") or "html"))
    permanent = [
        part.text
        for part in parts.get("guid", [])
        if part.text and part.get("isPermaLink", "true") == "true" and part.text.strip().startswith(("http:", "https:"))
    ]
    return [*texts, *(part.get("href") or "" for part in alternates), *permanent]


def _inner(element: etree._Element) -> str:
    """An element's content as mark-up: its text, with the elements in it written out."""
    if not len(element):
        return element.text or ""
    inner = [etree.tostring(child, encoding="unicode") for child in element if isinstance(child.tag, str)]
    return html.escape(element.text or "", quote=False) + "".join(inner)
