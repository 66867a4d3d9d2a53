"""What `[adapters.discord]` may say."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.domain.secret import Secret
from bot.errors import SettingsError

SECTION = "adapters.discord"
API = "https://discord.com/api/v10"
VERSION = "/api/v10"
KNOWN = ("token", "api_url", "gateway_url")
HOW_TO_GET_ONE = (
    "make an application with a bot at https://discord.com/developers/applications and set its token as "
    "$ATTACHE_ADAPTERS__DISCORD__TOKEN, or name a file that holds it as token_file"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscordSettings:
    """The bot's token, and where Discord is: `api_url` with the API's version, `gateway_url` None to ask the API."""

    token: Secret
    api_url: str = API
    gateway_url: str | None = None


def settings_from(table: Mapping[str, Any]) -> DiscordSettings:
    """The settings a table says. Raises SettingsError at the first that is missing, unknown or wrong."""
    for key in table:
        if key not in KNOWN:
            near = difflib.get_close_matches(key, KNOWN, 1)
            raise _wrong(key, f"is not a setting; {f'did you mean {near[0]!r}?' if near else f'known: {KNOWN}'}")
    token = table.get("token")
    if not isinstance(token, Secret) or not token.reveal().strip():
        raise _wrong("token", f"is missing; {HOW_TO_GET_ONE}")
    return DiscordSettings(
        token=Secret(token.reveal().strip().removeprefix("Bot ")),
        api_url=_api(_address(table, "api_url", ("http", "https")) or API),
        gateway_url=_address(table, "gateway_url", ("ws", "wss")),
    )


def _address(table: Mapping[str, Any], key: str, schemes: tuple[str, ...]) -> str | None:
    value = table.get(key)
    if value is None:
        return None
    parts = urlsplit(str(value))
    if parts.scheme not in schemes or not parts.netloc:
        raise _wrong(key, f"{value!r} is no address; it should begin with {schemes[-1]}://")
    return str(value).rstrip("/")


def _api(url: str) -> str:
    """The address with the version that is spoken here, where it names a server alone."""
    path = urlsplit(url).path
    return f"{url}{VERSION.removeprefix(path)}" if path in {"", "/api"} else url


def _wrong(key: str, problem: str) -> SettingsError:
    return SettingsError(f"{SECTION}.{key}", "settings", problem)
