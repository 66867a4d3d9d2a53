"""A statement beside its brief, and what each of its revisions changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.errors import NotFoundError
from bot.infra.web import layout
from bot.infra.web.asked import number
from bot.infra.web.pages import page
from bot.infra.web.site import Site


def routes(site: Site) -> list[Route]:
    """`/statements/<id>`; an address or a symbol in the id's place leads there."""

    def statement(request: Request) -> Response:
        key = request.path_params["key"]
        if revision := request.query_params.get("revision"):
            return _change(site, request, key, number(revision, "revision"))
        reading = site.library.statement(key, retold=request.query_params.get("retold"))
        s = reading.entry.brief.statement
        if key != s.id:
            return RedirectResponse(f"/statements/{quote(s.id)}")
        cut = layout.parts(layout.quoted(s.body, reading.entry.brief.points))
        numbers = range(1, len(reading.entry.brief.points) + 1)
        places = {point: layout.part_of(point, cut) for point in numbers}
        return page(request, "statement.html", reading=reading, places=places, **_part(request, cut))

    return [Route("/statements/{key:path}", statement)]


def _change(site: Site, request: Request, key: str, revision: int) -> Response:
    change = site.library.change(key, revision)
    return page(request, "change.html", change=change, **_part(request, layout.parts(layout.changed(change.runs))))


def _part(request: Request, cut: Sequence[Sequence[layout.Paragraph]]) -> dict[str, Any]:
    """The part of a text that is asked for, and how many there are."""
    part = number(request.query_params.get("part", "1"), "part")
    if not 1 <= part <= len(cut):
        raise NotFoundError(f"there is no part {part}; it has {len(cut)}")
    return {"paragraphs": cut[part - 1], "part": part, "parts": len(cut)}
