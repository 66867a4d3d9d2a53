"""What can go wrong between us and Discord, in the words of the port. The SDK's errors are known here alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord

from bot.errors import (
    DeliveryError,
    DestinationGoneError,
    RejectedError,
    RetryLaterError,
    UnknownOutcomeError,
)
from bot.ports import Fence

PORTAL = "https://discord.com/developers/applications"
REFUSED_FOR = 300.0
SERVER_ERROR, TOO_MANY, UNAUTHORIZED, FORBIDDEN, NOT_FOUND = 500, 429, 401, 403, 404
NOTHING_TO_SHOW = 50006


class UnansweredError(Exception):
    """A request that posts was sent, and whether it was carried out is not known."""


class RefusedTokenError(RetryLaterError):
    """Discord does not take the token (401): nothing can be done until it is set anew."""

    def __init__(self) -> None:
        super().__init__(
            f"Discord refuses the token (401); reset it at {PORTAL} and set it as $ATTACHE_ADAPTERS__DISCORD__TOKEN",
            retry_after=REFUSED_FOR,
        )


_FENCE: ContextVar[Fence | None] = ContextVar("fence", default=None)


@contextmanager
def fenced(fence: Fence | None) -> Iterator[None]:
    """Whatever POST is made inside asks `fence` right before it is written (see `ChatAdapter.send`)."""
    token = _FENCE.set(fence)
    try:
        yield
    finally:
        _FENCE.reset(token)


def sent_once(all_wait: Callable[[float], Awaitable[None]] | None = None) -> aiohttp.TraceConfig:
    """Has a POST ask its fence, and one that failed raise UnansweredError, before the SDK sends it again.

    `all_wait` is told for how many seconds, where Discord asks the whole bot to wait; what it raises ends the request.

    The SDK repeats any request that is answered with 500, 502 or 504 or loses its connection. What posts may have been
    carried out by then: it is looked for before it is sent again (`ChatAdapter.find`).
    """
    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(_about_to_be_written)
    trace.on_request_chunk_sent.append(_about_to_be_written)
    trace.on_request_end.append(_answered)
    if all_wait:
        trace.on_request_end.append(_waits(all_wait))
    trace.on_request_exception.append(_failed)
    return trace


async def _about_to_be_written(
    session: aiohttp.ClientSession,  # noqa: ARG001 - aiohttp's shape
    context: SimpleNamespace,  # noqa: ARG001 - as above
    parameters: aiohttp.TraceRequestHeadersSentParams | aiohttp.TraceRequestChunkSentParams,
) -> None:
    # aiohttp says "sent" just before it writes; what is raised here keeps it from that. Headers wait for the first
    # piece of the body, which is written by a task of its own: asked at both, an error is plain and nothing is between.
    fence = _FENCE.get()
    if fence and parameters.method == "POST":
        fence()


async def _answered(
    session: aiohttp.ClientSession,  # noqa: ARG001 - aiohttp's shape
    context: SimpleNamespace,  # noqa: ARG001 - as above
    parameters: aiohttp.TraceRequestEndParams,
) -> None:
    if parameters.method == "POST" and parameters.response.status >= SERVER_ERROR:
        parameters.response.close()
        raise UnansweredError(f"Discord answered {parameters.response.status}")


def _waits(all_wait: Callable[[float], Awaitable[None]]) -> Any:
    async def ended(
        session: aiohttp.ClientSession,  # noqa: ARG001 - aiohttp's shape
        context: SimpleNamespace,  # noqa: ARG001 - as above
        parameters: aiohttp.TraceRequestEndParams,
    ) -> None:
        headers = parameters.response.headers
        if parameters.response.status == TOO_MANY and headers.get("X-RateLimit-Global"):
            parameters.response.close()
            await all_wait(_seconds_in(headers) or 1.0)

    return ended


async def _failed(
    session: aiohttp.ClientSession,  # noqa: ARG001 - aiohttp's shape
    context: SimpleNamespace,  # noqa: ARG001 - as above
    parameters: aiohttp.TraceRequestExceptionParams,
) -> None:
    error = parameters.exception
    if refused := _refusal(error):
        raise refused
    unsent = isinstance(error, aiohttp.ClientConnectorError | UnansweredError)
    if parameters.method == "POST" and isinstance(error, Exception) and not unsent:
        raise UnansweredError(f"the connection to Discord broke ({type(error).__name__})") from error


def _refusal(error: BaseException | None) -> DeliveryError | None:
    """What a fence raised, of which aiohttp made an error of its own where the body was about to be written."""
    while error is not None:
        if isinstance(error, DeliveryError):
            return error
        error = error.__cause__
    return None


def fault(error: Exception, *, posting: bool) -> DeliveryError:
    """An error of the SDK as one of ours; one that leaves the outcome open is unknown if something was posted."""
    if isinstance(error, discord.LoginFailure):
        return RefusedTokenError()
    if isinstance(error, discord.RateLimited):
        return RetryLaterError("Discord asks to wait", retry_after=error.retry_after)
    if isinstance(error, discord.HTTPException):
        return _http_fault(error)
    why = str(error) if isinstance(error, UnansweredError) else f"{type(error).__name__}: {error}".rstrip(": ")
    if isinstance(error, aiohttp.ClientConnectorError) or not posting:
        return RetryLaterError(f"Discord does not answer ({why})")
    return UnknownOutcomeError(why)


def _http_fault(error: discord.HTTPException) -> DeliveryError:
    said = f"Discord answered {error.status} {error.text}".strip().rstrip(".")
    if error.status == UNAUTHORIZED:
        return RefusedTokenError()
    if error.status == TOO_MANY:
        return RetryLaterError("Discord asks to wait", retry_after=_seconds(error))
    # A page instead of an answer comes from something that stands before Discord, which knows no channels.
    if error.status >= SERVER_ERROR or _is_page(error):
        return RetryLaterError(said[:200])
    if error.code == NOTHING_TO_SHOW:
        return DestinationGoneError("the bot may not show embeds there; give it the permission Embed Links")
    if error.status in {FORBIDDEN, NOT_FOUND}:
        return DestinationGoneError(_closed(error.status, error.text or "no reason given"))
    return RejectedError(said)


def _closed(status: int, words: str) -> str:
    if status == NOT_FOUND:
        return f"Discord has no such channel ({words})"
    return f"the bot may not post there ({words}); it needs View Channel, Send Messages, Embed Links and Attach Files"


def _is_page(error: discord.HTTPException) -> bool:
    return str(error.response.headers.get("Content-Type", "")).startswith("text/html")


def _seconds(error: discord.HTTPException) -> float | None:
    return _seconds_in(error.response.headers)


def _seconds_in(headers: Mapping[str, str]) -> float | None:
    try:
        return float(headers.get("Retry-After", ""))
    except ValueError:
        return None
