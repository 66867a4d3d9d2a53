"""Who speaks, on pages that a grammar of presentations makes: many more than anybody would write, none seen before."""

from __future__ import annotations

import pytest

from bot.domain.statement import Record
from bot.reading.article import extract
from bot.reading.who import find_who
from tests.reading.presentations.grammar import LANGUAGES, Page, pages

SEED = 2026


def found(page: Page) -> str | None:
    record = Record(id="made", title=page.title, text=page.text)
    return find_who(extract(record), record).speaker


@pytest.fixture(scope="module", params=LANGUAGES)
def read(request: pytest.FixtureRequest) -> list[tuple[Page, str | None]]:
    return [(page, found(page)) for page in pages(request.param, seed=SEED, each=1)]


def test_nearly_every_way_of_presenting_a_speaker_is_read(read: list[tuple[Page, str | None]]) -> None:
    presenting = [(page, name) for page, name in read if page.speaker]
    missed = [f"{page.cell}: {page.template} → {name}" for page, name in presenting if not page.is_read_right(name)]
    assert len(missed) <= 0.07 * len(presenting), "\n".join(missed)


def test_hardly_ever_is_somebody_else_read_in_their_place(read: list[tuple[Page, str | None]]) -> None:
    wrong = [
        f"{page.template} → {name}" for page, name in read if page.speaker and name and not page.is_read_right(name)
    ]
    assert len(wrong) <= 0.01 * len(read), "\n".join(wrong)


def test_nobody_is_read_where_only_those_who_do_not_speak_are_named(read: list[tuple[Page, str | None]]) -> None:
    invented = [f"{page.template} → {name}" for page, name in read if not page.speaker and name]
    assert invented == []
