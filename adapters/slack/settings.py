"""What `[adapters.slack]` may say."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from bot.domain.secret import Secret
from bot.errors import SettingsError

SECTION = "adapters.slack"
API = "https://slack.com/api"
SECRETS = ("bot_token", "app_token", "signing_secret", "client_secret")
KNOWN = ("mode", *SECRETS, "client_id", "api_url")
# What Slack sends comes in at Attaché's own web server.
MOVED = ("host", "port", "public_url")
APPS = "https://api.slack.com/apps"
WHERE_FROM = {
    "bot_token": f"{APPS}, your app, OAuth & Permissions, Bot User OAuth Token (xoxb-…)",
    "app_token": f"{APPS}, your app, Basic Information, App-Level Tokens, with connections:write (xapp-…)",
    "signing_secret": f"{APPS}, your app, Basic Information, Signing Secret",
    "client_id": f"{APPS}, your app, Basic Information, Client ID",
    "client_secret": f"{APPS}, your app, Basic Information, Client Secret",
}


class Mode(StrEnum):
    """How Slack reaches us: over a connection that we open, or with requests to our address."""

    SOCKET = "socket"
    HTTP = "http"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSettings:
    """The app's secrets, and where Slack is.

    With a `bot_token` it serves that workspace alone; without one every workspace that installed it (`client_id`,
    `client_secret`; HTTP mode only). Slack's requests are taken by Attaché's web server.
    """

    mode: Mode = Mode.SOCKET
    bot_token: Secret | None = None
    app_token: Secret | None = None
    signing_secret: Secret | None = None
    client_id: str | None = None
    client_secret: Secret | None = None
    api_url: str = API

    @property
    def authorize_url(self) -> str:
        """Where a person allows an installation: beside the API."""
        return f"{self.api_url.rpartition('/api')[0]}/oauth/v2/authorize"


def settings_from(table: Mapping[str, Any]) -> SlackSettings:
    """The settings a table says. Raises SettingsError at the first that is missing, unknown or wrong."""
    for key in table:
        if key in MOVED:
            raise wrong(key, f"is set under [web] now: [web] {key}")
        if key not in KNOWN:
            near = difflib.get_close_matches(key, KNOWN, 1)
            raise wrong(key, f"is not a setting; {f'did you mean {near[0]!r}?' if near else f'known: {KNOWN}'}")
    made = SlackSettings(
        mode=_mode(table.get("mode", Mode.SOCKET)),
        **{key: _secret(table, key) for key in SECRETS},
        client_id=str(table["client_id"]) if table.get("client_id") else None,
        api_url=_api(_address(table, "api_url") or API),
    )
    for key in _needed(made):
        if not getattr(made, key):
            raise wrong(key, f"is missing; {WHERE_FROM[key]}; set it as $ATTACHE_ADAPTERS__SLACK__{key.upper()}")
    return made


def _needed(made: SlackSettings) -> tuple[str, ...]:
    if made.mode is Mode.SOCKET:
        return ("bot_token", "app_token")
    return ("signing_secret",) if made.bot_token else ("signing_secret", "client_id", "client_secret")


def _mode(value: Any) -> Mode:
    try:
        return Mode(value)
    except ValueError:
        raise wrong("mode", f"{value!r} is no mode; write {' or '.join(Mode)}") from None


def _secret(table: Mapping[str, Any], key: str) -> Secret | None:
    value = table.get(key)
    if value is None:
        return None
    words = (value.reveal() if isinstance(value, Secret) else str(value)).strip()
    return Secret(words) if words else None


def _address(table: Mapping[str, Any], key: str) -> str | None:
    value = table.get(key)
    if value is None:
        return None
    parts = urlsplit(str(value))
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise wrong(key, f"{value!r} is no address; it should begin with https://")
    return str(value).rstrip("/")


def _api(url: str) -> str:
    """The address of the API, where it names a server alone."""
    return url if urlsplit(url).path else f"{url}/api"


def wrong(key: str, problem: str) -> SettingsError:
    """The error for one of these settings."""
    return SettingsError(f"{SECTION}.{key}", "settings", problem)
