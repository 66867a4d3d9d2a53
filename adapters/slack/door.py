"""Slack's requests, answered: whatever web server takes them hands them here, and gives back what is returned.

Under `/chat/slack`: `events` for all that Slack sends (commands, interactions, events), `install` for a browser that
wants the app, `oauth_redirect` for one that comes back from Slack with leave.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier

from adapters.slack.client import Slack
from adapters.slack.installing import flow_for
from adapters.slack.manifest import PATH
from adapters.slack.once import Once
from adapters.slack.settings import SlackSettings
from adapters.slack.workspaces import Workspaces

log = logging.getLogger(__name__)
RETRIES = ("1", "2", "3")
EVENTS, INSTALL, REDIRECT = f"{PATH}/events", f"{PATH}/install", f"{PATH}/oauth_redirect"


class Door:
    """Lets in what Slack signed within the last five minutes, each request once."""

    def __init__(
        self, app: AsyncApp, settings: SlackSettings, slack: Slack, workspaces: Workspaces, address: str | None
    ) -> None:
        assert settings.signing_secret is not None  # noqa: S101 - for the type checker: the settings ask for it
        self._app = app
        self._verifier = SignatureVerifier(settings.signing_secret.reveal())
        self._seen = Once()
        self._flow: AsyncOAuthFlow | None = flow_for(settings, slack, workspaces, address) if workspaces.many else None

    async def answer(
        self, method: str, path: str, *, query: str = "", headers: Mapping[str, str], body: str = ""
    ) -> BoltResponse:
        """The answer to a request: status, headers (several values each), body."""
        posted = (method, path) == ("POST", EVENTS)
        if posted and (refused := self._refused(headers, body)):
            return BoltResponse(status=401, body=refused)
        request = _read(body if posted else "", query, headers)
        if request is None:
            return BoltResponse(status=400, body="not what Slack sends")
        if posted:
            return await self._app.async_dispatch(request)
        if method == "GET" and self._flow and path == INSTALL:
            return await self._flow.handle_installation(request)
        if method == "GET" and self._flow and path == REDIRECT:
            return await self._flow.handle_callback(request)
        return BoltResponse(status=404, body="not here")

    def _refused(self, headers: Mapping[str, str], body: str) -> str:
        """Why a request is not let in; nothing if it is."""
        known = {name.lower(): value for name, value in headers.items()}
        signature, at = known.get("x-slack-signature", ""), known.get("x-slack-request-timestamp", "")
        try:
            signed = self._verifier.is_valid(body=body, timestamp=at, signature=signature)
        except (ValueError, TypeError):  # a moment that is no number, a signature that is no ASCII
            signed = False
        if not signed:
            log.warning("a request is refused: its signature is wrong or old")
            return "not signed by Slack, or long ago"
        # Slack's own second try may come within the same second, and so with the same signature.
        retry = known.get("x-slack-retry-num", "")
        if self._seen.known(f"{signature} {retry if retry in RETRIES else ''}"):
            log.warning("a request is refused: it came before")
            return "this came before"
        return ""


def _read(body: str, query: str, headers: Mapping[str, str]) -> AsyncBoltRequest | None:
    """A request as the SDK reads it; None for a body that is no JSON or form of the kind Slack sends."""
    try:
        request = AsyncBoltRequest(body=body, query=query, headers=dict(headers))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        log.warning("a request is refused: it cannot be read (%s)", type(error).__name__)
        return None
    return request if isinstance(request.body, dict) else None
