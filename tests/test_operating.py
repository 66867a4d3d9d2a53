"""docs/operating.md: each command in it is one there is, each setting is known, each promise has a test of its name."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from bot.cli.arguments import parser
from bot.config import load_settings
from tests.container.dockerfile import stages

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
LINES = [line for kind, block in BLOCKS if not kind for line in block.replace("\\\n", " ").splitlines()]
UNIT = next(block for kind, block in BLOCKS if kind == "ini")
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def commands() -> list[list[str]]:
    """Every `attache …` of the page, in its blocks and in its sentences."""
    told = [line for line in LINES if line.startswith("attache ")]
    told += re.findall(r"`(attache (?:doctor|health|worker)[^`]*)`", PAGE)
    return [shlex.split(line)[1:] for line in told]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_its_commands_are_there(words: list[str]) -> None:
    assert callable(parser().parse_args(words).handler)


def test_it_has_commands_to_check() -> None:
    assert {words[0] for words in commands()} == {"config", "backup", "restore", "run", "doctor", "health", "worker"}
    assert set(re.findall(r"`make (\w+)`", PAGE)) == {"sbom", "audit"} <= TARGETS


def test_its_variables_are_settings(tmp_path: Path) -> None:
    named = set(re.findall(r"ATTACHE_[A-Z_]+", PAGE))
    (tmp_path / "secret").write_text("S3CRET")
    values = {
        "ATTACHE_TIME_ZONE": "Europe/Zurich",
        "ATTACHE_ADAPTERS__DISCORD__TOKEN_FILE": str(tmp_path / "secret"),
        "ATTACHE_DATABASE": "sqlite:////var/lib/attache/attache.db",
    }
    assert named == {*values, "ATTACHE_DATABASE_FILE"}
    assert load_settings(None, values).adapters["discord"]["token"].reveal() == "S3CRET"
    (tmp_path / "database").write_text("postgresql+psycopg://attache:pw@postgres/attache")
    elsewhere = load_settings(None, {"ATTACHE_DATABASE_FILE": str(tmp_path / "database")})
    assert elsewhere.database.endswith("@postgres/attache")


def test_its_container_is_the_images() -> None:
    final = stages(ROOT / "Dockerfile")[-1]
    (line,) = [line for line in LINES if line.startswith("docker run")]
    words = shlex.split(line)
    assert words[words.index("--volume") + 1].endswith(f":{final.last('VOLUME')}")
    assert words[words.index("--publish") + 1].endswith(f":{final.last('EXPOSE')}")
    assert {"--read-only", "--tmpfs"} <= set(words)
    assert f"user {final.last('USER').partition(':')[0]}" in PAGE


def test_its_unit_starts_attache_and_gives_it_time_to_stop() -> None:
    settings = re.findall(r"^(\w+)=(.*)$", UNIT, re.MULTILINE)
    unit = dict(settings)
    program, *words = shlex.split(unit["ExecStart"])
    assert program.endswith("/bin/attache")
    assert callable(parser().parse_args(words).handler)
    assert int(unit["TimeoutStopSec"]) > 10
    assert (unit["ProtectSystem"], unit["NoNewPrivileges"], unit["DynamicUser"]) == ("strict", "yes", "yes")
    assert re.findall(r"^\[(\w+)\]$", UNIT, re.MULTILINE) == ["Unit", "Service", "Install"]


def test_it_lies_beside_the_readme() -> None:
    assert "docs/operating.md" in (ROOT / "README.md").read_text(encoding="utf-8")
