"""An outlet as Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from typing import Any

from lxml import etree

from bot.domain.outlet import Item, Outlet
from bot.infra.syndication.fit import fit, moment, tongue

ATOM = "http://www.w3.org/2005/Atom"
# lxml knows None as the namespace without a prefix; its stubs do not.
NAMESPACES: Any = {None: ATOM}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
MEDIA_TYPE = "application/atom+xml"


def as_atom(outlet: Outlet) -> bytes:
    """The feed as a document in UTF-8, its content as escaped HTML."""
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap=NAMESPACES)
    _add(feed, "id", outlet.id)
    _add(feed, "title", outlet.title)
    _add(feed, "updated", moment(outlet.updated))
    _add(feed, "link", rel="self", type=MEDIA_TYPE, href=outlet.address)
    _add(feed, "link", rel="alternate", type="text/html", href=outlet.home)
    _add(_add(feed, "author"), "name", "Attaché")
    _add(feed, "generator", "Attaché")
    for item in outlet.items:
        _entry(feed, item)
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _entry(feed: etree._Element, item: Item) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", item.id)
    _add(entry, "title", item.title)
    _add(entry, "updated", moment(item.updated))
    _add(entry, "published", moment(item.published))
    _add(entry, "link", rel="alternate", type="text/html", href=item.page)
    if item.source:
        _add(entry, "link", rel="via", href=item.source)
    _add(_add(entry, "author"), "name", item.author)
    for topic in item.topics:
        _add(entry, "category", term=topic, label=topic.replace("_", " "))
    _add(entry, "summary", item.summary)
    content = _add(entry, "content", item.content, type="html")
    if tag := tongue(item.language):
        content.set(LANGUAGE, tag)


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    """A child with a text and attributes, each made fit for XML."""
    child = etree.SubElement(parent, f"{{{ATOM}}}{name}", {key: fit(value) for key, value in attributes.items()})
    child.text = fit(text) or None
    return child
