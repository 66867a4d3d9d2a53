"""Lines that present a speaker in words on no list, and lines that look so and present nobody."""

from __future__ import annotations

import pytest

from bot.reading.who.remaining import behind_colon, han_presented, post_first


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("In the capacity of Speaker: Jane Roe, deputy legal adviser", "Jane Roe"),
        ("En qualité d'intervenante : Jeanne Moulinet, conseillère", "Jeanne Moulinet"),
        ("В роли докладчика: Мария Ковалёва, второй секретарь", "Мария Ковалёва"),
        ("Publié par : Jean Moulinet, attaché de presse", None),
        ("Chaired by: Jane Roe, Ambassador", None),
        ("Photo: Jane Roe, Ambassador", None),
        ("Председательствует: А.В. Петров, посол", None),
        ("Speakers' corner: a place to meet", None),
    ],
)
def test_a_label_of_the_kin_of_a_known_one_names_the_speaker(line: str, name: str | None) -> None:
    person = behind_colon(line, [])
    assert (person.name if person else None) == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("The text below was delivered on Monday by our Ambassador for cyber diplomacy, Jane Roe.", "Jane Roe"),
        ("Read out this morning by the Director for Digital Affairs at the Ministry, Tomás Brenner", "Tomás Brenner"),
        ("Prononcée hier par notre ambassadrice pour le numérique, Jeanne Moulinet", "Jeanne Moulinet"),
        ("Delivered by the delegation in the chair's absence, as agreed", None),
        ("Made available by the Press Officer of the Mission, Jane Roe", None),
        ("Remarks delivered in the presence of the Chair, Jane Roe", None),
    ],
)
def test_a_name_behind_its_post_at_the_end_of_a_line_is_the_speakers(line: str, name: str | None) -> None:
    person = post_first(line, [])
    assert (person.name if person else None) == name


def test_a_chinese_line_that_begins_with_its_day_presents_the_speaker_behind_it() -> None:
    person = han_presented("刘思源参赞代表五国作共同发言", [])
    assert person is not None
    assert (person.name, person.role) == ("刘思源", "参赞")
    assert han_presented("大会主席感谢刘思源参赞", []) is None
