"""PDFs as text in reading order, made here with fpdf2."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from fpdf import FPDF

from bot.errors import UnreadableError
from bot.reading.document import to_record
from bot.reading.pdf import pdf_text

SPEECH = [
    "Mr. Chair, the delegation of Norland wishes to make three points on the security of information and "
    "communications technologies, all of which concern the conduct of States in cyberspace.",
    "First, the law. International humanitarian law applies to operations in armed conflict. The protection of "
    "hospitals, of water works and of power grids is an obligation that each delegation here has accepted.",
    "Second, capacity. We have financed forty fellowships since 2021 and intend to finance sixty more, on the "
    "condition that half of them go to women.",
]
FONTS = ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/dejavu/DejaVuSans.ttf")


class Paper(FPDF):
    """A document with a running head and numbered pages."""

    def header(self) -> None:
        self.set_font("Helvetica", size=8)
        self.set_y(8)
        self.cell(0, 5, "Permanent Mission of Norland", align="C")
        self.set_y(25)

    def footer(self) -> None:
        self.set_y(-12)
        self.set_font("Helvetica", size=8)
        self.cell(0, 5, f"Page {self.page_no()} of 3", align="C")


def lines(*texts: str) -> bytes:
    """One page with each text on its own line."""
    paper = FPDF()
    paper.add_page()
    paper.set_font("Times", size=11)
    for n, text in enumerate(texts):
        paper.text(20, 40 + 5 * n, text)
    return bytes(paper.output())


def body_of(paper: FPDF, speech: Sequence[str]) -> bytes:
    for paragraph in speech:
        paper.set_font("Times", size=12)
        paper.multi_cell(0, 6, paragraph)
        paper.ln(4)
    return bytes(paper.output())


def test_running_heads_and_page_numbers_go_and_paragraphs_stay_whole_across_pages() -> None:
    paper = Paper()
    paper.set_auto_page_break(True, 25)
    paper.add_page()
    speech = [f"{n}. {text}" for n, text in enumerate(SPEECH * 12, 1)]
    assert pdf_text(body_of(paper, speech)).split("\n\n") == speech


def test_two_columns_are_read_one_after_the_other() -> None:
    paper = FPDF()
    paper.add_page()
    paper.set_font("Times", size=14)
    paper.cell(0, 10, "Statement by Norland on the security of cyberspace", align="C")
    paper.ln(14)
    paper.set_font("Times", size=10)
    with paper.text_columns(ncols=2, gutter=8) as columns:
        columns.write("\n\n".join(SPEECH * 7))
    read = pdf_text(bytes(paper.output())).split("\n\n")
    assert read == ["Statement by Norland on the security of cyberspace", *SPEECH * 7]


def test_columns_written_row_by_row_still_come_apart() -> None:
    paper = FPDF()
    paper.add_page()
    paper.set_font("Times", size=10)
    left = [f"left column line number {n} goes on and on and" for n in range(20)]
    right = [f"right column line number {n} goes on and on and" for n in range(20)]
    for n, (one, other) in enumerate(zip(left, right, strict=True)):
        paper.text(15, 30 + 5 * n, one)
        paper.text(115, 30 + 5 * n, other)
    read = pdf_text(bytes(paper.output()))
    assert " ".join(read.split()) == " ".join([*left, *right])


def test_words_parted_at_a_line_s_end_are_made_whole() -> None:
    read = pdf_text(
        lines("The Working Group has shown that agree-", "ment is possible among the dele-", "gations here.")
    )
    assert read == "The Working Group has shown that agreement is possible among the delegations here."


def test_a_hyphen_of_the_word_itself_stays() -> None:
    texts = (
        "A legally-binding treaty is not near. A legally-",
        "binding treaty may come, and non-",
        "State actors will see it.",
    )
    expected = (
        "A legally-binding treaty is not near. A legally-binding treaty may come, and non-State actors will see it."
    )
    assert pdf_text(lines(*texts)) == expected


if any(Path(font).exists() for font in FONTS):  # the core fonts have neither Cyrillic nor Arabic letters

    def test_russian_and_arabic_are_read_in_the_order_they_are_spoken() -> None:
        russian = "Господин Председатель, международное право применяется в киберпространстве в полном объёме."
        arabic = [
            "السيد الرئيس، يود وفد بلادي أن يبدي ثلاث ملاحظات بشأن أمن المعلومات",
            "والاتصالات في عام 2026. أولا: القانون الدولي (المادة 51).",
        ]
        paper = FPDF()
        paper.add_font("DejaVu", fname=next(font for font in FONTS if Path(font).exists()))
        paper.add_page()
        paper.set_font("DejaVu", size=10)
        paper.text(20, 40, russian)
        for n, line in enumerate(arabic):
            # As a page shows it: right to left, but digits left to right.
            drawn = line[::-1].translate(str.maketrans("()", ")(")).replace("6202", "2026").replace("15", "51")
            paper.text(190 - paper.get_string_width(drawn), 60 + 6 * n, drawn)
        assert pdf_text(bytes(paper.output())).split("\n\n") == [russian, " ".join(arabic)]


def test_items_of_a_list_are_paragraphs_of_their_own() -> None:
    paper = FPDF()
    paper.add_page()
    paper.set_font("Times", size=11)
    texts = [
        "Norland proposes, for the coming session of the Group, the",
        "following:",
        "   - a register of contacts for incidents",
        "   - a yearly report,",
        "and thanks you.",
    ]
    for n, text in enumerate(texts):
        paper.text(20 + 2 * (len(text) - len(text.lstrip())), 40 + 5 * n, text.strip())
    read = pdf_text(bytes(paper.output())).split("\n\n")
    assert read == [f"{texts[0]} {texts[1]}", texts[2].strip(), texts[3].strip(), texts[4]]


def test_a_scan_is_called_a_scan() -> None:
    paper = FPDF()
    for _ in range(12):
        paper.add_page()
        paper.rect(20, 20, 100, 200)
    with pytest.raises(UnreadableError, match="PDF has no text: a scan of 12 pages"):
        pdf_text(bytes(paper.output()))


def test_an_encrypted_pdf_is_called_so() -> None:
    paper = FPDF()
    paper.set_encryption(owner_password="owner", user_password="user")
    paper.add_page()
    with pytest.raises(UnreadableError, match="encrypted PDF"):
        pdf_text(bytes(paper.output()))


def test_at_most_sixty_pages_are_read() -> None:
    paper = FPDF()
    paper.set_font("Times", size=12)
    for n in range(1, 63):
        paper.add_page()
        paper.text(20, 100, f"This is what stands upon sheet {'x' * n}.")
    read = pdf_text(bytes(paper.output()))
    assert f"sheet {'x' * 60}." in read
    assert "x" * 61 not in read


def test_a_pdf_becomes_the_text_of_a_record_whatever_it_is_called() -> None:
    record = to_record(lines("Mr. Chair, Norland is grateful."), id="p", url=None, media_type="text/html", charset=None)
    assert (record.html, record.text) == (None, "Mr. Chair, Norland is grateful.")
