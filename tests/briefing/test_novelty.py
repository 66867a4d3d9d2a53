"""What is new in a statement, what was said before, and what was left out."""

from __future__ import annotations

from datetime import date

import pytest

from bot.briefing import make_brief
from bot.briefing.lexicon import fold, lexicon
from bot.briefing.novelty import find, said
from bot.briefing.stance import marks
from bot.domain.brief import Point
from bot.domain.statement import Statement
from bot.domain.taxonomy import Stance, Topic
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


REPEATS = [
    ("en", "We reiterate that the directory is for technical contacts alone."),
    ("fr", "Nous réaffirmons que l’annuaire sert aux seuls contacts techniques."),
    ("es", "Reiteramos que el directorio es solo para contactos técnicos."),
    ("ru", "Мы по-прежнему считаем, что реестр служит только техническим контактам."),
    ("zh", "我们重申，名录只用于技术联络。"),
    ("ar", "نكرر أن الدليل مخصص للاتصالات التقنية وحدها."),
]


@pytest.mark.parametrize(("language", "text"), REPEATS)
def test_a_sentence_can_say_of_itself_that_it_repeats(language: str, text: str) -> None:
    signals = marks(fold(text), lexicon(language)).signals
    assert "repeated" in signals
    assert "changed" not in signals


def test_a_sentence_that_says_it_repeats_needs_less_in_common_with_the_earlier_one() -> None:
    topics = frozenset({Topic.CONFIDENCE_BUILDING})
    earlier = said("a", "The directory serves technical contacts and nobody else among officials.", topics, None)
    text = "We remain of the view that this directory is a matter of technical trust."
    assert find(said("b", text, topics, Stance.SUPPORTS, repeated=True), [earlier]) is earlier
    assert find(said("b", text, topics, Stance.SUPPORTS), [earlier]) is None


def test_a_claim_to_repeat_what_was_never_said_is_new() -> None:
    earlier = said("a", "The fund needs donors.", frozenset({Topic.CAPACITY_BUILDING}), None)
    text = "Once again we ask that the cables be protected."
    assert find(said("b", text, frozenset({Topic.CRITICAL_INFRASTRUCTURE}), None, repeated=True), [earlier]) is None


def test_a_change_of_position_is_new_however_alike_the_words() -> None:
    topics = frozenset({Topic.INTERNATIONAL_LAW})
    earlier = said("a", "A treaty on this subject is premature.", topics, Stance.OPPOSES)
    text = "We used to say that a treaty on this subject is premature."
    assert find(said("b", text, topics, Stance.OPPOSES, changed=True), [earlier]) is None


def test_something_put_into_boilerplate_is_news() -> None:
    before = earlier(LAW, id="old", year=2024)
    added = LAW.replace("in cyberspace.", "in cyberspace, undersea cables and satellites included.")
    assert point(statement(LAW), "humanitarian", before).new is False
    assert point(statement(added), "humanitarian", before).new is True


def test_something_put_into_boilerplate_that_was_said_elsewhere_before_is_none() -> None:
    before = earlier(LAW, "Undersea cables and satellites deserve protection.", id="old", year=2024)
    added = LAW.replace("in cyberspace.", "in cyberspace, undersea cables and satellites included.")
    assert point(statement(added), "humanitarian", before).new is False
