"""Discord's HTTP API with the bot's token, as far as posting needs it; no gateway connection is needed for that."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import discord
from discord.http import HTTPClient, Route

from adapters.discord.faults import REFUSED_FOR, RefusedTokenError, fault, sent_once
from adapters.discord.settings import DiscordSettings
from adapters.discord.wire import body_of, files_of, point_at, request
from bot.domain.reply import Payload
from bot.errors import DeliveryError, DestinationGoneError, RetryLaterError, UnknownOutcomeError
from bot.ports import Paces

log = logging.getLogger(__name__)
ANSWER_WITHIN = 60.0
# The SDK waits this long by itself where Discord asks for it; for longer, what is to be posted waits in the ledger.
PATIENCE = 30.0
MESSAGES = "/channels/{channel_id}/messages"
PAGE = 100
MOST_PAGES = 50
# Discord takes 50 requests a second of a bot, those of interactions aside. A few less: they do not travel evenly, and
# one too many has the whole bot wait.
REQUESTS = "requests"
SECONDS_APART = 1 / 47


class Rest:
    """Discord's HTTP API, logged in when it is first needed. Every method raises DeliveryErrors and nothing else."""

    def __init__(self, settings: DiscordSettings, paces: Paces) -> None:
        self._settings, self._paces = settings, paces
        self._http: HTTPClient | None = None
        self._me = ""
        self._login = asyncio.Lock()
        self._refused_until = 0.0

    @property
    def is_open(self) -> bool:
        """Whether it is logged in."""
        return self._http is not None

    async def me(self) -> str:
        """The bot's own user id."""
        await self._logged_in()
        return self._me

    async def post(self, channel: str, payload: Payload, *, nonce: str) -> str:
        """Post a message; its id. A nonce used a moment ago gives the id of the message it was used for."""
        body = body_of(payload) | {"nonce": nonce, "enforce_nonce": True}
        said = await self.ask("POST", MESSAGES, {"channel_id": channel}, body, files=files_of(payload))
        try:
            return str(said["id"])
        except (KeyError, TypeError) as error:
            raise UnknownOutcomeError("Discord's answer names no message") from error

    async def read(self, channel: str, *, after: int | None) -> AsyncIterator[list[Mapping[str, Any]]]:
        """The messages after an id in pages, oldest first; without an id, the newest page alone.

        Raises UnknownOutcomeError if there are too many to read.
        """
        for _ in range(MOST_PAGES):
            query = {"limit": str(PAGE)} | ({"after": str(after)} if after is not None else {})
            page = await self.ask("GET", MESSAGES, {"channel_id": channel}, query=query)
            yield (ordered := sorted(page, key=lambda message: int(message["id"])))
            if after is None or len(ordered) < PAGE:
                return
            after = int(ordered[-1]["id"])
        raise UnknownOutcomeError(f"more than {MOST_PAGES * PAGE} messages have been written there since")

    async def ask(
        self,
        method: str,
        path: str,
        where: Mapping[str, str] | None = None,
        body: Any = None,
        *,
        files: Sequence[discord.File] = (),
        query: Mapping[str, str] | None = None,
    ) -> Any:
        """The answer to any request; `where` fills the places of its path."""
        http = await self._logged_in()
        await self._paces.turn(REQUESTS, every=SECONDS_APART)
        try:
            with _in_our_words(posting=method == "POST"):
                async with asyncio.timeout(ANSWER_WITHIN):
                    return await request(http, Route(method, path, **where or {}), body, files, query)
        except RefusedTokenError:
            self._hold()
            raise

    async def gateway(self) -> int:
        """How many gateway connections Discord recommends; one where only the settings know a gateway."""
        try:
            said = await self.ask("GET", "/gateway/bot")
        except DestinationGoneError:
            return 1
        return int(said["shards"])

    async def application(self) -> Mapping[str, Any]:
        """The application as Discord knows it, asked for anew even if the token was refused a moment ago."""
        self._refused_until = 0.0
        found: Mapping[str, Any] = await self.ask("GET", "/oauth2/applications/@me")
        return found

    async def close(self) -> None:
        """Let go of every connection; the next request logs in again."""
        http, self._http = self._http, None
        if http:
            await http.close()

    async def _logged_in(self) -> HTTPClient:
        loop = asyncio.get_running_loop()
        if loop.time() < self._refused_until:
            raise RefusedTokenError
        async with self._login:
            if self._http is None:
                point_at(self._settings.api_url, self._settings.gateway_url)
                http = HTTPClient(loop, http_trace=sent_once(self._all_wait), max_ratelimit_timeout=PATIENCE)
                self._me = await self._sign_in(http)
                self._http = http
            return self._http

    async def _sign_in(self, http: HTTPClient) -> str:
        try:
            with _in_our_words(posting=False):
                async with asyncio.timeout(ANSWER_WITHIN):
                    return str((await http.static_login(self._settings.token.reveal()))["id"])
        except BaseException as error:
            await http.close()
            if isinstance(error, RefusedTokenError):
                self._hold()
            raise

    def _hold(self) -> None:
        """Ask no more for a while: 10,000 refused requests in ten minutes are a ban."""
        self._refused_until = asyncio.get_running_loop().time() + REFUSED_FOR

    async def _all_wait(self, seconds: float) -> None:
        """The bot as a whole asked too much: no worker asks for a while, nor does the SDK for all that waits in it."""
        await self._paces.pause(REQUESTS, seconds)
        raise RetryLaterError("Discord asks the bot to wait", retry_after=seconds)


@contextmanager
def _in_our_words(*, posting: bool) -> Iterator[None]:
    try:
        yield
    except DeliveryError:
        raise
    except Exception as error:  # whatever the SDK raises: what it means for the message is what counts
        raise fault(error, posting=posting) from error
