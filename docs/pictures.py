"""The pictures of README and guides: the demo's digest as both chats show it, and its pages, in the system's Chromium.

`make pictures` makes them again. The demo's sources are served from a port that changes; nothing of it is to be seen.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from bot.config import Settings
from bot.config.settings import Web
from bot.wiring import House

HERE = Path(__file__).parent / "pictures"
NAMES = ("chromium", "chromium-browser", "google-chrome")
DEMO = Path("demo")
COLOURS = 128


def main() -> None:
    """Run the demo, then make every picture."""
    subprocess.run([sys.executable, "-m", "bot", "demo"], check=True, stdout=subprocess.DEVNULL)
    asyncio.run(_pictures())
    for picture in sorted(HERE.glob("*.png")):
        print(f"{picture.relative_to(Path.cwd())}: {picture.stat().st_size // 1000} kB")


async def _pictures() -> None:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise SystemExit(f"none of {', '.join(NAMES)} is on the PATH; install one (Debian: apt-get install chromium)")
    HERE.mkdir(exist_ok=True)
    async with async_playwright() as playwright, _site() as at:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        await _digest(browser)
        await _web(browser, at)
        await browser.close()


@asynccontextmanager
async def _site() -> AsyncIterator[str]:
    """The web pages on what the demo kept."""
    house = House(Settings(database=f"sqlite:///{DEMO / 'attache.db'}", web=Web(port=0)))
    assert house.web  # noqa: S101 - for the type checker: pages are on by default
    await house.web.start()
    try:
        yield f"http://127.0.0.1:{house.web.port}"
    finally:
        await house.web.stop()
        await house.close()


async def _digest(browser: Browser) -> None:
    """The digest in both chats, from its beginning."""
    page = await _opened(browser, width=1180, height=760)
    await page.goto((DEMO / "preview.html").resolve().as_uri())
    await _taken(page, "digest")


async def _web(browser: Browser, at: str) -> None:
    page = await _opened(browser, width=1180, height=760)
    await page.goto(f"{at}/search?country=JPN&forum=GM")
    statement = await page.get_attribute("a[href*='/statements/']", "href")
    await page.goto(f"{at}{statement}")
    await _taken(page, "statement")
    await page.goto(f"{at}/positions")
    await _taken(page, "positions")


async def _opened(browser: Browser, *, width: int, height: int) -> Page:
    context = await browser.new_context(viewport={"width": width, "height": height}, color_scheme="light")
    return await context.new_page()


async def _taken(page: Page, name: str) -> None:
    """One picture, in few colours: text stays sharp, and a page that shows it loads fast."""
    taken = Image.open(BytesIO(await page.screenshot(animations="disabled")))
    taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(HERE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    os.chdir(Path(__file__).parents[1])
    main()
