"""What there is on this Slack: workspaces, channels, messages, people, files, views."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.signature import Clock

from tests.slack_server.limits import message_complaints, view_complaints

APP, BOT = "A0001", "UBOT1"
TEAM = "T0001"
CREATOR, MEMBER, ADMIN = "UCREATOR", "UMEMBER", "UADMIN"
SCOPES = {
    *("chat:write", "chat:write.public", "commands", "channels:history", "groups:history", "im:history"),
    *("mpim:history", "channels:read", "groups:read", "im:read", "mpim:read", "channels:join", "users:read"),
    *("files:read", "files:write"),
}
_numbers = itertools.count(1)


class RefusalError(Exception):
    """A request that is refused: the error's code, and what goes with it."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code, self.more = code, more


def timestamp() -> str:
    """An id of a message: the moment, made unique."""
    return f"{Clock().now():.6f}"[:-3] + f"{next(_numbers) % 1000:03}"


@dataclass
class Channel:
    """A channel. `member` says whether the app is in it, `closed` is the error that posting there gives."""

    id: str
    team: str = TEAM
    private: bool = False
    member: bool = True
    creator: str = CREATOR
    with_user: str = ""
    archived: bool = False
    closed: str = ""
    threads: bool = True
    messages: list[dict[str, Any]] = field(default_factory=list)

    def texts(self) -> list[str]:
        """What the messages say at first, in order."""
        return [message["text"] for message in self.messages if not message.get("thread_ts")]


@dataclass
class Workspace:
    """A workspace that installed the app: its token and what that may do."""

    token: str
    team: str = TEAM
    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    revoked: str = ""


@dataclass
class World:
    """Everything; `wrong` is what was asked for and is not allowed."""

    workspaces: dict[str, Workspace] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    views: dict[str, dict[str, Any]] = field(default_factory=dict)
    homes: dict[str, dict[str, Any]] = field(default_factory=dict)
    whispers: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    posted_at: dict[str, float] = field(default_factory=dict)
    history_limit: int = 1000

    def channel(self, *, id: str = "", **about: Any) -> Channel:
        """A new channel."""
        made = Channel(id=id or f"C{next(_numbers):08}", **about)
        self.channels[made.id] = made
        return made

    def person(self, id: str, **about: Any) -> None:
        """Somebody; `tz`, `locale`, `is_admin`, `is_owner` as Slack tells them."""
        self.people[id] = {"id": id, "tz": "Europe/Zurich", "locale": "en-GB", **about}

    def open(self, id: str, workspace: Workspace) -> Channel:
        """The channel of that id, if the workspace's token may see it."""
        found = self.channels.get(id)
        if found is None or found.team != workspace.team or (found.private and not found.member):
            raise RefusalError("channel_not_found")
        return found

    def post(self, channel: Channel, body: Mapping[str, Any]) -> dict[str, Any]:
        """Store a message, if it is within the limits."""
        if channel.closed or channel.archived:
            raise RefusalError(channel.closed or "is_archived")
        if body.get("thread_ts") and not channel.threads:
            raise RefusalError("restricted_action_non_threadable_channel")
        self.check(message_complaints(body, self.ready_files()))
        kept = {key: value for key, value in body.items() if key not in {"channel", "unfurl_links", "unfurl_media"}}
        message = {"type": "message", "user": BOT, "bot_id": "B1", "ts": timestamp(), **kept}
        channel.messages.append(message)
        return message

    def view(self, view: Mapping[str, Any], **more: Any) -> dict[str, Any]:
        """Store a view, if it is within the limits."""
        self.check(view_complaints(view, self.ready_files()))
        return {"id": f"V{secrets.token_hex(5).upper()}", "hash": secrets.token_hex(4), "team_id": TEAM, **view, **more}

    def ready_files(self) -> dict[str, Any]:
        """The files that can be shown."""
        return {id: file for id, file in self.files.items() if file.get("mimetype")}

    def check(self, complaints: list[str]) -> None:
        """Refuse what is not within the limits."""
        if complaints:
            self.wrong += complaints
            raise RefusalError("invalid_blocks", response_metadata={"messages": [f"[ERROR] {complaints[0]}"]})

    def read(self, messages: list[dict[str, Any]], query: Mapping[str, str]) -> dict[str, Any]:
        """A page of messages, newest first, as `conversations.history` gives it."""
        oldest, latest = float(query.get("oldest", 0)), float(query.get("latest", "inf"))
        found = [m for m in reversed(messages) if oldest < float(m["ts"]) < latest]
        start, size = int(query.get("cursor") or 0), min(int(query.get("limit", 100)), self.history_limit)
        told = found[start : start + size]
        if query.get("include_all_metadata") not in {"1", "true"}:
            told = [{key: value for key, value in m.items() if key != "metadata"} for m in told]
        more = start + size < len(found)
        cursor = {"response_metadata": {"next_cursor": str(start + size)}} if more else {}
        return {"messages": told, "has_more": more, **cursor}
