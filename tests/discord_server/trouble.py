"""What a test has the server do instead of answering well."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One request gone wrong: answered with `status`, or never (0), after it was carried out if `done`.

    `hang` keeps the connection open without an answer, else it is cut. `page` answers with a web page instead of JSON.
    """

    status: int = 0
    done: bool = False
    retry_after: float = 0.0
    everywhere: bool = False
    hang: bool = False
    page: bool = False


def throttled(retry_after: float, *, page: bool = False, everywhere: bool = False) -> Trouble:
    """'Come back later', by Discord itself or (a page) by what stands before it; `everywhere`, the whole bot."""
    return Trouble(status=429, retry_after=retry_after, page=page, everywhere=everywhere)


def broken(status: int = 500, *, done: bool = False) -> Trouble:
    """A server error, before or after the request was carried out."""
    return Trouble(status=status, done=done)


def dropped(*, done: bool) -> Trouble:
    """A connection cut without an answer, before or after the request was carried out."""
    return Trouble(done=done)


def hanging(*, done: bool) -> Trouble:
    """No answer, for ever."""
    return Trouble(done=done, hang=True)


def page_instead(status: int) -> Trouble:
    """A web page of something that stands before Discord."""
    return Trouble(status=status, page=True)
