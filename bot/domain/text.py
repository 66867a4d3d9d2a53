"""Text from outside made fit to show: harmless characters only, cut only between words; addresses made fit to link.

What every platform needs stands here; the escapes of one platform's mark-up stand in its renderer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from urllib.parse import quote

# Terminal escapes, control characters, and what hides or reorders text: zero-width and filling characters, bidi marks,
# overrides and isolates, selectors of variants (but for that of emoji), tags, lone surrogates.
HARMFUL = re.compile(
    "(?:\x1b\\[|\x9b)[0-9;:?<=>]{0,64}[ -/]{0,8}[@-~]"
    "|(?:\x1b[\\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x90\x98\x9c-\x9f\n]{0,512}(?:\x07|\x1b\\\\|\x9c)"
    "|[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff9-\ufffb]"
    "|[\U0001d173-\U0001d17a\U000e0000-\U000e0fff]|[\ud800-\udfff]"
)
JOINERS = "\u200c\u200d"
# Where joiners are part of spelling: scripts from Hebrew on, and emoji. Between Latin letters they only hide a word.
JOINING = "\u0590"
# More characters than any writing or emoji puts into one place.
LONGEST_CLUSTER = 40
WEB = re.compile(r"https?://[^/\s?#]+", re.IGNORECASE)
# What no address holds as it is, and what ends one early in some mark-up.
UNLINKABLE = re.compile(r"[\s<>\"`|\\^{}]")


def harmless(text: str) -> str:
    """The text without characters that hide, reorder or control; line breaks stay, words do not change."""
    return text if text.isascii() and text.isprintable() else HARMFUL.sub(_unless_spelling, text)


def _unless_spelling(found: re.Match[str]) -> str:
    """Nothing, or the joiner that was found if the characters on both sides are ones it joins."""
    if found[0] not in JOINERS or not 0 < found.start() < len(found.string) - 1:
        return ""
    before, after = found.string[found.start() - 1], found.string[found.end()]
    joins = before >= JOINING and after >= JOINING and not HARMFUL.match(before) and not HARMFUL.match(after)
    return found[0] if joins and not before.isspace() and not after.isspace() else ""


def one_line(text: str) -> str:
    """The text on a single line, harmless."""
    return " ".join(harmless(text).split())


def linkable(url: str | None, limit: int) -> str | None:
    """An address that a platform can link: of the web, within `limit` units, nothing in it that could end it early.

    Too long, it goes without its fragment: the page then opens, if not at the sentence. None if it cannot be linked.
    """
    if url is None:
        return None
    safe = UNLINKABLE.sub(lambda found: quote(found[0]), harmless(url).strip())
    if not WEB.match(safe):
        return None
    return next((form for form in (safe, safe.partition("#")[0]) if units(form) <= limit), None)


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
    """How many characters of a text fit into `limit` units, parting none from its marks and what it is joined to.

    A text that is nothing but marks is cut all the same.
    """
    end, used = 0, 0
    for char in text:
        used += 2 if char > "\uffff" else 1
        if used > limit:
            break
        end += 1
    parted = next((at for at in range(end, max(end - LONGEST_CLUSTER, 0), -1) if not _together(text, at)), end)
    return max(parted, 1)


def _together(text: str, at: int) -> bool:
    """Whether the characters on both sides of a place are seen as one."""
    if not 0 < at < len(text):
        return False
    return bool(unicodedata.combining(text[at])) or text[at] in "\u200c\u200d\ufe0f" or text[at - 1] in JOINERS


def pack(parts: Iterable[str], limit: int, *, joint: str = "\n", size: Callable[[str], int] = units) -> list[str]:
    """The parts joined into as few texts as fit `limit` each, in order; a part is never cut (each must fit alone)."""
    packed: list[str] = []
    for part in parts:
        if packed and size(packed[-1]) + size(joint) + size(part) <= limit:
            packed[-1] += joint + part
        else:
            packed.append(part)
    return packed
