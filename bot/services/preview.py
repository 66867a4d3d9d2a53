"""One page that shows a reply as each platform would."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.domain.reply import IN_THREAD, Payload, Reply
from bot.ports import Renderer

PAGE_STYLE = """
body{margin:0;background:#f4f4f6;color:#1d1c1d;font:16px/1.5 system-ui,"Noto Sans",sans-serif}
main{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,34rem),1fr));gap:24px;padding:24px;align-items:start}
header{padding:24px 24px 0}h1{font-size:22px;margin:0}h2{font-size:16px;margin:0 0 8px}.message{margin-bottom:12px}
.thread{margin-inline-start:24px}
@media (prefers-color-scheme:dark){body{background:#1a1b1e;color:#e6e6e6}}
"""


def preview_page(reply: Reply, renderers: Sequence[Renderer]) -> str:
    """A whole HTML page, self-contained: no script, no external asset."""
    style = PAGE_STYLE + "".join(renderer.style for renderer in renderers)
    columns = "".join(_column(reply, renderer) for renderer in renderers)
    title = escape(reply.heading)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{style}</style></head><body><header><h1>{title}</h1>"
        f"<p>What each channel would be shown, made from the very messages that would be posted.</p></header>"
        f"<main>{columns}</main></body></html>\n"
    )


def _column(reply: Reply, renderer: Renderer) -> str:
    payloads = renderer.render(reply)
    count = f"{len(payloads)} {'message' if len(payloads) == 1 else 'messages'}"
    shown, under = (
        "".join(
            f'<div class="message">{renderer.preview(payload)}</div>' for payload in payloads if _under(payload) is it
        )
        for it in (False, True)
    )
    if under:
        shown += f'<p>In the thread under it, where there are threads:</p><div class="thread">{under}</div>'
    return f"<section><h2>{escape(renderer.name.capitalize())} · {count}</h2>{shown}</section>"


def _under(payload: Payload) -> bool:
    return bool(payload.get(IN_THREAD))
