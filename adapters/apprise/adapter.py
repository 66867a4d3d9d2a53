"""Pushes digests to whatever Apprise can reach. It takes no questions, and what was pushed cannot be looked up."""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import apprise
from apprise import NotifyFormat
from apprise.attachment.memory import AttachMemory

from adapters.apprise.outcome import failure
from adapters.apprise.render import renderer
from bot.domain.reply import FILES, Payload
from bot.domain.text import cut, pack, units
from bot.errors import DeliveryError, DestinationGoneError, RetryLaterError, SettingsError, UnknownOutcomeError
from bot.ports import ChatAdapter, Desk, Fence, Renderer

HELP = "https://github.com/caronc/apprise/wiki lists them"
ALL = "all"
WITHIN = 60.0
# A target that took the first piece of a message is given these waits (seconds) to take the rest.
WAITS = (2.0, 10.0, 30.0)
SHORTEST = 100


class AppriseAdapter:
    """Any target of Apprise's as a platform; a destination is a name under `urls`, `all` of them, or an address."""

    renderer: Renderer = renderer

    def __init__(self, urls: Mapping[str, str], waits: Sequence[float] = WAITS) -> None:
        self._urls, self._waits = urls, waits

    async def start(self) -> None:
        """Nothing to get ready: every push is a connection of its own."""

    async def connections(self) -> Sequence[str]:
        """None: nobody can ask."""
        return ()

    async def listen(self, connection: str) -> None:
        """Nothing to listen to."""

    async def hang_up(self, connection: str) -> None:
        """Nothing to close."""

    async def send(
        self,
        destination: str,
        payload: Payload,
        *,
        key: str,
        thread: str | None = None,  # noqa: ARG002 - the port's
        fence: Fence | None = None,
    ) -> str:
        """Push one message, in several where the target's own limit is small; the id is its key."""
        pushes = [push for address in self._addresses(destination) for push in _pushes(_target(address), payload)]
        for number, push in enumerate(pushes):
            try:
                await self._pushed(push, fence, waits=self._waits if number else ())
            except DeliveryError as error:
                if number:
                    raise UnknownOutcomeError(f"{number} of {len(pushes)} pushes arrived, then: {error}") from error
                raise
        return key

    async def find(self, destination: str, *, key: str, thread: str | None = None) -> str | None:  # noqa: ARG002 - as above
        """Nobody can say: neither an e-mail nor a push can be looked up."""
        raise UnknownOutcomeError("what was pushed cannot be looked up")

    async def health(self) -> Sequence[str]:
        """Nothing that is known without pushing: an address that is none is refused when the adapter is made."""
        return ()

    async def reach(self, destinations: Sequence[str]) -> Mapping[str, str]:
        """Whether each target has an address; whether that takes what is pushed, only a push would show."""
        found = {}
        for destination in destinations:
            try:
                self._addresses(destination)
            except DeliveryError as error:
                found[destination] = str(error)
        return found

    async def stop(self) -> None:
        """Nothing to disconnect from."""

    def _addresses(self, destination: str) -> Sequence[str]:
        if destination == ALL and self._urls:
            return list(self._urls.values())
        if destination in self._urls:
            return [self._urls[destination]]
        if "://" not in destination:
            known = ", ".join(self._urls) or "none"
            raise DestinationGoneError(f"no target is called {destination!r} under [adapters.apprise] urls: {known}")
        target = _target(destination)
        if target.url(privacy=True) != target.url():  # type: ignore[no-untyped-call]  # Apprise has no types
            raise DestinationGoneError("the address holds a secret; put it under [adapters.apprise] urls and name it")
        return [destination]

    async def _pushed(self, push: Push, fence: Fence | None, *, waits: Sequence[float]) -> None:
        for wait in (*waits, None):
            try:
                await asyncio.to_thread(_push, push, fence)
            except RetryLaterError:
                if wait is None:
                    raise
                await asyncio.sleep(wait)
            else:
                return


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """One notification to one target."""

    target: apprise.NotifyBase
    title: str
    body: str
    files: Sequence[Mapping[str, str]] = ()


def create(settings: Mapping[str, Any], desk: Desk) -> ChatAdapter:  # noqa: ARG001 - nobody can ask it anything
    """The adapter. Its one setting is `urls`: addresses by name, or a list of them named 1, 2, …"""
    for key in settings:
        if key != "urls":
            raise SettingsError(f"adapters.apprise.{key}", "settings", "is not a setting; known here: urls")
    given = settings.get("urls", {})
    urls = {str(number): url for number, url in enumerate(given, 1)} if isinstance(given, list) else given
    if not isinstance(urls, Mapping) or not all(isinstance(url, str) for url in urls.values()):
        raise SettingsError("adapters.apprise.urls", "settings", 'should be addresses by name: team = "mailto://…"')
    _listen()
    for name, url in urls.items():
        if apprise.Apprise.instantiate(url, asset=_asset()) is None:
            raise SettingsError(
                f"adapters.apprise.urls.{name}", "settings", f"is no address that Apprise knows: {HELP}"
            )
    return AppriseAdapter(urls)


def _listen() -> None:
    """Have Apprise say all it knows, to us alone: its log shows whole messages, and we tell of failures ourselves."""
    log = logging.getLogger("apprise")
    log.setLevel(logging.DEBUG)
    log.propagate = False


def _asset() -> apprise.AppriseAsset:
    return apprise.AppriseAsset(
        app_id="Attaché",
        app_desc="Attaché",
        app_url="https://github.com/cyber-attache/attache",
        secure_logging=True,
        # One attempt is one attempt: trying again is the ledger's business.
        default_service_retry=0,
    )


def _target(address: str) -> apprise.NotifyBase:
    target = apprise.Apprise.instantiate(address, asset=_asset())
    if not isinstance(target, apprise.NotifyBase):
        raise DestinationGoneError(f"Apprise does not know this kind of address: {HELP}")
    return target


def _pushes(target: apprise.NotifyBase, payload: Payload) -> list[Push]:
    """A message as notifications within the target's own limit, cut at lines, at words where a line is too long."""
    title = payload["title"]
    # Apprise may put the title into the body, and makes some characters longer (&amp;).
    room = max(SHORTEST, target.body_maxlen * 3 // 4 - units(title))
    lines = (piece for line in payload["body"].split("\n") for piece in cut(line, room))
    bodies = pack(lines, room)
    files = payload.get(FILES, ())
    return [
        Push(
            target=target,
            title=f"{title} ({number}/{len(bodies)})" if len(bodies) > 1 else title,
            body=body,
            files=files if number == 1 else (),
        )
        for number, body in enumerate(bodies, 1)
    ]


def _push(push: Push, fence: Fence | None) -> None:
    """Make one push. Raises DeliveryError."""
    notifier = apprise.Apprise(asset=_asset())
    notifier.add(push.target)
    pictures = [_picture(file) for file in push.files]
    if fence:
        fence()
    result = notifier.notify(
        body=push.body,
        title=push.title,
        body_format=NotifyFormat.TEXT,
        attach=pictures or None,
        timeout=WITHIN,
        log_level=logging.DEBUG,
    )
    if not result:
        # What a plugin logs of the message itself is somebody else's words: it must not be taken for what came of it.
        told = [e.message for e in result.logs() if e.level != "DEBUG" or e.message.startswith("Socket Exception")]
        raise failure(told)


def _picture(file: Mapping[str, str]) -> AttachMemory:
    png = base64.b64decode(file["png"])
    return AttachMemory(png, name=file["name"], mimetype="image/png")  # type: ignore[no-untyped-call]  # Apprise has no types
