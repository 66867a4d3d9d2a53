"""Whether this process may still post, asked as late as can be: right before a request that posts is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace

import aiohttp

from bot.errors import DeliveryError
from bot.ports import Fence

_FENCE: ContextVar[Fence | None] = ContextVar("fence", default=None)
_POSTS: ContextVar[bool] = ContextVar("posts", default=False)


@contextmanager
def fenced(fence: Fence | None) -> Iterator[None]:
    """Whatever posts inside asks `fence` (see `ChatAdapter.send`)."""
    token = _FENCE.set(fence)
    try:
        yield
    finally:
        _FENCE.reset(token)


@contextmanager
def posts(yes: bool) -> Iterator[None]:
    """The requests made inside post, or do not."""
    token = _POSTS.set(yes)
    try:
        yield
    finally:
        _POSTS.reset(token)


def refusal(error: BaseException | None) -> DeliveryError | None:
    """What a fence raised, of which aiohttp made an error of its own where the body was about to be written."""
    while error is not None:
        if isinstance(error, DeliveryError):
            return error
        error = error.__cause__
    return None


def asking() -> aiohttp.TraceConfig:
    """Has a request that posts ask its fence."""
    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(_about_to_be_written)
    trace.on_request_chunk_sent.append(_about_to_be_written)
    return trace


async def _about_to_be_written(
    session: aiohttp.ClientSession,  # noqa: ARG001 - aiohttp's shape
    context: SimpleNamespace,  # noqa: ARG001
    parameters: aiohttp.TraceRequestHeadersSentParams | aiohttp.TraceRequestChunkSentParams,  # noqa: ARG001
) -> None:
    # aiohttp says "sent" just before it writes; what is raised here keeps it from that. Headers wait for the first
    # piece of the body, which is written by a task of its own: asked at both, an error is plain and nothing is between.
    fence = _FENCE.get()
    if fence and _POSTS.get():
        fence()
