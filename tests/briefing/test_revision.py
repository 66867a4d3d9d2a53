"""What a revision changes for a reader, and what it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.briefing import make_brief
from bot.briefing.revision import compare
from bot.domain.brief import Brief
from bot.domain.revision import Changes, Fact
from bot.domain.taxonomy import Forum, Stance
from tests.briefing.statements import CHINESE, ENGLISH, FRENCH, statement

REGISTER = "My delegation proposes that the Secretariat keep a public register"
FUND = "Freedonia will contribute two million dollars"


def revised(old: str, new: str, *, text: str = ENGLISH, language: str = "en", **facts: Any) -> Changes:
    assert old in text
    return of(text.replace(old, new), text=text, language=language, **facts)


def of(body: str, *, text: str = ENGLISH, language: str = "en", **facts: Any) -> Changes:
    before = make_brief(statement(text, language=language))
    after = make_brief(replace(statement(body, language=language), **facts))
    return compare(before, after)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("congratulate the Bureau", "congratulates the Bureau"),
        ("Share Print", "Share Print Mail"),
        ("Thank you, Madam Chair.", "I thank you, Madam Chair!"),
        (f"{REGISTER} of", f"{REGISTER}  of"),
        (FUND, FUND.replace("million dollars", "Million Dollars")),
        ("we urge all States", "we urge all States,"),
    ],
)
def test_courtesies_menus_spaces_capitals_and_punctuation_change_nothing(old: str, new: str) -> None:
    assert not revised(old, new).telling


def test_a_point_that_was_reworded_is_told_as_it_was_and_as_it_is() -> None:
    changes = revised("two million dollars", "five million dollars")
    (one,) = changes.reworded
    assert one.before.text.startswith(FUND)
    assert one.after.text.startswith("Freedonia will contribute five million dollars")
    assert (one.before.link, one.before.stance) == ("https://mission.example/statements/7", Stance.COMMITS)
    assert (one.after.link or "").startswith("https://mission.example/statements/7#:~:text=Freedonia%20will")
    assert (changes.went, changes.came, changes.facts, changes.replaced) == ((), (), (), False)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Freedonia supports the", "Freedonia does not support the"),
        ("First, Freedonia supports", "It is not so that Freedonia supports"),
        ("two million dollars", "two million euros"),
        ("before the end of 2027.", "before the end of 2027, if others do so too."),
        ("before the end of 2027.", "before the end of 2028."),
    ],
)
def test_a_single_word_can_change_what_is_said(old: str, new: str) -> None:
    (one,) = revised(old, new).reworded
    assert new.rstrip(".") in one.after.text


def test_a_point_that_was_struck_out_has_gone() -> None:
    text = (
        "Freedonia will contribute two million dollars to the trust fund for capacity-building before the end of 2027."
    )
    changes = revised(text, "")
    assert [passage.text for passage in changes.went] == [text]
    assert changes.reworded == ()


def test_a_point_that_was_put_in_has_come_and_one_that_only_lost_its_place_has_not_gone() -> None:
    added = "We propose a treaty that bans attacks on submarine cables, and we call on all States to sign it in 2027."
    changes = of(ENGLISH.replace("In conclusion", f"{added}\n\nIn conclusion"))
    assert len(changes.came) == 1
    assert changes.came[0].text in added
    assert (changes.came[0].link or "").startswith("https://mission.example/statements/7#:~:text=")
    assert (changes.went, changes.reworded) == ((), ())


def test_paragraphs_in_another_order_say_the_same() -> None:
    assert not of("\n\n".join(reversed(ENGLISH.split("\n\n")))).telling


def test_other_languages_are_compared_by_their_own_words() -> None:
    (french,) = revised("un seul État", "un groupe d’États", text=FRENCH, language="fr").reworded
    assert "groupe d’États" in french.after.text
    before = make_brief(statement(CHINESE, language="zh"))
    quote = before.points[0].quote
    changes = compare(before, make_brief(statement(CHINESE.replace(quote, ""), language="zh")))
    assert [passage.text for passage in changes.went] == [quote]


def test_a_page_that_holds_another_text_now_is_said_to() -> None:
    changes = of(
        "We condemn the attacks against the ports of our region, and we will join the treaty on cables in 2027."
    )
    assert changes.replaced
    assert len(changes.went) >= 3


def facts(**changes: Any) -> tuple[Fact, ...]:
    before = statement(ENGLISH)
    old = replace(before, speaker="H.E. Ms. Ada Rook", forum=Forum.OEWG, country="FRA", date=date(2026, 3, 1))
    return compare(Brief(statement=old), Brief(statement=replace(old, **changes))).facts


def test_a_fact_told_otherwise_is_a_change() -> None:
    assert facts(speaker="Mr. Ion Vale") == (Fact(name="speaker", before="H.E. Ms. Ada Rook", after="Mr. Ion Vale"),)
    assert facts(forum=Forum.GM, country="MCO", date=date(2026, 3, 2)) == (
        Fact(name="country", before="FRA", after="MCO"),
        Fact(name="forum", before="OEWG", after="GM"),
        Fact(name="date", before="2026-03-01", after="2026-03-02"),
    )
    assert [fact.name for fact in facts(title="Statement on cables")] == ["title"]


@pytest.mark.parametrize(
    "changes",
    [
        {"speaker": None, "country": None, "forum": None, "date": None, "title": ""},
        {"speaker": "Ada Rook"},
        {"title": "STATEMENT"},
        # A feed that puts its entry up again moves the day with it.
        {"date": date(2026, 3, 2), "published": datetime(2026, 3, 2, tzinfo=UTC)},
    ],
)
def test_silence_titles_and_another_day_of_publication_correct_nothing(changes: dict[str, Any]) -> None:
    assert facts(**changes) == ()
