"""Reading a record: everything found, put together."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.domain.statement import Record
from bot.domain.taxonomy import Forum, Kind
from bot.errors import UnreadableError
from bot.reading.reader import read
from tests.reading.subject_samples import CYBER

PAGE = f"""Permanent Mission of the Republic of Kenya to the United Nations

Home > Statements > Disarmament

Statement by Kenya at the tenth session of the OEWG on ICT security

New York, 18 February 2025

Ambassador Wairimu Njoroge, Deputy Permanent Representative

{CYBER["en"]}

Share  Print
Copyright
"""


def test_a_page_becomes_a_statement() -> None:
    statement = read(
        Record(
            id="1",
            url="https://kenyaun.example/statements/oewg",
            title="Statement by Kenya at the tenth session of the OEWG on ICT security",
            text=PAGE,
            published=datetime(2025, 2, 20, tzinfo=UTC),
        )
    )
    assert statement.is_cyber_statement
    assert statement.kind == Kind.NATIONAL_STATEMENT
    assert (statement.country, statement.forum, statement.date) == ("KEN", Forum.OEWG, date(2025, 2, 18))
    assert statement.language == "en"
    assert "Cyber operations against hospitals" in statement.body
    assert statement.symbol is None


def test_a_title_that_was_not_given_is_found_on_the_page() -> None:
    assert "Kenya" in read(Record(id="1", text=PAGE)).title


def test_a_bare_title_can_be_read() -> None:
    statement = read(Record(id="1", title="Statement by Kenya at the OEWG on ICT security"))
    assert (statement.forum, statement.date) == (Forum.OEWG, None)


def test_a_record_without_text_is_unreadable() -> None:
    with pytest.raises(UnreadableError):
        read(Record(id="1", text=" \n "))


@pytest.mark.parametrize(
    "text",
    ["x", "…" * 5000, "Mr. Chair,\n\n" * 3000, "<p>" * 3000, "32/13/2024 99:99\n" * 500, "网" * 20000, "A/" * 9000],
)
def test_odd_texts_are_read_all_the_same(text: str) -> None:
    statement = read(Record(id="1", url="http://[::1", title="\u202e?", text=text))
    assert 0.0 <= statement.relevance <= 1.0
