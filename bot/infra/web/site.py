"""What the pages are made with: the ports behind them, and what the operator set."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.secret import Secret
from bot.infra.web.entrance import Doors
from bot.ports import Clock
from bot.site import Library, Readiness


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One web face. `public_url` is the address people know it by, `token` what lets the operator in, if they are set.

    `doors` are the chat platforms' own ways in, under `/chat/<platform>/`.
    """

    library: Library
    readiness: Readiness
    clock: Clock
    public_url: str | None = None
    token: Secret | None = None
    doors: Doors = field(default_factory=Doors)
