"""Writes fitted weights as the data files the briefing reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot import data
from bot.domain.taxonomy import Stance
from training.fit import LEAST_TOLD, Fitted

DATA = Path(data.__file__).parent
MADE = "# Written by `make fit` from marked statements; see docs/decisions/0003-points-are-quotes.md.\n"
POSITION = "\n# What speaks for a sentence being a position, and against it.\n[position]\n"
STANCE = "\n# What speaks for each stance, one column a stance in the order above.\n[stance.weights]\n"
WORDS = "\n# What a word says for a sentence being a position, or against it.\n[position]\n"
STANCE_WORDS = "\n# What a word says for each stance, in the order of positions.toml.\n[stance]\n"


def write(fitted: Fitted, folder: Path = DATA) -> Iterator[Path]:
    """Write every file, giving the paths."""
    order = json.dumps([stance.value for stance in Stance])
    told = (
        f"\n[stance]\norder = {order}\nleast = {LEAST_TOLD}  # the share of the likelihood a stance needs to be told\n"
    )
    text = MADE + POSITION + _scalars(fitted.position) + told + STANCE + _rows(fitted.stances)
    yield _written(folder / "positions.toml", text)
    for language in data.languages():
        text = MADE + WORDS + _scalars(fitted.words.get(language, {}))
        text += STANCE_WORDS + _rows(fitted.stance_words.get(language, {}))
        yield _written(folder / "languages" / language / "terms.toml", text)


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _scalars(weights: Mapping[str, float]) -> str:
    return "".join(f"{_key(name)} = {weight}\n" for name, weight in sorted(weights.items()))


def _rows(rows: Mapping[str, Sequence[float]]) -> str:
    return "".join(f"{_key(name)} = {list(row)}\n" for name, row in sorted(rows.items()))


def _key(name: str) -> str:
    return (
        name
        if name.replace("_", "").isascii() and name.replace("_", "").isalpha()
        else json.dumps(name, ensure_ascii=False)
    )
