"""Every error Attaché raises on purpose, split by what the caller does next.

AttacheError
├── UsageError            say it, exit 2: the user's words or settings are off
│   └── SettingsError     … with the key and the file or variable it came from
├── NotFoundError         say it, exit 1: no statement, source or channel has that name
├── DeniedError           say it, exit 1: somebody else may do this, not they
├── StoreError            the database cannot do it now; nothing was half-written, and trying again may help
├── UnreadableError       this one document cannot be read; go on with the next
├── FetchError            this one source costs only itself
│   ├── ThrottledError    the server said when to come back
│   └── RefusedError      the address may not be fetched; trying again changes nothing
├── SandboxError          a parser was stopped: too long, too large, or it crashed
├── ModelError            the language model gave no answer that can be read; the quotes go out without it
└── DeliveryError         a post did not certainly arrive
    ├── RetryLaterError   the platform is down or busy; the row stays pending
    ├── UnknownOutcomeError  it may have arrived; reconcile before sending again
    ├── RejectedError     the platform refuses this one message for good; the next may pass
    └── DestinationGoneError the channel is deleted or closed to us; retire it
"""

from __future__ import annotations


class AttacheError(Exception):
    """Root of every error raised on purpose; its text is one line that can be shown to a user."""

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes whole, whatever arguments a subclass takes (the sandbox raises them again)."""
        return _again, (type(self), self.args), self.__dict__


class UsageError(AttacheError):
    """The user's words cannot be carried out as they stand."""


class SettingsError(UsageError):
    """A setting is missing or wrong.

    `key` is its dotted name, `place` the file (with line, where known) or the environment variable.
    """

    def __init__(self, key: str, place: str, problem: str) -> None:
        self.key, self.place, self.problem = key, place, problem
        super().__init__(f"{place}: {key}: {problem}")


class NotFoundError(AttacheError):
    """Nothing is stored under the name that was asked for."""


class DeniedError(AttacheError):
    """Who asks may not do this; the text says who may."""


class StoreError(AttacheError):
    """The database cannot be reached, is locked, full or damaged; nothing was half-written."""


class UnreadableError(AttacheError):
    """A document cannot be turned into a statement's text; `why` says what is the matter with it."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class FetchError(AttacheError):
    """A fetch failed; `status` is the HTTP status where the server gave one."""

    def __init__(self, why: str, *, status: int | None = None) -> None:
        self.why, self.status = why, status
        super().__init__(why)


class ThrottledError(FetchError):
    """The server asked to come back later; `retry_after` is in seconds, None where it gave no time."""

    def __init__(self, why: str, *, retry_after: float | None, status: int | None = None) -> None:
        super().__init__(why, status=status)
        self.retry_after = retry_after


class RefusedError(FetchError):
    """The address must not be fetched (private network, odd scheme, user in the address)."""


class SandboxError(AttacheError):
    """A job run apart was stopped; `why` is one of the limits or the crash it ended with."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class ModelError(AttacheError):
    """The language model gave no answer that can be read.

    `kind` is what failed in a word (time, connection, status, schema); `again` whether asking again may help, `after`
    how many seconds. The text never repeats what a model wrote.
    """

    def __init__(self, kind: str, why: str, *, again: bool, after: float | None = None) -> None:
        self.kind, self.why, self.again, self.after = kind, why, again, after
        super().__init__(f"{kind}: {why}")


class DeliveryError(AttacheError):
    """A post did not certainly arrive."""


class RetryLaterError(DeliveryError):
    """The platform is down or busy; nothing was posted. `retry_after` is in seconds, None if unknown."""

    def __init__(self, why: str, *, retry_after: float | None = None) -> None:
        super().__init__(why)
        self.retry_after = retry_after


class UnknownOutcomeError(DeliveryError):
    """The post may or may not have arrived: look before sending again."""


class RejectedError(DeliveryError):
    """The platform refuses this very message (too long, malformed), now and always; nothing was posted."""


class DestinationGoneError(DeliveryError):
    """The destination is deleted, archived or closed to us: stop posting there."""


def _again(kind: type[AttacheError], args: tuple[object, ...]) -> AttacheError:
    return kind.__new__(kind, *args)
