"""Secrets are seen by nobody: not in what is printed, in errors, in a log, in `repr`, nor in a backup."""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.config import load_settings
from bot.domain.secret import Secret
from bot.errors import SettingsError

ROOT = Path(__file__).parents[1]
# Every setting that is a secret; the words are found wherever they should not be.
SECRETS = {
    "ATTACHE_ADAPTERS__DISCORD__TOKEN": "S3CRET-discord-token",
    "ATTACHE_ADAPTERS__SLACK__BOT_TOKEN": "xoxb-S3CRET-bot",
    "ATTACHE_ADAPTERS__SLACK__APP_TOKEN": "xapp-S3CRET-app",
    "ATTACHE_ADAPTERS__SLACK__SIGNING_SECRET": "S3CRET-signing",
    "ATTACHE_ADAPTERS__SLACK__CLIENT_SECRET": "S3CRET-client",
    "ATTACHE_MODEL__API_KEY": "S3CRET-model-key",
    "ATTACHE_WEB__TOKEN": "S3CRET-operators-token",
}
OTHERS = {
    "ATTACHE_MODEL__NAME": "openai:small",
    "ATTACHE_ADAPTERS__APPRISE__URLS": '{desk = "json://user:S3CRET-apprise@127.0.0.1:9"}',
    "ATTACHE_SOURCES": '[{name = "saved", kind = "folder", url = "saved"}]',
    "ATTACHE_CHANNELS": '[{adapter = "console", destination = "file:out.txt"}]',
    "ATTACHE_WEB__ENABLED": "false",
}
LEAK = re.compile("S3CRET")


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "saved").mkdir()


def attache(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, with every secret set."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **SECRETS, **OTHERS, **variables}
    return subprocess.run([sys.executable, "-m", "bot", *words], env=env, capture_output=True, text=True, timeout=120)


def secrets_in(value: Any) -> Iterator[Secret]:
    """Every secret that settings hold, wherever."""
    if isinstance(value, Secret):
        yield value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from secrets_in(getattr(value, field.name))
    elif isinstance(value, dict):
        for one in value.values():
            yield from secrets_in(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from secrets_in(one)


def test_every_secret_of_the_template_is_tried_here() -> None:
    source = (ROOT / "bot/config/edit.py").read_text(encoding="utf-8")
    named = set(re.findall(r"\$(ATTACHE_\w+)|variable (ATTACHE_\w+)", source))
    assert {one or other for one, other in named} <= {*SECRETS, *OTHERS}
    in_code = re.findall(r"take_secret\(\"(\w+)\"\)", (ROOT / "bot/config/settings.py").read_text(encoding="utf-8"))
    assert {name for name in in_code if name != "database"} == {"api_key", "token"}


def test_settings_show_none_of_them() -> None:
    settings = load_settings(None, {**SECRETS, **OTHERS, "ATTACHE_DATABASE": "postgresql+psycopg://a:S3CRET@h/d"})
    assert {secret.reveal() for secret in secrets_in(settings)} == set(SECRETS.values())
    assert not LEAK.search(repr(settings) + str(settings))
    for secret in secrets_in(settings):
        assert f"{secret} {secret!r} {[secret]}".count("***") == 3


@pytest.mark.parametrize(
    "words", [("config", "check"), ("poll",), ("digest",), ("sources", "export"), ("why", "x"), ("export",)]
)
def test_no_command_prints_one(words: tuple[str, ...]) -> None:
    done = attache(*words)
    assert not LEAK.search(done.stdout + done.stderr)


@pytest.mark.parametrize("words", [("doctor",), ("run",), ("backup", "b.db"), ("restore", "b.db"), ("health",)])
def test_a_database_that_cannot_be_reached_keeps_its_password(words: tuple[str, ...]) -> None:
    Path("b.db").write_text("x")
    done = attache(*words, ATTACHE_DATABASE="postgresql+psycopg://attache:S3CRET@127.0.0.1:1/attache")
    assert done.returncode == 1
    assert not LEAK.search(done.stdout + done.stderr)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", SECRETS)
def test_a_setting_beside_a_wrong_one_is_not_told(name: str) -> None:
    with pytest.raises(SettingsError) as error:
        load_settings(None, {**OTHERS, **SECRETS, f"{name}_FILE": "/nowhere/file"})
    assert not LEAK.search(str(error.value) + repr(error.value))
    done = attache("config", "check", ATTACHE_TIME_ZONE="Nowhere/Land", **{name: SECRETS[name]})
    assert done.returncode == 2
    assert not LEAK.search(done.stdout + done.stderr)


def test_a_backup_holds_none_of_the_settings_secrets() -> None:
    (Path("saved") / "speech.txt").write_text("Statement by Kenya in the OEWG on cyber security. " * 20)
    for words in (("poll",), ("digest", "--post", "console:file:out.txt"), ("backup", "b.db")):
        assert attache(*words).returncode == 0
    assert b"S3CRET" not in Path("b.db").read_bytes() + Path("attache.db").read_bytes()


def test_the_address_of_a_database_can_be_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "address").write_text("sqlite:///own.db\n")
    given = {"ATTACHE_DATABASE": "sqlite:///default.db", "ATTACHE_DATABASE_FILE": str(tmp_path / "address")}
    assert load_settings(None, given).database == "sqlite:///own.db"
    (tmp_path / "address").write_text("mysql://a:S3CRET@h/d")
    with pytest.raises(SettingsError, match="database: should begin with") as error:
        load_settings(None, given)
    assert not LEAK.search(str(error.value))
