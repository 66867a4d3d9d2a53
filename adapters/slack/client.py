"""Slack's Web API, as far as it is used here. What is sent again, and when, is decided here and not by the SDK."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.signature import Clock
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.faults import REFUSED_FOR, RefusedTokenError, fault, said, status_fault
from adapters.slack.fencing import asking, posts, refusal
from adapters.slack.settings import SlackSettings
from bot.errors import RejectedError, RetryLaterError, UnknownOutcomeError

log = logging.getLogger(__name__)
# The SDK writes every request, secrets and all, to a logger without a level of its own.
SDK_LOG = logging.getLogger("adapters.slack.sdk")
ANSWER_WITHIN = 30.0
# What is answered to a person waits this long where Slack asks for it; a post waits in the ledger.
PATIENCE = 30.0
SHORT_PAUSE = 0.5
TRIES = 3


class Slack:
    """The Web API. Every method raises DeliveryErrors and nothing else.

    The SDK repeats a request whose connection broke, also one that posts: its retry handlers are left out. What may
    have been carried out is of unknown outcome, and looked for (`ChatAdapter.find`).
    """

    def __init__(self, settings: SlackSettings) -> None:
        SDK_LOG.setLevel(logging.WARNING)
        self._url = settings.api_url
        self._session: aiohttp.ClientSession | None = None
        self._refused: dict[str, float] = {}
        self._clock = Clock()

    @property
    def is_open(self) -> bool:
        """Whether it holds connections."""
        return self._session is not None

    def now(self) -> int:
        """The time in seconds, as message ids tell it."""
        return int(self._clock.now())

    def web(self) -> AsyncWebClient:
        """The SDK's client, without a token and without retries, over our connections."""
        if self._session is None or self._session.closed:
            # More people than connections would wait for one another.
            connector = aiohttp.TCPConnector(limit=200)
            timeout = aiohttp.ClientTimeout(total=ANSWER_WITHIN)
            self._session = aiohttp.ClientSession(connector=connector, timeout=timeout, trace_configs=[asking()])
        return AsyncWebClient(base_url=f"{self._url}/", session=self._session, retry_handlers=[], logger=SDK_LOG)

    async def ask(self, method: str, token: str, **arguments: Any) -> Mapping[str, Any]:
        """The answer of a method that changes nothing."""
        params = {key: _plain(value) for key, value in arguments.items()}
        return await self._call(method, token, posting=False, http_verb="GET", params=params)

    async def tell(self, method: str, token: str, /, *, posting: bool = False, **arguments: Any) -> Mapping[str, Any]:
        """The answer of a method that changes something; with `posting`, one that must not be carried out twice."""
        return await self._call(method, token, posting=posting, json=arguments)

    async def scopes(self, token: str) -> frozenset[str]:
        """What a token may do, asked anew even if it was refused a moment ago."""
        self._refused.pop(token, None)
        answer = await self._call("auth.test", token, posting=False, json={})
        return frozenset(word.strip() for word in str(answer["scopes"]).split(",") if word.strip())

    async def upload(self, url: str, data: bytes) -> None:
        """Give the bytes of a file to the address that was made for it."""
        status, _, headers = await self._post(url, data, posting=False)
        if status != 200:
            raise status_fault(status, headers, posting=False)

    async def respond(self, url: str, body: Mapping[str, Any], *, again: bool) -> None:
        """Answer at a response_url. With `again` it does no harm twice, so a lost try is made anew."""
        for last in range(TRIES - 1, -1, -1):
            try:
                await self._respond(url, body)
            except RetryLaterError as error:
                pause = error.retry_after or SHORT_PAUSE
                if not last or pause > PATIENCE:
                    raise
            except UnknownOutcomeError:
                if not last or not again:
                    raise
                pause = SHORT_PAUSE
            else:
                return
            await asyncio.sleep(pause)

    async def close(self) -> None:
        """Let go of every connection; the next request opens another."""
        session, self._session = self._session, None
        if session:
            await session.close()

    async def _call(self, method: str, token: str, *, posting: bool, **request: Any) -> Mapping[str, Any]:
        loop = asyncio.get_running_loop()
        if loop.time() < self._refused.get(token, 0.0):
            raise RefusedTokenError("asked a moment ago")
        request["params" if "params" in request else "json"]["token"] = token
        try:
            with posts(posting):
                async with asyncio.timeout(ANSWER_WITHIN):
                    response = await self.web().api_call(method, **request)
        except Exception as error:  # whatever the SDK raises: what it means for the message is what counts
            known = refusal(error) or fault(error, posting=posting)
            if isinstance(known, RefusedTokenError):
                self._refused[token] = loop.time() + REFUSED_FOR
            raise known from error
        data = response.data if isinstance(response.data, dict) else {}
        return {**data, "scopes": response.headers.get("x-oauth-scopes", "")}

    async def _respond(self, url: str, body: Mapping[str, Any]) -> None:
        status, text, headers = await self._post(url, json.dumps(body).encode(), posting=True, kind="application/json")
        try:
            answer = json.loads(text)
        except ValueError:
            answer = {}
        if isinstance(answer, Mapping) and answer.get("error"):
            raise said(answer, headers, posting=True)
        if status in {404, 410} or text.strip() in {"used_url", "expired_url"}:
            raise RejectedError(f"the answer came too late or too often ({status} {text.strip()[:80]})")
        if status != 200:
            raise status_fault(status, headers, posting=True)

    async def _post(
        self, url: str, data: bytes, *, posting: bool, kind: str = "application/octet-stream"
    ) -> tuple[int, str, Mapping[str, str]]:
        self.web()
        assert self._session is not None  # noqa: S101 - for the type checker: made by the line above
        try:
            async with self._session.post(url, data=data, headers={"Content-Type": kind}) as response:
                return response.status, await response.text(), response.headers
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise fault(error, posting=posting) from error


def _plain(value: Any) -> Any:
    """An argument as it stands in an address."""
    return json.dumps(value) if isinstance(value, dict | list) else int(value) if isinstance(value, bool) else value
