"""Documents from outside, and a place where they can be read without harm. Part of `bot.ports`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from bot.domain.source import Validators

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server answered. `body` is whole and inflated; None with `unchanged` (304).

    `url` is where it came from after redirects; `media_type` in lower case without parameters; `charset` as declared.
    `fresh_for` is Cache-Control's max-age in seconds, None if there was none.
    """

    url: str
    body: bytes | None
    media_type: str
    charset: str | None
    validators: Validators
    fresh_for: float | None = None

    @property
    def unchanged(self) -> bool:
        return self.body is None


class Fetcher(Protocol):
    """Gets documents from the network (or a path), politely and within limits."""

    async def get(self, url: str, *, validators: Validators | None = None, allow_private: bool = False) -> Fetched:
        """Fetch one address; with `validators`, ask only for a change.

        Raises ThrottledError (429, 503 with Retry-After), RefusedError (an address not to be asked), else FetchError
        with one line saying why: time, size, status, name not found, connection. Never raises anything else.
        """
        ...

    async def close(self) -> None:
        """Let go of every connection."""
        ...


class Sandbox(Protocol):
    """Runs a function of the text libraries where it can be killed."""

    async def run(self, function: Callable[..., Result], *args: Any, timeout: float = 5.0) -> Result:
        """The result of `function(*args)`, computed in another process.

        The function and its arguments must be picklable (a module's top-level function). Raises what the function
        raises if that is an AttacheError; SandboxError when it took too long or too much memory, crashed, or raised
        anything else. The next call works again.
        """
        ...

    async def close(self) -> None:
        """End the other processes."""
        ...
