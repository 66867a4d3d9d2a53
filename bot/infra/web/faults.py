"""What goes wrong, as a page: what is the matter and what to do, never how we are built."""

from __future__ import annotations

import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ExceptionHandler

from bot.errors import AttacheError, NotFoundError, UsageError
from bot.infra.web.pages import page

log = logging.getLogger(__name__)
TITLES = {404: "There is no such page", 405: "That cannot be done here", 503: "Not now"}
AWAY = "The archive cannot be read at the moment. Try again in a minute."


def usage(request: Request, error: Exception) -> Response:
    """An address that asks for what cannot be."""
    return _fault(request, 400, "That was not understood", str(error))


def missing(request: Request, error: Exception) -> Response:
    """A name nothing is kept under."""
    return _fault(request, 404, "Nothing is kept under that name", str(error))


def unwell(request: Request, error: Exception) -> Response:
    """The store does not answer; why is for the log, not for visitors."""
    log.error("%s cannot be shown: %s", request.url.path, error)
    return _fault(request, 503, TITLES[503], AWAY)


def refused(request: Request, error: Exception) -> Response:
    """A path or a method there is not."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    answer = _fault(request, status, TITLES.get(status, "That did not work"), "The archive has what there is.")
    answer.headers.update(headers)
    return answer


def defect(request: Request, error: Exception) -> Response:  # noqa: ARG001 - Starlette logs it and tells it itself
    """A defect of ours."""
    return _fault(request, 500, "That did not work", "This is a defect of Attaché; its log says more.")


def _fault(request: Request, status: int, title: str, why: str) -> Response:
    return page(request, "fault.html", status=status, title=title, why=why)


HANDLERS: dict[int | type[Exception], ExceptionHandler] = {
    UsageError: usage,
    NotFoundError: missing,
    AttacheError: unwell,
    HTTPException: refused,
    Exception: defect,
}
