"""Templates: one environment, everything escaped, a name that is not there an error."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.domain.spans import named
from bot.domain.taxonomy import FORUM_NAMES
from bot.domain.text import harmless, linkable, one_line, shorten
from bot.domain.timing import moment_of
from bot.infra.web.script import direction, language_name

LONGEST_ADDRESS = 4000
# In a list; its own page has the whole.
LONGEST_TITLE = 300
ROOMS = (("/", "Archive"), ("/positions", "Positions"), ("/compare", "Compare"), ("/timeline", "Timeline"))
"""The pages every page leads to, in order."""


def page(request: Request, name: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A page made of a template."""
    return HTMLResponse(environment().get_template(name).render(here=request.url.path, **context), status)


@cache
def environment() -> Environment:
    """Made once: templates are compiled when they are first used."""
    made = Environment(
        loader=PackageLoader("bot.infra.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "day": day,
        "moment": moment,
        "said": said,
        "slot": slot_name,
        "short": lambda words: shorten(words, LONGEST_TITLE),
        "plain": lambda text: one_line(text or ""),
        "harmless": harmless,
        "address": lambda url: linkable(url, LONGEST_ADDRESS),
        "direction": direction,
        "language": language_name,
    }
    made.globals |= {"FORUMS": FORUM_NAMES, "ROOMS": ROOMS, "named": named}
    return made


def day(day: date) -> str:
    """A day as a reader writes it: 23 November 2026."""
    return f"{day.day} {day:%B %Y}"


def moment(moment: datetime | None) -> str:
    """A moment to the minute, in UTC."""
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "never"


def slot_name(name: str) -> str:
    """A slot's name as a reader writes it: 23 November 2026, 08:30 Europe/Berlin."""
    at, _, zone = name.partition(" ")
    if moment_of(name) is None:
        return name.rpartition(" ")[0] or name
    local = datetime.fromisoformat(at)
    return f"{day(local)}, {local:%H:%M} {zone.partition(' ')[0]}"


def said(slug: str) -> str:
    """A value of one of the closed lists in words: `calls_for` is calls for."""
    return slug.replace("_", " ")
