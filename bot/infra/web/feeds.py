"""The feeds given out: any search as Atom or JSON Feed, sent again only when it has changed."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.infra.syndication import WRITERS
from bot.infra.web.asked import asked
from bot.infra.web.site import Site

FRESH = "public, max-age=300"


def routes(site: Site) -> list[Route]:
    """`/feed.atom` and `/feed.json`."""

    def feed(request: Request) -> Response:
        media_type, write = WRITERS[request.url.path]
        wanted = asked(request, site.library)
        outlet = site.newsroom.outlet(request.url.path, wanted.words, wanted.options)
        body = write(outlet)
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {"ETag": etag, "Cache-Control": FRESH}
        if outlet.items:
            headers["Last-Modified"] = format_datetime(outlet.updated.astimezone(UTC), usegmt=True)
        if _known(request, etag, outlet.updated if outlet.items else None):
            return Response(status_code=304, headers=headers)
        return Response(body, headers={**headers, "Content-Type": f"{media_type}; charset=utf-8"})

    return [Route(path, feed) for path in WRITERS]


def _known(request: Request, etag: str, updated: datetime | None) -> bool:
    """Whether whoever asks has this already (RFC 9110, 13.2.2: an ETag is asked first, and alone)."""
    told = request.headers.get("if-none-match")
    if told is not None:
        return told.strip() == "*" or etag in (each.strip().removeprefix("W/") for each in told.split(","))
    since = request.headers.get("if-modified-since")
    if since is None or updated is None:
        return False
    try:
        return updated.replace(microsecond=0) <= parsedate_to_datetime(since).astimezone(UTC)
    except ValueError:
        return False
