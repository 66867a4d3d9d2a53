"""The gateway's side of a websocket: HELLO, IDENTIFY, heartbeats, events in order, RESUME with what was missed."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.discord_server.world import BOT, user

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
NOT_AUTHENTICATED = 4004


@dataclass
class Session:
    """What a shard was told, so that it can be told again; `socket` is None while it is away."""

    shard: tuple[int, int]
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    told: list[dict[str, Any]] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None

    async def tell(self, event: str, data: Any) -> None:
        """Tell an event now, or when the shard is back."""
        self.told.append({"op": DISPATCH, "t": event, "s": len(self.told) + 1, "d": data})
        if self.socket is not None and not self.socket.closed:
            await self.socket.send_json(self.told[-1])


@dataclass
class Gateway:
    """All connections; `received` is every message that came, heartbeats counted apart."""

    token: str
    application: int
    guild: int
    shards: int = 1
    heartbeat: int = 41250
    away: bool = False
    address: str = ""
    received: list[dict[str, Any]] = field(default_factory=list)
    heartbeats: int = 0
    sessions: dict[str, Session] = field(default_factory=dict)
    sockets: set[web.WebSocketResponse] = field(default_factory=set)

    def said(self, op: int) -> list[dict[str, Any]]:
        """What came with an opcode."""
        return [message["d"] for message in self.received if message["op"] == op]

    async def tell(self, event: str, data: dict[str, Any], *, guild: int | None) -> None:
        """Tell the shard of a guild, in its newest session."""
        shard = (guild or 0) >> 22
        (*_, session) = [s for s in self.sessions.values() if s.shard[0] == shard % s.shard[1]]
        await session.tell(event, data)

    async def close(self, code: int) -> None:
        """Close every connection with a code."""
        for socket in list(self.sockets):
            await socket.close(code=code)

    def cut(self) -> None:
        """Cut every connection, without a word."""
        for session in self.sessions.values():
            session.socket = None
        for socket in list(self.sockets):
            if (writer := socket._writer) is not None and writer.transport is not None:
                writer.transport.abort()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection."""
        if self.away:
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.add(socket)
        session: Session | None = None
        try:
            await socket.send_json({"op": HELLO, "t": None, "s": None, "d": {"heartbeat_interval": self.heartbeat}})
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    session = await self._hear(socket, json.loads(message.data), session)
        except ConnectionError:
            pass  # it went away while it was spoken to
        finally:
            self.sockets.discard(socket)
            if session and session.socket is socket:
                session.socket = None
        return socket

    async def _hear(
        self, socket: web.WebSocketResponse, message: dict[str, Any], session: Session | None
    ) -> Session | None:
        op = message["op"]
        if op == HEARTBEAT:
            self.heartbeats += 1
            await socket.send_json({"op": ACK, "t": None, "s": None, "d": None})
            return session
        self.received.append(message)
        if op not in {IDENTIFY, RESUME}:
            return session
        if message["d"]["token"] != self.token:
            await socket.close(code=NOT_AUTHENTICATED)
            return None
        return await (self._identify if op == IDENTIFY else self._resume)(socket, message["d"])

    async def _identify(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> Session:
        number, count = data.get("shard", (0, 1))
        session = Session(shard=(number, count), socket=socket)
        self.sessions[session.id] = session
        ready = {
            "v": 10,
            "user": user(BOT, bot=True),
            "guilds": [{"id": str(self.guild), "unavailable": True}],
            "session_id": session.id,
            "resume_gateway_url": self.address,
            "application": {"id": str(self.application), "flags": 0},
            "shard": [number, count],
        }
        await session.tell("READY", ready)
        return session

    async def _resume(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> Session | None:
        session = self.sessions.get(data["session_id"])
        if session is None:
            await socket.send_json({"op": INVALID, "t": None, "s": None, "d": False})
            return None
        session.socket = socket
        for event in session.told[data["seq"] :]:
            await socket.send_json(event)
        await session.tell("RESUMED", {"_trace": []})
        return session
