"""HTML as lines: block elements and doubled `<br>` part paragraphs, single `<br>` parts lines.

The tree is walked without recursion, so that no nesting, however deep, can exhaust the stack.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import accumulate

from lxml import etree

from bot.reading import chrome
from bot.reading.article_lines import LONGEST, MOST_LINES, Line, clean
from bot.reading.document_tree import parse_html

_SKIPPED = frozenset(
    "script style noscript template svg math select textarea iframe object canvas head audio video map".split()
)
_NEVER_TEXT = _SKIPPED - {"noscript", "template"}
_NEXT_TO_NOTHING = 30
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr o:p st1:place".split()
)
_FRAMES = frozenset("nav footer aside form button dialog menu".split())
_ROLES = frozenset("navigation contentinfo complementary search banner alert dialog menu menubar toolbar".split())
_FRAME_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|mainmenu|breadcrumbs?|crumbs?|footer|sidebar|aside|share|sharing|sharedaddy|social|addtoany"
    r"|related|see-also|more-posts|recommend\w{0,6}|cookies?|cookie-\w{1,12}|consent|gdpr|skip|skip-link|widget|tags?|tagcloud|comments?|pagination|pager"
    r"|print|printer|tools|toolbar|newsletter|subscribe|copyright|languages?|language-switcher|masthead|popup|modal|login)(?:$|[\s_-])"
)
_HIDDEN = re.compile(r"(?:display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden)", re.I)
_SHARES = (0.4, 0.1, 0.03, 0.0)


@dataclass(slots=True)
class _Place:
    """Where the walk is: counters of what is open, and the paragraph being gathered."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    frames: list[int] = field(default_factory=list)
    frame_of: list[int] = field(default_factory=list)
    frame_count: int = 0
    links: int = 0
    pre: int = 0
    seam: bool = False
    heading: int = 0
    group: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """What a page's HTML holds: its lines and what it says of itself.

    `titles` are the candidates for the title, best first; `html_title` the `<title>` as it stands.
    """

    lines: list[Line]
    titles: list[str]
    html_title: str | None
    language: str | None


def read_markup(html: str) -> Markup:
    """The lines and self-description of an HTML page."""
    root = parse_html(html)
    if root is None:
        return Markup(lines=[], titles=[], html_title=None, language=None)
    html_title = clean(root.findtext(".//title") or "") or None
    og = next((meta.get("content") or "" for meta in root.iter("meta") if meta.get("property") == "og:title"), "")
    lines = _read(root)
    named = chrome.key(html_title or "")
    headings = [line.text for level in (1, 2, 3, 4) for line in lines if line.heading == level and not line.framed]
    told = [heading for heading in headings if chrome.key(heading) and chrome.key(heading) in named]
    titles = [title for title in [clean(og), *told, html_title or ""] if title and not chrome.is_banner(title)]
    return Markup(lines=lines, titles=titles, html_title=html_title, language=_language(root))


def _language(root: etree._Element) -> str | None:
    value = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    return value.strip().lower() if value and value.strip() else None


def _read(root: etree._Element) -> list[Line]:
    """The lines a reader sees; where that is next to nothing, those that scripts would have shown as well."""
    lines = _walk(root, _SKIPPED)
    seen = _prose(lines)
    if seen >= _NEXT_TO_NOTHING:
        return lines
    every = _walk(root, _NEVER_TEXT)
    return every if _prose(every) > 3 * seen else lines


def _prose(lines: list[Line]) -> int:
    return sum(chrome.weight(line.text) for line in lines if line.is_prose)


def _walk(root: etree._Element, skipped: frozenset[str]) -> list[Line]:
    """The lines of a tree; elements hidden by style are passed over as scripts are, if `noscript` is."""
    hides = "noscript" in skipped
    place = _Place()
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in skipped or (hides and _is_hidden(element)):
                walker.skip_subtree()
                continue
            _open(place, tag, element)
        else:
            if tag not in skipped and not (hides and _is_hidden(element)):
                _close(place, tag)
            _say(place, element.tail)
        if len(place.lines) >= MOST_LINES:
            break
    _flush(place)
    return _trusted(place)


