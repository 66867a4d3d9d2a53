"""compose.yaml: valid by the Compose specification, sealed, and made of commands that there are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from compose_spec import PyCompose, PyOptions

from bot.cli.arguments import parser
from bot.config import load_settings

FILE = Path(__file__).parents[2] / "compose.yaml"
MERGED: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = MERGED["services"]
OURS = ("attache", "worker")


def test_it_is_valid_by_the_specification() -> None:
    options = PyOptions()
    options.apply_merge = True
    read = options.from_yaml(FILE.read_text(encoding="utf-8"))
    read.validate()
    assert sorted(read.service_names()) == ["attache", "postgres", "worker"]


def test_one_that_is_not_valid_is_noticed() -> None:
    with pytest.raises(ValueError, match="ports"):
        PyCompose.from_yaml("services:\n  attache:\n    image: x\n    ports: never\n")


@pytest.mark.parametrize("name", OURS)
def test_ours_are_sealed_and_stop_in_time(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["stop_grace_period"] == "15s"
    assert service["restart"] == "unless-stopped"
    assert service["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert "privileged" not in service
    assert "healthcheck" not in service, "the image's own counts"
    assert [volume for volume in service["volumes"] if not volume.endswith(":ro")] == []


@pytest.mark.parametrize("name", OURS)
def test_their_commands_are_attaches(name: str) -> None:
    assert callable(parser().parse_args(SERVICES[name]["command"]).handler)


def test_one_serves_the_pages_to_this_machine_alone_and_workers_are_many() -> None:
    assert SERVICES["attache"]["ports"] == ["127.0.0.1:8080:8080"]
    assert "deploy" not in SERVICES["attache"]
    assert SERVICES["worker"]["deploy"]["replicas"] >= 2
    assert "ports" not in SERVICES["worker"]


def test_the_settings_it_gives_are_settings_and_hold_no_secret(tmp_path: Path) -> None:
    for name in OURS:
        given = dict(SERVICES[name]["environment"])
        (secret,) = SERVICES[name]["secrets"]
        assert given["ATTACHE_DATABASE_FILE"] == f"/run/secrets/{secret}"
        address = tmp_path / name
        address.write_text("postgresql+psycopg://attache:p@postgres/attache\n")
        # The image has an address of its own, which the file's must beat.
        settings = load_settings(
            None, {**given, "ATTACHE_DATABASE_FILE": str(address), "ATTACHE_DATABASE": "sqlite:////data/attache.db"}
        )
        assert settings.database == address.read_text().strip()


def test_what_is_named_is_declared_and_the_database_keeps_its_data() -> None:
    wanted = {secret for service in SERVICES.values() for secret in service.get("secrets", ())}
    assert wanted == set(MERGED["secrets"])
    assert all(secret["file"].startswith("./secrets/") for secret in MERGED["secrets"].values())
    database = SERVICES["postgres"]
    assert database["volumes"] == ["postgres:/var/lib/postgresql/data"]
    assert "postgres" in MERGED["volumes"]
    assert database["healthcheck"]["test"][:2] == ["CMD", "pg_isready"]
    assert "ports" not in database
    assert not any("PASSWORD" in name and not name.endswith("_FILE") for name in database["environment"])
