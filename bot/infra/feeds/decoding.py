"""A feed's bytes as text, whatever its encoding claims to be."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s{0,5}=\s{0,5}["']([A-Za-z0-9._:-]{1,40})["']""")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Encodings a feed may name: those of the Web, and nothing that Python merely calls an encoding (idna, unicode_escape).
_KNOWN = re.compile(
    r"utf-?8|utf-?16(-?[lb]e)?|(iso-?)?8859-\d{1,2}|iso-8859-\d{1,2}|latin-?1|us-ascii|windows-\d{3,4}|cp\d{3,4}"
    r"|koi8-[ru]|gb2312|gbk|gb18030|big5(-hkscs)?|shift[_-]jis|euc-(jp|kr|cn)|iso-2022-(jp|kr)|mac-?cyrillic"
)


def decoded(body: bytes, charset: str | None) -> str:
    """The text of a feed: a byte-order mark decides, then what proves true: UTF-8, else the declared encodings."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    start = body[:200].lstrip()
    if start[:4] in {b"<\x00?\x00", b"\x00<\x00?"}:
        return body.decode("utf-16-le" if start[:1] == b"<" else "utf-16-be", "replace")
    declared = _DECLARED.search(body.lstrip()[:400])
    claims = [declared[1].decode("ascii") if declared else None, charset]
    named = [claim.lower() for claim in claims if claim and _KNOWN.fullmatch(claim.lower())]
    order = [name for name in named if "2022" in name] + ["utf-8"] + named + ["windows-1252"]
    for name in order:
        try:
            return body.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    likely = next((name for name in named if not name.startswith("utf-16")), "utf-8")
    return _replaced(body, likely)


def _replaced(body: bytes, name: str) -> str:
    try:
        return body.decode(name, "replace")
    except LookupError:
        return body.decode("utf-8", "replace")
