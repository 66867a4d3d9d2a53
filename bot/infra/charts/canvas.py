"""A sheet to draw on: its units are pixels of a chat's picture, down from the top left corner."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import Any, Literal

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.textpath import TextToPath
from matplotlib.transforms import Affine2D

from bot.domain.chart import Form
from bot.domain.text import one_line
from bot.infra.charts.style import BAR, DARK, INK, NAMES, PAPER

DPI = 100
# Twice as many dots as units: sharp where a chat enlarges it.
SHARP = 2
FONT = "DejaVu Sans"
# Fonts of a browser that are about as wide.
FAMILY = f"'{FONT}', Verdana, sans-serif"
SETTINGS: Any = {"svg.fonttype": "none", "svg.hashsalt": "attache", "font.family": FONT, "path.simplify": False}
HEAD = re.compile(r".*?<svg [^>]*>", re.DOTALL)
METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
Anchor = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Words:
    """How a sheet is called, for whoever does not see it: a title and a description."""

    title: str
    about: str


class Sheet:
    """One picture in the making."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._figure = Figure(figsize=(width / DPI, height / DPI), dpi=DPI, facecolor=PAPER)
        # Drawn on the figure itself: axes would reckon their limits anew for every box.
        self._place = Affine2D().scale(1 / width, -1 / height).translate(0, 1) + self._figure.transSubfigure

    def box(self, x: float, y: float, width: float, height: float, colour: str = BAR) -> None:
        """A filled rectangle from its top left corner."""
        patch = Rectangle((x, y), width, height, facecolor=colour, linewidth=0, transform=self._place)
        self._figure.add_artist(patch)

    def line(self, x: float, y: float, to_x: float, to_y: float, colour: str) -> None:
        """A thin line."""
        line = Line2D([x, to_x], [y, to_y], color=colour, linewidth=0.8, transform=self._place)
        self._figure.add_artist(line)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 14,
        colour: str = INK,
        anchor: Anchor = "left",
        bold: bool = False,
        turned: float = 0,
    ) -> None:
        """Words on one line, their middle at `y`; `turned` by degrees about the point where they begin."""
        upright: dict[str, Any] = {"va": "center_baseline"} if not turned else {"va": "bottom", "rotation": turned}
        font = FontProperties(family=FONT, size=_points(size), weight="bold" if bold else "normal")
        # A dollar sign is money, not mathematics.
        look: dict[str, Any] = {"color": colour, "ha": anchor, "fontproperties": font, "parse_math": False}
        left, up = x / self.width, 1 - y / self.height
        self._figure.text(left, up, drawable(words), rotation_mode="anchor", **look | upright)

    def picture(self, form: Form, words: Words) -> bytes:
        """The sheet as it is drawn so far."""
        out = io.BytesIO()
        if form is Form.PNG:
            FigureCanvasAgg(self._figure)
            self._figure.savefig(out, format="png", dpi=DPI * SHARP, facecolor=PAPER, metadata={"Software": None})
            return out.getvalue()
        FigureCanvasSVG(self._figure)
        metadata = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        self._figure.savefig(out, format="svg", facecolor=PAPER, metadata=metadata)
        return _told(out.getvalue().decode("utf-8"), words).encode("utf-8")


def settled() -> None:
    """Have this process draw alike on every machine: matplotlib's own font and none of the user's settings."""
    own = str(Path(mpl.get_data_path()))
    font_manager.fontManager.ttflist[:] = [
        font for font in font_manager.fontManager.ttflist if font.fname.startswith(own)
    ]
    mpl.rcdefaults()
    mpl.rcParams.update(SETTINGS)


def drawable(words: str) -> str:
    """Words on one line, a question mark for what the font has no sign for: better than an empty box."""
    return "".join(char if _has(char) else "?" for char in one_line(words))


@cache
def _has(char: str) -> bool:
    return bool(font_manager.get_font(font_manager.findfont(FontProperties(family=FONT))).get_char_index(ord(char)))


@lru_cache(maxsize=4096)
def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """How wide words are drawn."""
    font = FontProperties(family=FONT, size=_points(size), weight="bold" if bold else "normal")
    width: float = MEASURE.get_text_width_height_descent(drawable(words), font, ismath=False)[0]
    return width * DPI / 72


def fitted(words: str, width: float, size: float) -> str:
    """Words as they fit into a width, cut with an ellipsis."""
    while width_of(words, size) > width and len(words) > 1:
        words = f"{words.rstrip('…')[:-1].rstrip()}…"
    return words


def wrapped(words: str, width: float, size: float) -> list[str]:
    """Words in lines that fit into a width."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return [fitted(line, width, size) for line in lines if line]


MEASURE = TextToPath()


def _points(size: float) -> float:
    return size * 72 / DPI


def _told(svg: str, words: Words) -> str:
    """An SVG with its title and description, as wide as there is room; light or dark as the reader's."""
    body = METADATA.sub("", HEAD.sub("", svg, count=1), count=1)
    for colour, name in NAMES.items():
        body = body.replace(colour, f"var(--{name},{colour})")
    body = body.replace(f"'{FONT}'", FAMILY)
    (head,) = re.findall(r"<svg [^>]*>", svg)
    (box,) = re.findall(r'viewBox="[^"]*"', head)
    dark = "".join(f"--{NAMES[colour]}:{other};" for colour, other in DARK.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {box} role="img" '
        f'aria-labelledby="title about">\n<title id="title">{escape(words.title)}</title>\n'
        f'<desc id="about">{escape(words.about)}</desc>\n'
        f"<style>svg{{color-scheme:light dark}}@media (prefers-color-scheme:dark){{svg{{{dark}}}}}</style>{body}"
    )
