"""Socket Mode's side of a websocket: an address that is good for once, hello, envelopes, acknowledgements."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.slack_server.talk import Talk

MOST = 10


@dataclass
class SocketMode:
    """All connections; `lost` makes new ones impossible while it is true."""

    tickets: set[str] = field(default_factory=set)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    waiting: dict[str, Talk] = field(default_factory=dict)
    opened: int = 0
    lost: bool = False

    def ticket(self) -> str:
        """A new address's ticket."""
        self.tickets.add(ticket := secrets.token_hex(8))
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection."""
        ticket = request.query.get("ticket", "")
        if self.lost or ticket not in self.tickets or len(self.sockets) >= MOST:
            return web.Response(status=408)
        self.tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        self.opened += 1
        await socket.send_json({"type": "hello", "num_connections": len(self.sockets), "connection_info": {}})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._hear(json.loads(message.data))
        except ConnectionError:
            pass
        finally:
            self.sockets.remove(socket)
        return socket

    def _hear(self, said: dict[str, Any]) -> None:
        talk = self.waiting.get(said.get("envelope_id", ""))
        if talk is not None:
            talk.acknowledge(said.get("payload"))

    async def tell(self, kind: str, payload: dict[str, Any], talk: Talk, *, again: int | None = None) -> None:
        """Send an envelope to one of the connections, the newest."""
        envelope = secrets.token_hex(8)
        self.waiting[envelope] = talk
        accepts = kind != "events_api"
        retry = {"retry_attempt": again, "retry_reason": "timeout"} if again else {}
        message = {"type": kind, "envelope_id": envelope, "payload": payload, "accepts_response_payload": accepts}
        await self.sockets[-1].send_json(message | retry)

    async def refresh(self) -> None:
        """Ask every connection to make room for a new one."""
        for socket in list(self.sockets):
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})

    def cut(self) -> None:
        """Cut every connection, without a word."""
        for socket in list(self.sockets):
            if (writer := socket._writer) is not None and writer.transport is not None:
                writer.transport.abort()
