"""A PDF as text in reading order: paragraphs, without running heads, page numbers and broken words."""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from bot.errors import UnreadableError
from bot.reading.pdf_layout import layout
from bot.reading.pdf_runs import Page, Run, RunMaker

MOST_PAGES = 60
LONGEST = 2_000_000


def pdf_text(body: bytes) -> str:
    """The text of a PDF, paragraphs separated by blank lines; at most 60 pages and two million characters.

    Raises UnreadableError where there is none: encrypted, broken, or a scan.
    """
    document = _opened(body)
    try:
        count = len(document)
        pages = [_page(document, n) for n in range(min(count, MOST_PAGES))]
    finally:
        document.close()
    text = layout(pages)[:LONGEST]
    if sum(c.isalnum() for c in text) < 20:
        raise UnreadableError(f"PDF has no text: a scan of {count} {'page' if count == 1 else 'pages'}")
    return text


def _opened(body: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
            raise UnreadableError("encrypted PDF: it opens only with a password") from error
        raise UnreadableError("broken PDF: it cannot be opened") from error


def _page(document: pdfium.PdfDocument, number: int) -> Page:
    """One page's glyphs; a page that cannot be read is an empty one."""
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return Page(width=0, height=0, runs=[])
    try:
        width, height = page.get_size()
        text = page.get_textpage()
        try:
            return Page(width=width, height=height, runs=_runs(text))
        finally:
            text.close()
    finally:
        page.close()


def _runs(text: pdfium.PdfTextPage) -> list[Run]:
    """The characters of a page as runs: pieces of a line without a gap wider than a few letters."""
    runs = RunMaker()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(min(text.count_chars(), LONGEST)):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in {10, 13}:
            runs.end()
        elif code:
            raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
            runs.add(code, left.value, right.value, bottom.value, top.value)
    return runs.finished()
