"""The chat platforms' own ways in: requests under `/chat/<platform>/` are handed to whoever opened the door."""

from __future__ import annotations

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.chat import Answered, Asking
from bot.infra.web.entrance import Doors
from bot.infra.web.site import Site

LARGEST = 1_000_000
METHODS = ["GET", "POST"]


def routes(site: Site) -> list[Route]:
    """Everything under `/chat/`."""
    return paths(site.doors)


def paths(doors: Doors) -> list[Route]:
    """The same for these doors, without the rest of a site."""

    async def let_in(request: Request) -> Response:
        caller = doors.callers.get(request.path_params["platform"])
        if caller is None:
            return PlainTextResponse("nobody is here", 404)
        body = await body_of(request, LARGEST)
        if body is None:
            return PlainTextResponse("too large", 413)
        return _response(
            await caller(
                Asking(
                    method=request.method,
                    path=request.url.path,
                    query=request.url.query,
                    headers=dict(request.headers),
                    body=body,
                )
            )
        )

    return [Route("/chat/{platform}/{rest:path}", let_in, methods=METHODS)]


async def body_of(request: Request, largest: int) -> bytes | None:
    """What was sent; None if it is more than that, or the sender went away."""
    parts, size = [], 0
    try:
        async for part in request.stream():
            parts.append(part)
            size += len(part)
            if size > largest:
                return None
    except ClientDisconnect:
        return None
    return b"".join(parts)


def _response(answered: Answered) -> Response:
    response = Response(answered.body, answered.status)
    for name, value in answered.headers:
        response.headers.append(name, value)
    return response
