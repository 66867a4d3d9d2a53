"""What is new in a statement, what was said before, and what was left out."""

from __future__ import annotations

from datetime import date

from bot.briefing import make_brief
from bot.domain.brief import Point
from bot.domain.statement import Statement
from tests.briefing.statements import statement

NORMS = "Freedonia maintains that the eleven voluntary norms remain sound and that States should first implement them."
FUND = "We call on partners to pay 5 million dollars into the voluntary fund for capacity-building in small States."
LAW = "Freedonia reaffirms that international humanitarian law applies to the conduct of States in cyberspace."
CABLES = "We propose a regional arrangement for the repair of submarine cables, open to landlocked States as well."


def earlier(*said: str, id: str, year: int) -> Statement:
    return statement("\n\n".join(said), id=id, on=date(year, 3, 1))


def point(statement: Statement, words: str, *before: Statement) -> Point:
    return next(p for p in make_brief(statement, before).points if words in p.quote)


def test_without_an_earlier_statement_newness_is_unknown() -> None:
    assert point(statement(NORMS), "norms").new is None


def test_a_position_not_heard_before_is_new() -> None:
    now = statement("\n\n".join([NORMS, CABLES]))
    assert point(now, "cables", earlier(NORMS, LAW, id="old", year=2024)).new is True


def test_boilerplate_with_a_word_changed_was_said_before_and_names_where() -> None:
    now = statement(NORMS.replace("should first implement", "ought to implement"))
    found = point(now, "norms", earlier(LAW, id="older", year=2023), earlier(NORMS, id="old", year=2024))
    assert (found.new, found.said_before) == (False, "old")


def test_a_changed_amount_is_news() -> None:
    before = earlier(FUND, id="old", year=2024)
    assert point(statement(FUND), "fund", before).new is False
    assert point(statement(FUND.replace("5 million", "20 million")), "fund", before).new is True


def test_what_was_always_said_and_now_left_out_is_named() -> None:
    before = [earlier(NORMS, LAW, id="one", year=2023), earlier(NORMS, LAW, CABLES, id="two", year=2024)]
    assert make_brief(statement(NORMS), before).omitted == (LAW,)


def test_what_was_said_once_is_not_missed() -> None:
    assert make_brief(statement(NORMS), [earlier(NORMS, LAW, id="one", year=2023)]).omitted == ()
