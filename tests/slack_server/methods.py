"""What each method of the Web API answers."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from tests.slack_server.world import APP, BOT, RefusalError, Workspace

if TYPE_CHECKING:
    from tests.slack_server.server import SlackServer

Answer = Callable[["SlackServer", Workspace, Mapping[str, Any]], Mapping[str, Any]]
# Methods that take their arguments as JSON; the others read the address or a form, and ignore JSON (Slack's pages).
JSON = {
    *("auth.test", "chat.postMessage", "chat.postEphemeral", "conversations.join", "conversations.open"),
    *("views.open", "views.push", "views.update", "views.publish", "files.completeUploadExternal"),
}
NEEDS = {
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "conversations.join": "channels:join",
    "users.info": "users:read",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "files.info": "files:read",
}


def _auth(server: SlackServer, workspace: Workspace, body: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"team_id": workspace.team, "user_id": BOT, "bot_id": "B1", "url": server.url("/")}


def _post(server: SlackServer, workspace: Workspace, body: Mapping[str, Any]) -> Mapping[str, Any]:
    channel = server.world.open(body["channel"], workspace)
    now = time.monotonic()
    if now - server.world.posted_at.get(channel.id, -1.0) < server.seconds_apart:
        raise RefusalError("ratelimited", retry_after=1)
    if not channel.member and channel.private:
        raise RefusalError("not_in_channel")
    message = server.world.post(channel, body)
    server.world.posted_at[channel.id] = now
    return {"channel": channel.id, "ts": message["ts"], "message": message}


def _whisper(server: SlackServer, workspace: Workspace, body: Mapping[str, Any]) -> Mapping[str, Any]:
    channel = server.world.open(body["channel"], workspace)
    if not channel.member:
        raise RefusalError("not_in_channel")
    server.world.check(server.message_complaints(body))
    server.world.whispers.append((channel.id, body["user"], dict(body)))
    return {"message_ts": "1.0"}


def _history(server: SlackServer, workspace: Workspace, body: Mapping[str, Any]) -> Mapping[str, Any]:
    if server.reads_left is not None:
        if server.reads_left <= 0:
            raise RefusalError("ratelimited", retry_after=60)
        server.reads_left -= 1
    channel = server.world.open(body["channel"], workspace)
    kind = "im" if channel.id[0] == "D" else "groups" if channel.private else "channels"
    if f"{kind}:history" not in workspace.scopes:
        raise RefusalError("missing_scope", needed=f"{kind}:history", provided="chat:write")
    if not channel.member:
        raise RefusalError("not_in_channel")
    told = [m for m in channel.messages if not m.get("thread_ts")]
    return server.world.read(told, body)


def _replies(server: SlackServer, workspace: Workspace, body: Mapping[str, Any]) -> Mapping[str, Any]:
    channel = server.world.open(body["channel"], workspace)
    if not any(message["ts"] == body["ts"] for message in channel.messages):
        raise RefusalError("thread_not_found")
    told = [m for m in channel.messages if body["ts"] in {m["ts"], m.get("thread_ts")}]
    return server.world.read(told, body)


def _about(server: SlackServer, workspace: Workspace, body: Mapping[str, Any]) -> Mapping[str, Any]:
    channel = server.world.open(body["channel"], workspace)
    if channel.id[0] == "D":
        if not channel.member:
            raise RefusalError("channel_not_found")
        return {"channel": {"id": channel.id, "is_im": True, "user": channel.with_user}}
    about = {"id": channel.id, "creator": channel.creator, "is_member": channel.member, "is_private": channel.private}
    about["is_archived"] = channel.archived
    return {"channel": about}


def _join(server: SlackServer, workspace: Workspace, body: Mapping[str, Any]) -> Mapping[str, Any]:
    channel = server.world.open(body["channel"], workspace)
    if channel.private:
        raise RefusalError("method_not_supported_for_channel_type")
    channel.member = True
    return {"channel": {"id": channel.id}}


def _person(server: SlackServer, workspace: Workspace, body: Mapping[str, Any]) -> Mapping[str, Any]:
    found = server.world.people.get(body["user"])
    if found is None:
        raise RefusalError("user_not_found")
    return {"user": found}


def _place_for_file(server: SlackServer, workspace: Workspace, body: Mapping[str, Any]) -> Mapping[str, Any]:
    id = f"F{secrets.token_hex(5).upper()}"
    server.world.files[id] = {"id": id, "name": body["filename"], "alt": body.get("alt_txt"), "looked": 0}
    return {"file_id": id, "upload_url": server.url(f"/upload/{id}")}


def _complete(server: SlackServer, workspace: Workspace, body: Mapping[str, Any]) -> Mapping[str, Any]:
    for file in body["files"]:
        if "data" not in server.world.files[file["id"]]:
            raise RefusalError("file_not_found")
        server.world.files[file["id"]]["complete"] = True
    return {"files": body["files"]}


def _file(server: SlackServer, workspace: Workspace, body: Mapping[str, Any]) -> Mapping[str, Any]:
    file = server.world.files[body["file"]]
    file["looked"] += 1
    if file.get("complete") and file["looked"] > 1 and server.shows_files:
        file["mimetype"] = "image/png"
    return {"file": {"id": file["id"], "mimetype": file.get("mimetype", "")}}


def _open(server: SlackServer, workspace: Workspace, body: Mapping[str, Any]) -> Mapping[str, Any]:
    talk = server.talk_of(body["trigger_id"])
    return {"view": talk.opens(server.world, body["view"])}


def _update(server: SlackServer, workspace: Workspace, body: Mapping[str, Any]) -> Mapping[str, Any]:
    id = body["view_id"]
    if id not in server.world.views:
        raise RefusalError("not_found")
    view = server.world.view(body["view"], id=id)
    server.world.views[id] = view
    server.changed()
    return {"view": view}


def _publish(server: SlackServer, workspace: Workspace, body: Mapping[str, Any]) -> Mapping[str, Any]:
    server.world.homes[body["user_id"]] = server.world.view(body["view"])
    server.changed()
    return {"view": server.world.homes[body["user_id"]]}


def _exchange(server: SlackServer, workspace: Workspace, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """What an installation brings: a code is good for once."""
    if (body.get("client_id"), body.get("client_secret")) != ("client.id", "client-secret"):
        raise RefusalError("bad_client_secret")
    installed = server.codes.pop(str(body.get("code")), None)
    if installed is None:
        raise RefusalError("invalid_code")
    server.world.workspaces[installed.token] = installed
    return {
        "app_id": APP,
        "access_token": installed.token,
        "token_type": "bot",
        "scope": ",".join(sorted(installed.scopes)),
        "bot_user_id": BOT,
        "team": {"id": installed.team, "name": "Ministry"},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": "UADMIN"},
    }


METHODS: Mapping[str, Answer] = {
    "auth.test": _auth,
    "chat.postMessage": _post,
    "chat.postEphemeral": _whisper,
    "conversations.history": _history,
    "conversations.replies": _replies,
    "conversations.info": _about,
    "conversations.join": _join,
    "users.info": _person,
    "files.getUploadURLExternal": _place_for_file,
    "files.completeUploadExternal": _complete,
    "files.info": _file,
    "views.open": _open,
    "views.push": _open,
    "views.update": _update,
    "views.publish": _publish,
}
OPEN: Mapping[str, Answer] = {"oauth.v2.access": _exchange}
