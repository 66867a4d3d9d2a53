"""HTML as a tree, safely: nothing is fetched, nothing nests without bound, and nothing is lost in silence."""

from __future__ import annotations

import re

from lxml import etree

from bot.errors import UnreadableError

# Old pages leave these open, one inside the other, paragraph after paragraph.
_UNCLOSED = re.compile(r"</?(?:font|span|b|i|u|em|strong|small|big|tt|center|s|strike)\b[^<>]{0,2000}>", re.I)


def parse_html(html: str) -> etree._Element | None:
    """The root of a page, None if there is no element in it. Raises UnreadableError if it nests too deep to be read."""
    root, whole = _parsed(html, deep=False)
    if not whole:
        # libxml2 stops at 256 levels and drops the rest: without the mark-up that is left open few pages get there.
        root, whole = _parsed(_UNCLOSED.sub("", html), deep=True)
    if not whole:
        raise UnreadableError("the page's mark-up is nested more than 2,000 levels deep")
    return root


def _parsed(html: str, *, deep: bool) -> tuple[etree._Element | None, bool]:
    """The root, and whether the parser reached the end of the page."""
    body = html.replace("\0", "").encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=deep)
    try:
        root = etree.fromstring(body, parser) if body.strip() else None
    except etree.ParserError:
        root = None
    return root, not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
