"""Reply → Discord message payloads, pure.

Limits: Discord API documentation, resources/message (10 embeds, 6000 characters over all embeds of a message, title
256, description 4096, footer 2048) and components/reference (5 buttons a row, label 80).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from adapters.discord.preview import STYLE, preview
from bot.domain.reply import (
    ACTION_LIMIT,
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
from bot.domain.text import cut, harmless, label, linkable, one_line, pack, shorten, units

EMBEDS, EMBEDS_TOTAL = 10, 6000
TITLE, DESCRIPTION = 256, 4096
# Discord takes 2048, but a full description with its title and footer must fit one message.
FOOTER = EMBEDS_TOTAL - TITLE - DESCRIPTION
BUTTONS, IN_A_ROW, LABEL, URL = 25, 5, 80, 512
ALT = 1024
ATTACHED = "attachment://"
LOOKS = {Look.PLAIN: 2, Look.PRIMARY: 1, Look.DANGER: 4}
BLUE, GREY = 0x1F6FB2, 0x6D6F78
# A part of a line that is safe to cut: the rest of the line's mark-up needs room beside it.
PIECE = 1000
LONGEST_LINK = 1500
MARK = f"*({MACHINE_WRITTEN})*"
SPECIAL = re.compile(r"([\\*_~`|>\[\]()#<@:-])")
SPECIAL_IN_TITLES = re.compile(r"([\\*_~`|\[\]<@])")

Embed = dict[str, Any]


class DiscordRenderer:
    """Renders replies as embeds."""

    name = "discord"
    style = STYLE

    def render(self, reply: Reply) -> Sequence[Payload]:
        """One message or more, in order; a section too long for one embed goes on in the next."""
        files: list[dict[str, str]] = []
        head = Section(heading=one_line(reply.heading) or "Untitled", text=one_line(reply.intro), url=reply.permalink)
        footer = one_line(reply.footer)
        embeds = list(_embeds(head, BLUE))
        for section in (*reply.sections, *_rest(reply, footer)):
            embeds += _pictured(section, files)
        if 0 < units(footer) <= FOOTER:
            embeds[-1]["footer"] = {"text": footer}
        messages: list[dict[str, Any]] = [
            {"embeds": group, "allowed_mentions": {"parse": []}} for group in _messages(embeds)
        ]
        _attach(messages, files)
        if buttons := _buttons(reply):
            messages[-1]["components"] = [
                {"type": 1, "components": buttons[at : at + IN_A_ROW]} for at in range(0, len(buttons), IN_A_ROW)
            ]
        return threaded(messages) if reply.thread else messages

    def preview(self, payload: Payload) -> str:
        """The message as Discord would show it."""
        return preview(payload)


def escape(text: str) -> str:
    """Text that Discord shows as it is: no mark-up, no mention, no link of its own."""
    return SPECIAL.sub(r"\\\1", harmless(text))


def escape_title(text: str) -> str:
    """Text for an embed's title, which knows less mark-up: no emphasis, code, spoiler, mention or masked link."""
    return SPECIAL_IN_TITLES.sub(r"\\\1", harmless(text))


def _rest(reply: Reply, footer: str) -> Iterator[Section]:
    """What finds no room where it belongs: addresses no button takes, a footer too long for one."""
    unbuttoned = [f"{one_line(a.label)}: {a.url}" for a in reply.actions if a.url and not _fits(a)]
    if unbuttoned:
        yield Section(heading="", text="\n".join(unbuttoned))
    if units(footer) > FOOTER:
        yield Section(heading="", text=footer)


def _attach(messages: Sequence[dict[str, Any]], files: Sequence[dict[str, str]]) -> None:
    for message in messages:
        names = {embed["image"]["url"].removeprefix(ATTACHED) for embed in message["embeds"] if "image" in embed}
        if held := [file for file in files if file["name"] in names]:
            message[FILES] = held


def _pictured(section: Section, files: list[dict[str, str]]) -> list[Embed]:
    """A section's embeds, the last with its picture; the picture's file is added to those to send."""
    embeds = list(_embeds(section, GREY))
    if section.image:
        files.append(as_file(section.image, f"picture-{len(files) + 1}.png", ALT))
        embeds = embeds or [{"color": GREY}]
        embeds[-1]["image"] = {"url": f"{ATTACHED}{files[-1]['name']}"}
    return embeds


