"""What people do on this Slack: the app is told of it, over Socket Mode or with a signed request; each gives a Talk."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp
from slack_sdk.signature import Clock

from tests.slack_server.limits import option_complaints, view_complaints
from tests.slack_server.server import SIGNING_SECRET, SlackServer
from tests.slack_server.talk import Talk
from tests.slack_server.world import APP, MEMBER, TEAM, Channel


@dataclass
class People:
    """People on a server. With `door`, an address, the app is told by signed requests instead of Socket Mode."""

    server: SlackServer
    door: str = ""
    team: str = TEAM

    async def slash(self, channel: Channel, text: str, *, by: str = MEMBER, talk: Talk | None = None) -> Talk:
        """Somebody writes `/brief <text>`."""
        talk = talk or self.server.talk(by)
        name = "directmessage" if channel.id[0] == "D" else "privategroup" if channel.private else "general"
        payload = {
            "command": "/brief",
            "text": text,
            "user_id": by,
            "user_name": "someone",
            "team_id": self.team,
            "team_domain": "ministry",
            "channel_id": channel.id,
            "channel_name": name,
            "api_app_id": APP,
            "is_enterprise_install": "false",
            **self._ways(talk),
        }
        await self._tell("slash_commands", payload, talk)
        return talk

    async def press(
        self, channel: Channel, message: dict[str, Any], label: str, *, by: str = MEMBER, talk: Talk | None = None
    ) -> Talk:
        """Somebody presses the button of a message that says `label`."""
        talk = talk or self.server.talk(by, message)
        private = message.get("response_type") == "ephemeral"
        payload = {
            "channel": {"id": channel.id, "name": "general"},
            "container": {
                "type": "message",
                "message_ts": message.get("ts", "1.0"),
                "channel_id": channel.id,
                "is_ephemeral": private,
            },
            **({} if private else {"message": message}),
            "actions": [button_of(message["blocks"], label)],
        }
        await self._tell("interactive", self._interaction("block_actions", talk, payload), talk)
        return talk

    async def press_in(self, view: dict[str, Any], label: str, *, by: str = MEMBER) -> Talk:
        """Somebody presses a button of a modal or of the app's own page: there is no response_url then."""
        talk = self.server.talk(by)
        action = button_of(view["blocks"], label)
        payload = {"view": view, "container": {"type": "view", "view_id": view["id"]}, "actions": [action]}
        told = self._interaction("block_actions", talk, payload)
        del told["response_url"]
        await self._tell("interactive", told, talk)
        return talk

    async def shortcut(self, channel: Channel, message: Mapping[str, Any], *, by: str = MEMBER) -> Talk:
        """Somebody chooses ‘Brief this’ on a message."""
        talk = self.server.talk(by)
        about = {"callback_id": "brief_this", "message": message, "channel": {"id": channel.id, "name": "general"}}
        await self._tell("interactive", self._interaction("message_action", talk, about), talk)
        return talk

    async def submit(self, view: dict[str, Any], filled: Mapping[str, Any], *, by: str = MEMBER) -> Talk:
        """Somebody sends a form: `filled` has each field's new state, the others stay as they were shown."""
        talk = self.server.talk(by)
        values = {}
        for block in view["blocks"]:
            if block["type"] == "input":
                id, element = block["block_id"], block["element"]
                values[id] = {element["action_id"]: {**_state(element), **filled.get(id, {})}}
        told = {"view": {**view, "state": {"values": values}}}
        payload = self._interaction("view_submission", talk, told)
        del payload["response_url"]
        await self._tell("interactive", payload, talk)
        await talk.acknowledged()
        if (talk.acknowledgement or {}).get("response_action") == "update":
            shown = talk.acknowledgement["view"]
            self.server.world.check(view_complaints(shown, {}))
            self.server.world.views[view["id"]] = {**shown, "id": view["id"]}
        return talk

    async def typing(self, view: dict[str, Any], field: str, typed: str, *, by: str = MEMBER) -> list[dict[str, Any]]:
        """Somebody types into a field of a form: the options they are shown."""
        talk = self.server.talk(by)
        (element,) = [b["element"] for b in view["blocks"] if b.get("block_id") == field]
        about = {"action_id": element["action_id"], "block_id": field, "value": typed, "view": view}
        payload = self._interaction("block_suggestion", talk, about)
        payload = {key: value for key, value in payload.items() if key not in {"trigger_id", "response_url"}}
        await self._tell("interactive", payload, talk)
        await talk.acknowledged()
        options: list[dict[str, Any]] = talk.acknowledgement["options"]
        self.server.world.wrong += [wrong for option in options for wrong in option_complaints(option)]
        return options

    async def event(self, kind: str, *, talk: Talk | None = None, again: int | None = None, **about: Any) -> Talk:
        """Something happens that the app listens to."""
        talk = talk or self.server.talk(str(about.get("user", "")))
        payload = {
            "type": "event_callback",
            "team_id": self.team,
            "api_app_id": APP,
            "event": {"type": kind, **about},
            "event_id": f"Ev{talk.id}",
            "event_time": int(Clock().now()),
            "authorizations": [{"team_id": self.team, "is_enterprise_install": False}],
        }
        await self._tell("events_api", payload, talk, again=again)
        return talk

    def _ways(self, talk: Talk) -> dict[str, str]:
        return {"trigger_id": talk.id, "response_url": self.server.url(f"/respond/{talk.id}")}

    def _interaction(self, kind: str, talk: Talk, about: Mapping[str, Any]) -> dict[str, Any]:
        user = {"id": talk.user, "username": "someone", "team_id": self.team}
        base = {"type": kind, "user": user, "team": {"id": self.team}, "enterprise": None, "api_app_id": APP}
        return {**base, "is_enterprise_install": False, **self._ways(talk), **about}

    async def _tell(self, kind: str, payload: dict[str, Any], talk: Talk, *, again: int | None = None) -> None:
        if not self.door:
            await self.server.socket.tell(kind, payload, talk, again=again)
            return
        body = encoded(kind, payload)
        more = {"X-Slack-Retry-Num": str(again), "X-Slack-Retry-Reason": "http_timeout"} if again else {}
        kind_of = "application/json" if kind == "events_api" else "application/x-www-form-urlencoded"
        status, text = await send(self.door, body, {**signed(body), "Content-Type": kind_of, **more})
        if status == 200:
            talk.acknowledge(json.loads(text) if text.startswith("{") else text)


