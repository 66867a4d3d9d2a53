"""Reply → Slack message payloads, pure.

Text goes out as `rich_text`, which has no mark-up to escape: whatever a feed says stays plain text. Limits: Slack's
Block Kit reference (50 blocks, header 150, 25 actions, button text 75 and address 3000; a fallback text of its own).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from adapters.slack.preview import STYLE, preview
from bot.domain.reply import (
    FILES,
    MACHINE_WRITTEN,
    Action,
    Look,
    Payload,
    Quotation,
    Reply,
    Section,
    Table,
    as_file,
    threaded,
)
from bot.domain.text import cut, harmless, label, linkable, one_line, shorten, units

BLOCKS, HEADER, BUTTONS, BUTTON_TEXT, URL, ALT = 50, 150, 25, 75, 3000, 2000
VALUE = 2000
FALLBACK = 3000
# Slack gives no limit for one rich_text block; its own for a section of text is kept to.
RICH = 3000
# A message whose blocks hold much more than this is refused as too long.
MESSAGE = 12_000

Block = dict[str, Any]
Element = dict[str, Any]
MARK: Element = {"type": "text", "text": f"({MACHINE_WRITTEN})", "style": {"italic": True}}


class SlackRenderer:
    """Renders replies as blocks."""

    name = "slack"
    style = STYLE

    def render(self, reply: Reply) -> Sequence[Payload]:
        """One message or more, in order; a section too long for one block goes on in the next."""
        pictures = _pictures(reply)
        blocks = list(_blocks(reply))
        spoken = (label(reply.heading, HEADER), one_line(reply.intro))
        fallback = escape(shorten(" – ".join(filter(None, spoken)), FALLBACK // 5))
        messages: list[dict[str, Any]] = [
            {"text": fallback, "blocks": group, "unfurl_links": False, "unfurl_media": False}
            for group in _messages(blocks)
        ]
        for message in messages:
            names = [block["slack_file"]["id"] for block in message["blocks"] if block["type"] == "image"]
            if names:
                message[FILES] = [pictures[name] for name in names]
        return threaded(messages) if reply.thread else messages

    def preview(self, payload: Payload) -> str:
        """The message as Slack would show it."""
        return preview(payload)


def escape(text: str) -> str:
    """Text for Slack's mrkdwn fields, where &, < and > have a meaning."""
    return harmless(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _blocks(reply: Reply) -> Iterator[Block]:
    yield {"type": "header", "text": _plain(label(reply.heading, HEADER))}
    heading = one_line(reply.heading)
    lines = [heading] if units(heading) > HEADER else []
    for words in (*lines, one_line(reply.intro)):
        yield from (_rich([_paragraph([_text(piece)])]) for piece in cut(words, RICH) if piece)
    if url := linkable(reply.permalink, URL):
        yield _rich([_paragraph([_link(url, "On the web")])])
    unfit = [action for action in reply.actions if action.url and not _fits(action)]
    unbuttoned = [Section(heading="", text=f"{one_line(action.label)}: {action.url}") for action in unfit]
    for number, section in enumerate((*reply.sections, *unbuttoned)):
        if number or reply.intro:
            yield {"type": "divider"}
        yield from _section(section)
        if section.image:
            alt = label(section.image.alt, ALT, otherwise="A picture")
            yield {"type": "image", "slack_file": {"id": f"picture-{number}.png"}, "alt_text": alt}
    buttons = [_button(action, number) for number, action in enumerate(reply.actions, 1) if _fits(action)]
    for at in range(0, len(buttons), BUTTONS):
        yield {"type": "actions", "elements": buttons[at : at + BUTTONS]}
    for piece in cut(one_line(reply.footer), RICH):
        if piece:
            yield {"type": "context", "elements": [_plain(piece)]}


def _pictures(reply: Reply) -> dict[str, dict[str, str]]:
    """Every picture's file by its name, which stands in its block until the platform has given it an id."""
    named = ((f"picture-{number}.png", section.image) for number, section in enumerate(reply.sections))
    return {name: as_file(image, name, ALT) for name, image in named if image}


def _section(section: Section) -> Iterator[Block]:
    *before, title = cut(one_line(section.heading), RICH // 2)
    yield from (_rich([_paragraph([_text(piece, bold=True)])]) for piece in before)
    head: list[Element] = []
    url = linkable(section.url, URL) if title else None
    if title:
        head.append(_link(url, title, bold=True) if url else _text(title, bold=True))
    byline, *more = cut(one_line(section.byline), RICH // 3)
    if byline:
        head.append(_text(("\n" if head else "") + byline, italic=True))
    if head:
        yield _rich([_paragraph(head)])
    yield from (_rich([_paragraph([_text(piece, italic=True)])]) for piece in more)
    for line in harmless(section.text).splitlines():
        yield from (_rich([_paragraph([_text(piece)])]) for piece in cut(line, RICH) if piece)
    *told, last = cut(one_line(section.lead), RICH // 2)
    yield from (_rich([_paragraph([_text(piece)])]) for piece in told)
    if last:
        yield _rich([_paragraph([_text(f"{last} "), MARK])])
    yield from _listed([item for point in section.points for item in _point(point)])
    if section.table:
        yield from _table(section.table)
    if section.url and not url:
        yield from (_rich([_paragraph([_text(piece)])]) for piece in cut(one_line(section.url), RICH) if piece)


def _point(point: Quotation) -> Iterator[list[Element]]:
    first, *others = cut(one_line(point.text), RICH // 2)
    *before, lead = cut(point.label, HEADER)
    yield from ([_text(piece, bold=True)] for piece in before)
    item = [_text(f"{lead} ", bold=True)] if lead else []
    if point.written:
        *told, last = cut(one_line(point.written), RICH // 2)
        for piece in told:
            yield [*item, _text(piece)]
            item = []
        yield [*item, _text(f"{last} "), MARK]
        item = []
    for piece in others:
        yield [*item, _text(f"“{first}")]
        item, first = [], piece
    news = {True: " 🆕", False: " ↺ said before", None: ""}[point.new]
    item.append(_text(f"{'' if others else '“'}{first}”{news} "))
    target = linkable(point.link, URL)
    if target:
        item.append(_link(target, "source"))
    yield item
    if point.link and not target:
        yield from ([_text(piece)] for piece in cut(one_line(point.link), RICH // 2))


def _table(table: Table) -> Iterator[Block]:
    if any(table.columns):
        names = " · ".join(one_line(name) for name in table.columns if name)
        yield from (_rich([_paragraph([_text(piece, italic=True)])]) for piece in cut(names, RICH) if piece)
    yield from _listed([item for row in table.rows for item in _joined(list(_row(row)))])


def _row(row: Sequence[str]) -> Iterator[list[Element]]:
    first, *rest = (one_line(cell) for cell in row)
    for piece in cut(first, RICH // 2):
        if piece:
            yield [_text(f"{piece} ", bold=True)]
    for piece in cut(" · ".join(cell for cell in rest if cell), RICH // 2):
        if piece:
            yield [_text(piece)]


def _joined(items: list[list[Element]]) -> list[list[Element]]:
    """A row on one line where it fits there."""
    whole = [element for item in items for element in item]
    return [whole] if whole and _length(whole) <= RICH else items


def _listed(items: Sequence[list[Element]]) -> Iterator[Block]:
    """Bullets, as many to a block as fit."""
    group: list[list[Element]] = []
    held = 0
    for item in items:
        length = _length(item)
        if group and held + length > RICH:
            yield _bullets(group)
            group, held = [], 0
        group.append(item)
        held += length
    if group:
        yield _bullets(group)


def _messages(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in blocks:
        if group and (len(group) == BLOCKS or _weight(group) + _weight([block]) > MESSAGE):
            # A heading goes on to the message in which its points are; no message ends on the line above one.
            headed = len(group) > 2 and group[-2]["type"] == "divider" and block["type"] == "rich_text"
            heading = group[-1:] if headed else []
            kept = group[: len(group) - len(heading)]
            yield kept[:-1] if kept[-1]["type"] == "divider" else kept
            group = heading
        if group or block["type"] != "divider":
            group.append(block)
    yield group


def _weight(blocks: Sequence[Block]) -> int:
    return sum(units(str(block)) for block in blocks if block["type"] == "rich_text")


def _length(item: Sequence[Element]) -> int:
    return sum(units(element["text"]) for element in item)


def _rich(elements: list[Element]) -> Block:
    return {"type": "rich_text", "elements": elements}


def _paragraph(elements: list[Element]) -> Element:
    return {"type": "rich_text_section", "elements": elements}


def _bullets(items: Sequence[list[Element]]) -> Block:
    return _rich([{"type": "rich_text_list", "style": "bullet", "elements": [_paragraph(item) for item in items]}])


def _text(text: str, **style: bool) -> Element:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def _link(url: str, text: str, **style: bool) -> Element:
    return {"type": "link", "url": url, "text": text} | ({"style": style} if style else {})


def _plain(text: str) -> Element:
    """Text as it is: Slack would otherwise make pictures of words between colons."""
    return {"type": "plain_text", "text": text, "emoji": False}


def _fits(action: Action) -> bool:
    return linkable(action.url, URL) is not None if action.url else units(action.press or "") <= VALUE


def _button(action: Action, number: int) -> Element:
    """A button; a link tells the app when it is opened, so it has a name as well."""
    text = _plain(label(action.label, BUTTON_TEXT, otherwise="Open"))
    button = {"type": "button", "text": text, "action_id": f"{'open' if action.url else 'press'}-{number}"}
    look = {} if action.look is Look.PLAIN else {"style": action.look.value}
    return button | ({"url": linkable(action.url, URL)} if action.url else {"value": action.press}) | look


renderer = SlackRenderer()
