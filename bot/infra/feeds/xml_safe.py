"""A feed's tree written anew for feedparser: its shape and its words, without what makes feedparser hang or guess.

Entries become flat and hold only what is read of them; no address is left to resolve; mark-up within a part becomes its
text, marked as HTML. What must be taken as given (ids, bases, versions) is taken from the tree, entry by entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
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
_STAND_INS = {"media", "itunes"}  # read only where the entry itself is silent
_MOST_PARTS = 500
_LONGEST, _LONGEST_ATTRIBUTE, _SHORT = 20_000, 4000, 20

_Name = tuple[str, str]


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


def safe_feed(root: etree._Element, url: str) -> SafeFeed:
    """The feed under `root` written anew; `url` is its own address. Takes the tree apart."""
    channel = next((child for child in root if _name(child) == ("", "channel")), root)
    base = _based(channel, _based(root, url))
    entries = [element for element in root.iter() if _name(element) in {("", "item"), ("", "entry")}]
    for element in reversed(entries):  # the innermost first: where an end tag is missing, they stand in each other
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    shown = _new_root(root)
    holder = shown if channel is root else _added(shown, ("", "channel"))
    titles = (part for part in [*root, *channel] if _name(part) == ("", "title") and inner(part).strip())
    for title in islice(titles, 1):
        _copy(title, ("", "title"), holder, base)
    return SafeFeed(
        given=tuple(_entry(element, holder, base) for element in entries[:MOST_ENTRIES]),
        document=etree.tostring(shown, encoding="utf-8", xml_declaration=True),
        left_out=max(0, len(entries) - MOST_ENTRIES),
    )


def kind(root: etree._Element) -> str:
    """The name of a document's root without its namespace, in small letters."""
    return re.split("[}:]", str(root.tag))[-1].lower()


def _name(element: etree._Element) -> _Name | None:
    """The vocabulary, "" for a feed's own, and the name in it, in small letters; None for vocabularies not read here.

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
    shown = etree.Element(f"{{{_RDF}}}RDF" if name == "rdf" else tag, nsmap=cast(dict[str, str], spaces))
    shown.set("version", (root.get("version") or "")[:_SHORT])
    return shown


def _added(parent: etree._Element, name: _Name) -> etree._Element:
    vocabulary, local = name
    space = _OTHERS[vocabulary] if vocabulary else parent.nsmap.get(None)
    return etree.SubElement(parent, f"{{{space}}}{local}" if space else local)


def _entry(element: etree._Element, holder: etree._Element, base: str) -> Given:
    base = _based(element, base)
    parts = islice(_parts(element), _MOST_PARTS)
    named = [(part, name) for part in parts if (name := _name(part)) and name[1] in _PARTS.get(name[0], ())]
    oversized = [part for part, name in named if name[1] in _LONG and len(inner(part)) > LONGEST_BODY]
    named = [(part, name) for part, name in named if part not in oversized]
    told = {name[1]: part for part, name in reversed(named) if not name[0] and inner(part).strip()}
    shown = _added(holder, ("", "item" if kind(element) == "item" else "entry"))
    for key in ("href", "lastmod"):  # as CDF has it
        if (value := element.get(key) or element.get(key.upper())) and len(value) <= _LONGEST_ATTRIBUTE:
            shown.set(key, value)
    for part, name in named:
        own = _SUMMARIES if name[1] in _SUMMARIES else {name[1]}
        if name[0] not in _STAND_INS or not own & told.keys():
            _copy(part, name, shown, base)
    about = (str(value) for key, value in element.items() if str(key).lower().endswith(("}about", ":about")))
    return Given(
        id=next((inner(told[key]) for key in ("guid", "id") if key in told), "") or next(about, ""),
        permanent="guid" in told and told["guid"].get("isPermaLink", "true") == "true",
        version=next((inner(told[key]) for key in ("updated", "modified") if key in told), ""),
        oversized=bool(oversized),
        base=base,
    )


def _parts(element: etree._Element) -> Iterator[etree._Element]:
    """What an entry consists of, media groups opened."""
    for child in element:
        yield from (child if _name(child) == ("media", "group") else (child,))


def _copy(part: etree._Element, name: _Name, parent: etree._Element, base: str) -> None:
    shown = _added(parent, name)
    text = inner(part)
    # Outside CDATA feedparser would be called for every single entity.
    shown.text = text[:_LONGEST] if name[1] not in _LONG else text if "]]>" in text else etree.CDATA(text)
    for key in _ATTRIBUTES - ({"type", "mode"} if len(part) else set()):
        if (value := part.get(key)) and len(value) <= _LONGEST_ATTRIBUTE:
            shown.set(key, value)
    if len(part):
        shown.set("type", "text/html")
    if name[1] == "link" and part.get(_BASE) and part.get("href"):
        shown.set("href", address(part.get("href") or "", _based(part, base)) or "")


def _plain(space: str) -> str:
    """A namespace as the tables here have it: feeds differ in its case and its last sign."""
    return space.lower().rstrip("/#")


def _based(element: etree._Element, base: str) -> str:
    return address(element.get(_BASE) or "", base) or base
