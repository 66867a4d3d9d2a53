"""What a source shows right now, whatever its kind."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.domain.page import content_of
from bot.domain.source import Source, SourceKind, SourceState, Validators, Window
from bot.ports import Fetched, Fetcher, Sandbox
from bot.reading.listing import read_listing

ParseFeed = Callable[..., Window]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A look at a source: its window, None where the server says nothing changed, or sends what it sent before.

    `content` fingerprints what was sent, and how it was read.
    """

    window: Window | None
    validators: Validators = field(default_factory=Validators)
    fresh_for: float | None = None
    content: str | None = None


class Windows:
    """Fetches and parses the windows of sources; `folder` lists a folder, `parse_feed` reads a feed's bytes."""

    def __init__(
        self, fetcher: Fetcher, sandbox: Sandbox, *, parse_feed: ParseFeed, folder: Callable[[str], Window]
    ) -> None:
        self._fetcher, self._sandbox, self._parse_feed, self._folder = fetcher, sandbox, parse_feed, folder
        self._looks: dict[SourceKind, Callable[[Source, SourceState], Awaitable[Look]]] = {
            SourceKind.FEED: self._feed,
            SourceKind.PAGE: self._page,
            SourceKind.FOLDER: self._files,
        }

    async def look(self, source: Source, state: SourceState) -> Look:
        """The source's window. Raises FetchError, SandboxError or UnreadableError."""
        return await self._looks[source.kind](source, state)

    async def _feed(self, source: Source, state: SourceState) -> Look:
        async def parse(got: Fetched) -> Window:
            return await self._sandbox.run(self._parse_feed, got.body, got.media_type, got.charset, got.url)

        return await self._fetched(source, state, parse)

    async def _page(self, source: Source, state: SourceState) -> Look:
        async def parse(got: Fetched) -> Window:
            return await self._sandbox.run(listed, got.body, got.charset, got.url, source)

        return await self._fetched(source, state, parse)

    async def _fetched(self, source: Source, state: SourceState, parse: Callable[[Fetched], Awaitable[Window]]) -> Look:
        """What the server shows, parsed only if it was not the same at the last good poll."""
        got = await self._fetcher.get(source.url, validators=state.validators, allow_private=source.allow_private)
        if got.body is None:
            return Look(window=None, validators=state.validators, fresh_for=got.fresh_for, content=state.content)
        content = _content(got, source)
        window = None if content == state.content else await parse(got)
        return Look(window=window, validators=got.validators, fresh_for=got.fresh_for, content=content)

    async def _files(self, source: Source, state: SourceState) -> Look:  # noqa: ARG002 - one shape for all kinds
        return Look(window=self._folder(source.url))


def _content(got: Fetched, source: Source) -> str:
    """A fingerprint of all that a window is made from."""
    told = (got.url, got.media_type, got.charset, source.kind, source.item, source.link, source.date)
    return content_of(repr(told).encode() + (got.body or b""))


def listed(body: bytes, charset: str | None, url: str, source: Source) -> Window:
    """A listing page's window by the source's selectors; runs in the sandbox."""
    return read_listing(body, charset=charset, base_url=url, item=source.item, link=source.link, date=source.date)
