"""Makes pages out of parts: each cell of a language is a way of presenting, crossed with names and posts."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.corpus.scoring import words

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
# The cases a name or a post is listed in, and what a template calls each: `{n}`, `{ng}`, `{ni}`.
CASES = ("", "g", "i")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A made page: its title and text, the cell it is of, and the cases of the name of who speaks (none: nobody)."""

    language: str
    cell: str
    template: str
    title: str
    text: str
    speaker: tuple[str, ...]

    def is_read_right(self, found: str | None) -> bool:
        """Whether the speaker read is the one presented, whole, or nobody where nobody is."""
        if not self.speaker or found is None:
            return not self.speaker and found is None
        return any(set(words(name)) <= set(words(found)) for name in self.speaker)


@cache
def parts(language: str) -> dict[str, Any]:
    """What a language's pages are made of; the three in Latin letters share their names."""
    own = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    shared = tomllib.loads((FOLDER / "latin.toml").read_text(encoding="utf-8"))["names"]
    return own if "names" in own else {**own, "names": shared}


def pages(language: str, *, seed: int, each: int) -> Iterator[Page]:
    """So many pages of every template of a language, the same for the same seed."""
    chance = random.Random(f"{language}{seed}")
    told = parts(language)
    for nobody, cells in ((False, told["present"]), (True, told["absent"])):
        for cell, templates in cells.items():
            for template in templates:
                yield from (_page(language, cell, template, chance, nobody=nobody) for _ in range(each))


def _page(language: str, cell: str, template: str, chance: random.Random, *, nobody: bool) -> Page:
    told, filling = parts(language), _filling(language, chance)
    above, below = ([], [template]) if cell == "below" else ([template], [])
    news = cell == "news"
    if not news and cell not in {"table", "day"} and chance.random() < 0.6:
        above.insert(chance.choice([0, len(above)]), chance.choice(told["days"]))
    inner = told["report"] if news else told["body"]
    title = chance.choice(told["headlines" if news else "titles"])
    lines = [line.format_map(filling) for line in (title, *above, *inner, *below)]
    if not nobody and not news and chance.random() < 0.3:  # somebody who does not speak is named below
        lines.append(chance.choice(told["absent"]["below"]).format_map(_filling(language, chance)))
    names = () if nobody else tuple(filling[f"n{case}"] for case in CASES)
    return Page(
        language=language,
        cell=f"nobody {cell}" if nobody else cell,
        template=template,
        title=lines[0],
        text="\n\n".join(lines),
        speaker=names,
    )


def _filling(language: str, chance: random.Random) -> dict[str, str]:
    """Words for what templates leave open, in every case, and in capitals for what they write so."""
    told = parts(language)
    found: dict[str, str] = {}
    for key, listed in (("n", "names"), ("p", "posts"), ("h", "honorifics")):
        forms = chance.choice(told[listed]).split("|")
        found |= {f"{key}{case}": forms[min(at, len(forms) - 1)] for at, case in enumerate(CASES)}
    forms = chance.choice(told["states"]).split("|")
    found |= {"sg": forms[0], "s": forms[-1], "S": forms[-1][:1].upper() + forms[-1][1:]}
    found |= {key.upper(): value.upper() for key, value in found.items() if key not in {"s", "S"}}
    return found
