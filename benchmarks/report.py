"""What a run found, and how it is shown: a table in the terminal, a page of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What is aimed at, and the figure beside it. `met` is None where this run could not measure it."""

    what: str
    wanted: str
    figure: str
    met: bool | None

    @property
    def verdict(self) -> str:
        return "not measured" if self.met is None else "met" if self.met else "MISSED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Figures side by side: each row a name and what was measured of it, ratios before absolutes."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the run; `note` says what was done and how its figures are to be read."""

    title: str
    note: str = ""
    aims: tuple[Aim, ...] = ()
    tables: tuple[Table, ...] = ()


AIM_COLUMNS = ("Aim", "wanted", "measured", "verdict")


def at_least(what: str, figure: float, wanted: float) -> Aim:
    """An aim that a share should reach."""
    return Aim(what=what, wanted=f"≥ {wanted:.2f}", figure=f"{figure:.2f}", met=figure >= wanted)


def at_most(what: str, figure: float, wanted: float, unit: str) -> Aim:
    """An aim that a cost should not exceed."""
    return Aim(what=what, wanted=f"≤ {wanted:g} {unit}", figure=f"{figure:.3g} {unit}", met=figure <= wanted)


def none_of(what: str, number: int) -> Aim:
    """An aim that something should not happen."""
    return Aim(what=what, wanted="0", figure=str(number), met=number == 0)


def aims_of(parts: Iterable[Part]) -> Table:
    """Every aim beside its figure, the misses first."""
    aims = sorted((aim for part in parts for aim in part.aims), key=lambda aim: aim.met is not False)
    missed = sum(aim.met is False for aim in aims)
    met = sum(aim.met is True for aim in aims)
    rows = tuple((aim.what, aim.wanted, aim.figure, aim.verdict) for aim in aims)
    return Table(title=f"Aims: {met} met, {missed} missed", columns=AIM_COLUMNS, rows=rows)


def show(console: Console, table: Table) -> None:
    """Print a table to a terminal."""
    drawn = RichTable(title=table.title, title_justify="left", box=box.SIMPLE_HEAD)
    for number, column in enumerate(table.columns):
        drawn.add_column(column, justify="left" if number == 0 else "right", overflow="fold")
    for row in table.rows:
        drawn.add_row(*(Text(cell, style="bold red" if cell == "MISSED" else "") for cell in row))
    console.print(drawn)


def show_part(console: Console, part: Part) -> None:
    """Print a part to a terminal: its tables, then how to read them."""
    console.rule(part.title, align="left")
    for table in part.tables:
        show(console, table)
    console.print(part.note, style="dim")


def markdown(parts: Sequence[Part], preface: str) -> str:
    """The whole run as a page: aims first, then every part's tables."""
    lines = ["# Benchmarks", "", preface, *table_lines(aims_of(parts), level=2)]
    for part in parts:
        lines += section(part)
    return "\n".join(lines) + "\n"


def section(part: Part) -> list[str]:
    """A part as lines of a page, after an empty one: its note, then its tables."""
    lines = ["", f"## {part.title}", "", part.note]
    for table in part.tables:
        lines += table_lines(table, level=3)
    return lines


def table_lines(table: Table, *, level: int) -> list[str]:
    """A table as lines of a page, after an empty one; `level` is that of its heading."""
    rule = ["---", *["---:"] * (len(table.columns) - 1)]
    lines = ["", f"{'#' * level} {table.title}", "", _row(table.columns), _row(rule)]
    lines += [_row("**MISSED**" if cell == "MISSED" else cell for cell in row) for row in table.rows]
    return lines


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
