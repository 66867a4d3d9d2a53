"""Who speaks, in the layouts missions use, in six languages. All names of persons are invented."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.domain.statement import Record
from bot.reading.article import Article
from bot.reading.who import Who, find_who


def page(
    title: str,
    *,
    header: str = "",
    site: str = "",
    body: str = "",
    tail: str = "",
    language: str = "en",
    html_title: str | None = None,
) -> Article:
    """An article as the reading of a page hands it over."""
    return Article(
        title=title,
        site=site,
        header=header,
        body=body,
        tail=tail,
        html_title=html_title,
        html_language=None,
        language=language,
    )


def who(article: Article, *, url: str | None = None, country: str | None = None) -> Who:
    return find_who(article, Record(id="1", url=url, country=country))


FOLDER = Path(__file__).parent / "who_cases"
CASES = [
    pytest.param(path.stem.partition("_")[0], case, id=f"{path.stem}: {case['name']}")
    for path in sorted(FOLDER.glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize(("language", "case"), CASES)
def test_who_speaks(language: str, case: dict[str, Any]) -> None:
    parts = {key: case.get(key, "") for key in ("site", "header", "body", "tail")}
    found = who(page(case["title"], language=language, **parts), url=case.get("url"))
    told = (found.country, found.group, found.speaker, found.un_official)
    wanted = (case.get("country"), case.get("group"), case.get("speaker"), case.get("official", False))
    assert told == wanted, found.why


def test_the_source_counts_only_where_the_document_is_silent() -> None:
    silent = page("Capacity building", body="Thank you, Chair. Cooperation matters.")
    assert who(silent, country="FJI").country == "FJI"
    assert who(silent, country="FJI").found_by == "source"
    speaking = page("Statement by Tonga on capacity building", body="Thank you, Chair.")
    assert who(speaking, country="FJI").country == "TON"


def test_the_post_is_given_with_the_speaker() -> None:
    found = who(page("Statement by Mr. Aled Prosser, Deputy Head of Delegation of Wakanda, at the First Committee"))
    assert found.role == "Deputy Head of Delegation of Wakanda"
    two_lines = page(
        "Statement by Bhutan", header="Presenter: Ms. Pema Lhamo Tshering\nMs. Pema Lhamo Tshering, Counsellor"
    )
    assert who(two_lines).role == "Counsellor"


def test_the_evidence_is_told_in_words() -> None:
    found = who(page("Statement by Iceland on international law", header="Delivered by Mr. Egill Bragason, Counsellor"))
    assert any("Iceland" in reason for reason in found.why)
    assert any("Egill Bragason" in reason for reason in found.why)


def test_nothing_is_said_of_an_empty_article() -> None:
    found = who(page(""))
    assert (found.country, found.group, found.speaker, found.role, found.un_official) == (None, None, None, None, False)


def test_a_very_long_line_is_read_in_no_time() -> None:
    body = "Statement by the delegation of Chad on behalf of " * 4000
    assert who(page("Statement by " * 5000, header=body, body=body)).speaker is None
