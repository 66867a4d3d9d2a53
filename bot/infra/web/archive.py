"""The archive, newest first: searched, filtered, in pages of fifty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.taxonomy import FORUM_NAMES, Topic
from bot.infra.web.asked import Asked, asked
from bot.infra.web.pages import page, said
from bot.infra.web.script import NAMES, language_name
from bot.infra.web.site import Site

Choices = Mapping[str, Mapping[Any, str]]
"""What a filter can be, by option: each value's name."""


def routes(site: Site) -> list[Route]:
    """`/` and `/search`: one page, the second for whoever comes with words."""

    def archive(request: Request) -> Response:
        wanted = asked(request, site.library)
        shelf = site.library.search(wanted.words, wanted.filter, page=wanted.page)
        choices = choices_of(site)
        return page(request, "archive.html", asked=wanted, shelf=shelf, choices=choices, chosen=chosen(wanted, choices))

    return [Route("/", archive), Route("/search", archive)]


def choices_of(site: Site) -> Choices:
    """What every filter can be."""
    return {
        "country": site.library.states(),
        "forum": FORUM_NAMES,
        "topic": {topic: said(topic).capitalize() for topic in Topic},
        "language": NAMES,
    }


def chosen(wanted: Asked, choices: Choices) -> list[tuple[str, str, str]]:
    """The filters in force: option, value as the archive knows it, its name."""
    values = wanted.filter
    known: dict[str, list[str]] = {
        "country": sorted(values.countries),
        "forum": sorted(values.forums),
        "topic": sorted(values.topics),
        "language": sorted(values.languages),
    }
    return [
        (option, value, choices[option].get(value) or language_name(value))
        for option, found in known.items()
        for value in found
    ]
