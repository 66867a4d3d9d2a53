"""Colours and signs. Nothing is told by colour alone: every stance has a letter, every bar a number beside it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.taxonomy import Stance

# Light and, in SVG, dark: what stands on the page itself. Each light colour stands for its role in a drawing.
PAPER, INK, MUTED, RULE, BAR, SOFT = "#ffffff", "#1b1f24", "#57606a", "#d8dee4", "#0072b2", "#eaeef2"
DARK = {PAPER: "#16191d", INK: "#e6edf3", MUTED: "#9aa4af", RULE: "#3a424b", BAR: "#56b4e9", SOFT: "#262c33"}
NAMES = {PAPER: "paper", INK: "ink", MUTED: "muted", RULE: "rule", BAR: "bar", SOFT: "soft"}
# On a coloured field, which is the same in light and dark.
BLACK, WHITE = "#000000", "#fefefe"


@dataclass(frozen=True, slots=True)
class Sign:
    """How a stance is drawn: its letter and the field it stands on."""

    letter: str
    field: str
    letter_colour: str = BLACK


# Okabe and Ito's colours, which stay apart to the colour-blind: blues for, orange and red against, others neither.
SIGNS: dict[Stance | None, Sign] = {
    Stance.SUPPORTS: Sign("S", "#0072b3", WHITE),
    Stance.WELCOMES: Sign("W", "#0072b3", WHITE),
    Stance.COMMITS: Sign("M", "#0072b3", WHITE),
    Stance.PROPOSES: Sign("P", "#56b4ea"),
    Stance.CALLS_FOR: Sign("C", "#56b4ea"),
    Stance.ANNOUNCES: Sign("A", "#f0e442"),
    Stance.CAUTIONS: Sign("!", "#e69f00"),
    Stance.OPPOSES: Sign("O", "#d55e00"),
    Stance.CONDEMNS: Sign("X", "#cc79a7"),
    None: Sign("·", SOFT, INK),
}
