"""Finds the block of a listing page that repeats: sibling structures, each with a main link and most with a date."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

_SKIPPED = frozenset({"script", "style", "noscript", "template", "select", "svg"})
_BLOCKS = frozenset("li tr td div article section p dd dl h2 h3 h4 h5 a ul table tbody".split())
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_VARYING = re.compile(r"odd|even|first|last|active|row\d*|[\w-]{0,40}-?\d{1,9}")
_LONGEST = 1500
_MOST_LINKS = 12
_LINKS_READ = 3000
_FEWEST = 2
_SHARE_DATED = 0.6
# Cheap and wide on purpose: which days these are is decided later, by the rules of bot.domain.dates.
_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)?\d\d"
    r"|\d{1,2}(?:st|nd|rd|th|er|º)?\.?\s(?:de\s)?[^\W\d_]{3,12}\.?(?:/[^\W\d_]{3,12})?,?\s(?:de\s|del\s)?(?:19|20)\d\d"
    r"|[^\W\d_]{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d|[٠-٩]{1,2}\s[^\W\d_]{3,12}(?:/[^\W\d_]{3,12})?\s[٠-٩]{4})(?!\d)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry's block, its main link (None where it has none), and the text of its date where a selector named it."""

    block: etree._Element
    link: etree._Element | None
    dated: str | None = None


def text_of(element: etree._Element) -> str:
    """An element's text on one line, scripts left out; the pieces of different elements are kept apart."""
    return " ".join(" ".join(_pieces(element)).split())[:_LONGEST]


def _pieces(element: etree._Element) -> Iterator[str]:
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, node in walker:
        if event == "start":
            if node.tag in _SKIPPED:
                walker.skip_subtree()
            elif node.text:
                yield node.text
        elif node is not element and node.tail:
            yield node.tail


def links_in(element: etree._Element) -> list[etree._Element]:
    """The links to pages within an element, itself included."""
    return [a for a in element.iter("a") if _leads(a.get("href"))]


def _leads(href: str | None) -> bool:
    plain = (href or "").strip().lower()
    return bool(plain) and not plain.startswith(("#", "javascript:", "mailto:", "tel:", "data:"))


def link_of(block: etree._Element) -> etree._Element | None:
    """The main link of a block: in its heading if it has one, else the one with the most words."""
    links = links_in(block)
    headed = [a for a in links if _is_in_heading(a, block)]
    return max(headed or links, key=lambda a: len(text_of(a)), default=None)


def _is_in_heading(link: etree._Element, block: etree._Element) -> bool:
    for parent in link.iterancestors():
        if parent is block:
            return False
        if parent.tag in _HEADINGS:
            return True
    return any(child.tag in _HEADINGS for child in link)


def title_of(item: Item) -> str:
    """The title of an item: its heading or its link's words, without the date; a bare 'read more' gives way."""
    if item.link is None:
        return ""
    heading = next((h for h in item.link.iter(*_HEADINGS) if text_of(h)), None)
    words = text_of(heading) if heading is not None else text_of(item.link) or item.link.get("title") or ""
    title = _undated(words)
    if len(title) >= 12:
        return title
    above = next((text for h in item.block.iter(*_HEADINGS, "strong", "b") if (text := text_of(h))), "")
    around = _undated(text_of(item.block).replace(words, " ") if words else text_of(item.block))
    return next((text for text in (_undated(above), around) if len(text) >= max(12, len(title))), title or words)


def _undated(text: str) -> str:
    return " ".join(_DATE.sub(" ", text).split()).strip(" -–—|:•·[]()")


def repeated(root: etree._Element) -> tuple[list[Item], list[str]]:
    """The items of the largest dated group of like structures, and a line saying why where there is none."""
    found = [(group, texts) for group in _groups(root) if (texts := _dating(group)) is not None]
    if found:
        group, texts = max(found, key=lambda pair: _worth(*pair))
        return [Item(block=b, link=link_of(b), dated=t) for b, t in zip(group, texts, strict=True) if links_in(b)], []
    if next(root.iter("a"), None) is None:
        return [], ["the page has no links: perhaps it is filled in by scripts"]
    return [], ["no repeated block of links with dates was found: name one with the selectors item, link and date"]


def _groups(root: etree._Element) -> list[list[etree._Element]]:
    """Elements alike in tag and class that each hold one to a few links: siblings, and cousins in like places."""
    siblings: dict[object, list[etree._Element]] = defaultdict(list)
    cousins: dict[object, list[etree._Element]] = defaultdict(list)
    for element, count in _linked(root).items():
        parent = element.getparent()
        if parent is not None and element.tag in _BLOCKS and count <= _MOST_LINKS:
            siblings[parent, _sign(element)].append(element)
            path = tuple(_sign(above) for above, _ in zip(element.iterancestors(), range(3), strict=False))
            cousins[_sign(element), path].append(element)
    groups = [*siblings.values(), *(group for group in cousins.values() if not _is_nested(group))]
    return [group for group in groups if len(group) >= _FEWEST]


def _linked(root: etree._Element) -> dict[etree._Element, int]:
    """How many links to pages each element holds, in the page's order."""
    linked: dict[etree._Element, int] = defaultdict(int)
    for a in links_in(root)[:_LINKS_READ]:
        linked[a] += 1
        for parent in a.iterancestors():
            linked[parent] += 1
    return linked


def _is_nested(group: Sequence[etree._Element]) -> bool:
    members = set(group)
    return any(above in members for element in group for above in element.iterancestors())


def _sign(element: etree._Element) -> tuple[str, str]:
    """The tag and the class that like elements share: `odd`, `first` and numbers vary."""
    words = [word for word in (element.get("class") or "").split() if not _VARYING.fullmatch(word)]
    return str(element.tag), words[0] if words else ""


def _dating(group: Sequence[etree._Element]) -> list[str] | None:
    """The text that dates each block: its own, or what follows or precedes it; None if too few have a date."""
    members = set(group)
    choices = (
        [_own(block) for block in group],
        [_beside(block, members, after=True) for block in group],
        [_beside(block, members, after=False) for block in group],
    )
    best = max(choices, key=_dated)
    return best if _dated(best) >= _SHARE_DATED * len(group) else None


def _dated(texts: Sequence[str]) -> int:
    return sum(bool(_DATE.search(text)) for text in texts)


def _own(block: etree._Element) -> str:
    stamp = next((time.get("datetime") or text_of(time) for time in block.iter("time")), "")
    words, link = text_of(block), link_of(block)
    beside = words.replace(text_of(link), " ", 1) if link is not None else words
    return f"{stamp} {beside if _DATE.search(beside) else words}".strip()


def _beside(block: etree._Element, members: set[etree._Element], *, after: bool) -> str:
    """The text between a block and the next of its group (or the one before)."""
    pieces = [block.tail or ""] if after else []
    for sibling, _ in zip(block.itersiblings(preceding=not after), range(4), strict=False):
        if sibling in members or links_in(sibling):
            break
        pieces.append(f"{text_of(sibling)} {sibling.tail or ''}")
    return " ".join(" ".join(pieces).split())[:_LONGEST]


def _worth(group: Sequence[etree._Element], texts: Sequence[str]) -> tuple[int, bool, int]:
    """Many dated blocks beat few, a date inside beats one beside, longer titles beat shorter."""
    words = sum(len(text_of(link)) for block in group if (link := link_of(block)) is not None)
    return _dated(texts), texts[0] == _own(group[0]), words
