"""What `[adapters.slack]` may say, how a wrong value is told, and the manifest that makes the app in one paste."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from adapters.slack.manifest import SCOPES, lacking, manifest
from adapters.slack.settings import Mode, settings_from
from bot.domain.secret import Secret
from bot.errors import SettingsError
from tests.slack_server.world import SCOPES as GRANTED

TOKENS = {"bot_token": Secret("xoxb-1"), "app_token": Secret("xapp-1\n")}
SIGNED = {"mode": "http", "signing_secret": Secret("s")}


def test_two_tokens_are_enough() -> None:
    settings = settings_from(TOKENS)
    assert settings.mode is Mode.SOCKET
    assert settings.app_token == Secret("xapp-1")
    assert settings.api_url == "https://slack.com/api"
    assert settings.authorize_url == "https://slack.com/oauth/v2/authorize"
    assert "xoxb" not in repr(settings)


def test_http_takes_one_workspace_with_its_token_or_many_with_the_apps_secret() -> None:
    assert settings_from({**SIGNED, "bot_token": Secret("xoxb-1")}).bot_token
    many = settings_from({**SIGNED, "client_id": "1.2", "client_secret": Secret("c")})
    assert many.bot_token is None


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        ("http://127.0.0.1:9", "http://127.0.0.1:9/api"),
        ("http://127.0.0.1:9/api/", "http://127.0.0.1:9/api"),
        ("https://proxy.example/slack/api", "https://proxy.example/slack/api"),
    ],
)
def test_another_server_is_named_with_or_without_its_path(given: str, understood: str) -> None:
    settings = settings_from({**TOKENS, "api_url": given})
    assert settings.api_url == understood
    assert settings.authorize_url == understood.replace("/api", "/oauth/v2/authorize")


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({}, "adapters.slack.bot_token: is missing; https://api.slack.com/apps, your app, OAuth & Permissions"),
        ({"bot_token": Secret("x")}, "app_token: is missing"),
        ({**TOKENS, "app_token": Secret(" ")}, "app_token: is missing"),
        ({"mode": "http"}, "signing_secret: is missing"),
        ({**SIGNED}, "client_id: is missing"),
        ({**SIGNED, "client_id": "1"}, "set it as $ATTACHE_ADAPTERS__SLACK__CLIENT_SECRET"),
        ({**TOKENS, "mode": "rtm"}, "write socket or http"),
        ({**TOKENS, "port": 3000}, "port: is set under [web] now"),
        ({**TOKENS, "bottoken": "x"}, "did you mean 'bot_token'"),
        ({**TOKENS, "api_url": "slack.com"}, "should begin with https://"),
    ],
)
def test_a_wrong_setting_is_named_with_what_would_be_right(table: dict[str, Any], told: str) -> None:
    with pytest.raises(SettingsError) as error:
        settings_from(table)
    assert told in str(error.value)


def test_the_manifest_stays_within_slacks_limits_and_asks_for_what_is_used() -> None:
    for address in (None, "https://attache.example"):
        made = manifest(address)
        about, features = made["display_information"], made["features"]
        assert len(about["name"]) <= 35
        assert len(about["description"]) <= 140
        (shortcut,), (command,) = features["shortcuts"], features["slash_commands"]
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
        assert command["command"] == "/brief"
        assert made["settings"]["socket_mode_enabled"] is (address is None)
    assert set(SCOPES) == set(GRANTED)


def test_with_an_address_slack_is_told_where_to_send_everything() -> None:
    made = manifest("https://attache.example")
    events = "https://attache.example/chat/slack/events"
    assert made["settings"]["event_subscriptions"]["request_url"] == events
    assert made["settings"]["interactivity"]["request_url"] == events
    assert made["features"]["slash_commands"][0]["url"] == events
    assert made["oauth_config"]["redirect_urls"] == ["https://attache.example/chat/slack/oauth_redirect"]


def test_the_manifest_is_printed_without_the_sdk() -> None:
    shown = subprocess.run([sys.executable, "-m", "adapters.slack"], capture_output=True, text=True, check=True)
    assert json.loads(shown.stdout) == manifest()
    code = "import sys, runpy; runpy.run_module('adapters.slack', run_name='__main__'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "slack_sdk" not in loaded.stdout
    assert "slack_bolt" not in loaded.stdout


def test_what_is_lacking_is_said_with_what_it_costs() -> None:
    assert lacking(SCOPES) == ""
    assert lacking(()) == ""
    assert "without channels:join it must be invited" in lacking(set(SCOPES) - {"channels:join"})
