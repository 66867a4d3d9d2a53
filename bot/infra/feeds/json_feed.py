"""JSON Feed 1 and 1.1, and the arrays of posts WordPress serves under wp-json."""

from __future__ import annotations

import html
import json
from typing import Any

from bot.domain.source import Window
from bot.errors import UnreadableError
from bot.infra.feeds.entries import Raw, window


def read_json(text: str, url: str) -> Window | None:
    """The window of a JSON document; None if it is no feed."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise UnreadableError(f"not a feed: it begins like JSON and is not ({error})"[:300]) from error
    if isinstance(found, list):
        return _gathered("", found, url, _post) if _are_posts(found) else None
    if isinstance(found, dict) and isinstance(found.get("items"), list):
        return _gathered(_text(found.get("title")), found["items"], url, _item)
    return None


def _are_posts(found: list[Any]) -> bool:
    return not found or any(isinstance(post, dict) and "title" in post and "link" in post for post in found)


def _gathered(title: str, items: list[Any], url: str, read: Any) -> Window:
    usable = [item for item in items if isinstance(item, dict)]
    lost = len(items) - len(usable)
    return window(title, (read(item, url) for item in usable), [f"{lost} entries are no objects"] if lost else [])


def _item(item: dict[str, Any], url: str) -> Raw:
    body = _text(item.get("content_html")) or html.escape(_text(item.get("content_text")))
    return Raw(
        id=_text(item.get("id")),
        links=[_text(item.get(key)) for key in ("url", "external_url") if item.get(key)],
        base=url,
        title=_text(item.get("title")),
        summary=_text(item.get("summary")),
        html=body,
        dates=[_text(item.get(key)) for key in ("date_published", "date_modified")],
        version=_text(item.get("date_modified")),
    )


def _post(post: dict[str, Any], url: str) -> Raw:
    return Raw(
        id=_rendered(post.get("guid")) or _text(post.get("id")),
        links=[_text(post.get("link"))],
        base=url,
        title=_rendered(post.get("title")),
        summary=_rendered(post.get("excerpt")),
        html=_rendered(post.get("content")),
        dates=[_text(post.get(key)) for key in ("date_gmt", "date")],
        version=_text(post.get("modified_gmt") or post.get("modified")),
    )


def _rendered(value: Any) -> str:
    return _text(value.get("rendered") if isinstance(value, dict) else value)


def _text(value: Any) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
