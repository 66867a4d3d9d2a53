"""Where sentences begin and end."""

from __future__ import annotations

import pytest

from bot.briefing.sentences import split


def texts(text: str, language: str = "en") -> list[str]:
    return [text[span.start : span.end] for span in split(text, language)]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Amb. Okoro of the U.S. delegation spoke."),
        ("en", "H.E. Mr. Lund agreed with paras. 5 and 6 of No. 7."),
        ("en", "It will cost 1.5 million dollars a year."),
        ("en", "The statement by A.V. Petrov is known."),
        ("fr", "M. Dupont et Mme. Diallo citent l'art. 5 du projet."),
        ("es", "El Sr. Pérez citó el párr. 4 del informe."),
        ("ru", "Речь идёт о защите, т.е. о п. 5 ст. 3 проекта."),
        ("ru", "Об этом сказал Ф.Р. Каримов."),
    ],
)
def test_abbreviations_initials_and_numbers_do_not_end_a_sentence(language: str, sentence: str) -> None:
    other = {"en": "We agree.", "fr": "Nous le notons.", "es": "Lo apoyamos.", "ru": "Это важно."}[language]
    assert texts(f"{sentence} {other}", language) == [sentence, other]


def test_chinese_and_arabic_stops_end_a_sentence() -> None:
    assert texts("我们反对军备竞赛。各国应加强合作！", "zh") == ["我们反对军备竞赛。", "各国应加强合作！"]
    assert texts("نرفض ذلك. فهل من بديل؟ نعم.", "ar") == ["نرفض ذلك.", "فهل من بديل؟", "نعم."]


def test_a_paragraph_break_always_ends_a_sentence() -> None:
    assert texts("Three questions remain\n\nWho pays?") == ["Three questions remain", "Who pays?"]


@pytest.mark.parametrize("lead", ["5. ", "12.   ", "— ", "—", "• ", "(a) ", "(iv) "])
def test_numbers_and_dashes_in_front_are_no_part_of_a_sentence(lead: str) -> None:
    assert texts(f"Chair,\n\n{lead}Peru rejects the amendment.") == ["Chair,", "Peru rejects the amendment."]


def test_an_ellipsis_before_a_small_letter_goes_on() -> None:
    assert texts("We waited… and nothing came. It is late.") == ["We waited… and nothing came.", "It is late."]


def test_offsets_count_characters_in_any_script() -> None:
    text = "Привет, мир. Да.\n\nنحن هنا. نعم."
    assert [text[s.start : s.end] for s in split(text, "ru")][:2] == ["Привет, мир.", "Да."]


def test_an_empty_text_has_no_sentences() -> None:
    assert split("", "en") == []
    assert split(" \n\n ", "fr") == []
