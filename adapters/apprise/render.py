"""Reply → a title and plain text, pure.

Plain, because no one escape would hold in the mark-up of a hundred and more targets: Apprise is told that it is text
and makes it each target's own. A target with a smaller limit gets a message in several (`adapter.py`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.domain.reply import FILES, MACHINE_WRITTEN, Payload, Quotation, Reply, Section, as_file, threaded
from bot.domain.text import cut, harmless, label, linkable, one_line, pack

TITLE, BODY = 250, 24_000
# Room for a line's own marks beside the text that is cut.
PIECE = 2_000
ALT = 1_000
# What rings somebody's bell on one target or another, also in plain text. An e-mail address is none of it.
PING = re.compile(r"(?<!\w)@(?=(?:everyone|here|channel|all|room)\b)|<(?=[@!#][^<>\s])", re.IGNORECASE)
JOINER = "\u2060"


class AppriseRenderer:
    """Renders for any target: what can be pressed is left out, as nobody can press it there."""

    name = "apprise"
    style = ""

    def render(self, reply: Reply) -> Sequence[Payload]:
        """One message, or more where even an e-mail would be too long: `title` and `body`, pictures beside them."""
        title = quiet(label(reply.heading, TITLE))
        messages: list[dict[str, Any]] = [
            {"title": title, "body": body} for body in pack(map(quiet, _lines(reply, title)), BODY) or [title]
        ]
        pictures = [section.image for section in reply.sections if section.image]
        if pictures:
            messages[0][FILES] = [
                as_file(image, f"picture-{number}.png", ALT) for number, image in enumerate(pictures, 1)
            ]
        return threaded(messages) if reply.thread else messages

    def preview(self, payload: Payload) -> str:
        """The message as preformatted text."""
        return f"<pre><b>{html.escape(payload['title'])}</b>\n{html.escape(payload['body'])}</pre>"


def quiet(text: str) -> str:
    """The text with an invisible joiner in what would ring somebody's bell."""
    return PING.sub(lambda found: f"{found[0]}{JOINER}", text)


def _lines(reply: Reply, title: str) -> Iterator[str]:
    heading = one_line(reply.heading)
    yield from cut(heading, PIECE) if heading and heading != title else ()
    yield from _cut(one_line(reply.intro))
    if reply.permalink:
        yield f"On the web: {_address(reply.permalink)}"
    for section in reply.sections:
        yield ""
        yield from _section(section)
    for action in reply.actions:
        if action.url:
            yield f"{one_line(action.label)}: {_address(action.url)}"
    if reply.footer:
        yield ""
        yield from _cut(one_line(reply.footer))


def _section(section: Section) -> Iterator[str]:
    yield from _cut(one_line(section.heading))
    yield from _cut(one_line(section.byline))
    for line in harmless(section.text).splitlines():
        yield from _cut(line)
    if section.lead:
        yield from _cut(f"{one_line(section.lead)} [{MACHINE_WRITTEN}]")
    for point in section.points:
        yield from _point(point)
    for row in (section.table.columns, *section.table.rows) if section.table else ():
        yield from _cut(" · ".join(cell for cell in map(one_line, row) if cell))
    if section.image:
        yield from _cut(f"[picture: {one_line(section.image.alt)}]")
    if section.untold:
        yield from _cut(_address(section.untold))


def _point(point: Quotation) -> Iterator[str]:
    news = {True: " (new)", False: " (said before)", None: ""}[point.new]
    lead = f"{point.label}: " if point.label else ""
    if point.written:
        yield from _cut(f"• {lead}{one_line(point.written)} [{MACHINE_WRITTEN}]")
    yield from _cut(f"{'  ' if point.written else f'• {lead}'}“{one_line(point.text)}”{news}")
    if point.link:
        yield from (f"  {piece}" for piece in _cut(_address(point.link)))


def _address(url: str) -> str:
    return linkable(url, PIECE) or one_line(url)


def _cut(line: str) -> Iterator[str]:
    yield from (piece for piece in cut(line, PIECE) if piece)


renderer = AppriseRenderer()
