"""The whole site as one application: every room's routes, behind the headers that every answer bears."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from bot.infra.web import archive, charts, digests, doors, feeds, health, metrics, operator, positions, statements
from bot.infra.web.faults import HANDLERS
from bot.infra.web.headers import SafeHeaders
from bot.infra.web.site import Site

ROOMS = (
    archive.routes,
    statements.routes,
    digests.routes,
    positions.routes,
    charts.routes,
    feeds.routes,
    operator.routes,
    health.routes,
    metrics.routes,
    doors.routes,
)
"""Each makes the routes of some pages from what the site is made with."""


def application(site: Site) -> Starlette:
    """The ASGI application. Nothing is connected or read before a request comes."""
    routes = [route for room in ROOMS for route in room(site)]
    files = Mount("/static", StaticFiles(packages=[("bot.infra.web", "static")]))
    return Starlette(routes=[*routes, files], middleware=[Middleware(SafeHeaders)], exception_handlers=HANDLERS)
