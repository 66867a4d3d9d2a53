"""Text from outside made fit to show: harmless characters only, cut only between words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

# Control characters, terminal escapes, and what hides or reorders text: zero-width, bidi overrides and isolates, tags.
HARMFUL = re.compile(
    "\x1b\\[[0-9;?]{0,32}[ -/]?[@-~]"
    "|[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
    "|[\U000e0000-\U000e007f]|[\ud800-\udfff]"
)
# Joiners are part of spelling in Persian, Urdu and emoji: kept between two visible characters.
JOINER = re.compile("(?<=\\w)[\u200c\u200d](?=\\w)")


def harmless(text: str) -> str:
    """The text without characters that hide, reorder or control; line breaks stay, words do not change."""
    kept = JOINER.sub(lambda found: "\ue000" if found[0] == "\u200c" else "\ue001", text)
    return HARMFUL.sub("", kept).replace("\ue000", "\u200c").replace("\ue001", "\u200d")


def one_line(text: str) -> str:
    """The text on a single line, harmless."""
    return " ".join(harmless(text).split())


def right_to_left(text: str) -> bool:
    """Whether a text's first strong character is written from right to left."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def units(text: str) -> int:
    """A text's length in UTF-16 code units, the strictest way a chat platform counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def label(text: str, limit: int, *, otherwise: str = "Untitled") -> str:
    """A heading or button's words on one line within `limit` units; never empty, as platforms refuse that."""
    return shorten(one_line(text), limit) or otherwise


def shorten(text: str, limit: int) -> str:
    """The text within `limit` units, cut at a word with an ellipsis if need be; for labels, never for quotes."""
    return text if units(text) <= limit else f"{cut(text, limit - 1)[0].rstrip(' ,;:')}…"


def cut(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` units, cut at spaces where there are any; nothing is lost but those."""
    pieces = []
    while units(text) > limit:
        end = _fits(text, limit)
        space = max(text.rfind(" ", 0, end + 1), text.rfind("\n", 0, end + 1))
        end = space if space > 0 else end
        pieces.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*pieces, text] if text or not pieces else pieces


def _fits(text: str, limit: int) -> int:
    """How many characters of a text fit into `limit` units, never parting a character from its marks."""
    end, used = 0, 0
    for char in text:
        used += 2 if char > "\uffff" else 1
        if used > limit:
            break
        end += 1
    while 1 < end < len(text) and (unicodedata.combining(text[end]) or text[end] in "\u200d\ufe0f"):
        end -= 1
    return max(end, 1)


def pack(parts: Iterable[str], limit: int, *, joint: str = "\n", size: Callable[[str], int] = units) -> list[str]:
    """The parts joined into as few texts as fit `limit` each, in order; a part is never cut (each must fit alone)."""
    packed: list[str] = []
    for part in parts:
        if packed and size(packed[-1]) + size(joint) + size(part) <= limit:
            packed[-1] += joint + part
        else:
            packed.append(part)
    return packed
