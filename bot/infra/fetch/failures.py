"""What went wrong with a request, in words for people; the only place that knows httpcore's errors."""

from __future__ import annotations

import errno
import ssl
from collections.abc import Iterator

import httpcore

from bot.errors import FetchError

UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL}


def as_fetch_error(error: Exception, host: str) -> FetchError:
    """The error as a FetchError with one line, itself if it is one already."""
    if isinstance(error, FetchError):
        return error
    causes = list(_causes(error))
    for words in (_tls(causes, host), _connection(causes, host), _http(error, host)):
        if words:
            return FetchError(words)
    return FetchError(f"{host} could not be read: {_one_line(error)}")


def _tls(causes: list[BaseException], host: str) -> str | None:
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"the certificate of {host} is not valid: {cause.verify_message}"
        if isinstance(cause, ssl.SSLError):
            return (
                f"no secure connection to {host}: {(cause.reason or 'it does not speak TLS').lower().replace('_', ' ')}"
            )
    return None


def _connection(causes: list[BaseException], host: str) -> str | None:
    if not any(isinstance(cause, httpcore.ConnectError | httpcore.ConnectTimeout) for cause in causes):
        return None
    for cause in causes:
        if isinstance(cause, ConnectionRefusedError):
            return f"{host} refused the connection"
        if isinstance(cause, OSError) and cause.errno in UNREACHABLE:
            return f"{host} cannot be reached from here"
    return f"{host} cannot be connected to"


def _http(error: Exception, host: str) -> str | None:
    if isinstance(error, httpcore.ReadError | httpcore.WriteError):
        return f"{host} broke the connection off"
    if isinstance(error, httpcore.TimeoutException):
        return f"{host} did not answer in time"
    if isinstance(error, httpcore.ProtocolError):
        return _protocol(_one_line(error), host)
    return None


def _protocol(words: str, host: str) -> str:
    if "disconnected without sending" in words or "unexpectedly closed" in words:
        return f"{host} closed the connection without an answer"
    if "closed connection without sending complete" in words:
        return f"{host} broke the connection off in the middle of the answer"
    return f"{host} does not speak proper HTTP: {words.partition(': bytearray')[0]}"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and everything it was raised from or wraps, outermost first."""
    waiting, seen = [error], set[int]()
    while waiting:
        cause = waiting.pop(0)
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        inner = list(cause.exceptions) if isinstance(cause, BaseExceptionGroup) else []
        waiting += [each for each in (cause.__cause__, cause.__context__, *inner) if each is not None]


def _one_line(error: BaseException) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    plain = "".join(character for character in text if character.isprintable())
    return plain if len(plain) <= 160 else plain[:159] + "…"
