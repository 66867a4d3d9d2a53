"""A Slack of our own: its Web API, Socket Mode and signed requests, over real sockets on loopback.

    async with SlackServer() as server:
        channel = server.world.channel()
        server.goes_wrong("chat.postMessage", dropped(done=True))   # the next such request alone
        ... an adapter with server.settings() ...
        talk = await (await server.slash(channel, "latest country:CHN")).answered()
        assert talk.messages

It checks every message and view (`limits`), and keeps every request (`requests`). What it complains of
(`world.wrong`) the end of the block asserts to be nothing: a test that wants a refusal takes the complaint off.
"""

from __future__ import annotations

import asyncio
import base64
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.domain.secret import Secret
from tests.slack_server.limits import message_complaints
from tests.slack_server.methods import JSON, METHODS, NEEDS, OPEN
from tests.slack_server.socket import SocketMode
from tests.slack_server.talk import Talk
from tests.slack_server.trouble import Trouble
from tests.slack_server.world import RefusalError, Workspace, World

TOKEN, APP_TOKEN = "xoxb-1", "xapp-1"
SIGNING_SECRET = "a signing secret"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A request: its method's name (or `respond`), its arguments, when it came."""

    method: str
    body: Mapping[str, Any]
    at: float


@dataclass
class SlackServer:
    """The server; see the module.

    `seconds_apart` is how far posts in one channel must be apart, `reads_left` how many pages of history may be read.
    """

    world: World = field(default_factory=World)
    requests: list[Received] = field(default_factory=list)
    socket: SocketMode = field(default_factory=SocketMode)
    talks: dict[str, Talk] = field(default_factory=dict)
    codes: dict[str, Workspace] = field(default_factory=dict)
    app_token: str = APP_TOKEN
    seconds_apart: float = 0.9
    reads_left: int | None = None
    shows_files: bool = True
    port: int = 0
    _troubles: list[tuple[str, Trouble]] = field(default_factory=list)
    _runner: web.AppRunner | None = None

    def __post_init__(self) -> None:
        self.world.workspaces[TOKEN] = Workspace(token=TOKEN)

    def url(self, path: str) -> str:
        """An address on this server."""
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def workspace(self) -> Workspace:
        """The first workspace."""
        return self.world.workspaces[TOKEN]

    def settings(self, **other: Any) -> dict[str, Any]:
        """What `[adapters.slack]` says to be connected here over Socket Mode."""
        tokens = {"bot_token": Secret(TOKEN), "app_token": Secret(APP_TOKEN)}
        return {**tokens, "api_url": self.url("/api"), **other}

    def http_settings(self, **other: Any) -> dict[str, Any]:
        """The same for signed HTTP, for any workspace that installs the app."""
        secrets = {"signing_secret": Secret(SIGNING_SECRET), "client_secret": Secret("client-secret")}
        return {**secrets, "mode": "http", "client_id": "client.id", "api_url": self.url("/api"), **other}

    def goes_wrong(self, method: str, *troubles: Trouble) -> None:
        """Have the next requests of a method go wrong, each in turn."""
        self._troubles += [(method, trouble) for trouble in troubles]

    def asked(self, method: str) -> list[Received]:
        """The requests of a method so far."""
        return [request for request in self.requests if request.method == method]

    def talk(self, user: str, original: dict[str, Any] | None = None) -> Talk:
        """A new interaction."""
        made = Talk(user=user, original=original)
        self.talks[made.id] = made
        return made

    def talk_of(self, trigger: str) -> Talk:
        """The interaction of a trigger_id."""
        if trigger not in self.talks:
            raise RefusalError("invalid_trigger_id")
        return self.talks[trigger]

    def changed(self) -> None:
        """Whoever waits for something to happen looks again."""
        for talk in self.talks.values():
            talk.changed()

    def message_complaints(self, body: Mapping[str, Any]) -> list[str]:
        """What is wrong with a message."""
        return message_complaints(body, self.world.ready_files())

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=32 * 2**20)
        app.router.add_route("*", "/api/{method}", self._method)
        app.router.add_post("/upload/{id}", self._upload)
        app.router.add_post("/respond/{id}", self._respond)
        app.router.add_get("/socket", self.socket.serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        assert self._runner is not None
        for socket in list(self.socket.sockets):
            await socket.close()
        await self._runner.cleanup()
        if error is None:
            assert self.world.wrong == []

    async def _method(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        body = await _arguments(request, name)
        return await self._take(request, name, body, lambda: self._answer(request, name, body))

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()

        def answer() -> tuple[Mapping[str, Any], Mapping[str, str]]:
            self.world.check(self.message_complaints(body))
            self.talk_of(request.match_info["id"]).respond(body)
            return {}, {}

        return await self._take(request, "respond", body, answer)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        data = await request.read()

        def answer() -> tuple[Mapping[str, Any], Mapping[str, str]]:
            self.world.files[request.match_info["id"]]["data"] = data
            return {}, {}

        return await self._take(request, "upload", {"length": len(data)}, answer)

    async def _take(self, request: web.Request, name: str, body: Any, answer: Any) -> web.StreamResponse:
        self.requests.append(Received(method=name, body=body, at=time.monotonic()))
        trouble = self._trouble(name)
        if trouble and not trouble.done:
            return await _go_wrong(request, trouble)
        try:
            said, headers = answer()
        except RefusalError as error:
            wait = {"Retry-After": str(error.more["retry_after"])} if "retry_after" in error.more else {}
            refusal = {"ok": False, "error": error.code, **error.more}
            return web.json_response(refusal, status=429 if wait else 200, headers=wait)
        if trouble:
            return await _go_wrong(request, trouble)
        return web.json_response({"ok": True, **said}, headers=headers)

    def _answer(
        self, request: web.Request, name: str, body: Mapping[str, Any]
    ) -> tuple[Mapping[str, Any], Mapping[str, str]]:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if name == "apps.connections.open":
            if token != self.app_token:
                raise RefusalError("invalid_auth")
            return {"url": f"ws://127.0.0.1:{self.port}/socket?ticket={self.socket.ticket()}"}, {}
        if name in OPEN:
            return OPEN[name](self, self.workspace, {**body, **_client(request)}), {}
        workspace = self.world.workspaces.get(token)
        if workspace is None or workspace.revoked:
            raise RefusalError(workspace.revoked if workspace else "invalid_auth")
        if name in NEEDS and NEEDS[name] not in workspace.scopes:
            raise RefusalError("missing_scope", needed=NEEDS[name], provided=",".join(workspace.scopes))
        scopes = {"x-oauth-scopes": ",".join(sorted(workspace.scopes))}
        return METHODS[name](self, workspace, body), scopes

    def _trouble(self, name: str) -> Trouble | None:
        for number, (wanted, trouble) in enumerate(self._troubles):
            if wanted == name:
                del self._troubles[number]
                return trouble
        return None


def _client(request: web.Request) -> dict[str, str]:
    """Which app asks, from the header where it says so."""
    scheme, _, words = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Basic":
        return {}
    id, _, secret = base64.b64decode(words).decode().partition(":")
    return {"client_id": id, "client_secret": secret}


async def _arguments(request: web.Request, name: str) -> Mapping[str, Any]:
    """A request's arguments; JSON is read only by the methods that take it."""
    asked: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json" and request.body_exists:
        return json.loads(await request.text()) if name in JSON else asked
    if request.body_exists:
        asked |= {key: str(value) for key, value in (await request.post()).items()}
    return asked


async def _go_wrong(request: web.Request, trouble: Trouble) -> web.StreamResponse:
    if trouble.hang:
        await asyncio.sleep(3600)
    if not trouble.status:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()
    headers = {"Retry-After": str(trouble.retry_after)} if trouble.retry_after else {}
    if trouble.page:
        return web.Response(status=trouble.status, text="<html>Sorry</html>", content_type="text/html", headers=headers)
    said = {"ok": False, "error": trouble.code}
    return web.json_response(said, status=trouble.status, headers=headers)
