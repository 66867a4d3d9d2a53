"""Which part of a long sentence may be quoted by itself."""

from __future__ import annotations

import pytest

from bot.briefing.clauses import clauses
from bot.briefing.features import sentences
from bot.briefing.lexicon import lexicon


def quotable(text: str, language: str = "en") -> list[str]:
    [sentence] = sentences(text, language)
    return [sentence.text[clause.span.start : clause.span.end] for clause in clauses(sentence, lexicon(language))]


def test_an_explanation_can_be_left_out() -> None:
    position = "We propose that cyber incidents become a regular part of the yearly report to the Council"
    assert position in quotable(f"{position}, beginning with those in which hospitals and water works were hit.")


def test_a_second_clause_with_its_own_subject_can_stand_alone() -> None:
    text = "The cables that reach our islands are few, and we urge the group to name them in its yearly report."
    assert "we urge the group to name them in its yearly report." in quotable(text)


def test_a_condition_keeps_the_sentence_whole() -> None:
    text = (
        "Freedonia can accept two thematic groups on the future mechanism for all Members, which is fewer than it "
        "sought, provided that one of them is concerned with capacity-building alone."
    )
    assert quotable(text) == [text]


def test_what_stands_before_a_contrast_is_not_quoted_without_it() -> None:
    text = (
        "We are not against a new treaty on this subject at some later time, but we would caution against starting now."
    )
    assert not any(clause.endswith("later time") for clause in quotable(text))


def test_a_sentence_is_not_cut_before_its_verb() -> None:
    text = (
        "The points of contact directory, which was launched by the Working Group two years ago, must be open to every "
        "State that wishes to use it."
    )
    assert not any(clause.endswith(("directory", "ago")) for clause in quotable(text))


def test_connectors_in_front_are_left_out() -> None:
    assert quotable("Finally, we reject the amendment.") == ["we reject the amendment."]


def test_a_short_sentence_stays_whole() -> None:
    assert quotable("We reject it, because it is wrong.") == ["We reject it, because it is wrong."]


def test_chinese_clauses_are_counted_by_character() -> None:
    text = "我们建议各国执法部门先从共享勒索团伙的钱包地址做起，这件事不需要等待公约正式生效就可以立即办理。"
    assert "我们建议各国执法部门先从共享勒索团伙的钱包地址做起" in quotable(text, "zh")


DEMANDS = [
    (
        "en",
        "States should protect the computers on which hospitals, schools and water works depend every day, ",
        "and improve the training of those who look after them.",
    ),
    (
        "fr",
        "Les États doivent protéger les ordinateurs dont dépendent chaque jour les hôpitaux et les écoles du pays, ",
        "former les équipes qui les entretiennent.",
    ),
    (
        "es",
        "Los Estados deben proteger los sistemas de los que dependen cada día los hospitales y las escuelas, ",
        "formar a los equipos que los mantienen.",
    ),
    (
        "ru",
        "Государства должны защищать системы, от которых каждый день зависят больницы, школы и водоканалы страны, ",
        "обучать специалистов.",
    ),
]


@pytest.mark.parametrize(("language", "first", "rest"), DEMANDS)
def test_the_last_of_several_demands_can_be_left_out(language: str, first: str, rest: str) -> None:
    assert first.rstrip(" ,") in quotable(first + rest, language)


def test_no_clause_opens_on_a_word_that_points_back() -> None:
    text = (
        "The new fund for small States has been asked for by every region since the first session of the group; "
        "it is the one tool we lack and must be opened before the end of the coming year."
    )
    assert not any(clause.startswith("it is") for clause in quotable(text))
