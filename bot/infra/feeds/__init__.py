"""Feeds of every kind, told apart by content: RSS, Atom, RDF, JSON Feed and WordPress posts.

feedparser reads the XML, from a document our own code makes safe first: given a feed as it comes, it hangs on blank
lines and long author names, raises on broken character references, opens files named by a payload and rewrites ids.
"""

from __future__ import annotations

from bot.domain.source import Window
from bot.errors import UnreadableError
from bot.infra.feeds.decoding import decoded
from bot.infra.feeds.json_feed import read_json
from bot.infra.feeds.xml_feed import read_xml

_SHOWN = 60


def parse_feed(body: bytes, media_type: str, charset: str | None, url: str) -> Window:
    """What a feed shows. `url` is its own address, to resolve links against; `media_type` is believed in nothing.

    Raises UnreadableError if it is no feed; a broken entry costs only itself and is named in the problems.
    """
    text = decoded(body, charset).lstrip("\ufeff\u200b \t\r\n\f\v\x00")
    if not text:
        raise UnreadableError("not a feed: it is empty")
    try:
        window = read_json(text, url) if text[0] in "[{" else read_xml(text, url)
    except RecursionError as error:
        raise UnreadableError("not a feed: it is nested too deep") from error
    if window is None:
        begins = " ".join(text[: _SHOWN * 2].split())[:_SHOWN]
        declared = f" (sent as {media_type})" if media_type else ""
        raise UnreadableError(f"not a feed: it begins with {begins!r}{declared}")
    return window


__all__ = ["parse_feed"]
