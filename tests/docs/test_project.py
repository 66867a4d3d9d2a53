"""What those who carry on rely on: one version, a changelog with an open head, hooks that call our own commands."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from bot import __version__
from tests.docs.pages import ROOT, text

TEMPLATES = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.md"))


def test_there_is_one_version() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    assert project["version"] == __version__
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)


def test_the_changelog_begins_with_what_is_not_released() -> None:
    heads = re.findall(r"^## (.+)$", text("CHANGELOG.md"), re.MULTILINE)
    assert heads[0] == "Unreleased"
    assert all(re.fullmatch(r"\d+\.\d+\.\d+ – \d{4}-\d{2}-\d{2}", head) for head in heads[1:])


def test_hooks_call_what_make_check_calls_and_download_nothing() -> None:
    (repo,) = yaml.safe_load(text(".pre-commit-config.yaml"))["repos"]
    assert repo["repo"] == "local"
    assert {hook["language"] for hook in repo["hooks"]} == {"system"}
    recipe = re.search(r"^check:.*\n((?:\t.*\n)+)", text("Makefile"), re.MULTILINE)
    assert recipe
    checked = {line.strip().replace("$(BIN)", ".venv/bin").removesuffix(" .") for line in recipe[1].splitlines()}
    assert checked <= {hook["entry"] for hook in repo["hooks"]}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_of_an_issue_says_what_it_is_for(template: Path) -> None:
    _, front, body = template.read_text(encoding="utf-8").split("---\n", 2)
    assert {"name", "about", "labels"} == set(yaml.safe_load(front))
    assert body.count("**") >= 6


def test_the_templates_for_changes_name_the_commands_that_check_them() -> None:
    words = text(".github/pull_request_template.md")
    assert {"make check", "make test"} <= set(re.findall(r"`(make \w+)`", words))
