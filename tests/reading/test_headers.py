"""Whole pages that are hard in who speaks, by an author who had not seen the rules; all persons and texts are invented.

Labels: the speaker as the page writes the name (none: nobody is named), `others` who are named and do not speak, and
how the page presents the speaker (`form`). A third of them are reports of a speech, which are no statements.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.statement import Statement
from bot.reading.reader import read
from tests.corpus.scoring import Gold, as_record, load, surname, words

Read = list[tuple[Gold, Statement]]


@pytest.fixture(scope="module")
def pages() -> Read:
    rows = load(Path(__file__).with_name("headers.jsonl"))
    return [(row, read(as_record({"text": "", **row}))) for row in rows]


def test_the_speaker_is_read(pages: Read) -> None:
    wanted = [(row, page) for row, page in pages if row.get("speaker")]
    missed = [row["form"] for row, page in wanted if surname(row["speaker"]) not in words(page.speaker or "")]
    assert len(missed) <= 0.05 * len(wanted), missed


def test_nobody_who_does_not_speak_is_read_as_the_speaker(pages: Read) -> None:
    others = [(other, page.speaker) for row, page in pages for other in row["others"] if page.speaker]
    assert [pair for pair in others if surname(pair[0]) in words(pair[1])] == []
    assert [page.speaker for row, page in pages if not row.get("speaker") and page.speaker] == []


@pytest.mark.parametrize(("what", "share"), [("country", 0.93), ("forum", 0.95), ("date", 0.89)])
def test_where_and_when_are_read(pages: Read, what: str, share: float) -> None:
    wanted = [(row, page) for row, page in pages if row.get(what)]
    missed = [f"{row['id']}: {getattr(page, what)}" for row, page in wanted if str(getattr(page, what)) != row[what]]
    assert len(missed) <= (1 - share) * len(wanted), missed
