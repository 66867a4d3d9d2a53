"""The app as Slack is told of it: what it may do and what it listens to. Printed by `python -m adapters.slack`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

SLASH = "/brief"
BRIEF_THIS = "brief_this"
PATH = "/chat/slack"
EVENTS = ("app_home_opened", "app_uninstalled", "tokens_revoked")

# Each right and what is lost without it.
SCOPES: Mapping[str, str] = {
    "chat:write": "nothing can be posted",
    "chat:write.public": "it must be invited to every channel before it can post there",
    "commands": "/brief and ‘Brief this’ are missing",
    "channels:history": "a post whose answer got lost in a public channel is given up instead of looked for",
    "groups:history": "the same in a private channel",
    "im:history": "the same in a direct message",
    "mpim:history": "the same in a group message",
    "channels:read": "only administrators may subscribe public channels, not those who made them",
    "groups:read": "only administrators may subscribe private channels, not those who made them",
    "im:read": "nobody may subscribe in a direct message",
    "mpim:read": "only administrators may subscribe group messages",
    "channels:join": "it must be invited to a public channel to read back its posts",
    "users:read": "nobody may subscribe but who made the channel, and times are in the settings' zone",
    "files:read": "pictures are told in words",
    "files:write": "pictures are told in words",
}


def lacking(granted: Collection[str]) -> str:
    """One line that says which rights are missing and what that costs; nothing if none is."""
    # A server that does not tell rights (no such header) lacks none.
    missing = [scope for scope in SCOPES if granted and scope not in granted]
    if not missing:
        return ""
    costs = "; ".join(f"without {scope} {SCOPES[scope]}" for scope in missing)
    return f"{costs}; add them under OAuth & Permissions and install the app again"


def manifest(public_url: str | None = None) -> dict[str, Any]:
    """The app's manifest: for Socket Mode, or for HTTP where an address is given."""
    at = f"{public_url}{PATH}" if public_url else None
    events = {"request_url": f"{at}/events"} if at else {}
    interactivity = {"request_url": f"{at}/events", "message_menu_options_url": f"{at}/events"} if at else {}
    redirects = {"redirect_urls": [f"{at}/oauth_redirect"]} if at else {}
    command = {
        "command": SLASH,
        "description": "UN statements on cyber security",
        "usage_hint": "help | latest | search <words> country:CHN | subscribe",
        "should_escape": False,
    }
    return {
        "display_information": {
            "name": "Attaché",
            "description": "New UN statements on cyber security, each point a quote that opens at its sentence",
            "background_color": "#1f6fb2",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Attaché", "always_online": True},
            "shortcuts": [
                {
                    "name": "Brief this",
                    "type": "message",
                    "callback_id": BRIEF_THIS,
                    "description": "Brief the document at a link in this message",
                }
            ],
            "slash_commands": [command | ({"url": f"{at}/events"} if at else {})],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}, **redirects},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS), **events},
            "interactivity": {"is_enabled": True, **interactivity},
            "org_deploy_enabled": at is not None,
            "socket_mode_enabled": at is None,
            "token_rotation_enabled": False,
        },
    }
