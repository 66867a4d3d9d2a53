"""Stand-ins that record what they were asked and answer as they are told; they assert nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.domain.asker import Asker
from bot.domain.commands import Suggestion
from bot.domain.reply import Payload, Reply
from bot.domain.source import Validators
from bot.errors import AttacheError, FetchError, SandboxError
from bot.infra.web.entrance import Doors
from bot.ports import Entrance, Fence, Fetched, Installations, Paces, Renderer

Result = TypeVar("Result")


@dataclass
class SetClock:
    """A clock that stands still until it is moved."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def pass_by(self, time: timedelta) -> None:
        self.moment += time


class LineRenderer:
    """A message a line: what was said, without a platform."""

    name = "fake"
    style = ""

    def render(self, reply: Reply) -> Sequence[Payload]:
        lines = [reply.heading, reply.intro, *(section.heading for section in reply.sections)]
        return [{"text": line} for line in lines if line]

    def preview(self, payload: Payload) -> str:
        return str(payload["text"])


@dataclass
class FakeChat:
    """A platform that keeps what it is sent. `faults` are raised in turn: before keeping, or after (`accepted`)."""

    renderer: Renderer = field(default_factory=LineRenderer)
    posts: list[tuple[str, str, str]] = field(default_factory=list)
    threads: list[str | None] = field(default_factory=list)
    faults: list[tuple[Exception | None, bool]] = field(default_factory=list)
    blind: AttacheError | None = None
    problems: Sequence[str] = ()
    lines: Sequence[str] = ()
    open: list[str] = field(default_factory=list)

    async def start(self) -> None: ...

    async def connections(self) -> Sequence[str]:
        return self.lines

    async def listen(self, connection: str) -> None:
        self.open.append(connection)

    async def hang_up(self, connection: str) -> None:
        self.open.remove(connection)

    async def send(
        self, destination: str, payload: Payload, *, key: str, thread: str | None = None, fence: Fence | None = None
    ) -> str:
        if fence:
            fence()
        fault, accepted = self.faults.pop(0) if self.faults else (None, True)
        if accepted:
            self.posts.append((destination, payload["text"], key))
            self.threads.append(thread)
        if fault:
            raise fault
        return f"m{len(self.posts)}"

    async def find(self, destination: str, *, key: str, thread: str | None = None) -> str | None:
        if self.blind:
            raise self.blind
        return next((f"m{n}" for n, post in enumerate(self.posts, 1) if (post[0], post[2]) == (destination, key)), None)

    async def health(self) -> Sequence[str]:
        return self.problems

    async def reach(self, destinations: Sequence[str]) -> Mapping[str, str]:
        return {}

    async def stop(self) -> None: ...

    def texts(self) -> list[str]:
        return [text for _, text, _ in self.posts]


@dataclass
class FakeWeb:
    """Answers by address; an address it does not know is a host that is not there."""

    pages: dict[str, bytes | AttacheError] = field(default_factory=dict)
    etags: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def get(self, url: str, *, validators: Validators | None = None, allow_private: bool = False) -> Fetched:
        self.asked.append(url)
        page = self.pages.get(url, FetchError(f"no host at {url}"))
        if isinstance(page, AttacheError):
            raise page
        etag = self.etags.get(url)
        unchanged = etag is not None and validators is not None and validators.etag == etag
        return Fetched(
            url=url,
            body=None if unchanged else page,
            media_type="application/xml" if url.endswith(".xml") else "text/html",
            charset="utf-8",
            validators=Validators(etag=etag),
        )

    async def close(self) -> None: ...


class OpenSandbox:
    """Runs the function here and now, mapping what it raises as the port says."""

    async def run(self, function: Callable[..., Result], *args: Any, timeout: float = 5.0) -> Result:
        try:
            return function(*args)
        except AttacheError:
            raise
        except Exception as error:
            raise SandboxError(f"{type(error).__name__}: {error}") from error

    async def close(self) -> None: ...


@dataclass
class KeptInMemory:
    """What an adapter keeps, kept for the test alone."""

    kept: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def keep(self, name: str, value: Mapping[str, Any]) -> None:
        self.kept[name] = value

    def get(self, name: str) -> Mapping[str, Any] | None:
        return self.kept.get(name)

    def names(self) -> Sequence[str]:
        return sorted(self.kept)

    def drop(self, name: str) -> bool:
        return self.kept.pop(name, None) is not None


@dataclass
class FreePaces:
    """Nobody waits for a turn; the names are remembered."""

    turns: list[str] = field(default_factory=list)
    pauses: list[tuple[str, float]] = field(default_factory=list)

    async def turn(self, name: str, *, every: float) -> None:
        self.turns.append(name)

    async def pause(self, name: str, seconds: float) -> None:
        self.pauses.append((name, seconds))


@dataclass
class FakeDesk:
    """Answers everything with `reply`, and remembers what it was asked: the method, what was said, by whom."""

    reply: Reply = field(default_factory=lambda: Reply(heading="Answered"))
    values: Sequence[Suggestion] = ()
    asked: list[tuple[str, str, Asker]] = field(default_factory=list)
    installations: Installations = field(default_factory=KeptInMemory)
    paces: Paces = field(default_factory=FreePaces)
    entrance: Entrance = field(default_factory=lambda: Doors().of("slack"))

    async def answer(self, line: str, asker: Asker) -> Reply:
        return self._said("answer", line, asker)

    async def call(self, command: str, options: Mapping[str, str], asker: Asker) -> Reply:
        return self._said("call", f"{command} {dict(options)}", asker)

    async def suggest(self, command: str, option: str, typed: str, asker: Asker) -> Sequence[Suggestion]:
        self._said("suggest", f"{command} {option} {typed}", asker)
        return self.values

    async def press(self, action: str, asker: Asker) -> Reply:
        return self._said("press", action, asker)

    async def brief(self, text: str, asker: Asker) -> Reply:
        return self._said("brief", text, asker)

    def _said(self, method: str, words: str, asker: Asker) -> Reply:
        self.asked.append((method, words, asker))
        return self.reply


class Unmarked:
    """No signs of life are seen, as of workers on other machines."""

    def make(self, id: str) -> None: ...

    def dead(self, id: str) -> bool:
        return False

    def drop(self, id: str) -> None: ...
