"""An outlet as JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from typing import Any

from bot.domain.outlet import Item, Outlet
from bot.infra.syndication.fit import fit, moment, tongue

VERSION = "https://jsonfeed.org/version/1.1"


def as_json_feed(outlet: Outlet) -> bytes:
    """The feed as a document in UTF-8."""
    feed = {
        "version": VERSION,
        "title": fit(outlet.title),
        "home_page_url": fit(outlet.home),
        "feed_url": fit(outlet.address),
        "authors": [{"name": "Attaché"}],
        "items": [_item(item) for item in outlet.items],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode("utf-8")


def _item(item: Item) -> dict[str, Any]:
    source = {"external_url": fit(item.source)} if item.source else {}
    return {
        "id": fit(item.id),
        "url": fit(item.page),
        **source,
        "title": fit(item.title),
        "summary": fit(item.summary),
        "content_html": fit(item.content),
        "date_published": moment(item.published),
        "date_modified": moment(item.updated),
        "authors": [{"name": fit(item.author)}],
        "tags": [fit(topic) for topic in item.topics],
        **({"language": tag} if (tag := tongue(item.language)) else {}),
    }
