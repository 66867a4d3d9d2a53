"""The charts as SVG, at `/charts/<name>.svg`, filtered as the archive is."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.infra.web.asked import asked
from bot.infra.web.site import Site

# A drawing's styles stand in its elements; nothing in it can run or load anything.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "public, max-age=60"}


def routes(site: Site) -> list[Route]:
    """One address for every chart."""

    async def chart(request: Request) -> Response:
        options = (await run_in_threadpool(asked, request, site.library)).options
        svg = await site.gallery.svg(request.path_params["name"], options)
        return Response(svg, media_type="image/svg+xml", headers=HEADERS)

    return [Route("/charts/{name}.svg", chart)]
