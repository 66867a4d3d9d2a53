"""Payloads and requests as they go over the wire."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route

from bot.domain.reply import FILES, IN_THREAD, Payload

log = logging.getLogger(__name__)
INTERACTION = "INTERACTION_CREATE"


def point_at(api_url: str, gateway_url: str | None = None) -> None:
    """Say where Discord is. The SDK keeps one address for the whole process: the last one said is the one used."""
    Route.BASE = api_url
    if gateway_url:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)


def spare_connection(client: discord.Client) -> None:
    """Have an interaction that the SDK cannot read cost only itself.

    The SDK lets the fault through to its connection, which ends, and with it every question asked until the next one.
    """
    parsers = client._connection.parsers
    read = parsers[INTERACTION]

    def guarded(data: Any) -> None:
        try:
            read(data)
        except Exception as error:
            log.warning("an interaction is left unanswered: it cannot be read (%s: %s)", type(error).__name__, error)

    parsers[INTERACTION] = guarded


def body_of(payload: Payload) -> dict[str, Any]:
    """A payload as Discord takes it: without our own keys, its pictures announced with their words."""
    body = {key: value for key, value in payload.items() if key not in {FILES, IN_THREAD}}
    if held := payload.get(FILES):
        body["attachments"] = [
            {"id": str(number), "filename": file["name"], "description": file["alt"]}
            for number, file in enumerate(held)
        ]
    return body


def files_of(payload: Payload) -> list[discord.File]:
    """The pictures of a payload, to be uploaded with it."""
    return [
        discord.File(BytesIO(base64.b64decode(file["png"])), filename=file["name"], description=file["alt"])
        for file in payload.get(FILES, ())
    ]


async def request(
    http: HTTPClient,
    route: Route,
    body: Any = None,
    files: Sequence[discord.File] = (),
    query: Mapping[str, str] | None = None,
) -> Any:
    """The answer to a request, as JSON; a request with files goes out in parts."""
    arguments: dict[str, Any] = {"params": query} if query else {}
    if files:
        parts = [{"name": "payload_json", "value": json.dumps(body, ensure_ascii=False)}]
        arguments |= {"files": files, "form": [*parts, *(_part(number, file) for number, file in enumerate(files))]}
    elif body is not None:
        arguments["json"] = body
    return await http.request(route, **arguments)


def _part(number: int, file: discord.File) -> dict[str, Any]:
    return {"name": f"files[{number}]", "value": file.fp, "filename": file.filename, "content_type": "image/png"}
