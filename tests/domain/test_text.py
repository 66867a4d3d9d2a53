"""Text from feeds is hostile; what reaches a chat is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text import cut, harmless, linkable, one_line, pack, right_to_left, shorten, units


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("\u2066isolate\u2069", "isolate"),
        ("tag\U000e0041", "tag"),
        ("nul\x00bell\x07", "nulbell"),
        ("lone\ud800surrogate", "lonesurrogate"),
        ("soft\u00adhyphen", "softhyphen"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d💻 writes", "👩\u200d💻 writes"),
        ("ca\u200dmou\u200cflage", "camouflage"),
        ("joined to \u200d nothing\u200d", "joined to  nothing"),
        ("\u200cبداية", "بداية"),
        ("\x1b]0;title\x07said", "said"),
        ("\x9b31mred", "red"),
        ("\x1b[38:2::255:0:0mred", "red"),
        ("fill\u3164er\u115f", "filler"),
        ("a\ufe01variant", "avariant"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("mark\u200fright\u061cleft", "markrightleft"),
        ("private\ue000use\ue001", "private\ue000use\ue001"),
        ("line\nbreak\tand tab", "line\nbreak\tand tab"),
        ("Ünïcödé 中文 العربية", "Ünïcödé 中文 العربية"),
    ],
)
def test_what_hides_reorders_or_controls_is_removed_and_nothing_else(text: str, shown: str) -> None:
    assert harmless(text) == shown


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://un.example/a#:~:text=said%20so", "https://un.example/a#:~:text=said%20so"),
        ("HTTP://un.example", "HTTP://un.example"),
        ('https://un.example/a b<c>"d"|e', "https://un.example/a%20b%3Cc%3E%22d%22%7Ce"),
        ("https://un.example/\u202eevil\x1b[0m", "https://un.example/evil"),
        ("https://un.example/" + "a" * 20 + "#" + "b" * 99, "https://un.example/" + "a" * 20),
        ("https://un.example/" + "a" * 99, None),
        ("javascript:alert(1)", None),
        ("ftp://un.example", None),
        ("https://", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_is_linked_only_if_it_is_one_of_the_web_and_fits(url: str | None, linked: str | None) -> None:
    assert linkable(url, 60) == linked


def test_a_line_is_one_line() -> None:
    assert one_line("a\r\nb \u2028 c\t d") == "a b c d"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("“قال", True), ("123 العربية", True), ("English العربية", False), ("中文", False), ("", False)],
)
def test_direction_is_that_of_the_first_strong_character(text: str, expected: bool) -> None:
    assert right_to_left(text) is expected


def test_length_counts_as_the_strictest_platform_does() -> None:
    assert units("a中😀") == 4


def test_a_text_is_cut_at_a_space_and_loses_nothing_but_it() -> None:
    assert cut("one two three", 8) == ["one two", "three"]


def test_no_character_is_parted_from_what_it_is_joined_to() -> None:
    assert cut("a\u0301" * 4, 3) == ["a\u0301"] * 4
    assert cut("👩\u200d💻👩\u200d💻", 6) == ["👩\u200d💻"] * 2


def test_a_text_of_nothing_but_marks_is_cut_all_the_same() -> None:
    assert len(cut("\u0301" * 1000, 100)) == 10


def test_a_text_without_spaces_is_cut_between_characters() -> None:
    assert cut("网络空间命运共同体", 4) == ["网络空间", "命运共同", "体"]


@given(st.text(st.characters(codec="utf-8"), max_size=300), st.integers(4, 50))
def test_every_piece_fits_and_all_words_survive(text: str, limit: int) -> None:
    pieces = cut(text, limit)
    assert all(units(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(st.text(max_size=200), st.integers(3, 40))
def test_a_shortened_label_fits(text: str, limit: int) -> None:
    assert units(shorten(text, limit)) <= limit


def test_a_label_that_fits_is_left_alone_and_one_that_does_not_says_so() -> None:
    assert shorten("as it is", 8) == "as it is"
    assert shorten("Statement by the delegation of Chile", 20) == "Statement by the…"


@given(st.lists(st.text(max_size=20), max_size=30), st.integers(20, 60))
def test_packing_keeps_every_part_whole_and_in_order(parts: list[str], limit: int) -> None:
    packed = pack(parts, limit, joint="\0")
    assert all(units(text) <= max(limit, *(units(p) for p in parts)) for text in packed)
    assert "\0".join(packed) == "\0".join(parts)
