"""A page of results in which some parts are measured anew: a whole run takes most of an hour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from benchmarks.report import Aim, Part, aims_of, section, table_lines

AIMS = re.compile(r"\n## Aims: .*?(?=\n## )", re.DOTALL)
ROW = re.compile(r"^\| (.+?) \| (.+?) \| (.+?) \| (met|\*\*MISSED\*\*|not measured) \|$", re.MULTILINE)
COUNTS = re.compile(r" \(.*?\)")
MET = {"met": True, "**MISSED**": False, "not measured": None}


def renewed(page: str, parts: Sequence[Part], told: str) -> str:
    """The page with these parts in the place of those before, each saying when and of what it was measured (`told`).

    Raises ValueError where the page has no such part.
    """
    for part in parts:
        dated = replace(part, note=f"{part.note} {told}".strip())
        pattern = re.compile(rf"\n## {re.escape(part.title)}\n.*?(?=\n## |\Z)", re.DOTALL)
        text = "\n".join(section(dated)).rstrip("\n")
        page, found = pattern.subn(lambda _, text=text: f"{text}\n", page)  # type: ignore[misc]  # bound per part
        if found != 1:
            raise ValueError(f"the page has no part {part.title!r}; make the whole of it with `make bench`")
    fresh = {_name(aim.what): aim for part in parts for aim in part.aims}
    aims = [fresh.pop(_name(aim.what), aim) for aim in _aims(page)] + list(fresh.values())
    table = aims_of([Part(title="", aims=tuple(aims))])
    return AIMS.sub(lambda _: "\n".join(table_lines(table, level=2)) + "\n", page, count=1)


def _aims(page: str) -> list[Aim]:
    table = AIMS.search(page)
    rows = ROW.findall(table[0]) if table else []
    return [Aim(what=what, wanted=wanted, figure=figure, met=MET[verdict]) for what, wanted, figure, verdict in rows]


def _name(what: str) -> str:
    """An aim's name without what was counted for it."""
    return COUNTS.sub("", what)
