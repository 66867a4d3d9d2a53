"""Sources to and from OPML, the format feed readers exchange their subscriptions in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from lxml import etree

from bot.domain.source import Source, SourceKind, parse_every
from bot.domain.text import harmless, one_line
from bot.errors import UsageError

_SPACE = "https://attache.example/opml"
_TEXTS = ("country", "language", "item", "link", "date", "note", "state")
_FLAGS = ("allow_private", "firehose")
_NAME = 200


def to_opml(sources: Sequence[Source]) -> str:
    """The sources as OPML 2.0; what OPML has no word for goes into attributes of our own, so that nothing is lost."""
    root = etree.Element("opml", version="2.0", nsmap={"attache": _SPACE})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Attaché: sources"
    body = etree.SubElement(root, "body")
    for source in sources:
        etree.SubElement(body, "outline", _attributes(source))
    etree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{etree.tostring(root, encoding="unicode")}\n'


def from_opml(text: str) -> list[Source]:
    """The sources an OPML file lists, those in folders too, in order; an address listed twice counts once.

    Outlines without an address are folders. Raises UsageError, naming every outline that is wrong, if any is.
    """
    root = _parsed(text)
    found: dict[str, Source] = {}
    wrong: list[str] = []
    for outline in root.iter("outline"):
        url = outline.get("xmlUrl") or outline.get(f"{{{_SPACE}}}url")
        if not url or not url.strip():
            continue
        try:
            source = _source(outline, url.strip())
            found.setdefault(source.url, source)
        except ValueError as error:
            wrong.append(f"{one_line(outline.get('text') or url)[:80]}: {error}")
    if wrong:
        raise UsageError(f"the OPML file has {len(wrong)} outlines that are wrong: {'; '.join(wrong[:5])}")
    return _named_apart(list(found.values()))


def _attributes(source: Source) -> dict[str, str]:
    own = {"kind": source.kind.value, "every": _every(source.every)}
    own |= {key: value for key in _TEXTS if (value := getattr(source, key)) is not None}
    own |= {key: "true" for key in _FLAGS if getattr(source, key)}
    feed = source.kind is SourceKind.FEED
    plain = {"text": source.name, "type": "rss", "xmlUrl": source.url} if feed else {"text": source.name}
    if not feed:  # other readers must not take a page or folder for a feed
        own["url"] = source.url
    return plain | {f"{{{_SPACE}}}{key}": harmless(value) for key, value in own.items()}


def _source(outline: etree._Element, url: str) -> Source:
    def own(key: str) -> str | None:
        return outline.get(f"{{{_SPACE}}}{key}")

    kind = SourceKind(own("kind") or "feed")
    if kind is not SourceKind.FOLDER and urlsplit(url).scheme not in {"http", "https"}:
        raise ValueError(f"{url!r} is no web address")
    name = outline.get("text") or outline.get("title") or urlsplit(url).hostname or url
    return Source(
        name=one_line(name)[:_NAME] or url[:_NAME],
        kind=kind,
        url=url,
        every=parse_every(own("every") or "30m"),
        allow_private=own("allow_private") == "true",
        firehose=own("firehose") == "true",
        **{key: own(key) for key in _TEXTS},
    )


def _every(every: timedelta) -> str:
    return f"{max(1, round(every.total_seconds()))}s"


def _named_apart(sources: list[Source]) -> list[Source]:
    """The sources with names that differ: a second one of the same name is numbered."""
    taken: set[str] = set()
    apart = []
    for source in sources:
        name, number = source.name, 2
        while name in taken:
            name, number = f"{source.name} ({number})", number + 1
        taken.add(name)
        apart.append(replace(source, name=name))
    return apart


def _parsed(text: str) -> etree._Element:
    if "<!ENTITY" in text or "<!DOCTYPE" in text:
        raise UsageError("the OPML file declares a document type or entities, which OPML has none of")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(text.lstrip("\ufeff \t\r\n").encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UsageError(f"the OPML file is no XML: {error}") from error
    if root.tag != "opml":
        raise UsageError(f"the file is no OPML: it begins with <{root.tag}>; export one from a feed reader")
    return root
