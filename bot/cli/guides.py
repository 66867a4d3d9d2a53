"""Which page helps with what went wrong: errors and the doctor's findings end with it."""

from __future__ import annotations

from bot.errors import (
    AttacheError,
    DeliveryError,
    ModelError,
    SettingsError,
    StoreError,
)

TROUBLE = "docs/troubleshooting.md"
# By the beginning of a setting's key, or of a part as the doctor names it; the first that fits.
PAGES = {
    "adapters.slack": "docs/slack.md",
    "adapter slack": "docs/slack.md",
    "channel slack": f"{TROUBLE}#slack",
    "adapters.discord": "docs/discord.md",
    "adapter discord": "docs/discord.md",
    "channel discord": f"{TROUBLE}#discord",
    "channel": "docs/schedules.md",
    "source": "docs/sources.md",
    "catalogue": "docs/sources.md",
    "web": "docs/web.md",
    "model": "docs/model.md",
    "database": "docs/operating.md",
    "workers": "docs/operating.md",
}
BY_KIND: tuple[tuple[type[AttacheError], str], ...] = (
    (ModelError, "docs/model.md"),
    (StoreError, TROUBLE),
    (DeliveryError, TROUBLE),
)


def page_of(part: str) -> str:
    """The page on a setting or a part, empty if none is of more help than the words themselves."""
    return next((page for beginning, page in PAGES.items() if part.startswith(beginning)), "")


def with_page(error: AttacheError) -> str:
    """An error's line, and the page that helps."""
    page = page_of(error.key) if isinstance(error, SettingsError) else ""
    page = page or next((page for kind, page in BY_KIND if isinstance(error, kind)), "")
    return beside(str(error), page)


def beside(words: str, page: str) -> str:
    """Words and their page, if they do not name it; in brackets, so that an address at their end stays one to click."""
    return f"{words} (see {page})" if page and page not in words else words
