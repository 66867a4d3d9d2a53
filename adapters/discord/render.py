"""Reply → Discord message payloads, pure.

Limits: Discord API documentation, resources/message (10 embeds, 6000 characters over all embeds of a message, title
256, description 4096, footer 2048) and components/reference (5 buttons a row, label 80).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from adapters.discord.preview import STYLE, preview
from bot.domain.reply import ACTION_LIMIT, FILES, Action, Look, Payload, Quotation, Reply, Section, as_file, threaded
from bot.domain.text import cut, harmless, label, one_line, pack, shorten, units

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
SPECIAL = re.compile(r"([\\*_~`|>\[\]()#<@:-])")

Embed = dict[str, Any]


class DiscordRenderer:
    """Renders replies as embeds."""

    name = "discord"
    style = STYLE

    def render(self, reply: Reply) -> Sequence[Payload]:
        """One message or more, in order; a section too long for one embed goes on in the next."""
        head: Embed = {"title": label(reply.heading, TITLE), "color": BLUE}
        if reply.intro:
            head["description"] = escape(shorten(one_line(reply.intro), DESCRIPTION // 2))
        files: list[dict[str, str]] = []
        embeds = [head, *(embed for section in reply.sections for embed in _pictured(section, files))]
        if reply.footer:
            embeds[-1]["footer"] = {"text": shorten(one_line(reply.footer), FOOTER)}
        messages: list[dict[str, Any]] = [
            {"embeds": group, "allowed_mentions": {"parse": []}} for group in _messages(embeds)
        ]
        for message in messages:
            names = {embed["image"]["url"].removeprefix(ATTACHED) for embed in message["embeds"] if "image" in embed}
            if held := [file for file in files if file["name"] in names]:
                message[FILES] = held
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


def _pictured(section: Section, files: list[dict[str, str]]) -> list[Embed]:
    """A section's embeds, the last with its picture; the picture's file is added to those to send."""
    embeds = list(_embeds(section))
    if section.image:
        files.append(as_file(section.image, f"picture-{len(files) + 1}.png", ALT))
        embeds = embeds or [{"color": GREY}]
        embeds[-1]["image"] = {"url": f"{ATTACHED}{files[-1]['name']}"}
    return embeds


def _embeds(section: Section) -> Iterator[Embed]:
    for number, description in enumerate(pack(_lines(section), DESCRIPTION) or [""]):
        embed: Embed = {"color": GREY}
        if number == 0 and section.heading:
            embed["title"] = shorten(one_line(section.heading), TITLE)
        if number == 0 and section.url and len(section.url) <= LONGEST_LINK:
            embed["url"] = section.url
        if description:
            embed["description"] = description
        if len(embed) > 1:
            yield embed


def _lines(section: Section) -> Iterator[str]:
    if units(one_line(section.heading)) > TITLE:
        yield from (f"**{escape(piece)}**" for piece in cut(one_line(section.heading), PIECE))
    if section.byline:
        yield f"*{escape(shorten(one_line(section.byline), PIECE))}*"
    for line in harmless(section.text).splitlines():
        yield from (escape(piece) for piece in cut(line, PIECE))
    for point in section.points:
        yield from _point(point)
    for row in section.table.rows if section.table else ():
        yield from _row(row)


def _row(row: Sequence[str]) -> Iterator[str]:
    first, *rest = (one_line(cell) for cell in row)
    bold = [f"**{escape(piece)}**" for piece in cut(first, PIECE) if piece]
    plain = [escape(piece) for piece in cut(" · ".join(cell for cell in rest if cell), PIECE) if piece]
    yield from pack([*bold, *plain], DESCRIPTION, joint=" ")


def _point(point: Quotation) -> Iterator[str]:
    *pieces, last = cut(one_line(point.text), PIECE)
    lead = f"**{escape(shorten(point.label, LABEL))}** " if point.label else ""
    news = {True: " 🆕", False: " ↺ said before", None: ""}[point.new]
    link = f" [source]({_target(point.link)})" if point.link and len(point.link) <= LONGEST_LINK else ""
    for piece in pieces:
        yield f"• {lead}“{escape(piece)}"
        lead = ""
    yield f"{'' if pieces else f'• {lead}“'}{escape(last)}”{news}{link}"


def _target(url: str) -> str:
    """An address inside a masked link: what would end the link early is percent-encoded."""
    return url.replace("(", "%28").replace(")", "%29").replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")


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
    return len(action.url) <= URL if action.url else units(action.press or "") <= ACTION_LIMIT


def _button(action: Action) -> dict[str, Any]:
    words = label(action.label, LABEL, otherwise="Open")
    if action.url:
        return {"type": 2, "style": 5, "label": words, "url": action.url}
    return {"type": 2, "style": LOOKS[action.look], "label": words, "custom_id": action.press}


renderer = DiscordRenderer()
