"""A feed's tree written anew for feedparser: its shape and its words, without what makes feedparser hang or guess.

Entries become flat and hold only what is read of them; no address is left to resolve; mark-up within a part becomes its
text, marked as HTML. What must be taken as given (ids, bases, versions) is taken from the tree, entry by entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import cast

from lxml import etree

from bot.infra.feeds.entries import address
from bot.infra.feeds.xml_tree import inner

ROOTS = {"rss", "rdf", "feed", "channel"}
MOST_ENTRIES = 5000
LONGEST_BODY = 1_000_000

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
# The formats' own namespaces; any other default namespace is taken for one of theirs, as feedparser does.
_OWN = {
    "http://www.w3.org/2005/atom": "http://www.w3.org/2005/Atom",
    "http://purl.org/atom/ns": "http://purl.org/atom/ns#",
    "http://purl.org/rss/1.0": "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9": "http://my.netscape.com/rdf/simple/0.9/",
    "http://backend.userland.com/rss2": "",
    _RDF.rstrip("#"): "",
}
_OTHERS = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
_OWN_PREFIXES = {"rss", "atom", "rdf"}
_BY_SPACE = {space.lower().rstrip("/#"): prefix for prefix, space in _OTHERS.items()}
_SUMMARIES = {"description", "summary", "abstract"}
_LONG = {"content", "encoded", "fullitem", "body", *_SUMMARIES}
_DATES = {"pubdate", "published", "issued", "created", "updated", "modified", "date"}
_PARTS = {
    "": {"title", "link", "guid", "id"} | _DATES | _LONG - {"encoded"},
    "content": {"encoded"},
    "dc": {"title", "description", "date"},
    "dcterms": {"issued", "created", "modified"},
    "media": {"title", "description"},
    "itunes": {"summary"},
    "xhtml": {"body"},
}
_ATTRIBUTES = {"type", "rel", "href", "mode", "isPermaLink"}
_ENTRIES = {("", "item"), ("", "entry")}
_ENTRY_TAGS = tuple(f"{{*}}{name}" for name in ("item", "entry", "Item", "Entry", "ITEM", "ENTRY"))
_STAND_INS = {"media", "itunes"}  # read only where the entry itself is silent
_MOST_PARTS = 500
_LONGEST, _LONGEST_ATTRIBUTE, _SHORT = 20_000, 4000, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What an entry says that no parser may rewrite.

    `permanent` tells whether the id may be an address too, `oversized` whether a text of it was left out, `base` is the
    address its links are relative to.
    """

    id: str = ""
    permanent: bool = False
    version: str = ""
    oversized: bool = False
    base: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeFeed:
    """A document fit for feedparser, and for each of its entries, in order, what it gives; `left_out` were too many."""

    document: bytes
    given: tuple[Given, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Part:
    """A child of an entry that is read: its vocabulary ("" for a feed's own), its name there, and what it says."""

    element: etree._Element
    vocabulary: str
    name: str
    text: str


def safe_feed(root: etree._Element, url: str) -> SafeFeed:
    """The feed under `root` written anew; `url` is its own address."""
    channel = next((child for child in root if _name(child) == ("", "channel")), root)
    base = _based(channel, _based(root, url))
    entries = (element for element in root.iter(*_ENTRY_TAGS) if _name(element) in _ENTRIES)
    shown = _new_root(root)
    holder = shown if channel is root else _added(shown, "", "channel")
    parts = _read(child for child in chain(root, channel) if _name(child) == ("", "title"))
    title = next((part for part in parts if part.text.strip()), None)
    if title is not None:
        _copy(title, holder, base)
    given = tuple(_entry(element, holder, base) for element in islice(entries, MOST_ENTRIES))
    return SafeFeed(
        document=etree.tostring(shown, encoding="utf-8", xml_declaration=True),
        given=given,
        left_out=sum(1 for _ in entries),
    )


def kind(root: etree._Element) -> str:
    """The name of a document's root without its namespace, in small letters."""
    return re.split("[}:]", str(root.tag))[-1].lower()


def _name(element: etree._Element) -> tuple[str, str] | None:
    """The vocabulary and the name in it, in small letters; None for vocabularies not read here.

    A prefix nobody declared, or declared with an address of its own, counts for what it usually means.
    """
    space, _, local = str(element.tag).rpartition("}")
    space = _plain(space[1:])
    prefix = element.prefix
    if not space:
        prefix, _, local = local.rpartition(":")
    if space in _BY_SPACE:
        return _BY_SPACE[space], local.lower()
    if not prefix or prefix in _OWN_PREFIXES or space in _OWN:
        return "", local.lower()
    return (prefix, local.lower()) if prefix in _OTHERS else None


def _new_root(root: etree._Element) -> etree._Element:
    name = kind(root)
    space = _OWN["http://purl.org/rss/1.0"] if name == "rdf" else _OWN.get(_plain(root.nsmap.get(None) or ""), "")
    spaces: dict[str | None, str] = {None: space} if space else {}
    tag = f"{{{space}}}{name}" if space else name
    # The stub of lxml forgets that a default namespace has the prefix None.
    nsmap = cast(dict[str, str], spaces | _OTHERS)
    shown = etree.Element(f"{{{_RDF}}}RDF" if name == "rdf" else tag, nsmap=nsmap)
    shown.set("version", (root.get("version") or "")[:_SHORT])
    return shown


def _added(parent: etree._Element, vocabulary: str, name: str) -> etree._Element:
    space = _OTHERS[vocabulary] if vocabulary else parent.nsmap.get(None)
    return etree.SubElement(parent, f"{{{space}}}{name}" if space else name)


def _entry(element: etree._Element, holder: etree._Element, base: str) -> Given:
    """Write an entry anew into `holder`; what is given in it."""
    base = _based(element, base)
    parts = list(_read(islice(_children(element), _MOST_PARTS)))
    fitting = [part for part in parts if part.name not in _LONG or len(part.text) <= LONGEST_BODY]
    told = {part.name: part for part in reversed(fitting) if not part.vocabulary and part.text.strip()}
    shown = _added(holder, "", "item" if kind(element) == "item" else "entry")
    for key in ("href", "lastmod"):  # as CDF has it
        if (value := element.get(key) or element.get(key.upper())) and len(value) <= _LONGEST_ATTRIBUTE:
            shown.set(key, value)
    for part in fitting:
        own = _SUMMARIES if part.name in _SUMMARIES else {part.name}
        if part.vocabulary not in _STAND_INS or not own & told.keys():
            _copy(part, shown, base)
    identity = next((told[name] for name in ("guid", "id") if name in told), None)
    return Given(
        id=identity.text if identity else _about(element),
        permanent="guid" in told and told["guid"].element.get("isPermaLink", "true") == "true",
        version=next((told[name].text for name in ("updated", "modified") if name in told), ""),
        oversized=len(fitting) < len(parts),
        base=base,
    )


def _about(element: etree._Element) -> str:
    named = (str(value) for key, value in element.items() if str(key).lower().endswith(("}about", ":about")))
    return next(named, "")


def _children(element: etree._Element) -> Iterator[etree._Element]:
    """What an entry consists of, media groups opened."""
    for child in element:
        yield from (child if _name(child) == ("media", "group") else (child,))


def _read(elements: Iterable[etree._Element]) -> Iterator[_Part]:
    for element in elements:
        vocabulary, name = _name(element) or ("", "")
        if name in _PARTS.get(vocabulary, ()):
            # Where an end tag is missing and entries follow within the part, it ends at its first element.
            unended = next(element.iter(*_ENTRY_TAGS), None) is not None
            yield _Part(element, vocabulary, name, (element.text or "") if unended else inner(element))


def _copy(part: _Part, parent: etree._Element, base: str) -> None:
    shown = _added(parent, part.vocabulary, part.name)
    if part.name not in _LONG:
        shown.text = part.text[:_LONGEST]
    else:  # Outside CDATA feedparser would be called for every single entity.
        shown.text = part.text if "]]>" in part.text else etree.CDATA(part.text)
    marked_up = len(part.element) > 0
    for key in _ATTRIBUTES - ({"type", "mode"} if marked_up else set()):
        if (value := part.element.get(key)) and len(value) <= _LONGEST_ATTRIBUTE:
            shown.set(key, value)
    if marked_up:
        shown.set("type", "text/html")
    if part.name == "link" and part.element.get(_BASE) and part.element.get("href"):
        shown.set("href", address(part.element.get("href") or "", _based(part.element, base)) or "")


def _plain(space: str) -> str:
    """A namespace as the tables here have it: feeds differ in its case and its last sign."""
    return space.lower().rstrip("/#")


def _based(element: etree._Element, base: str) -> str:
    return address(element.get(_BASE) or "", base) or base
