"""Many records at once: what each is to the earlier ones."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.domain.statement import Statement
from bot.services.archive import relate
from tests.samples import another, statement


def said(number: int, **changes: object) -> Statement:
    return another(number, id=f"s{number}", **changes).statement


def test_a_copy_elsewhere_duplicates_the_one_published_first_whatever_their_order() -> None:
    late = datetime(2026, 11, 25, tzinfo=UTC)
    copy = statement(id="copy", url="https://copies.example/9", title="Malawi on nets", published=late)
    original = statement(id="original")
    relations = relate([copy, original])
    assert (relations[0].duplicate_of, relations[1].duplicate_of) == ("original", None)


def test_other_words_at_the_same_address_correct_what_was_there() -> None:
    first = said(1)
    changed = said(2, url=first.url, published=datetime(2026, 11, 22, tzinfo=UTC))
    relations = relate([first, changed])
    assert (relations[1].corrects, relations[1].duplicate_of) == ("s1", None)


def test_the_same_words_at_the_same_address_are_a_duplicate() -> None:
    again = statement(id="again", published=datetime(2026, 11, 22, tzinfo=UTC))
    relations = relate([statement(), again])
    assert relations[1].duplicate_of == "entry-1"


def test_the_same_words_of_another_state_are_no_duplicate() -> None:
    relations = relate([statement(), statement(id="b", url="https://b.example", country="ZMB")])
    assert relations[1].duplicate_of is None


def test_a_statement_is_compared_with_its_speaker_s_earlier_ones_latest_first() -> None:
    days = [date(2024, 3, 1), date(2026, 7, 1), date(2025, 3, 1)]
    series = [said(n, date=day, published=None) for n, day in enumerate(days)]
    other = said(9, date=date(2023, 1, 1), country="FJI", published=None)
    relations = relate([*series, other])
    assert [earlier.id for earlier in relations[1].earlier] == ["s2", "s0"]
    assert relations[0].earlier == ()


def test_what_is_no_cyber_statement_is_no_earlier_one() -> None:
    off_topic = said(1, date=date(2024, 1, 1), is_cyber_statement=False, published=None)
    relations = relate([off_topic, said(2, date=date(2025, 1, 1), published=None)])
    assert relations[1].earlier == ()
