"""Socket Mode: a connection that we open, over which people's questions come; watched, and opened anew when lost."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

import aiohttp
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from adapters.slack.client import SDK_LOG, Slack
from adapters.slack.once import Once
from bot.errors import AttacheError, RetryLaterError

log = logging.getLogger(__name__)
CONNECTED_WITHIN = 30.0
PING = 10.0
LOOK_EVERY = 1.0
# So long the SDK is left to mend a connection. Its address is good for once, and it may try the same again for ever.
MENDED_WITHIN = 15.0
LONGEST_PAUSE = 300.0


class Handler(AsyncSocketModeHandler):
    """Bolt's handler, which takes an envelope that comes twice once."""

    def __init__(self, app: AsyncApp, token: str, slack: Slack) -> None:
        super().__init__(app, token, logger=SDK_LOG, web_client=slack.web(), ping_interval=PING)
        self._once = Once()

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        try:
            if self._once.known(req.envelope_id):
                await client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id))
            else:
                await super().handle(client, req)
        except (ConnectionError, aiohttp.ClientError) as error:
            log.warning("an acknowledgement did not reach Slack: %s", error)


class Connection:
    """Keeps one connection open."""

    def __init__(self, app: AsyncApp, token: str, slack: Slack) -> None:
        self._app, self._token, self._slack = app, token, slack
        self._handler: Handler | None = None
        self._watch: asyncio.Task[None] | None = None
        self._problem = ""

    async def start(self) -> None:
        """Connect. Raises RetryLaterError if that cannot be done now, RefusedTokenError for a wrong token."""
        if self._watch is None:
            await self._open()
            self._watch = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Disconnect."""
        watch, self._watch = self._watch, None
        if watch:
            watch.cancel()
            await asyncio.gather(watch, return_exceptions=True)
        await self._close()

    def problems(self) -> Sequence[str]:
        """What keeps people's questions from us, one line each."""
        return [self._problem] if self._problem else []

    async def _open(self) -> None:
        answer = await self._slack.tell("apps.connections.open", self._token)
        handler = self._handler = Handler(self._app, self._token, self._slack)
        handler.client.wss_uri = str(answer["url"])
        try:
            async with asyncio.timeout(CONNECTED_WITHIN):
                await handler.connect_async()  # type: ignore[no-untyped-call]
        except TimeoutError:
            await self._close()
            raise RetryLaterError("Slack's Socket Mode does not answer") from None
        self._problem = ""

    async def _keep(self) -> None:
        """Look after the connection; one that the SDK does not mend is closed and another opened."""
        loop, well, pause = asyncio.get_running_loop(), asyncio.get_running_loop().time(), LOOK_EVERY
        while True:
            await asyncio.sleep(pause)
            if self._handler is not None and await self._handler.client.is_connected():
                well, pause, self._problem = loop.time(), LOOK_EVERY, ""
            elif self._handler is None or loop.time() - well > MENDED_WITHIN:
                pause = min(pause * 2, LONGEST_PAUSE) if await self._again() else LOOK_EVERY
            else:
                self._say("the connection to Slack is lost and being made again; commands are not answered")

    async def _again(self) -> bool:
        """Open another connection; whether that failed."""
        await self._close()
        try:
            await self._open()
        except AttacheError as error:
            self._say(f"commands are not answered: {error}")
            return True
        return False

    def _say(self, problem: str) -> None:
        if problem != self._problem:
            log.error("slack: %s", problem)
        self._problem = problem

    async def _close(self) -> None:
        handler, self._handler = self._handler, None
        if handler:
            client = handler.client
            await handler.close_async()  # type: ignore[no-untyped-call]
            tasks = (client.message_processor, client.current_session_monitor, client.message_receiver)
            await asyncio.gather(*(task for task in tasks if task), return_exceptions=True)
