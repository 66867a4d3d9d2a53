"""Feeds written out: Atom 1.0 (RFC 4287) and JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.outlet import Outlet
from bot.infra.syndication.atom import as_atom
from bot.infra.syndication.json_feed import as_json_feed

WRITERS: Mapping[str, tuple[str, Callable[[Outlet], bytes]]] = {
    "/feed.atom": ("application/atom+xml", as_atom),
    "/feed.json": ("application/feed+json", as_json_feed),
}
"""What each path is written as: its media type, and by what."""

__all__ = ["WRITERS", "as_atom", "as_json_feed"]
