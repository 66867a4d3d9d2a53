"""The archive's pages as they are sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.samples import another, brief
from tests.web.conftest import Served
from tests.web.reading import links, texts


def test_the_newest_come_first_and_lead_to_their_statements(archive: Served) -> None:
    page = archive.get("/")
    assert page.status_code == 200
    days = texts(page, "article > time")
    assert len(days) == 8
    assert days[0] == "19 November 2026"
    assert days[-1] == "17 November 2026"
    assert all(link.startswith("/statements/") for link in links(page, "article h2 a"))


@pytest.mark.parametrize(
    ("query", "who"),
    [
        ("q=mobile+money", ["Kenya"]),
        ("country=CHN", ["China"]),
        ("country=CHN&country=JPN&language=en", ["Japan", "Japan"]),
        ("country=China,Mexico&language=zh,es", ["Mexico", "China"]),
        ("forum=UNSC&language=ru", ["Russia"]),
        ("since=2026-11-18&until=2026-11-18&language=en", ["Japan"]),
        ("q=网络&language=zh", ["China"]),
        ("q=nowhere+to+be+found", []),
        ("q=***", []),
    ],
)
def test_words_and_filters_narrow_it(archive: Served, query: str, who: list[str]) -> None:
    page = archive.get(f"/search?{query}")
    assert texts(page, "article .who") == who
    assert texts(page, "[role=status]")[0].startswith("Nothing is kept" if not who else str(len(who)))


def test_what_is_in_force_can_be_seen_and_taken_away(archive: Served) -> None:
    page = archive.get("/search?q=ICT&country=CHN,JPN&topic=norms&since=2026-11-01")
    assert texts(page, ".chosen label") == ["China", "Japan", "norms".capitalize()]
    assert 'value="2026-11-01"' in page.text
    assert 'value="ICT"' in page.text


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("country=Atlantis", "country:Atlantis is no state"),
        ("topic=weather", "no topic is called"),
        ("since=yesterday", "since:yesterday is no day"),
        ("page=0", "there is no page 0"),
        ("page=-1", "page=-1 is no page"),
        ("page=" + "9" * 40, "is no page"),
        ("q=" + "a" * 401, "400 characters at most"),
        ("language=%3Cscript%3E", "is no language's code"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_line(archive: Served, query: str, why: str) -> None:
    page = archive.get(f"/search?{query}")
    assert page.status_code == 400
    assert why in texts(page, "main p")[0]


def test_there_are_pages_of_fifty_each_with_an_address_of_its_own(empty: Served) -> None:
    for number in range(120):
        empty.keep(another(number, date=date(2026, 11, 1) - timedelta(days=number), published=None))
    first = empty.get("/search?language=en&country=MWI")
    assert len(texts(first, "article")) == 50
    assert texts(first, "[role=status]") == ["120 statements, page 1 of 3, newest first"]
    (older,) = links(first, "nav.turn a")
    third = empty.get(older.replace("page=2", "page=3"))
    assert texts(third, "article h2") == [f"Statement {number}" for number in range(100, 120)]
    assert links(third, "nav.turn a") == ["/search?country=MWI&language=en&page=2"]
    assert texts(empty.get("/?page=4"), "article") == []


def test_an_empty_archive_says_so(empty: Served) -> None:
    assert texts(empty.get("/"), "[role=status]") == ["Nothing is kept that fits; try fewer words or filters."]


def test_fifty_long_ones_stay_within_a_pages_weight(empty: Served) -> None:
    text = "Мы исходим из того, что ответственность должна быть доказана. " * 16
    for number in range(50):
        body = f"{text} {number} " + " ".join(f"word{number}x{i}" for i in range(40))
        point = replace(brief().points[0], text=text, quote=text, start=0, end=len(text))
        one = another(number, title=f"{number} & " + "очень " * 4000, body=body, language="ru")
        empty.keep(replace(one, points=(point,)))
    page = empty.get("/")
    assert len(texts(page, "article")) == 50
    assert len(page.content) < 200_000
    assert all(len(title) <= 300 and " & " in title and title.endswith("…") for title in texts(page, "article h2"))
