"""Lines that present a speaker in words on no list, and lines that look so and present nobody."""

from __future__ import annotations

import pytest

from bot.reading.who import han_lines, signed, told
from bot.reading.who.posts import Person
from bot.reading.who.readings import given
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


def name_of(person: Person | None) -> str | None:
    return person.name if person else None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("For Kenya: Ms. Jane Roe, Counsellor", "Ms. Jane Roe"),
        ("For the delegation of Ghana: Akosua Frempong-Boateng, First Secretary", "Akosua Frempong-Boateng"),
        ("Pour le Bénin : Jeanne Koffi, Conseillère", "Jeanne Koffi"),
        ("Por México: Juana Pérez Luna, Consejera", "Juana Pérez Luna"),
        ("От Узбекистана: РАХИМОВ Бахтиёр Улугбек угли, советник", "РАХИМОВ Бахтиёр Улугбек угли"),
        ("За Республику Беларусь: Лукьянчик В.А., советник", "Лукьянчик В.А."),
        ("عن أذربيجان: محمد بن سالم، مستشار", "محمد بن سالم"),
        ("For Kenya: existing and potential threats", None),
        ("For Kenya: the Chair, Jane Roe", None),
        ("For more information: Jane Roe, Press Officer", None),
    ],
)
def test_whom_a_line_has_speak_for_a_state_is_the_speaker(line: str, name: str | None) -> None:
    assert name_of(told.for_state(line, [])) == name


def test_where_several_speak_for_states_nobody_is_singled_out() -> None:
    assert told.for_state("For Kenya: Ms. Jane Roe, Counsellor", ["For Ghana: Mr. John Doe, Counsellor"]) is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (
            "On 3 May Kenya’s Ambassador at Large for Cyber Diplomacy Wanjiru Otieno addressed the Group.",
            "Wanjiru Otieno",
        ),
        ("Head of the Department for Digital Security Policy Lim Boon Keat spoke on Tuesday", "Lim Boon Keat"),
        ("Le Directeur de la Diplomatie numérique Sékou Kourouma a prononcé le texte suivant", "Sékou Kourouma"),
        ("El Embajador para Asuntos Cibernéticos Raúl Ochandiano Larrea intervino ayer", "Raúl Ochandiano Larrea"),
        ("Посол по особым поручениям Департамента МИД Тогрул Мамедов выступил", "Тогрул Мамедов"),
        ("The Minister for Foreign Affairs and Trade addressed the Group", None),
        ("The Chair of the Open-ended Working Group Jane Roe addressed delegates", None),
        ("The Head of the Cyber Policy Unit spoke", None),
    ],
)
def test_a_name_behind_a_long_post_ends_at_what_its_bearer_did(line: str, name: str | None) -> None:
    assert name_of(told.spoke(line, [])) == name


@pytest.mark.parametrize(
    ("tail", "name"),
    [
        ("Delivered by\nAdv Lerato Mokwena, Head of Delegation\nUploaded\n5 May 2024", "Adv Lerato Mokwena"),
        ("Prononcée par\nMme Jeanne Koffi, Conseillère", "Mme Jeanne Koffi"),
        ("Pronunciada por\nSra. Juana Pérez Luna, Consejera", "Sra. Juana Pérez Luna"),
        ("(Intervención a cargo del Secretario de Embajada I. Ortiz Paz. Nueva York, 2 de mayo.)", "I. Ortiz Paz"),
        ("(Statement delivered by Counsellor Ann Roe. New York, 2 May 2024.)", "Ann Roe"),
        ("(Déclaration prononcée par la Conseillère Anne Sow. New York, 2 mai 2024.)", "Anne Sow"),
        ("Uploaded by\nAdv Lerato Mokwena, Webmaster", None),
        ("Contact\nMs. Jane Roe, Press Officer", None),
    ],
)
def test_a_table_or_a_note_below_names_who_spoke(tail: str, name: str | None) -> None:
    assert name_of(signed.below(tail)) == name


MANY = "Argentina, Brasil, Colombia, Costa Rica, Ecuador, Guatemala, México, Panamá, Paraguay, Uruguay"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (
            f"La plenaria del Mecanismo escuchó en su sesión de la tarde una declaración conjunta de {MANY}, todos"
            f" miembros del grupo de Estados que promueve el registro de contactos, leída por la Embajadora Ana Luna.",
            "Embajadora Ana Luna",
        ),
        (
            f"The plenary of the Mechanism heard in its afternoon meeting a joint statement of {MANY}, all members"
            f" of the group which promotes the directory of contacts, read out by Ambassador Ann Roe.",
            "Ambassador Ann Roe",
        ),
        (
            f"La plénière du Mécanisme a entendu dans sa séance de l'après-midi une déclaration de {MANY}, tous"
            f" membres du groupe qui promeut le répertoire des points de contact, lue par Mme Anne Koffi, Conseillère.",
            "Mme Anne Koffi",
        ),
        (
            f"The plenary of the Mechanism heard in its afternoon meeting a joint statement of {MANY}, all members"
            f" of the group which promotes the directory of contacts, made available by Digital Rights Watch.",
            None,
        ),
    ],
)
def test_a_long_sentence_above_names_who_gave_the_speech_by_post(line: str, name: str | None) -> None:
    assert len(line) > 220
    assert name_of(given(line, [])) == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("中国代表团贺小川参赞在工作组第八次会议上的发言", "贺小川"),
        ("中国裁军代表团王小云参赞在裁审会的发言", "王小云"),
        ("新加坡代表团陈慧芩一等秘书在开放式工作组的发言", "陈慧芩"),
        ("埃及代表团哈桑·卡迈勒公使在公开辩论会上的发言", "哈桑·卡迈勒"),
        ("中国代表团积极参与发言", None),
        ("中国代表团关于威胁问题的发言", None),
    ],
)
def test_a_member_of_a_delegation_is_named_right_behind_it(line: str, name: str | None) -> None:
    assert name_of(han_lines.presented(line, [])) == name
