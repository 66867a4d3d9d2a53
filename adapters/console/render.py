"""Reply → payload, pure. A terminal has no limits, so every reply is one message: the reply itself, made harmless."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

from bot.domain.press import parse_press
from bot.domain.reply import MACHINE_WRITTEN, Action, Payload, Quotation, Reply, Section, Table
from bot.domain.text import harmless, linkable, one_line
from bot.errors import UsageError

LABEL_WIDTH = 10
ANY_LENGTH = 1_000_000


class ConsoleRenderer:
    """Renders for a terminal or a plain text file."""

    name = "console"
    style = ""

    def render(self, reply: Reply) -> Sequence[Payload]:
        """One payload: `lines`, each a pair of a style and its words."""
        lines = [("heading", one_line(reply.heading))]
        lines += [("intro", one_line(reply.intro))] if reply.intro else []
        lines += [("link", f"On the web: {one_line(reply.permalink)}")] if reply.permalink else []
        for section in reply.sections:
            lines += [("text", ""), *_section(section)]
        lines += [("link", _action(action)) for action in reply.actions]
        lines += [("text", ""), ("footer", one_line(reply.footer))] if reply.footer else []
        return [{"lines": [list(line) for line in lines]}]

    def preview(self, payload: Payload) -> str:
        """The lines as preformatted text."""
        return f"<pre>{html.escape(plain(payload))}</pre>"


def plain(payload: Payload) -> str:
    """A payload as plain text."""
    return "\n".join(words for _, words in payload["lines"]) + "\n"


def _section(section: Section) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    if section.heading:
        lines.append(("title", one_line(section.heading)))
    if section.byline:
        lines.append(("byline", one_line(section.byline)))
    lines += [("text", line) for line in harmless(section.text).splitlines()]
    if section.lead:
        lines.append(("text", f"  {one_line(section.lead)} [{MACHINE_WRITTEN}]"))
    for point in section.points:
        lines += _point(point)
    lines += _tabled(section.table)
    if section.image:
        lines.append(("byline", f"[picture: {one_line(section.image.alt)}]"))
        lines += _tabled(section.image.table)
    if section.untold:
        lines.append(("link", _address(section.untold)))
    return lines


def _action(action: Action) -> str:
    """A button as a terminal has it: the address it opens, or the words it stands for, to be typed."""
    words = one_line(action.label)
    if action.url:
        return f"{words}: {_address(action.url)}"
    try:
        return f"{words}: {one_line(parse_press(action.press or '').line)}"
    except UsageError:
        return words


def _address(url: str) -> str:
    """An address as it can be clicked or copied; one that is none of the web, harmless."""
    return linkable(url, ANY_LENGTH) or one_line(url)


def _point(point: Quotation) -> list[tuple[str, str]]:
    label = point.label.lower() if not point.by else point.label
    news = {True: " (new)", False: " (said before)", None: ""}[point.new]
    lines = []
    if point.written:
        lines.append(("point", f"  {label:{LABEL_WIDTH}} {one_line(point.written)} [{MACHINE_WRITTEN}]"))
        label = ""
    lines.append(("point", f"  {label:{LABEL_WIDTH}} “{one_line(point.text)}”{news}"))
    if point.link:
        lines.append(("link", f"  {'':{LABEL_WIDTH}} {_address(point.link)}"))
    return lines


def _tabled(table: Table | None) -> list[tuple[str, str]]:
    return _table([list(row) for row in (table.columns, *table.rows)]) if table else []


def _table(rows: list[list[Any]]) -> list[tuple[str, str]]:
    cells = [[one_line(str(cell)) for cell in row] for row in rows if any(row)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return [("byline" if number == 0 else "text", line) for number, line in enumerate(lines)]


renderer = ConsoleRenderer()
