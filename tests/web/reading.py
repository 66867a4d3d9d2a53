"""A page taken apart by CSS selectors, as a test reads it."""

from __future__ import annotations

import httpx
from lxml import html


def texts(page: httpx.Response, selector: str) -> list[str]:
    """The words of every element a selector finds, white space apart."""
    return [
        " ".join("".join(map(str, found.itertext())).split())
        for found in html.document_fromstring(page.text).cssselect(selector)
    ]


def links(page: httpx.Response, selector: str) -> list[str]:
    """Where the links a selector finds lead to."""
    return [found.get("href") or "" for found in html.document_fromstring(page.text).cssselect(selector)]
