"""Between the core and a chat platform: what an adapter gives, and what it is given. Part of `bot.ports`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.domain.asker import Asker
from bot.domain.commands import Suggestion
from bot.domain.reply import Payload, Reply

Fence = Callable[[], None]


class Renderer(Protocol):
    """Turns replies into a platform's messages, and shows what they will look like. Pure: needs no SDK, no token."""

    name: str
    style: str
    """The CSS its previews need, every class prefixed by the platform."""

    def render(self, reply: Reply) -> Sequence[Payload]:
        """The reply as one or more messages, in order, each within the platform's limits; nothing is dropped."""
        ...

    def preview(self, payload: Payload) -> str:
        """A payload as an HTML fragment that looks as the platform would show it; all text escaped."""
        ...


class ChatAdapter(Protocol):
    """A chat platform, or anything else that can be posted to.

    Made by the entry point's `create(settings, desk)`, which connects to nothing: the settings are the adapter's own
    table (secrets as `bot.domain.secret.Secret`), the desk is where it takes what people ask.
    """

    renderer: Renderer

    async def start(self) -> None:
        """Be ready to post. Raises AttacheError, saying what to do, if it cannot be done with these settings,
        RetryLaterError if the platform does not answer now: then it is tried again.
        """
        ...

    async def connections(self) -> Sequence[str]:
        """The names of the connections over which people's questions come, none where nobody can ask.

        Each is to be open in one process at a time, and any process may have it. Raises RetryLaterError if the platform
        must be asked and does not answer now.
        """
        ...

    async def listen(self, connection: str) -> None:
        """Open a connection, and from then on answer people. Raises as `start` does.

        One that is lost later is made again by the adapter itself, until `hang_up` or `stop`.
        """
        ...

    async def hang_up(self, connection: str) -> None:
        """Close a connection, letting answers under way finish; one that is not open stays so."""
        ...

    async def send(
        self, destination: str, payload: Payload, *, key: str, thread: str | None = None, fence: Fence | None = None
    ) -> str:
        """Post one message and return the platform's id for it.

        `thread` is the id of a message under which this one should stand; where the platform or the channel has no
        threads it stands after it. Raises RetryLaterError (nothing was posted), UnknownOutcomeError (maybe it was),
        RejectedError (never will be) or DestinationGoneError.

        `fence` is called right before the request that posts is written, each time there is one; the RetryLaterError it
        raises where this process may post no more is raised here, and nothing was written.
        """
        ...

    async def find(self, destination: str, *, key: str, thread: str | None = None) -> str | None:
        """The id of the message posted under `key`, None if the platform does not have it.

        Raises RetryLaterError if that cannot be said now, UnknownOutcomeError if it never can, DestinationGoneError.
        """
        ...

    async def health(self) -> Sequence[str]:
        """What is not well, one line each that says what to do: a revoked token, a missing scope; nothing if all is.

        Asks the platform, started or not, within ten seconds; never raises.
        """
        ...

    async def reach(self, destinations: Sequence[str]) -> Mapping[str, str]:
        """What keeps posts from some destinations, or makes them less than they could be: a line that says what to do.

        Only those where something does are in the answer. Asks the platform, started or not, and posts nothing; never
        raises.
        """
        ...

    async def stop(self) -> None:
        """Close every connection, letting posts and answers under way finish."""
        ...


class Installations(Protocol):
    """What one adapter keeps for each workspace that installed it: its token, an authorization under way.

    Kept in Attaché's database as given: whoever can read the database can read it. Calls may wait for the disk: make
    them in a thread (`asyncio.to_thread`). Every method raises AttacheError if the database does not answer.
    """

    def keep(self, name: str, value: Mapping[str, Any]) -> None:
        """Store a JSON object under a name of the adapter's choice, in the place of what was there."""
        ...

    def get(self, name: str) -> Mapping[str, Any] | None:
        """What is kept under a name."""
        ...

    def names(self) -> Sequence[str]:
        """Every name something is kept under, in order."""
        ...

    def drop(self, name: str) -> bool:
        """Forget what is kept under a name; False if nothing was, so that of two who drop it only one has it."""
        ...


class Paces(Protocol):
    """How fast a platform is asked by all workers together. Both raise RetryLaterError if that cannot be told now."""

    async def turn(self, name: str, *, every: float) -> None:
        """Wait for a turn: of one name they are `every` seconds apart, whichever worker takes them."""
        ...

    async def pause(self, name: str, seconds: float) -> None:
        """Have no turn begin for so many seconds: the platform asked to wait."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A web request as it came: `path` whole, `query` without its mark, `headers` by lower-case name."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What is sent back: a status, headers in order, a body."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


Caller = Callable[[Asking], Awaitable[Answered]]
"""Answers web requests; must not raise."""


class Entrance(Protocol):
    """One platform's own paths on Attaché's web server, all under `/chat/<platform>/`."""

    @property
    def address(self) -> str | None:
        """How the server is known outside, `https://attache.example`; None if nobody said."""
        ...

    @property
    def there(self) -> bool:
        """Whether this process has a web server: a worker has none."""
        ...

    def open(self, caller: Caller) -> None:
        """Hand requests to `caller` from now on. Raises AttacheError, saying what to do, if there is no web server."""
        ...

    def close(self) -> None:
        """Hand over no more of them."""
        ...


class Desk(Protocol):
    """Where an adapter takes what people ask. Nothing here raises: what cannot be done is said in the reply.

    Every reply comes from memory and the store, never from a network, but for those of `brief`, of a command that
    `waits`, and of a button that stands for one; these may take a minute. An adapter acknowledges first, always.

    A reply with `private` is shown to the asker alone. Its buttons (`Action.press`) fit ACTION_LIMIT and are pressed
    with what they hold, word for word, by anybody, at any time, also after a restart.
    """

    @property
    def installations(self) -> Installations:
        """What this adapter keeps, apart from what others do."""
        ...

    @property
    def paces(self) -> Paces:
        """How fast the platform is asked by all of Attaché's workers together."""
        ...

    @property
    def entrance(self) -> Entrance:
        """This adapter's own paths on the web server."""
        ...

    async def answer(self, line: str, asker: Asker) -> Reply:
        """The reply to a command line, such as `search supply chain country:CHN`; to an empty one, help."""
        ...

    async def call(self, command: str, options: Mapping[str, str], asker: Asker) -> Reply:
        """The reply to a command of `bot.domain.commands` given by name, its options as text by name."""
        ...

    async def suggest(self, command: str, option: str, typed: str, asker: Asker) -> Sequence[Suggestion]:
        """Up to 25 values for an option while it is typed, the likeliest first; none rather than late (1 s).

        Of an option that takes `several`, the last one is completed, those before it kept. For `subscribe` and nothing
        typed, the first is what the channel has now, if it has anything (`Suggestion.present`).
        """
        ...

    async def press(self, action: str, asker: Asker) -> Reply:
        """The reply to a button: a page (`replaces`), an answer shared (not `private`), or a command carried out."""
        ...

    async def brief(self, text: str, asker: Asker) -> Reply:
        """The brief of the first web address in a text (‘Brief this’): the one that is kept, else read now."""
        ...
