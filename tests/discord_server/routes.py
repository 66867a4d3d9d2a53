"""What each route of the API answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.discord_server.talk import Talk
from tests.discord_server.world import BOT, DM, RefusalError, snowflake, user

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

APPLICATION = 5001
GUILD = 6001 << 22
CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
ORIGINAL = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
FOLLOWUP = "/webhooks/{webhook_id}/{webhook_token}"
MESSAGES = "/channels/{channel_id}/messages"
Answer = Callable[["DiscordServer", web.Request, Any, Any], Any]


def _me(server: DiscordServer, request: web.Request, body: Any, files: Any) -> Any:
    return user(BOT, bot=True)


def _application(server: DiscordServer, request: web.Request, body: Any, files: Any) -> Any:
    about = {"id": str(APPLICATION), "name": "Attaché", "icon": None, "description": "", "summary": "", "flags": 0}
    more = {"bot_public": True, "bot_require_code_grant": False, "owner": user(1), "verify_key": "", "team": None}
    return {**about, **more, **server.about}


def _gateway(server: DiscordServer, request: web.Request, body: Any, files: Any) -> Any:
    left = {"total": 1000, "remaining": server.identifies_left, "reset_after": 60000, "max_concurrency": 1}
    return {"url": server.gateway_url, "shards": server.gateway.shards, "session_start_limit": left}


def _guilds(server: DiscordServer, request: web.Request, body: Any, files: Any) -> Any:
    return [{"id": str(GUILD + n), "name": "Ministry"} for n in range(server.guilds)]


def _register(server: DiscordServer, request: web.Request, body: Any, files: Any) -> Any:
    server.commands = [
        {"id": str(snowflake()), "application_id": str(APPLICATION), "version": "1", **one} for one in body
    ]
    return server.commands


def _post(server: DiscordServer, request: web.Request, body: Any, files: Any) -> Any:
    return server.world.post(int(request.match_info["channel_id"]), body, files)


def _history(server: DiscordServer, request: web.Request, body: Any, files: Any) -> Any:
    after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 50))
    return server.world.read(int(request.match_info["channel_id"]), after=after, limit=limit)


def _message(server: DiscordServer, request: web.Request, body: Any, files: Any) -> Any:
    return server.world.one(int(request.match_info["channel_id"]), int(request.match_info["message_id"]))


def _thread(server: DiscordServer, request: web.Request, body: Any, files: Any) -> Any:
    where = request.match_info
    opened = server.world.thread(int(where["channel_id"]), int(where["message_id"]), body["name"])
    return server.world.describe(opened)


def _channel(server: DiscordServer, request: web.Request, body: Any, files: Any) -> Any:
    channel = server.world.opened(int(request.match_info["channel_id"]))
    return server.world.describe(channel) | ({} if channel.kind == DM else {"guild_id": str(GUILD)})


def _roles(server: DiscordServer, request: web.Request, body: Any, files: Any) -> Any:
    return [{"id": str(GUILD), "name": "@everyone", "permissions": str(server.rights)}]


def _member(server: DiscordServer, request: web.Request, body: Any, files: Any) -> Any:
    return {"user": user(BOT, bot=True), "roles": []}


def _talk(server: DiscordServer, request: web.Request) -> Talk:
    token = request.match_info.get("interaction_token") or request.match_info["webhook_token"]
    if token not in server.talks:
        raise RefusalError(404, 10015, "Unknown Webhook")
    return server.talks[token]


def _callback(server: DiscordServer, request: web.Request, body: Any, files: Any) -> Any:
    _talk(server, request).callback(body)


def _edit(server: DiscordServer, request: web.Request, body: Any, files: Any) -> Any:
    return _talk(server, request).edit(body, files)


def _delete(server: DiscordServer, request: web.Request, body: Any, files: Any) -> Any:
    _talk(server, request).delete()


def _follow(server: DiscordServer, request: web.Request, body: Any, files: Any) -> Any:
    return _talk(server, request).follow(body, files)


ROUTES: dict[tuple[str, str], Answer] = {
    ("GET", "/users/@me"): _me,
    ("GET", "/users/@me/guilds"): _guilds,
    ("GET", "/oauth2/applications/@me"): _application,
    ("GET", "/gateway/bot"): _gateway,
    ("PUT", "/applications/{application_id}/commands"): _register,
    ("POST", MESSAGES): _post,
    ("GET", MESSAGES): _history,
    ("GET", MESSAGES + "/{message_id}"): _message,
    ("POST", MESSAGES + "/{message_id}/threads"): _thread,
    ("GET", "/channels/{channel_id}"): _channel,
    ("GET", "/guilds/{guild_id}/roles"): _roles,
    ("GET", "/guilds/{guild_id}/members/{user_id}"): _member,
    ("POST", CALLBACK): _callback,
    ("PATCH", ORIGINAL): _edit,
    ("DELETE", ORIGINAL): _delete,
    ("POST", FOLLOWUP): _follow,
}
