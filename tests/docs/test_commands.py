"""Every command in README and guides is run, in a folder of its own, or stands in `not_run` and is then checked."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.cli import run
from bot.cli.arguments import parser
from bot.data import ROOT as DATA
from bot.domain.calls import parse
from bot.domain.commands import BY_NAME
from bot.errors import UsageError
from tests.docs.not_run import REASONS, reason
from tests.docs.pages import ROOT, blocks, spans
from tests.docs.typed import Typed, typed

TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
SETTINGS = """\
[[sources]]
name = "Saved"
kind = "folder"
url = "saved"

[[sources]]
name = "UN News in Russian"
kind = "folder"
url = "saved"

[[channels]]
adapter = "console"
destination = "file:out.txt"
lookback = "9999d"
"""
OPML = '<opml version="2.0"><body><outline text="A" type="rss" xmlUrl="https://a.example/feed"/></body></opml>'
ALL = typed()
RUN = [one for one in ALL if reason(one.line) is None]
ASKED = sorted({span for _, span in spans("/brief")} | {line for b in blocks("") for line in b.text.splitlines()})
SLASHES = [line for line in ASKED if line.startswith("/brief")]


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which somebody has worked: settings, a statement that is kept, a backup, a file of feeds."""
    folder = tmp_path_factory.mktemp("office")
    for name in ("saved", "backups"):
        (folder / name).mkdir()
    page = DATA / "demo" / "folder" / "russia-security-council.html"
    for place in ("saved/russia.html", "statement.html"):
        shutil.copyfile(str(page), folder / place)
    (folder / "attache.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "feeds.opml").write_text(OPML, encoding="utf-8")
    record = {"id": "1", "url": "https://a.example/1", "html": page.read_text(encoding="utf-8")}
    (folder / "records.jsonl").write_text(json.dumps(record), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run(["poll"]) == 0
        assert run(["backup", "backups/today.db"]) == 0
    return folder


@pytest.fixture
def desk(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that folder, to be changed."""
    folder = tmp_path / "desk"
    shutil.copytree(office, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PATH", f"{ROOT / '.venv' / 'bin'}:/usr/bin:/bin")
    return folder


def status_of(line: str) -> int:
    """The exit status of one of our own commands."""
    try:
        return run(shlex.split(line)[1:])
    except SystemExit as exit_:
        return int(exit_.code or 0)


@pytest.mark.parametrize("command", RUN, ids=str)
def test_a_command_does_what_it_is_told(command: Typed, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = command.line
    if "{id}" in line:
        assert run(["lookup", "latest", "--json"]) == 0
        found = re.search(r"\b[0-9a-f]{12}\b", capsys.readouterr().out)
        assert found
        line = line.replace("{id}", found[0])
    if line.startswith("attache config init"):
        (desk / "attache.toml").unlink()
    if "move.db" in line or line.startswith("echo"):
        (desk / "secrets").mkdir(exist_ok=True)
        (desk / "secrets" / "postgres").write_text("00", encoding="utf-8")
    if line.startswith("openssl"):
        (desk / "secrets").mkdir()
    if not line.startswith("attache ") or line.endswith(" -"):
        _in_shell(line, desk)
    else:
        status = status_of(line)
        said = capsys.readouterr()
        # Whoever asks the doctor has not connected the chats yet: that is what it is to say.
        assert status == (1 if line == "attache doctor" and "wrong" in said.out else 0), said.err


def test_a_backup_is_made_and_put_back_where_there_is_no_folder_for_it_yet(desk: Path) -> None:
    shutil.rmtree(desk / "backups")
    made = [block for block in blocks("", of="docs/operating.md") if "today.db" in block.text]
    lines = [line for block in made for line in block.text.splitlines() if reason(line) is None]
    assert [line.split()[0] for line in lines] == ["mkdir", "attache", "attache"]
    _in_shell(" && ".join(lines), desk)


def _in_shell(line: str, desk: Path) -> None:
    if line.startswith("python -m adapters.slack"):
        line = f"cd {ROOT} && {line}"
    document = "" if not line.endswith(" -") or "export" in line else " < statement.html"
    done = subprocess.run(["bash", "-ec", f"{line}{document}"], cwd=desk, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", [one for one in ALL if one not in RUN], ids=str)
def test_what_is_not_run_is_right_as_far_as_can_be_seen(command: Typed) -> None:
    line = command.line
    read = subprocess.run(["bash", "-nc", line], capture_output=True, text=True)
    assert read.returncode == 0, read.stderr
    words = [word for word in shlex.split(line) if not re.match(r"[A-Z_]+=", word)]
    if words[0] == "attache":
        assert callable(parser().parse_args(words[1:]).handler)
    elif words[0] == "make":
        assert set(words[1:]) <= TARGETS
    elif words[0].endswith("pytest"):
        assert [word for word in words[1:] if word[0] != "-" and not list(ROOT.glob(word))] == []


@pytest.mark.parametrize("target", sorted({one.line.split()[1] for one in ALL if one.line.startswith("make ")}))
def test_a_target_of_make_can_be_planned(target: str) -> None:
    planned = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert planned.returncode == 0, planned.stderr
    assert planned.stdout.strip()


def test_the_list_of_what_is_not_run_holds_nothing_that_nobody_types() -> None:
    kept_for_contributors = {r"pre-commit ", r"python -m training", r"git (clone|tag) "}
    unused = {pattern for pattern in REASONS if not any(re.match(pattern, one.line) for one in ALL)}
    assert unused <= kept_for_contributors | {
        r"(?:make|docker|git|openssl) *$",
        r"attache brief (--json |--jsonl )?https?://",
    }


@pytest.mark.parametrize("line", SLASHES)
def test_every_slash_command_is_one(line: str) -> None:
    words = line.removeprefix("/brief").strip().removesuffix("…").strip()
    if words and words in BY_NAME and BY_NAME[words].needed:
        with pytest.raises(UsageError, match="needs words"):
            parse(words)
    else:
        assert parse(words or "help").command.name in BY_NAME
