"""What the pages are made with: the ports behind them, and what the operator set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.secret import Secret
from bot.infra.web.entrance import Doors
from bot.ports import Clock, Gallery, Newsroom, Renderer
from bot.site import Counts, Library, Operator, Postings, Readiness


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One web face. `public_url` is the address people know it by, `token` what lets the operator in, if they are set.

    `renderers` show messages as platforms do, by name; `doors` are the chat platforms' own ways in.
    """

    library: Library
    postings: Postings
    readiness: Readiness
    operator: Operator
    counts: Counts
    renderers: Mapping[str, Renderer]
    gallery: Gallery
    newsroom: Newsroom
    clock: Clock
    public_url: str | None = None
    token: Secret | None = None
    doors: Doors = field(default_factory=Doors)
