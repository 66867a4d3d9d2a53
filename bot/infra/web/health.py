"""For whoever watches the service: whether the process lives, whether it can work."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.infra.web.site import Site

FRESH = {"Cache-Control": "no-store"}


def routes(site: Site) -> list[Route]:
    """`/healthz` and `/readyz`."""

    def alive(_: Request) -> Response:
        return JSONResponse({"status": "ok"}, headers=FRESH)

    def ready(_: Request) -> Response:
        troubles = site.readiness.troubles()
        well = not any(troubles.values())
        told = {"status": "ok" if well else "not ready", **{part: list(lines) for part, lines in troubles.items()}}
        return JSONResponse(told, status_code=200 if well else 503, headers=FRESH)

    return [Route("/healthz", alive), Route("/readyz", ready)]
