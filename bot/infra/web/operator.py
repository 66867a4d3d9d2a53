"""The operator's page, behind the token of `[web]`."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.infra.web.doors import body_of
from bot.infra.web.pages import page
from bot.infra.web.session import Session
from bot.infra.web.site import Site

PLACE = "/operator"
LONGEST_FORM = 10_000
HOW = (
    "No token is set, so nobody is let in. Set $ATTACHE_WEB__TOKEN, or token_file under [web], to 16 characters or "
    "more, and start the service again."
)


def routes(site: Site) -> list[Route]:
    """`/operator`, and its way in and out."""
    session = Session(site.token, site.clock, secure=(site.public_url or "").startswith("https://"))

    async def operator(request: Request) -> Response:
        if not session.admitted(request):
            return _fresh(_barred(request, session))
        overview = await run_in_threadpool(site.operator.overview)
        troubles = await run_in_threadpool(site.readiness.troubles)
        return _fresh(page(request, "operator.html", overview=overview, troubles=troubles))

    async def begin(request: Request) -> Response:
        form = parse_qs((await body_of(request, LONGEST_FORM) or b"").decode("utf-8", "replace"))
        if not session.right(form.get("token", [""])[0].strip()):
            return _fresh(_barred(request, session, wrong=True))
        response = RedirectResponse(PLACE, 303)
        session.begin(response)
        return _fresh(response)

    async def end(_: Request) -> Response:
        response = RedirectResponse(PLACE, 303)
        session.end(response)
        return _fresh(response)

    return [
        Route(PLACE, operator),
        Route(f"{PLACE}/begin", begin, methods=["POST"]),
        Route(f"{PLACE}/end", end, methods=["POST"]),
    ]


def _barred(request: Request, session: Session, *, wrong: bool = False) -> Response:
    if not session.possible:
        return page(request, "fault.html", status=403, title="The operator's page is closed", why=HOW)
    why = "That is not the token." if wrong else ""
    status = 401
    if session.closed:
        why, status = "Too many wrong tokens were tried. Wait a minute.", 429
    answer = page(request, "token.html", status=status, why=why)
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="operator"'
    return answer


def _fresh(response: Response) -> Response:
    """Kept by no browser and no proxy."""
    response.headers["Cache-Control"] = "no-store"
    return response
