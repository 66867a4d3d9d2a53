"""A Slack payload as HTML that looks as the client would show it. Knows only the blocks that `render` writes."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from bot.domain.reply import FILES, Payload
from bot.domain.text import right_to_left

STYLE = """
.sl{background:#fff;color:#1d1c1d;font:15px/1.46668 Lato,"Noto Sans",Arial,sans-serif;padding:12px 20px;
  border-radius:8px;border:1px solid #ddd;display:grid;grid-template-columns:36px 1fr;column-gap:8px}
.sl-face{width:36px;height:36px;border-radius:6px;background:#1f6fb2;color:#fff;display:grid;place-items:center;
  font-weight:900}
.sl-name{font-weight:900}
.sl-app{background:#ddd;color:#616061;border-radius:2px;font-size:10px;padding:1px 3px;margin-left:4px}
.sl h3{font-size:18px;margin:8px 0 4px;line-height:1.3}
.sl p{margin:4px 0;max-width:600px;overflow-wrap:anywhere}
.sl ul{margin:4px 0;padding-inline-start:24px;max-width:600px}
.sl li{margin:2px 0;overflow-wrap:anywhere}
.sl hr{border:0;border-top:1px solid #ddd;margin:12px 0}
.sl a{color:#1264a3;text-decoration:underline 1px;text-underline-offset:2px}
.sl-picture{max-width:100%;border-radius:8px}
.sl-context{font-size:12px;color:#616061}
.sl a.sl-button{text-decoration:none}
.sl-button{border:1px solid #bbb;border-radius:4px;padding:4px 12px;font-weight:700;color:#1d1c1d!important;
  margin-inline-end:8px}
"""


def preview(payload: Payload) -> str:
    """One message as an HTML fragment."""
    parts = [
        '<div class="sl"><div class="sl-face">A</div><div>',
        '<div><span class="sl-name">Attaché</span><span class="sl-app">APP</span></div>',
    ]
    files = {file["name"]: file["png"] for file in payload.get(FILES, ())}
    for block in payload["blocks"]:
        show = SHOW.get(block["type"])
        parts.append(show(block) if show else _picture(block, files[block["slack_file"]["id"]]))
    return "".join([*parts, "</div></div>"])


def _header(block: Mapping[str, Any]) -> str:
    return f'<h3 dir="auto">{escape(block["text"]["text"])}</h3>'


def _divider(block: Mapping[str, Any]) -> str:  # noqa: ARG001 - one shape for all blocks
    return "<hr>"


def _context(block: Mapping[str, Any]) -> str:
    return "".join(f'<p class="sl-context" dir="auto">{escape(part["text"])}</p>' for part in block["elements"])


def _actions(block: Mapping[str, Any]) -> str:
    return f"<p>{''.join(map(_button, block['elements']))}</p>"


def _button(button: Mapping[str, Any]) -> str:
    href = f' href="{escape(button["url"])}"' if "url" in button else ""
    return f'<a class="sl-button"{href}>{escape(button["text"]["text"])}</a>'


def _picture(block: Mapping[str, Any], png: str) -> str:
    return f'<img class="sl-picture" alt="{escape(block["alt_text"])}" src="data:image/png;base64,{png}">'


def _rich_text(block: Mapping[str, Any]) -> str:
    out = []
    for part in block["elements"]:
        if part["type"] == "rich_text_list":
            items = (f'<li dir="auto">{_inline(item["elements"])}</li>' for item in part["elements"])
            out.append(f"<ul{_direction(part)}>{''.join(items)}</ul>")
        else:
            out.append(f'<p dir="auto">{_inline(part["elements"])}</p>')
    return "".join(out)


def _direction(bullets: Mapping[str, Any]) -> str:
    """Bullets stand on the side where the quotes begin, whatever the labels before them."""
    plain = (e["text"] for item in bullets["elements"] for e in item["elements"] if not e.get("style"))
    return ' dir="rtl"' if right_to_left(next(plain, "")) else ""


def _inline(elements: list[Mapping[str, Any]]) -> str:
    out = []
    for element in elements:
        words = escape(element["text"]).replace("\n", "<br>")
        for style, tag in (("bold", "b"), ("italic", "i")):
            if element.get("style", {}).get(style):
                words = f"<{tag}>{words}</{tag}>"
        if element["type"] == "link":
            words = f'<a href="{escape(element["url"])}">{words}</a>'
        # A label in Latin letters must not decide the direction of an Arabic quote.
        out.append(f"<bdi>{words}</bdi>" if element.get("style") else words)
    return "".join(out)


SHOW = {"header": _header, "divider": _divider, "context": _context, "actions": _actions, "rich_text": _rich_text}
