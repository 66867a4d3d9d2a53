"""README's figures are those that were measured."""

from __future__ import annotations

from docs.figures import renewed, table
from tests.docs.pages import text


def test_they_stand_in_the_page_as_they_were_measured() -> None:
    page = text("README.md")
    assert renewed(page) == page, "run `make figures`"


def test_each_says_what_shows_it() -> None:
    rows = [line.split(" | ") for line in table().splitlines()[2:]]
    assert len(rows) == 7
    assert all(command.startswith(("`make ", "`.venv/bin/pytest ")) for _, _, command in rows)
    assert all(any(sign.isdigit() for sign in figure) for _, figure, _ in rows)
