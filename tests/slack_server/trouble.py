"""What a test has the server do instead of answering well."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One request gone wrong: answered with `status`, an error's `code`, or never, after it was carried out if `done`.

    `hang` keeps the connection open without an answer, else it is cut. `page` answers with a web page instead of JSON.
    """

    status: int = 0
    code: str = ""
    done: bool = False
    retry_after: int = 0
    hang: bool = False
    page: bool = False


def throttled(retry_after: int) -> Trouble:
    """'Come back later'."""
    return Trouble(status=429, code="ratelimited", retry_after=retry_after)


def refused(code: str) -> Trouble:
    """An error that Slack names, in an answer like any other."""
    return Trouble(status=200, code=code)


def broken(status: int = 500, *, done: bool = False) -> Trouble:
    """A server error, before or after the request was carried out."""
    return Trouble(status=status, done=done, page=True)


def failed(*, done: bool) -> Trouble:
    """An error of which Slack says that some of it may have been done."""
    return Trouble(status=200, code="fatal_error", done=done)


def dropped(*, done: bool) -> Trouble:
    """A connection cut without an answer, before or after the request was carried out."""
    return Trouble(done=done)


def hanging(*, done: bool) -> Trouble:
    """No answer, for ever."""
    return Trouble(done=done, hang=True)
