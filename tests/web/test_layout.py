"""How a text is cut into paragraphs, quotes and parts."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.brief import Point
from bot.domain.differences import Fate, Run
from bot.infra.web.layout import Piece, changed, part_of, parts, quoted
from tests.samples import brief

POINT = brief().points[0]
BODY = "One and two.\n\nThree and four."


def point(quote: str) -> Point:
    start = BODY.index(quote)
    return replace(POINT, quote=quote, start=start, end=start + len(quote))


def test_words_of_points_are_found_in_their_paragraphs() -> None:
    first, second = quoted(BODY, [point("and four"), point("One")])
    assert first == (Piece("One", (2,), (2,), (2,)), Piece(" and two."))
    assert second == (Piece("Three "), Piece("and four", (1,), (1,), (1,)), Piece("."))


def test_quotes_may_overlap_and_reach_over_paragraphs() -> None:
    first, second = quoted(BODY, [point("and two.\n\nThree"), point("two.")])
    assert [(p.text, p.points, p.opens, p.closes) for p in (*first, *second)] == [
        ("One ", (), (), ()),
        ("and ", (1,), (1,), ()),
        ("two.", (1, 2), (2,), (2,)),
        ("Three", (1,), (), (1,)),
        (" and four.", (), (), ()),
    ]


@given(
    st.text(alphabet="a b.\n&<", max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=4)
)
def test_nothing_is_lost_whatever_is_quoted(body: str, spans: list[tuple[int, int]]) -> None:
    points = [
        replace(POINT, quote=body[a:b], start=a, end=b) for a, b in map(sorted, spans) if b <= len(body) and body[a:b]
    ]
    shown = "".join(piece.text for paragraph in quoted(body, points) for piece in paragraph)
    assert "".join(shown.split()) == "".join(body.split())


@given(st.text(alphabet="&a中\n ", max_size=300))
def test_no_part_outgrows_its_size_and_nothing_is_lost(body: str) -> None:
    cut = parts(quoted(body, []), largest=100)
    for part in cut:
        assert sum(len(escape(piece.text).encode()) for paragraph in part for piece in paragraph) <= 100
    shown = "".join(piece.text for part in cut for paragraph in part for piece in paragraph)
    assert "".join(shown.split()) == "".join(body.split())


def test_a_point_is_found_in_the_part_where_it_begins() -> None:
    points = [point("Three and four."), point("One")]
    cut = parts(quoted(BODY, points), largest=120)
    assert [part_of(number, cut) for number in (1, 2)] == [2, 1]


def test_changes_are_told_paragraph_by_paragraph() -> None:
    runs = [
        Run(Fate.SAME, "One. "),
        Run(Fate.GONE, "Two.\n\nThree."),
        Run(Fate.CAME, "Four.\n\n"),
        Run(Fate.SAME, "End."),
    ]
    assert [[(piece.fate, piece.text) for piece in paragraph] for paragraph in changed(runs)] == [
        [("same", "One. "), ("gone", "Two.")],
        [("gone", "Three."), ("came", "Four.")],
        [("same", "End.")],
    ]
