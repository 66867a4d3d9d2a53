"""Finds chat adapters by entry point: the core never names one.

`attache.adapters` names `create(settings, desk) -> ChatAdapter`, `attache.renderers` a `Renderer`. A package that is
missing, one that fails to import and one that fails to start are three different messages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from bot.errors import AttacheError, UsageError
from bot.ports import ChatAdapter, Desk, Renderer

ADAPTERS = "attache.adapters"
RENDERERS = "attache.renderers"


def adapter(name: str, settings: Mapping[str, Any], desk: Desk) -> ChatAdapter:
    """The adapter of that name, made with its settings and a desk to take questions to.

    Raises UsageError if none is installed under the name, AttacheError if it cannot be imported or made.
    """
    create = _load(ADAPTERS, name)
    made: ChatAdapter = create(settings, desk)
    return made


def renderer(name: str) -> Renderer:
    """The renderer of that name. Raises as `adapter` does."""
    found: Renderer = _load(RENDERERS, name)
    return found


def renderers() -> dict[str, Renderer]:
    """Every renderer that is installed and can be imported, by name."""
    found = {}
    for point in _points(RENDERERS):
        try:
            found[point.name] = renderer(point.name)
        except AttacheError:
            continue  # it is named when somebody asks for it
    return found


def installed(group: str = ADAPTERS) -> list[str]:
    """The names there are."""
    return sorted({point.name for point in _points(group)})


@cache
def _points(group: str) -> Sequence[EntryPoint]:
    """What is installed, looked up once: every installed package has to be opened for it."""
    return sorted(entry_points(group=group))


def _load(group: str, name: str) -> Any:
    points = [point for point in _points(group) if point.name == name]
    if not points:
        raise UsageError(f"no adapter is called {name!r}; installed: {', '.join(installed(group))}")
    try:
        return points[0].load()
    except ImportError as error:
        raise AttacheError(
            f"the adapter {name!r} cannot be imported ({error}); "
            f"install what it needs: pip install 'cyber-attache[{name}]'"
        ) from error
