"""The system's browser, driven by Playwright: what it may not do is noted, what it saw is kept as pictures."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
PICTURES = Path("screenshots")
MISSING = (
    f"NO BROWSER: none of {', '.join(NAMES)} is on the PATH, so the tests that need one are left out. Install one "
    "(Debian: apt-get install chromium) and run them again."
)


@contextmanager
def browser() -> Iterator[Browser]:
    """The system's Chromium; without one the test is skipped, and the summary says so and what to install."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield opened
        finally:
            opened.close()


@dataclass
class Seen:
    """A page, and everything it should not have done: run something, log an error, break the policy, load elsewhere."""

    page: Page
    wrong: list[str] = field(default_factory=list)

    def watch(self, home: str) -> None:
        """Begin to write down."""
        self.page.on("dialog", self._dialog)
        self.page.on(
            "console", lambda told: self.wrong.append(told.text) if told.type in {"error", "warning"} else None
        )
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", lambda asked: self._asked(asked.url, home))

    def _dialog(self, dialog: Any) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _asked(self, url: str, home: str) -> None:
        if not url.startswith((home, "data:image/png")):
            self.wrong.append(f"loads {url}")

    def picture(self, name: str) -> None:
        """Leave what is shown, whole, to be looked at."""
        PICTURES.mkdir(exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png", full_page=True)

    def faults(self) -> list[str]:
        """What axe-core finds that is serious or critical, with the element."""
        found = Axe().run(self.page).response["violations"]
        return [
            f"{fault['id']}: {node['html'][:160]}: {node['failureSummary']}"
            for fault in found
            if fault["impact"] in {"serious", "critical"}
            for node in fault["nodes"]
        ]
