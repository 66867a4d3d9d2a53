"""Bytes as they came → a record: told apart by their first bytes, then by media type; decoded without mojibake."""

from __future__ import annotations

import codecs
import re
from datetime import datetime
from itertools import pairwise

from bot.domain.statement import Record
from bot.errors import UnreadableError

LARGEST = 5_000_000
_HEAD = 4096
_META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,4}=\s{0,4}[\"']?\s{0,4}([\w.:-]{2,40})", re.I)
_XML = re.compile(rb"^\s{0,40}<\?xml[^>]{0,200}?encoding\s{0,4}=\s{0,4}[\"']([\w.:-]{2,40})", re.I)
_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|div|p|table|article|section|h[1-6]|meta|title|br|span)\b", re.I
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "audio or video"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (save it as PDF)"),
    (b"PK\x03\x04", "a zip archive or Office file (save it as PDF)"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "a rar archive"),
    (b"{\\rtf", "an RTF file (save it as PDF)"),
    (b"\x00\x00\x00\x18ftyp", "video/mp4"),
    (b"\x00\x00\x00\x20ftyp", "video/mp4"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
)
_NO_TEXT = ("image/", "audio/", "video/", "font/")
# What browsers take these names to mean: pages labelled Latin-1 are written in Windows' superset of it.
_MEANT = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-9": "cp1254",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
}
# Tried in this order where neither the bytes nor the page say; each must decode without a fault and look like writing.
_GUESSES = ("cp1251", "koi8-r", "gb18030", "cp1256", "cp1252")
_ACCENTED = 0.3
_DOUBT = 0.15


def to_record(
    body: bytes,
    *,
    id: str,
    url: str | None,
    media_type: str,
    charset: str | None,
    title: str | None = None,
    published: datetime | None = None,
    country: str | None = None,
    language: str | None = None,
) -> Record:
    """A fetched or saved document as a record; `charset` is what the server declared.

    Raises UnreadableError where there is no text to be had: a scan, an image, an encrypted PDF, an archive.
    """
    html, text = _content(body, media_type.split(";")[0].strip().lower(), charset)
    return Record(
        id=id, url=url, title=title, html=html, text=text, published=published, country=country, language=language
    )


def _content(body: bytes, media_type: str, charset: str | None) -> tuple[str | None, str | None]:
    """The document as HTML or as text, the other None."""
    if not body.strip():
        raise UnreadableError("the document is empty")
    if len(body) > LARGEST and not body[:1024].lstrip().startswith(b"%PDF"):
        raise UnreadableError(f"the document is too large: {len(body) / 1e6:.0f} MB, {LARGEST / 1e6:.0f} MB are read")
    if b"%PDF-" in body[:1024]:
        from bot.reading.pdf import pdf_text

        return None, pdf_text(body)
    _refuse(body, media_type)
    text = decode(body, charset)
    if media_type in {"text/html", "application/xhtml+xml"} or _MARKUP.search(text[:_HEAD]):
        return text, None
    return None, text


def _refuse(body: bytes, media_type: str) -> None:
    kind = next((name for magic, name in _OTHERS if body.startswith(magic)), None)
    if kind is None and media_type.startswith(_NO_TEXT):
        kind = media_type
    if kind is None and media_type == "application/pdf":
        raise UnreadableError("called a PDF, but it does not begin as one")
    if kind is None and b"\0" in body[:_HEAD] and not body.startswith(tuple(bom for bom, _ in _BOMS)):
        kind = media_type or "binary data"
    if kind is not None:
        raise UnreadableError(f"not a document: {kind}")


def decode(body: bytes, charset: str | None) -> str:
    """Bytes as text: byte order mark, clean UTF-8, what was declared, what the page says, a guess, in this order.

    UTF-8 comes before what was declared: text of another encoding almost never passes for it, and labels often lie.
    So the others are believed only if what they make of the bytes is about as legible as the best of the guesses.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body.decode(name, "replace")
    clean = _decoded(body, "utf-8")
    if clean is not None:
        return clean
    mostly = body.decode("utf-8", "replace")
    if mostly.count("\ufffd") < max(3, len(mostly) // 500):
        return mostly
    names = [charset, _declared(body), *_GUESSES]
    found = [(text, _legibility(text)) for name in names if (text := _decoded(body, name)) is not None]
    best = max((legible for _, legible in found), default=0.0)
    return next((text for text, legible in found if legible >= best - _DOUBT), mostly)


def _declared(body: bytes) -> str | None:
    found = _XML.search(body[:_HEAD]) or _META.search(body[:_HEAD])
    return found.group(1).decode("ascii", "replace") if found else None


def _decoded(body: bytes, name: str | None) -> str | None:
    """The text if the named encoding is known, a text encoding, and fits without a fault."""
    meant = _MEANT.get((name or "").strip().lower().replace("_", "-"), (name or "").strip())
    try:
        text = body.decode(meant) if meant else None
    except (LookupError, ValueError):
        return None
    return text if isinstance(text, str) and (meant == "utf-8" or not _is_nonsense(text)) else None


def _is_nonsense(text: str) -> bool:
    """Whether a text has what no writing has: control characters of the second kind, Latin letters mostly accented."""
    sample = re.sub(r"<[^>]{0,400}>", " ", text[:40_000])
    if sum(1 for c in sample if "\x80" <= c <= "\x9f") > len(sample) // 200:
        return True
    latin = [c for c in sample if c.isalpha() and c < "\u0250"]
    return sum(1 for c in latin if c > "\x7f") > len(latin) * _ACCENTED


def _legibility(text: str) -> float:
    """How much a guess looks like writing: small letters of one script beside each other, few odd signs."""
    sample = re.sub(r"<[^>]{0,400}>", " ", text[:40_000])
    beyond = [c for c in sample if ord(c) > 127]
    if not beyond:
        return 0.0
    good = 0
    for before, c in pairwise(sample):
        if ord(c) > 127:
            good += _is_letter_pair(before, c)
    return good / len(beyond)


def _is_letter_pair(before: str, c: str) -> bool:
    """Whether a letter follows as letters mostly do: no capital inside a word, no script after another."""
    if not c.isalpha():
        return False
    return not before.isalpha() or (not c.isupper() and _script(before) == _script(c))


def _script(c: str) -> int:
    point = ord(c)
    if point < 0x370:
        return 0
    return 1 if point < 0x530 else 2 if point < 0x800 else 3
