"""Who stands where: the matrix, two states side by side, statements over time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.taxonomy import Forum, Topic
from tests.samples import another, brief
from tests.web.conftest import Served
from tests.web.reading import links, texts

STATES = "CHN USA RUS GBR FRA DEU JPN BRA IND ZAF EGY NGA KEN GHA MEX ARG CHL COL CRI CUB CAN AUS NZL SGP MYS".split()


def test_every_cell_is_a_quote_that_leads_to_its_statement(archive: Served) -> None:
    page = archive.get("/positions")
    assert texts(page, ".matrix tbody th") == ["Cameroon", "China", "Egypt", "Japan", "Kenya", "Mexico", "Russia"]
    quoted = list(zip(texts(page, ".cell q"), links(page, ".cell a"), strict=True))
    assert len(quoted) > 30
    for quote, link in quoted[:5]:
        path, _, anchor = link.partition("#")
        assert texts(archive.get(path), f"#{anchor} blockquote") == [quote]
    assert texts(archive.get("/positions?country=CHN&topic=attribution"), ".matrix .what") == ["opposes"]


def test_nothing_to_show_is_said(empty: Served) -> None:
    for path in ("/positions", "/timeline", "/compare?a=CHN&b=USA"):
        page = empty.get(path)
        assert (page.status_code, texts(page, "main > p")[0]) == (200, "Nothing is kept that passes the filters.")


def test_a_large_matrix_comes_in_pages_that_lose_nobody(empty: Served) -> None:
    body = "Мы против этого предложения, и вот почему: " + "слово за словом " * 60
    point = replace(brief().points[0], quote=body, text=body, start=0, end=len(body), topics=tuple(Topic))
    for number, code in enumerate(STATES):
        one = another(number, country=code, body=f"{body} {number} {'x' * number}", language="ru")
        empty.keep(replace(one, points=(point,)))
    seen: list[str] = []
    path = "/positions"
    while path:
        page = empty.get(path)
        assert len(page.content) < 200_000
        seen += texts(page, ".matrix tbody th")
        path = "".join(f"/positions{link}" for link in links(page, 'nav [rel="next"]'))
    assert len(seen) == len(set(seen)) == len(STATES)


def test_two_states_are_set_side_by_side(archive: Served) -> None:
    page = archive.get("/compare?a=JPN&b=RUS&topic=institutional_dialogue")
    assert texts(page, "h1") == ["Japan and Russia, topic by topic"]
    assert texts(page, ".sides-table tbody th") == ["Institutional dialogueon opposite sides"]
    assert [words.split()[0] for words in texts(page, ".sides-table td")] == ["supports", "opposes"]
    assert texts(page, "select[name=a] option[selected]") == ["Japan"]
    assert texts(archive.get("/compare"), "h1") == ["Compare two states"]


@pytest.mark.parametrize("query", ["a=JPN&b=JPN", "a=Atlantis&b=JPN", "a=JPN,CHN&b=RUS"])
def test_what_are_not_two_states_is_said(archive: Served, query: str) -> None:
    assert archive.get(f"/compare?{query}").status_code == 400


def test_every_number_of_the_timeline_leads_to_as_many_statements(empty: Served) -> None:
    places: list[tuple[Forum | None, date]] = [
        (Forum.OEWG, date(2024, 3, 4)),
        (Forum.OEWG, date(2024, 3, 29)),
        (Forum.GM, date(2026, 11, 20)),
        (None, date(2025, 1, 1)),
    ]
    for number, (forum, day) in enumerate(places):
        empty.keep(another(number, forum=forum, date=day))
    page = empty.get("/timeline")
    cells = list(zip(texts(page, ".counts td a"), links(page, ".counts td a"), strict=True))
    assert [count for count, _ in cells] == ["2", "1"]
    for count, link in cells:
        assert len(texts(empty.get(link), "article")) == int(count)


def test_the_charts_stand_behind_the_pages(archive: Served) -> None:
    def shown(page: Any, selector: str) -> list[str]:
        return [link for link in links(page, selector) if link.startswith("/charts/")]

    (chart,) = shown(archive.get("/compare?a=JPN&b=RUS"), ".also a")
    assert archive.get(chart).headers["content-type"].startswith("image/svg+xml")
