"""What starting loads: importlib slips past a linter, so it is looked at in a fresh process."""

from __future__ import annotations

import subprocess
import sys

import pytest

CHAT = {"discord", "aiohttp", "slack_bolt", "slack_sdk", "apprise"}
HEAVY = CHAT | {
    "sqlalchemy",
    "alembic",
    "httpx",
    "lxml",
    "feedparser",
    "apscheduler",
    "numpy",
    "starlette",
    "uvicorn",
    "jinja2",
    "matplotlib",
    "py3langid",
    "rich",
    "tomlkit",
    "pydantic",
    "pydantic_ai",
    "openai",
}


def loaded(code: str) -> set[str]:
    """The top-level modules a fresh interpreter has loaded after running some code."""
    shown = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in shown.stdout.split()}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["brief", "--help"]])
def test_asking_for_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = f"from bot.cli import run\ntry:\n    run({arguments!r})\nexcept SystemExit:\n    pass"
    assert loaded(code) & HEAVY == set()


def test_the_core_and_its_renderers_load_no_chat_sdk() -> None:
    code = (
        "import bot.cli.service, bot.cli.demo, bot.cli.documents, bot.services.watch, bot.services.dispatch\n"
        "import bot.plugins; assert bot.plugins.renderers()"
    )
    assert loaded(code) & CHAT == set()
    assert "adapters" not in loaded("import bot.services.watch, bot.wiring, bot.cli.service")


def test_without_a_model_the_service_loads_none_of_its_packages() -> None:
    code = (
        "import bot.wiring, bot.services.watch, bot.services.rewrite, bot.cli.service, bot.cli.documents\n"
        "from bot.config import Settings; house = bot.wiring.House(Settings())\n"
        "assert house.rewriter is None"
    )
    assert loaded(code) & {"pydantic", "pydantic_ai", "openai", "httpx2"} == set()


def test_the_service_holds_nothing_that_only_the_sandbox_s_jobs_need() -> None:
    code = (
        "import bot.wiring, bot.services.watch, bot.cli.service, tempfile\n"
        "from bot.config import Settings\n"
        "house = bot.wiring.House(Settings(database=f'sqlite:///{tempfile.mkdtemp()}/a.db'))\n"
        "assert house.polling and house.site and house.fetcher; house.store.close()"
    )
    assert loaded(code) & {"numpy", "py3langid", "feedparser", "matplotlib", "click"} == set()


def test_what_was_put_off_is_there_before_a_job_begins() -> None:
    code = "import bot.infra.feeds, bot.reading.language, bot.later; bot.later.load_all()"
    assert loaded(code) >= {"py3langid", "feedparser"}


def test_an_adapter_is_made_without_a_web_framework() -> None:
    code = "import bot.wiring; from bot.config import Settings; bot.wiring.House(Settings()).adapter('console')"
    assert loaded(code) & {"starlette", "uvicorn", "jinja2"} == set()


def test_a_service_that_was_asked_for_no_chart_has_not_loaded_matplotlib() -> None:
    code = (
        "import bot.wiring, bot.services.watch, bot.cli.service, bot.services.desk\n"
        "from bot.config import Settings; import tempfile\n"
        "house = bot.wiring.House(Settings(database=f'sqlite:///{tempfile.mkdtemp()}/a.db'))\n"
        "house.dispatcher; assert house.charts; house.store.close()"
    )
    assert "matplotlib" not in loaded(code)