def _is_hidden(element: etree._Element) -> bool:
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style") or ""))


def _open(place: _Place, tag: str, element: etree._Element) -> None:
    if tag == "br":
        place.pieces.append(("\n", False))
    elif tag not in _INLINE:
        _flush(place)
    before = element.getprevious()
    place.seam = tag in _INLINE and before is not None and before.tag in _INLINE and not before.tail
    place.links += tag == "a"
    place.pre += tag == "pre"
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        place.heading = int(tag[1])
    if _is_frame(tag, element):
        place.frame_count += 1
        place.frames.append(place.frame_count)
    else:
        place.frames.append(place.frames[-1] if place.frames else 0)
    _say(place, element.text)


def _close(place: _Place, tag: str) -> None:
    if tag not in _INLINE and tag != "br":
        _flush(place)
    place.links -= tag == "a"
    place.pre -= tag == "pre"
    if len(tag) == 2 and tag[0] == "h":
        place.heading = 0
    place.frames.pop()


def _is_frame(tag: str, element: etree._Element) -> bool:
    if tag in _FRAMES or (element.get("role") or "") in _ROLES:
        return True
    if tag in {"html", "body", "main", "article"} or tag in _INLINE:
        return False
    return bool(_FRAME_NAME.search(f"{element.get('class') or ''} {element.get('id') or ''}".lower()[:300]))


def _say(place: _Place, text: str | None) -> None:
    if text:
        # Two inline elements without a space between them, set apart by style alone: a date and a reading time.
        if place.seam and place.pieces and _is_seam(place.pieces[-1][0], text):
            place.pieces.append(("\n", False))
        place.seam = False
        place.pieces.append((text if place.pre else text.replace("\n", " "), place.links > 0))


def _is_seam(before: str, after: str) -> bool:
    """Whether words would run together that no word joins: a small letter or digit, then a capital."""
    return len(before) >= 4 and (before[-1].islower() or before[-1].isdigit()) and after[0].isupper()


def _flush(place: _Place) -> None:
    """End the paragraph being gathered."""
    pieces, place.pieces = place.pieces, []
    if not any(text.strip() for text, _ in pieces):
        return
    place.group += 1
    blank = False
    for text, links in _split(pieces):
        if not text:
            blank = True
            continue
        place.group += blank
        blank = False
        place.lines.append(Line(text=text, group=place.group, links=links, heading=place.heading))
        place.frame_of.append(place.frames[-1] if place.frames else 0)


def _split(pieces: list[tuple[str, bool]]) -> list[tuple[str, float]]:
    """The pieces of a paragraph as lines with their share of link text; '' stands for a blank line."""
    rows: list[list[tuple[str, bool]]] = [[]]
    for text, linked in pieces:
        for n, part in enumerate(text.split("\n", MOST_LINES)):
            if n:
                rows.append([])
            rows[-1].append((part, linked))
    lines = []
    for row in rows[:MOST_LINES]:
        text = clean("".join(part for part, _ in row))
        inside = sum(len(part.strip()) for part, linked in row if linked)
        lines.append((text, min(1.0, inside / len(text)) if text else 0.0))
    return lines


def _trusted(place: _Place) -> list[Line]:
    """The lines with `framed` set, as far as the mark-up can be believed.

    A frame that holds much of a page's prose is none (a form around it all, a class name that means something else):
    the belief is narrowed until half of the prose stands outside of frames.
    """
    prose: Counter[int] = Counter()
    for line, frame in zip(place.lines, place.frame_of, strict=True):
        prose[frame] += chrome.weight(line.text) if line.is_prose else 0
    frames = {frame for frame in place.frame_of if frame}
    believed: set[int] = set()
    for share in _SHARES:
        believed = {frame for frame in frames if prose[frame] <= prose.total() * share}
        if sum(prose[frame] for frame in prose if frame not in believed) * 2 >= prose.total():
            break
    kept = [replace(line, framed=frame in believed) for line, frame in zip(place.lines, place.frame_of, strict=True)]
    ends = list(accumulate(len(line.text) for line in kept))
    return kept[: bisect_right(ends, LONGEST)]
