"""How a workspace installs the app: leave asked of Slack, and what it brings kept with the desk's installations."""

from __future__ import annotations

import asyncio
import logging
import secrets
from typing import Any

from slack_bolt.error import BoltError
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from adapters.slack.client import SDK_LOG, Slack
from adapters.slack.manifest import PATH, SCOPES
from adapters.slack.settings import SlackSettings
from adapters.slack.workspaces import Workspaces
from bot.errors import AttacheError, DeliveryError
from bot.ports import Installations

log = logging.getLogger(__name__)
STATE = "state/"
STATE_LIVES = 600


class Store(AsyncInstallationStore):
    """Bolt's installation store, kept with ours; tokens are looked up by `Workspaces`."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    @property
    def logger(self) -> logging.Logger:
        return log

    async def async_save(self, installation: Installation) -> None:
        workspace = installation.enterprise_id if installation.is_enterprise_install else installation.team_id
        about: dict[str, Any] = {
            "bot_token": installation.bot_token,
            "name": installation.enterprise_name if installation.is_enterprise_install else installation.team_name,
            "scopes": ",".join(installation.bot_scopes or ()),
            "installed_by": installation.user_id,
            "installed_at": int(installation.installed_at),
        }
        if not workspace or not installation.bot_token:
            raise BoltError("Slack's answer names no workspace or no token")
        try:
            await self._workspaces.installed(workspace, about)
        except DeliveryError as error:
            raise BoltError(str(error)) from error
        log.info("installed in the workspace %s", workspace)


class States(AsyncOAuthStateStore):
    """Installations under way: each state is good for ten minutes, and for one."""

    def __init__(self, kept: Installations, slack: Slack) -> None:
        self._kept, self._slack = kept, slack

    @property
    def logger(self) -> logging.Logger:
        return log

    async def async_issue(self, *args: Any, **kwargs: Any) -> str:  # noqa: ARG002 - the SDK's shape
        state = secrets.token_urlsafe(24)
        try:
            await asyncio.to_thread(self._keep, state)
        except AttacheError as error:
            raise BoltError(str(error)) from error
        return state

    async def async_consume(self, state: str) -> bool:
        try:
            return await asyncio.to_thread(self._take, state)
        except AttacheError as error:
            log.warning("an installation is refused: %s", error)
            return False

    def _keep(self, state: str) -> None:
        for name in self._kept.names():
            kept = self._kept.get(name) if name.startswith(STATE) else None
            if kept and int(kept["until"]) < self._slack.now():
                self._kept.drop(name)
        self._kept.keep(f"{STATE}{state}", {"until": self._slack.now() + STATE_LIVES})

    def _take(self, state: str) -> bool:
        kept = self._kept.get(f"{STATE}{state}")
        # Of two who come with the same state only one has it.
        return kept is not None and self._kept.drop(f"{STATE}{state}") and int(kept["until"]) >= self._slack.now()


def flow_for(settings: SlackSettings, slack: Slack, workspaces: Workspaces, address: str | None) -> AsyncOAuthFlow:
    """The pages that lead through an installation; `address` is how the web server is known outside."""
    assert settings.client_secret is not None  # noqa: S101 - for the type checker: the settings ask for it
    oauth = AsyncOAuthSettings(
        client_id=settings.client_id,
        client_secret=settings.client_secret.reveal(),
        scopes=list(SCOPES),
        user_scopes=[],
        redirect_uri=f"{address}{PATH}/oauth_redirect" if address else None,
        install_path=f"{PATH}/install",
        redirect_uri_path=f"{PATH}/oauth_redirect",
        authorization_url=settings.authorize_url,
        installation_store=Store(workspaces),
        state_store=States(workspaces.kept, slack),
        logger=SDK_LOG,
    )
    return AsyncOAuthFlow(client=slack.web(), logger=SDK_LOG, settings=oauth)
