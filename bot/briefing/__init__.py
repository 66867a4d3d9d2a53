"""Statement → Brief: sentences, stance, selection, novelty, links. Pure: text in, values out."""

from __future__ import annotations

from bot.briefing.brief import make_brief

__all__ = ["make_brief"]