def encoded(kind: str, payload: Mapping[str, Any]) -> str:
    """A payload as it stands in the body of a request."""
    if kind == "events_api":
        return json.dumps(payload)
    return urlencode(payload if kind == "slash_commands" else {"payload": json.dumps(payload)})


def signed(body: str, *, secret: str = SIGNING_SECRET, at: float | None = None) -> dict[str, str]:
    """The headers that sign a body."""
    moment = str(int(Clock().now() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{moment}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={digest}"}


async def send(url: str, body: str, headers: Mapping[str, str]) -> tuple[int, str]:
    """A request to the app: the status and the body of its answer."""
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as response:
        return response.status, await response.text()


def button_of(blocks: list[dict[str, Any]], label: str) -> dict[str, Any]:
    """The button that says `label`, as it is told when it is pressed."""
    for block in blocks:
        for element in block.get("elements", ()):
            if element.get("type") == "button" and element["text"]["text"] == label:
                return {**element, "block_id": block.get("block_id", secrets.token_hex(3)), "action_ts": "1.0"}
    raise AssertionError(f"no button says {label!r}")


def labels(blocks: list[dict[str, Any]]) -> list[str]:
    """What the buttons say."""
    elements = [element for block in blocks for element in block.get("elements", ())]
    return [element["text"]["text"] for element in elements if element.get("type") == "button"]


def _state(element: Mapping[str, Any]) -> dict[str, Any]:
    match element["type"]:
        case "plain_text_input":
            return {"type": element["type"], "value": element.get("initial_value")}
        case "checkboxes" | "multi_external_select" | "multi_static_select":
            return {"type": element["type"], "selected_options": element.get("initial_options", [])}
        case "conversations_select":
            return {"type": element["type"], "selected_conversation": None}
    return {"type": element["type"], "selected_option": element.get("initial_option")}
