"""XML of any quality as a tree: nothing outside the document is read, no entity grows, a break costs only itself."""

from __future__ import annotations

import html
import re

from lxml import etree

from bot.errors import UnreadableError
from bot.infra.feeds.entries import address

_DECLARATION = re.compile(r"<\?xml[^>]{0,300}>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]{0,500}(?:\[[^\]<>]{0,500}\]\s{0,20})?>", re.IGNORECASE)
_START = re.compile(r"<(?:\?xml|rss|feed|rdf:RDF|channel)[\s>]", re.IGNORECASE)
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_NUMBERED = re.compile(r"&#(x[0-9A-Fa-f]{1,10}|[0-9]{1,10});")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Reading a tag takes time with the square of its attributes: 50,000 of them were seen to take 14 s.
_OVERLOADED = re.compile(r"<[A-Za-z_:][^<>=]{0,5000}+(?:=[^<>=]{0,5000}+){200}")
_PAGE = re.compile(r"<(?:html|!doctype html|head|body)\b", re.IGNORECASE)
_FEED_LINK = re.compile(
    r"<link\b[^<>]{0,1000}\btype=[\"']?application/(?:rss|atom|feed)\+(?:xml|json)[^<>]{0,1000}>", re.I
)
_HREF = re.compile(r"""\bhref=["']?([^\s"'<>]{1,1000})""", re.IGNORECASE)
_HEAD = 5000


def parsed(text: str) -> tuple[etree._Element | None, bool]:
    """The root of a document, None if there is none, and whether it is broken.

    Raises UnreadableError if it declares entities or has a tag with over 200 attributes.
    """
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
    try:
        parser = _parser()
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, True
    return root, bool(len(parser.error_log))


def refuse_page(text: str, url: str) -> None:
    """Say of a web page that it is one, and which feed it names; raises UnreadableError for no other text."""
    head = text[:200_000]
    if not _PAGE.search(head[:_HEAD]):
        return
    link = _FEED_LINK.search(head)
    href = _HREF.search(link[0]) if link else None
    feed = address(html.unescape(href[1]), url) if href else None
    more = f"; it names a feed: {feed}" if feed else ""
    raise UnreadableError(f"not a feed: it begins with {' '.join(text[:40].split())!r}, a web page{more}")


def inner(element: etree._Element) -> str:
    """An element's content as mark-up: its text, with the elements in it written out."""
    if not len(element):
        return element.text or ""
    whole = etree.tostring(element, encoding="unicode", with_tail=False)
    return whole[whole.index(">") + 1 : whole.rindex("<")]


def _parser() -> etree.XMLParser:
    # No entity is left to grow, so the limits that huge_tree lifts would only cut long texts.
    return etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )


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
