"""A Discord payload as HTML that looks as the client would show it. Knows only the mark-up that `render` writes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from bot.domain.reply import FILES, Payload
from bot.domain.text import right_to_left

STYLE = """
.dc{background:#313338;color:#dbdee1;font:16px/1.375 "gg sans","Noto Sans",Helvetica,Arial,sans-serif;
  padding:16px;border-radius:8px;display:grid;grid-template-columns:40px 1fr;column-gap:16px}
.dc-face{width:40px;height:40px;border-radius:50%;background:#1f6fb2;color:#fff;display:grid;place-items:center;
  font-weight:700}
.dc-name{color:#f2f3f5;font-weight:500}
.dc-app{background:#5865f2;color:#fff;border-radius:3px;font-size:10px;padding:1px 4px;margin-left:4px}
.dc-embed{background:#2b2d31;border-left:4px solid #6d6f78;border-radius:4px;padding:8px 16px 12px 12px;margin-top:8px;
  max-width:520px;font-size:14px;line-height:1.3}
.dc-1f6fb2{border-color:#1f6fb2}
.dc-title{font-weight:600;font-size:16px;color:#f2f3f5;margin:4px 0}
.dc-title a,.dc a{color:#00a8fc;text-decoration:none}
.dc-text a{text-decoration:underline 1px;text-underline-offset:2px}
.dc-text{margin:4px 0;overflow-wrap:anywhere}
.dc-foot{font-size:12px;color:#b5bac1;margin-top:8px}
.dc-picture{max-width:100%;border-radius:4px;margin-top:8px}
.dc-button{display:inline-block;background:#4e5058;color:#fff!important;border-radius:3px;padding:6px 16px;
  margin-top:8px;font-size:14px}
"""
TOKEN = re.compile(r"\\(.)|\*\*|\*|\[([^\]\[]*)\]\(([^)\s]*)\)", re.DOTALL)


def preview(payload: Payload) -> str:
    """One message as an HTML fragment."""
    parts = [
        '<div class="dc"><div class="dc-face">A</div><div>',
        '<div><span class="dc-name">Attaché</span><span class="dc-app">APP</span></div>',
    ]
    for embed in payload.get("embeds", ()):
        parts.append(f'<div class="dc-embed dc-{embed.get("color", 0):06x}">')
        if title := embed.get("title"):
            words = f'<a href="{escape(embed["url"])}">{escape(title)}</a>' if embed.get("url") else escape(title)
            parts.append(f'<div class="dc-title" dir="auto">{words}</div>')
        if text := embed.get("description"):
            parts += [f'<div class="dc-text"{_direction(line)}>{markup(line)}</div>' for line in text.split("\n")]
        if picture := embed.get("image"):
            parts.append(_picture(payload, picture["url"].rpartition("/")[2]))
        if footer := embed.get("footer"):
            parts.append(f'<div class="dc-foot">{escape(footer["text"])}</div>')
        parts.append("</div>")
    for row in payload.get("components", ()):
        parts += [f'<a class="dc-button"{_href(b)}>{escape(b["label"])}</a> ' for b in row["components"]]
    return "".join([*parts, "</div></div>"])


def _href(button: Mapping[str, Any]) -> str:
    return f' href="{escape(button["url"])}"' if button.get("url") else ""


def _picture(payload: Payload, name: str) -> str:
    file = next(file for file in payload[FILES] if file["name"] == name)
    return f'<img class="dc-picture" alt="{escape(file["alt"])}" src="data:image/png;base64,{file["png"]}">'


def markup(text: str) -> str:
    """Discord's mark-up of one line as HTML: bold, italics, masked links, escapes."""
    out, at, opened = [], 0, list[str]()
    for found in TOKEN.finditer(text):
        out.append(escape(text[at : found.start()]))
        at = found.end()
        if found[1]:
            out.append(escape(found[1]))
        elif found[3]:
            out.append(f'<a href="{escape(found[3])}">{markup(found[2])}</a>')
        else:
            tag = "b" if found[0] == "**" else "i"
            closing = tag in opened
            (opened.remove if closing else opened.append)(tag)
            out.append(f"</{tag}>" if closing else f"<{tag}>")
    out.append(escape(text[at:]))
    return "".join(out) + "".join(f"</{tag}>" for tag in reversed(opened))


def _direction(line: str) -> str:
    """Discord sets each line by its first strong character, the stance's label not counted."""
    words = line.partition("“")[2] or line
    return ' dir="rtl"' if right_to_left(words) else ""
