"""The guides' set-ups to the letter, on a Slack and a Discord of our own: what they say to paste and write works."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import sys
from pathlib import Path
from typing import Any

import httpx

from bot.config.edit import TEMPLATE
from tests.adapters.setup import until
from tests.discord_server import APPLICATION, DiscordServer
from tests.discord_server.server import TOKEN as DISCORD_TOKEN
from tests.docs.pages import ROOT, blocks, text
from tests.end_to_end.test_run import running
from tests.slack_server import ADMIN, APP_TOKEN, TOKEN, People, SlackServer
from tests.slack_server.methods import NEEDS

MANAGE_CHANNELS = 1 << 4
# Discord's own names of the rights, by bit (developer pages, Permissions).
RIGHTS = {
    "View Channel": 10,
    "Send Messages": 11,
    "Embed Links": 14,
    "Attach Files": 15,
    "Read Message History": 16,
    "Create Public Threads": 35,
    "Send Messages in Threads": 38,
}


def toml_of(page: str, number: int) -> str:
    """The settings a guide shows, in order."""
    return blocks("toml", of=f"docs/{page}.md")[number].text


def write(folder: Path, *parts: str, **secrets: str) -> None:
    """What `attache config init` writes, with no source to be asked, and what the guide has one add to it."""
    settings = "\n".join(("catalogue = false", TEMPLATE, "[web]\nport = 0\n", *parts))
    (folder / "attache.toml").write_text(settings, encoding="utf-8")
    for name, secret in secrets.items():
        (folder / name.replace("_", "-")).write_text(f"{secret}\n", encoding="utf-8")


async def typed(folder: Path, *words: str) -> tuple[int, str]:
    """A command's exit status and what it says."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *words,
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    out, _ = await asyncio.wait_for(process.communicate(), 60)
    return int(process.returncode or 0), out.decode()


async def pasted(server: SlackServer, *address: str) -> dict[str, Any]:
    """The app made from the manifest that is printed: it has the rights the manifest asks for, and no other."""
    _, printed = await typed(ROOT, "-m", "adapters.slack", *address)
    manifest: dict[str, Any] = json.loads(printed)
    server.workspace.scopes = set(manifest["oauth_config"]["scopes"]["bot"])
    return manifest


async def test_slack_is_connected_as_its_guide_says(tmp_path: Path) -> None:
    async with SlackServer() as server:
        manifest = await pasted(server)
        assert set(NEEDS.values()) <= server.workspace.scopes
        assert [one["command"] for one in manifest["features"]["slash_commands"]] == ["/brief"]
        assert [one["name"] for one in manifest["features"]["shortcuts"]] == ["Brief this"]
        assert manifest["settings"]["socket_mode_enabled"]
        channel = server.world.channel()
        server.world.person(ADMIN, is_admin=True)
        here = toml_of("slack", 1).replace("C0123456789", channel.id)
        settings = f'{toml_of("slack", 0)}api_url = "{server.url("/api")}"\n'
        write(tmp_path, settings, here, slack_bot_token=TOKEN, slack_app_token=APP_TOKEN)
        status, said = await typed(tmp_path, "-m", "bot", "doctor")
        assert (status, "ok    adapter slack" in said) == (0, True), said
        async with running(tmp_path):
            await until(lambda: bool(server.socket.sockets), within=60)
            people = People(server)
            other = server.world.channel()
            form = await people.slash(other, "subscribe", by=ADMIN)
            await form.until(lambda: bool(server.asked("views.open")))
            help_ = await people.slash(channel, "help")
            await help_.until(lambda: "subscribe" in json.dumps(help_.messages))
            told = await people.slash(channel, "subscriptions")
            await told.until(lambda: "08:30" in json.dumps(told.messages))
            assert "Europe/Zurich" in json.dumps(told.messages)


async def test_slack_over_signed_requests_is_connected_as_its_guide_says(tmp_path: Path) -> None:
    async with SlackServer() as server:
        address = "https://attache.example"
        manifest = await pasted(server, address)
        assert manifest["settings"]["event_subscriptions"]["request_url"].startswith(address)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = toml_of("slack", 2).replace("[web]", f'api_url = "{server.url("/api")}"\n\n[web]\nport = {port}')
        write(tmp_path, slack_client_secret="client-secret", slack_signing_secret="a signing secret")
        plain = (tmp_path / "attache.toml").read_text(encoding="utf-8").replace("[web]\nport = 0\n", "")
        (tmp_path / "attache.toml").write_text(f"{plain}\n{settings}", encoding="utf-8")
        (path,) = re.findall(r"`https://attache\.example(/\S+/install)`", text("docs/slack.md"))
        async with running(tmp_path):
            answer = await _answered(f"http://127.0.0.1:{port}{path}")
        assert server.url("/oauth/v2/authorize") in answer.text + answer.headers.get("location", "")
        assert "client_id=123.456" in answer.text + answer.headers.get("location", "")


async def _answered(url: str) -> httpx.Response:
    """The answer of a service that is just starting."""
    async with httpx.AsyncClient() as client, asyncio.timeout(60):
        while True:
            try:
                answer = await client.get(url)
            except httpx.TransportError:
                await asyncio.sleep(0.1)
                continue
            if answer.status_code != httpx.codes.NOT_FOUND:
                return answer
            await asyncio.sleep(0.1)


async def test_discord_is_connected_as_its_guide_says(tmp_path: Path) -> None:
    async with DiscordServer(guilds=0) as server:
        channel = server.world.channel()
        where = f'api_url = "{server.api_url}"\ngateway_url = "{server.gateway_url}"\n'
        here = toml_of("discord", 1).replace("123456789012345678", str(channel.id))
        write(tmp_path, f"{toml_of('discord', 0)}{where}", here, discord_token=DISCORD_TOKEN)
        status, said = await typed(tmp_path, "-m", "bot", "doctor")
        (link,) = re.findall(r"https://discord\.com/oauth2/authorize\?\S+", said)
        assert (status, f"client_id={APPLICATION}" in link) == (1, True)
        _as_the_page_names_it(httpx.URL(link))
        server.guilds = 1
        status, said = await typed(tmp_path, "-m", "bot", "doctor")
        assert (status, "ok    adapter discord" in said) == (0, True), said
        async with running(tmp_path):
            await until(lambda: bool(server.gateway.said(2)) and bool(server.commands), within=60)
            assert server.gateway.said(2)[0]["intents"] == 0, "every privileged intent may stay off"
            other = server.world.channel()
            told = await (await server.slash(other, "subscribe", permissions=MANAGE_CHANNELS)).answered()
            assert "Next digest" in json.dumps(told.messages)
            refused = await (await server.slash(other, "subscribe")).answered()
            assert "for those who may manage this channel" in json.dumps(refused.messages)
            seen = await (await server.slash(channel, "subscriptions")).answered()
            assert "Europe/Zurich" in json.dumps(seen.messages)


def _as_the_page_names_it(link: httpx.URL) -> None:
    """The link asks for the scopes and rights that the page names, no more and no fewer."""
    page = text("docs/discord.md")
    assert set(link.params["scope"].split()) == set(re.findall(r"scopes `(\S+)` and `(\S+)`", page)[0])
    named = re.search(r"rights (.+?)\.\n", page, re.DOTALL)
    assert named
    rights = [" ".join(one.split()) for one in named[1].split(",")]
    assert int(link.params["permissions"]) == sum(1 << RIGHTS[right] for right in rights)
