"""Every snippet that is no command: settings load, Python runs, units and server blocks hold keys there are."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.config import Settings, load_settings
from bot.config.edit import TEMPLATE
from bot.domain.reply import Payload, Reply
from bot.errors import AttacheError
from bot.plugins import adapter, installed
from bot.ports import Renderer
from tests.docs.pages import PAGES, ROOT, Block, blocks
from tests.fakes import FakeDesk

SYSTEMD = {
    *("Description", "After", "Wants", "ExecStart", "WorkingDirectory", "Environment", "LoadCredential"),
    *("StateDirectory", "DynamicUser", "ProtectSystem", "PrivateTmp", "NoNewPrivileges", "Restart", "TimeoutStopSec"),
    *("WantedBy", "User", "OnCalendar", "Persistent", "Type"),
}
NGINX = {"server", "listen", "server_name", "location", "proxy_pass", "proxy_set_header", "return"}
# What is tried here and in test_commands; a block of another kind needs a test of its own first.
LANGUAGES = {"", "sh", "bash", "toml", "python", "ini", "nginx", "text"}  # text: a drawing


def loaded(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings as a guide writes them, the secrets they name lying where they say."""
    monkeypatch.chdir(folder)
    for key, path in re.findall(r"^\s*(\w+)_file = \"([^\"]+)\"", text, re.MULTILINE):
        file = folder / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        secret = "postgresql+psycopg://attache:pw@host/attache" if key == "database" else "a-secret-of-24-characters"
        file.write_text(secret, encoding="utf-8")
    (folder / "attache.toml").write_text(re.sub(r"_file = \"/", '_file = "', text), encoding="utf-8")
    return load_settings(None, {})


def test_every_fenced_block_is_of_a_kind_that_is_tried() -> None:
    assert len(blocks(*LANGUAGES)) > 25
    opened = re.compile(r"^ *```([\w.-]+)", re.MULTILINE)
    assert {word for page in PAGES for word in opened.findall(page.read_text(encoding="utf-8"))} <= LANGUAGES


@pytest.mark.parametrize("block", blocks("toml"), ids=lambda block: block.place)
def test_settings_load_and_every_platform_takes_its_own(
    block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = tomllib.loads(block.text)
    if "project" in raw:
        assert set(raw["project"]["entry-points"]) == {"attache.adapters", "attache.renderers"}
        return
    settings = loaded(block.text, tmp_path, monkeypatch)
    for name, table in settings.adapters.items():
        assert adapter(name, table, FakeDesk()).renderer.name == name
    assert {channel.adapter for channel in settings.channels} <= set(installed())


def test_every_line_of_the_settings_template_is_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    switched_on = re.sub(r"^# (?=\[|[a-z_]+ = )", "", TEMPLATE, flags=re.MULTILINE)
    assert len(re.findall(r"^#", switched_on, re.MULTILINE)) < 20
    once = re.sub(r"^database = .*\n", "", switched_on, flags=re.MULTILINE)  # the file beside it holds it
    settings = loaded(once, tmp_path, monkeypatch)
    assert set(settings.adapters) == {"apprise", "discord", "slack"}
    assert settings.model
    assert settings.web.token
    assert settings.channels[0].quiet


@pytest.mark.parametrize("block", blocks("python"), ids=lambda block: block.place)
def test_python_runs(block: Block) -> None:
    names: dict[str, object] = {"Reply": Reply, "Payload": Payload, "Sequence": Sequence}
    exec(compile(block.text, block.place, "exec"), names)
    made = [value for key, value in names.items() if key.endswith("Renderer") and isinstance(value, type)]
    wanted = {name for name in vars(Renderer) if not name.startswith("_")} | {"name", "style"}
    assert [kind for kind in made if not all(hasattr(kind, name) for name in wanted)] == []


def test_the_drawing_of_the_house_names_rooms_there_are() -> None:
    (drawing,) = blocks("text")
    rooms = set(re.findall(r"\b(?:bot|adapters)/\w+", drawing.text))
    assert len(rooms) == 6
    assert [room for room in rooms if not (ROOT / room).is_dir()] == []


@pytest.mark.parametrize("block", blocks("ini"), ids=lambda block: block.place)
def test_a_unit_holds_keys_that_systemd_knows(block: Block) -> None:
    assert set(re.findall(r"^(\w+)=", block.text, re.MULTILINE)) <= SYSTEMD
    assert all(re.fullmatch(r"#.*|\[\w+\]|\w+=.*|", line) for line in block.text.splitlines())


@pytest.mark.parametrize("block", blocks("nginx"), ids=lambda block: block.place)
def test_a_web_servers_block_passes_requests_to_our_port(block: Block) -> None:
    assert block.text.count("{") == block.text.count("}")
    assert set(re.findall(r"(?:^|[;{]) *(\w+)(?= )", block.text, re.MULTILINE)) <= NGINX
    assert f"proxy_pass http://{Settings().web.host}:{Settings().web.port};" in block.text


def test_a_setting_that_is_not_one_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AttacheError, match="did you mean 'time_zone'"):
        loaded('timezone = "UTC"', tmp_path, monkeypatch)
