"""A Discord of our own: its REST API and gateway on loopback.

    async with DiscordServer() as server:
        channel = server.world.channel()
        server.goes_wrong("POST", "/messages", dropped(done=True))   # the next such request alone
        ... an adapter with server.settings() ...
        talk = await server.slash(channel, "latest", country="CHN")
        assert (await talk.answered()).messages

It checks every body (`limits`), keeps every request (`requests`), and what it complains of (`complaints`), which the
end of the block asserts to be nothing: a test that wants a refusal takes the complaint off.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.domain.secret import Secret
from tests.discord_server.gateway import Gateway
from tests.discord_server.limits import by_spec, complaints
from tests.discord_server.routes import APPLICATION, GUILD, ROUTES, Answer
from tests.discord_server.talk import DEFERRED, Talk
from tests.discord_server.trouble import Trouble, throttled
from tests.discord_server.world import DM, Channel, RefusalError, World, user

TOKEN = "a.discord.token"
EVERYTHING = (1 << 50) - 1
API = "/api/v10"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A request: its path below the API's address, its JSON, the names of its files."""

    method: str
    path: str
    body: Any
    files: tuple[str, ...]
    headers: Mapping[str, str]


@dataclass
class DiscordServer:
    """The server; see the module."""

    token: str = TOKEN
    world: World = field(default_factory=World)
    requests: list[Received] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    commands: list[dict[str, Any]] = field(default_factory=list)
    talks: dict[str, Talk] = field(default_factory=dict)
    guilds: int = 1
    rights: int = EVERYTHING & ~(1 << 3)
    about: dict[str, Any] = field(default_factory=dict)
    identifies_left: int = 1000
    most_a_second: int | None = None
    answers_after: float = 0.0
    asked_at: deque[float] = field(default_factory=deque)
    too_many: int = 0
    port: int = 0
    _to_check: list[tuple[str, str, Any]] = field(default_factory=list)
    _troubles: list[tuple[str, str, Trouble]] = field(default_factory=list)
    _runner: web.AppRunner | None = None

    def __post_init__(self) -> None:
        self.gateway = Gateway(token=self.token, application=APPLICATION, guild=GUILD)

    @property
    def api_url(self) -> str:
        """The address of the API."""
        return f"http://127.0.0.1:{self.port}{API}"

    @property
    def gateway_url(self) -> str:
        """The address of the gateway."""
        return f"ws://127.0.0.1:{self.port}/gateway"

    def settings(self, **other: Any) -> dict[str, Any]:
        """What `[adapters.discord]` says to be connected here."""
        return {"token": Secret(self.token), "api_url": self.api_url, "gateway_url": self.gateway_url, **other}

    def goes_wrong(self, method: str, path_end: str, *troubles: Trouble) -> None:
        """Have the next requests whose path matches `path_end` (an expression for its end) go wrong, each in turn."""
        self._troubles += [(method, path_end, trouble) for trouble in troubles]

    def asked(self, method: str, path_end: str) -> list[Received]:
        """The requests so far whose path matches."""
        return [r for r in self.requests if r.method == method and re.search(f"{path_end}$", r.path)]

    async def slash(self, channel: Channel, command: str, options: Mapping[str, str] | None = None, **who: Any) -> Talk:
        """Somebody chooses `/brief <command>`."""
        return await self._interact(2, channel, {"options": [_chosen(command, options or {})], **SLASH}, **who)

    async def typing(self, channel: Channel, command: str, option: str, typed: str, **who: Any) -> Talk:
        """Somebody types into an option."""
        chosen = _chosen(command, {option: typed})
        chosen["options"][0]["focused"] = True
        return await self._interact(4, channel, {"options": [chosen], **SLASH}, **who)

    async def brief_this(self, channel: Channel, target: Mapping[str, Any], **who: Any) -> Talk:
        """Somebody chooses ‘Brief this’ on a message."""
        data = {"id": "2", "name": "Brief this", "type": 3, "target_id": target["id"]}
        return await self._interact(2, channel, data | {"resolved": {"messages": {target["id"]: target}}}, **who)

    async def press(self, channel: Channel, message: dict[str, Any], custom_id: str, **who: Any) -> Talk:
        """Somebody presses a button of a message."""
        data = {"component_type": 2, "custom_id": custom_id, "id": 1}
        return await self._interact(3, channel, data, pressed=message, **who)

    async def _interact(
        self,
        kind: int,
        channel: Channel,
        data: Mapping[str, Any],
        *,
        pressed: dict[str, Any] | None = None,
        by: int = 7001,
        permissions: int = 0,
        of_the_bot: int = EVERYTHING,
        locale: str = "en-GB",
        again: Talk | None = None,
        taken: bool = False,
    ) -> Talk:
        talk = again or Talk(channel=channel.id, pressed=pressed)
        if taken:  # by another process with the same token
            talk.kind = DEFERRED
        self.talks[talk.token] = talk
        event = {
            "id": str(talk.id),
            "application_id": str(APPLICATION),
            "type": kind,
            "token": talk.token,
            "version": 1,
            "data": data,
            "channel_id": str(channel.id),
            "channel": self.world.describe(channel),
            "app_permissions": str(of_the_bot),
            "locale": locale,
            "entitlements": [],
            "authorizing_integration_owners": {},
            "attachment_size_limit": 10485760,
        }
        if pressed:
            event["message"] = pressed
        guild = None if channel.kind == DM else GUILD
        if guild is None:
            event |= {"user": user(by), "context": 1}
            event["channel"] = {"id": str(channel.id), "type": DM, "recipients": [user(by)]}
        else:
            event |= {"guild_id": str(guild), "guild_locale": "en-US", "context": 0, "guild": {"id": str(guild)}}
            event["member"] = {"user": user(by), "permissions": str(permissions)} | MEMBER
        await self.gateway.tell("INTERACTION_CREATE", event, guild=guild)
        return talk

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=32 * 2**20)
        app.router.add_get("/gateway", self.gateway.serve)
        for (method, template), answer in ROUTES.items():
            app.router.add_route(method, API + template, self._route(method, template, answer))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.gateway.address = self.gateway_url
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        assert self._runner is not None
        await self._runner.cleanup()
        for method, template, body in self._to_check:
            self.complaints += by_spec(method, template, body)
        if error is None:
            assert self.complaints == []

    def forget_bodies(self) -> None:
        """Leave unchecked what was sent so far: checking many thousand bodies takes minutes."""
        self._to_check.clear()

    def _route(self, method: str, template: str, answer: Answer) -> Any:
        async def handle(request: web.Request) -> web.StreamResponse:
            body, files = await _read(request)
            path = request.path.removeprefix(API)
            self.requests.append(
                Received(method=method, path=path, body=body, files=tuple(files), headers=request.headers)
            )
            trouble = self._trouble(method, path) or self._beyond_the_limit(template)
            if self.answers_after:
                await asyncio.sleep(self.answers_after)
            if trouble and not trouble.done:
                return await _go_wrong(request, trouble)
            response = self._answer(request, template, answer, body, files)
            return await _go_wrong(request, trouble) if trouble else response

        return handle

    def _answer(
        self, request: web.Request, template: str, answer: Answer, body: Any, files: Mapping[str, bytes]
    ) -> web.StreamResponse:
        try:
            if not template.startswith(("/interactions", "/webhooks")):
                self._authorized(request)
            if body is not None:
                self._to_check.append((request.method, template, body))
            if body is not None and (wrong := complaints(request.method, template, body, files)):
                self.complaints += wrong
                raise RefusalError(400, 50035, f"Invalid Form Body: {wrong[0]}")
            said = answer(self, request, body, files)
        except RefusalError as error:
            return as_json({"message": error.message, "code": error.code}, status=error.status)
        return web.Response(status=204) if said is None else as_json(said)

    def _authorized(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bot {self.token}":
            raise RefusalError(401, 0, "401: Unauthorized")

    def _beyond_the_limit(self, template: str) -> Trouble | None:
        """What a bot as a whole is told that asks more than `most_a_second`; interactions do not count."""
        if self.most_a_second is None or template.startswith(("/interactions", "/webhooks")):
            return None
        now = time.monotonic()
        while self.asked_at and now - self.asked_at[0] >= 1.0:
            self.asked_at.popleft()
        if len(self.asked_at) < self.most_a_second:
            self.asked_at.append(now)
            return None
        self.too_many += 1
        return throttled(1.0 - (now - self.asked_at[0]), everywhere=True)

    def _trouble(self, method: str, path: str) -> Trouble | None:
        for number, (wanted, end, trouble) in enumerate(self._troubles):
            if wanted == method and re.search(f"{end}$", path):
                del self._troubles[number]
                return trouble
        return None


SLASH: dict[str, Any] = {"id": "1", "name": "brief", "type": 1}
MEMBER: dict[str, Any] = {
    "roles": [],
    "joined_at": "2026-01-01T00:00:00+00:00",
    "deaf": False,
    "mute": False,
    "flags": 0,
    "nick": None,
    "avatar": None,
    "premium_since": None,
}


def _chosen(command: str, options: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": command,
        "type": 1,
        "options": [{"name": name, "type": 3, "value": value} for name, value in options.items()],
    }


async def _read(request: web.Request) -> tuple[Any, dict[str, bytes]]:
    """A request's JSON and files."""
    if not request.body_exists:
        return None, {}
    if request.content_type != "multipart/form-data":
        return json.loads(await request.text()), {}
    body, files = None, {}
    for name, part in (await request.post()).items():
        if isinstance(part, web.FileField):
            files[name] = part.file.read()
        else:
            body = json.loads(str(part))
    return body, files


async def _go_wrong(request: web.Request, trouble: Trouble) -> web.StreamResponse:
    if trouble.hang:
        await asyncio.sleep(3600)
    if not trouble.status:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()
    if trouble.page:
        headers = {"Retry-After": str(trouble.retry_after)} if trouble.retry_after else {}
        page = "<html>Sorry</html>"
        return web.Response(status=trouble.status, text=page, content_type="text/html", headers=headers)
    if trouble.status == 429:
        body = {
            "message": "You are being rate limited.",
            "retry_after": trouble.retry_after,
            "global": trouble.everywhere,
        }
        headers = {"Retry-After": str(trouble.retry_after), "Via": "1.1 google"}
        headers |= {"X-RateLimit-Global": "true"} if trouble.everywhere else {}
        return as_json(body, status=429, headers=headers)
    return as_json({"message": "Internal Server Error", "code": 0}, status=trouble.status)


def as_json(said: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """An answer in JSON: of exactly this type, without a charset, as the SDK takes nothing else for it."""
    body = json.dumps(said).encode()
    return web.Response(status=status, body=body, headers={"Content-Type": "application/json", **(headers or {})})
