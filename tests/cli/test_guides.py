"""Errors and the doctor's findings end with the page that helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import run
from bot.cli.guides import BY_KIND, PAGES, page_of, with_page
from bot.errors import AttacheError, NotFoundError, SettingsError, StoreError
from tests.docs.pages import anchors

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("page", sorted({*PAGES.values(), *(page for _, page in BY_KIND)}))
def test_every_page_that_is_named_is_there(page: str) -> None:
    path, _, anchor = page.partition("#")
    assert (ROOT / path).exists()
    assert not anchor or anchor in anchors(ROOT / path)


@pytest.mark.parametrize(
    ("error", "page"),
    [
        (SettingsError("adapters.slack.bot_token", "settings", "is missing"), "docs/slack.md"),
        (SettingsError("channels[1].schedule", "attache.toml:3", "is wrong"), "docs/schedules.md"),
        (SettingsError("sources[2].kind", "attache.toml:3", "is wrong"), "docs/sources.md"),
        (StoreError("database x: locked"), "docs/troubleshooting.md"),
    ],
)
def test_an_error_ends_with_its_page(error: AttacheError, page: str) -> None:
    assert with_page(error) == f"{error} (see {page})"


def test_one_whose_own_words_help_more_does_not() -> None:
    error = NotFoundError("nothing is called so; `latest` lists what there is")
    assert with_page(error) == str(error)


def test_a_part_as_the_doctor_names_it_has_its_page() -> None:
    assert page_of("adapter discord") == "docs/discord.md"
    assert page_of("channel slack:C1") == "docs/troubleshooting.md#slack"
    assert page_of("channel telex:1") == "docs/schedules.md"
    assert page_of("adapter telex") == ""


def test_the_doctor_names_a_few_sources_that_fail_and_counts_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    source = '[[sources]]\nname = "No {n}"\nkind = "folder"\nurl = "no/{n}"\n'
    (tmp_path / "attache.toml").write_text("".join(source.format(n=n) for n in range(7)), encoding="utf-8")
    assert run(["poll"]) == 1
    assert run(["doctor"]) == 1
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("wrong sources")]
    assert "7 failing" in line
    assert line.count("; No ") == 5
    assert line.endswith("and 2 more: `attache lookup sources` tells of each (see docs/sources.md)")
