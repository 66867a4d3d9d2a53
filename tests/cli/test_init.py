"""`attache config init` at a terminal: it asks, says what cannot be, and writes a file that says what was answered."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.asking import NEXT
from bot.config import Settings, load_settings
from bot.config.edit import TEMPLATE, Wishes, template

ROOT = Path(__file__).parents[2]


def answered(folder: Path, *answers: str) -> subprocess.CompletedProcess[str]:
    """The command at a terminal of its own, each answer typed beforehand; then the terminal's end of input."""
    ours, theirs = pty.openpty()
    try:
        os.write(ours, "".join(f"{answer}\n" for answer in answers).encode() + b"\x04")
        command = [sys.executable, "-m", "bot", "config", "init"]
        return subprocess.run(
            command, cwd=folder, stdin=theirs, capture_output=True, text=True, timeout=60,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    finally:
        os.close(ours)
        os.close(theirs)


def written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(folder)
    return load_settings(None, {})


def test_what_is_answered_stands_in_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = answered(tmp_path, "slack", "C0123456789", "mon-fri 08:30,17:00", "Europe/Zurich")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(f"attache.toml: written; next: {NEXT['slack']}\n")
    settings = written(tmp_path, monkeypatch)
    (channel,) = settings.channels
    assert (channel.id, str(channel.schedule)) == ("slack:C0123456789", "mon,tue,wed,thu,fri 08:30,17:00")
    assert settings.zone.key == channel.zone.key == "Europe/Zurich"


def test_what_cannot_be_is_told_and_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = answered(tmp_path, "telex", "console", "when I like", "18:00", "Geneva", "")
    assert done.returncode == 0
    told = done.stderr.splitlines()
    assert told[0].strip().startswith("should be one of console")
    assert "Geneva" in told[-1]
    assert len(told) == 3
    (channel,) = written(tmp_path, monkeypatch).channels
    assert (channel.id, str(channel.schedule), channel.zone.key) == ("console:-", "daily 18:00", "UTC")


def test_without_a_channel_it_is_subscribed_from_chat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert answered(tmp_path, "discord", "", "", "Africa/Nairobi").returncode == 0
    settings = written(tmp_path, monkeypatch)
    assert (settings.channels, settings.zone.key) == ((), "Africa/Nairobi")


def test_whoever_leaves_off_gets_no_file(tmp_path: Path) -> None:
    done = answered(tmp_path, "slack")
    assert (done.returncode, done.stderr) == (2, "attache: left off; nothing was written\n")
    assert not (tmp_path / "attache.toml").exists()


def test_a_file_that_is_there_is_left_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "attache.toml").write_text("", encoding="utf-8")
    done = answered(tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "left as it is" in done.stderr


def test_the_usual_wishes_are_the_template() -> None:
    assert template(Wishes()) == TEMPLATE
    assert 'destination = "a\\"b"' in template(Wishes(destination='a"b'))
