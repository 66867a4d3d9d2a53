"""What `[adapters.discord]` may say, and how a wrong value is told."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.discord.posts import Posts, print_of
from adapters.discord.settings import settings_from
from bot.domain.secret import Secret
from bot.errors import SettingsError
from tests.fakes import KeptInMemory

TOKEN = Secret("Bot abc.def")


def test_a_token_is_enough() -> None:
    settings = settings_from({"token": TOKEN})
    assert settings.token.reveal() == "abc.def"
    assert settings.api_url == "https://discord.com/api/v10"
    assert settings.gateway_url is None
    assert "abc" not in repr(settings)


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        ("http://127.0.0.1:9", "http://127.0.0.1:9/api/v10"),
        ("http://127.0.0.1:9/api/", "http://127.0.0.1:9/api/v10"),
        ("http://127.0.0.1:9/api/v10", "http://127.0.0.1:9/api/v10"),
        ("https://proxy.example/discord/v9", "https://proxy.example/discord/v9"),
    ],
)
def test_another_server_is_named_with_or_without_the_version(given: str, understood: str) -> None:
    assert settings_from({"token": TOKEN, "api_url": given}).api_url == understood


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({}, "adapters.discord.token: is missing; make an application"),
        ({"token": Secret("")}, "is missing"),
        ({"token": TOKEN, "gatewayurl": "ws://x"}, "did you mean 'gateway_url'"),
        ({"token": TOKEN, "api_url": "discord.com"}, "should begin with https://"),
        ({"token": TOKEN, "gateway_url": "https://x.example"}, "should begin with wss://"),
    ],
)
def test_a_wrong_setting_is_named_with_what_would_be_right(table: dict[str, Any], told: str) -> None:
    with pytest.raises(SettingsError) as error:
        settings_from(table)
    assert told in str(error.value)


def test_a_print_survives_what_discord_does_to_a_message() -> None:
    sent = {"embeds": [{"title": "2 new ", "description": "• **Proposes** “a register”\n", "footer": {"text": "x"}}]}
    stored = {
        "content": "",
        "embeds": [
            {"type": "rich", "title": "2 new", "description": "• **Proposes** “a register”", "footer": {"text": "x"}}
        ],
    }
    assert print_of(sent) == print_of(stored)
    assert print_of({"embeds": [{"title": "3 new"}]}) != print_of({"embeds": [{"title": "2 new"}]})


async def test_notes_of_posts_are_forgotten_after_a_month_but_nothing_else_is() -> None:
    kept = KeptInMemory()
    posts = Posts(kept)
    await posts.about_to("1", "new", {"content": "x"})
    kept.keep("post/old", {"since": 1 << 22, "print": ""})
    kept.keep("another thing", {"since": 0})
    await posts.forget_old()
    assert kept.names() == ["another thing", "post/new"]
