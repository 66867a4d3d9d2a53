"""The settings file as the commands change it: comments stay, and it reads back as meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import edit, load_settings
from bot.domain.source import Source, SourceKind
from bot.errors import UsageError

SOURCE = Source(name="Mission", kind=SourceKind.PAGE, url="https://mission.example/list", item="li", firehose=True)


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "attache.toml")


def test_the_template_reads_back_and_is_never_overwritten(path: str) -> None:
    edit.write_template(path)
    (channel,) = load_settings(path, {}).channels
    assert channel.key == "console:-"
    with pytest.raises(UsageError, match="left as it is"):
        edit.write_template(path)


def test_an_added_source_reads_back_and_the_catalogue_stays(path: str) -> None:
    edit.write_template(path)
    before = load_settings(path, {}).sources
    edit.add_sources(path, [SOURCE])
    after = load_settings(path, {}).sources
    assert after[0] == SOURCE
    assert after[1:] == before
    assert "# Secrets belong in variables" in Path(path).read_text(encoding="utf-8")


def test_a_removed_source_is_gone_and_can_be_added_again(path: str) -> None:
    edit.add_sources(path, [SOURCE])
    edit.remove_source(path, "Mission")
    assert "Mission" not in {source.name for source in load_settings(path, {}).sources}
    edit.add_sources(path, [SOURCE])
    assert load_settings(path, {}).sources[0] == SOURCE


def test_a_removed_catalogue_source_is_named_as_left_out(path: str) -> None:
    edit.write_template(path)
    name = load_settings(path, {}).sources[0].name
    edit.remove_source(path, name)
    assert name not in {source.name for source in load_settings(path, {}).sources}