def _embeds(section: Section, color: int) -> Iterator[Embed]:
    heading = one_line(section.heading)
    whole = escape_title(heading)
    url = linkable(section.url, LONGEST_LINK) if heading else None
    lines = [*_over(heading, whole), *_lines(section, linked=url is not None)]
    for number, description in enumerate(pack(lines, DESCRIPTION) or [""]):
        embed: Embed = {"color": color}
        if number == 0 and heading:
            # Every character may need a backslash, so half the room is what surely fits.
            embed["title"] = whole if units(whole) <= TITLE else escape_title(shorten(heading, TITLE // 2))
        if number == 0 and url:
            embed["url"] = url
        if description:
            embed["description"] = description
        if len(embed) > 1:
            yield embed


def _over(heading: str, escaped: str) -> Iterator[str]:
    """A heading too long for a title, whole."""
    if units(escaped) > TITLE:
        yield from _bold(heading)


def _bold(text: str) -> Iterator[str]:
    yield from (f"**{escape(piece)}**" for piece in cut(text, PIECE) if piece)


def _lines(section: Section, *, linked: bool) -> Iterator[str]:
    yield from (f"*{escape(piece)}*" for piece in cut(one_line(section.byline), PIECE) if piece)
    for line in harmless(section.text).splitlines():
        yield from (escape(piece) for piece in cut(line, PIECE))
    *pieces, last = cut(one_line(section.lead), PIECE)
    yield from map(escape, pieces)
    if last:
        yield f"{escape(last)} {MARK}"
    for point in section.points:
        yield from _point(point)
    if section.table:
        yield from _table(section.table)
    if section.url and not linked:
        yield from (escape(piece) for piece in cut(one_line(section.url), PIECE))


def _table(table: Table) -> Iterator[str]:
    if any(table.columns):
        names = " · ".join(one_line(name) for name in table.columns if name)
        yield from (f"*{escape(piece)}*" for piece in cut(names, PIECE) if piece)
    for row in table.rows:
        first, *rest = (one_line(cell) for cell in row)
        plain = [escape(piece) for piece in cut(" · ".join(cell for cell in rest if cell), PIECE) if piece]
        yield from pack([*_bold(first), *plain], DESCRIPTION, joint=" ")


def _point(point: Quotation) -> Iterator[str]:
    *pieces, last = cut(one_line(point.text), PIECE)
    short = units(point.label) <= LABEL
    if not short:
        yield from _bold(point.label)
    lead = f"• **{escape(point.label)}** “" if point.label and short else "• “"
    news = {True: " 🆕", False: " ↺ said before", None: ""}[point.new]
    target = linkable(point.link, LONGEST_LINK)
    link = f" [source]({_target(target)})" if target else ""
    if point.written:
        *told, end = cut(one_line(point.written), PIECE)
        lead = lead.removesuffix("“")
        for piece in told:
            yield f"{lead}{escape(piece)}"
            lead = ""
        yield f"{lead}{escape(end)} {MARK}"
        lead = "“"
    for piece in pieces:
        yield f"{lead}{escape(piece)}"
        lead = ""
    yield f"{lead}{escape(last)}”{news}{link}"
    if point.link and not target:
        yield from (escape(piece) for piece in cut(one_line(point.link), PIECE))


def _target(url: str) -> str:
    """An address inside a masked link, which a bracket would end early."""
    return url.replace("(", "%28").replace(")", "%29")


def _messages(embeds: Sequence[Embed]) -> Iterator[list[Embed]]:
    group: list[Embed] = []
    for embed in embeds:
        if group and (len(group) == EMBEDS or sum(map(_size, group)) + _size(embed) > EMBEDS_TOTAL):
            yield group
            group = []
        # Embeds of one message that share an address are shown as one: the later ones go without.
        if embed.get("url") in {other.get("url") for other in group}:
            embed.pop("url", None)
        group.append(embed)
    yield group


def _size(embed: Embed) -> int:
    footer = embed.get("footer", {}).get("text", "")
    return units(embed.get("title", "")) + units(embed.get("description", "")) + units(footer)


def _buttons(reply: Reply) -> list[dict[str, Any]]:
    """Every button once: two of a message that send the same back are refused."""
    pressed = {action.press: action for action in reversed(reply.actions)}
    fitting = [a for a in reply.actions if _fits(a) and (a.url or pressed[a.press] is a)]
    return [_button(action) for action in fitting[:BUTTONS]]


def _fits(action: Action) -> bool:
    if action.url:
        return linkable(action.url, URL) is not None
    return units(action.press or "") <= ACTION_LIMIT


def _button(action: Action) -> dict[str, Any]:
    words = label(action.label, LABEL, otherwise="Open")
    if action.url:
        return {"type": 2, "style": 5, "label": words, "url": linkable(action.url, URL)}
    return {"type": 2, "style": LOOKS[action.look], "label": words, "custom_id": action.press}


renderer = DiscordRenderer()
