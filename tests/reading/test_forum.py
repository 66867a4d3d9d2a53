"""Where it was said: the body the speaker sits in, not the ones he mentions."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.taxonomy import Forum
from bot.reading.forum import find_forum

TITLES = """
UNSC | Remarks at the Security Council briefing on ransomware
UNSC | Déclaration au Conseil de sécurité sur la cybersécurité
UNSC | Intervención en el Consejo de Seguridad: ciberamenazas
UNSC | Выступление на открытых дебатах Совета Безопасности ООН по киберугрозам
UNSC | 在安理会网络安全公开会上的发言
UNSC | 在安理會網絡安全公開會上的發言
UNSC | كلمة أمام مجلس الأمن حول الأمن السيبراني
UNSC | Maintenance of international peace and security: cyber threats
ARRIA | Statement at the UN Security Council Arria-formula meeting on cyber stability
ARRIA | Réunion du Conseil de sécurité en formule Arria : cybersécurité
ARRIA | Reunión del Consejo de Seguridad en fórmula Arria sobre ciberseguridad
ARRIA | Выступление на встрече членов СБ ООН по формуле Аррии по кибербезопасности
ARRIA | 在安理会网络问题阿里亚模式会议上的发言
ARRIA | كلمة في اجتماع مجلس الأمن بصيغة آريا حول الأمن السيبراني
UNGA-C1 | Statement at the First Committee of the General Assembly, thematic discussion on cyber
UNGA-C1 | Other Disarmament Measures and International Security
UNGA-C1 | Première Commission : autres mesures de désarmement, cybersécurité
UNGA-C1 | Primera Comisión de la Asamblea General: ciberseguridad
UNGA-C1 | Выступление в Первом комитете Генеральной Ассамблеи: кибербезопасность
UNGA-C1 | 在77届联大一委关于信息安全问题的发言
UNGA-C1 | بيان أمام اللجنة الأولى للجمعية العامة: الأمن السيبراني
UNGA-C3 | Third Committee: countering the use of ICTs for criminal purposes
UNGA-C3 | Troisième Commission : cybercriminalité
UNGA-C3 | Tercera Comisión: ciberdelincuencia
UNGA-C3 | Третий комитет: киберпреступность
UNGA-C3 | 在联大三委关于打击网络犯罪的发言
UNGA-C3 | بيان أمام اللجنة الثالثة: الجريمة السيبرانية
OEWG | Statement at the tenth session of the OEWG on ICT security
OEWG | Groupe de travail à composition non limitée (GTCNL) : cybermenaces
OEWG | Grupo de Trabajo de composición abierta de la AGNU sobre avances en la esfera de la información
OEWG | Intervención en el GTCBA sobre ciberseguridad
OEWG | Выступление на сессии РГОС ООН по МИБ
OEWG | 在联合国信息安全开放式工作组第十期会上的发言
OEWG | بيان في دورة الفريق العامل المفتوح العضوية المعني بأمن تكنولوجيا المعلومات
AHC | Ad Hoc Committee to Elaborate a Comprehensive International Convention: cybercrime
AHC | Comité spécial chargé d'élaborer une convention sur la cybercriminalité
AHC | Comité Especial encargado de elaborar una convención: ciberdelincuencia
AHC | Заявление на сессии Специального комитета по киберпреступности
AHC | 在打击网络犯罪公约特设委员会会议上的发言
AHC | بيان في دورة اللجنة المخصصة لوضع اتفاقية لمكافحة الجريمة السيبرانية
GM | Global Mechanism on developments in the field of ICTs: agenda item 5
GM | Mécanisme mondial sur les TIC : déclaration
GM | Mecanismo Global sobre las TIC: intervención
GM | Выступление на сессии Глобального механизма по ИКТ
GM | 在信息安全全球机制会议上的发言
GM | بيان في الآلية العالمية المعنية بتكنولوجيا المعلومات
GM | Dedicated thematic group on capacity-building: statement on cyber
GM | Mécanisme mondial sur la sécurité du numérique, groupe thématique spécialisé
GM | Mecanismo Mundial sobre ciberseguridad: grupo temático especializado
GM | Заседание специальной тематической группы Глобального механизма: кибербезопасность
GM | 在信息安全全球机制专题小组会议上的发言
GM | بيان في الفريق المواضيعي المخصص للآلية العالمية: الأمن السيبراني
HRC | Human Rights Council: statement on human rights in cyberspace
UNGA | Explanation of vote in the General Assembly plenary on the cybercrime convention
"""


@pytest.mark.parametrize(
    ("forum", "title"), [[part.strip() for part in line.split("|")] for line in TITLES.strip().splitlines()]
)
def test_the_title_names_the_body(forum: str, title: str) -> None:
    assert find_forum(title=title) == Forum(forum)


def test_thanks_to_the_chair_of_another_body_do_not_move_the_speaker() -> None:
    body = "Mr. President, we thank the Chair of the Open-ended Working Group on ICT security for his briefing."
    title = "Statement at the open debate of the Security Council on cyber threats"
    assert find_forum(title=title, body=body) == Forum.UNSC


def test_the_committee_stays_the_place_of_a_speech_about_the_experts() -> None:
    title = "Statement at the First Committee after the briefing by the Chair of the GGE on cyber"
    assert find_forum(title=title) == Forum.UNGA_C1


def test_a_bare_title_is_placed_by_the_line_above_the_text() -> None:
    header = "Tenth substantive session of the Open-ended Working Group on security of and in the use of ICTs"
    assert find_forum(title="Existing and potential threats", header=header) == Forum.OEWG


def test_a_bare_title_is_placed_by_the_breadcrumbs() -> None:
    site = "Home > Statements > Global Mechanism"
    assert find_forum(title="Intervention under agenda item 6", site=site, body="Cyber rules.") == Forum.GM


def test_a_menu_of_every_body_says_nothing() -> None:
    site = "Security Council | General Assembly | First Committee | Human Rights Council"
    assert find_forum(title="Statement on cyber security", site=site) is None


def test_the_opening_places_a_speech_whose_title_does_not() -> None:
    body = "Chair,\n\nWe are glad to address the first plenary of the Global Mechanism on ICT security."
    assert find_forum(title="Statement by Kenya", body=body) == Forum.GM


@pytest.mark.parametrize(("day", "forum"), [(date(2023, 3, 8), Forum.OEWG), (date(2026, 7, 22), Forum.GM)])
def test_an_item_of_the_common_agenda_belongs_to_the_process_of_the_time(day: date, forum: Forum) -> None:
    body = "Chair,\n\nCyber operations are not above the law."
    assert find_forum(title="Rules, norms and principles", body=body, day=day) == forum


@pytest.mark.parametrize(
    "title",
    ["Statement at the Open-ended Working Group on Ageing", "Comité Especial de la Carta", "Trusteeship Council"],
)
def test_bodies_that_look_like_ours_are_not(title: str) -> None:
    assert find_forum(title=title, body="We note cyber risks.") not in {Forum.OEWG, Forum.AHC, Forum.UNSC}


OTHERS_OF_THE_NAME = """
Statement at the Group of Governmental Experts on missiles
Déclaration au Groupe d'experts gouvernementaux sur les armes autonomes
Intervención en el Grupo de Trabajo de composición abierta sobre las municiones convencionales
Выступление на Рабочей группе открытого состава по проблемам старения населения
在老龄问题不限成员名额工作组会议上的发言
بيان في الفريق العامل المفتوح العضوية المعني بالحد من التهديدات الفضائية
"""


@pytest.mark.parametrize("title", OTHERS_OF_THE_NAME.strip().splitlines())
def test_a_body_that_shares_the_name_is_known_by_its_mandate(title: str) -> None:
    found = find_forum(title=title, body="Cyber, кибербезопасность, 网络安全, ciberseguridad, cybersécurité.")
    assert found not in {Forum.OEWG, Forum.GGE, Forum.AHC, Forum.GM}


IN_THE_MECHANISMS_TIME = {
    "en": "Chair,\n\nThe Open-ended Working Group left us the Global Mechanism. Cyber threats grow.",
    "fr": "Le Groupe de travail à composition non limitée nous a légué le Mécanisme mondial : cyber.",
    "es": "El Grupo de Trabajo de composición abierta nos legó el Mecanismo Mundial: ciberseguridad.",
    "ru": "Рабочая группа открытого состава оставила нам Глобальный механизм: кибербезопасность.",
    "zh": "主席先生：\n\n开放式工作组留给我们的是全球机制，网络安全。",
    "ar": "السيد الرئيس،\n\nترك لنا الفريق العامل المفتوح العضوية الآلية العالمية: الأمن السيبراني.",
}


@pytest.mark.parametrize("language", IN_THE_MECHANISMS_TIME)
def test_since_2026_who_speaks_of_the_mechanism_likely_speaks_in_it(language: str) -> None:
    body = IN_THE_MECHANISMS_TIME[language]
    assert find_forum(title="", body=body, day=date(2026, 7, 21)) == Forum.GM


def test_even_then_the_committee_named_in_the_title_is_the_place() -> None:
    body = IN_THE_MECHANISMS_TIME["en"]
    assert find_forum(title="Statement at the First Committee", body=body, day=date(2026, 10, 20)) == Forum.UNGA_C1


def test_a_regional_body_is_another_forum() -> None:
    assert find_forum(title="Palabras ante el CICTE sobre ciberseguridad") == Forum.OTHER


def test_nothing_said_is_nothing_found() -> None:
    assert find_forum(title="", body="", url="http://[broken") is None


MATTERS_OF_THE_GROUP = {
    "en": (
        "Text of our address to the United Nations",
        "Mr. Chair, on cyber security: the checklist, the thematic groups and the future mechanism.",
    ),
    "fr": (
        "Texte intégral de l’intervention à l’ONU",
        "Monsieur le Président, la cybersécurité : la liste de contrôle, les groupes thématiques, le futur mécanisme.",
    ),
    "es": (
        "Texto íntegro de la intervención en la ONU",
        "Señor Presidente: la ciberseguridad, la lista de verificación, los grupos temáticos y el futuro mecanismo.",
    ),
    "ru": (
        "Полный текст выступления в ООН",
        "Господин Председатель, о кибербезопасности: контрольный перечень, тематические группы, будущий механизм.",
    ),
    "zh": ("在联合国的发言全文", "主席先生，关于网络安全：行动清单、专题小组和未来机制。"),
    "ar": (
        "النص الكامل للكلمة في الأمم المتحدة",
        "السيد الرئيس، عن الأمن السيبراني: القائمة المرجعية والأفرقة المواضيعية والآلية المستقبلية.",
    ),
}


@pytest.mark.parametrize("language", MATTERS_OF_THE_GROUP)
def test_what_only_the_working_group_dealt_with_was_said_there_in_its_time(language: str) -> None:
    title, body = MATTERS_OF_THE_GROUP[language]
    assert find_forum(title=title, body=body, day=date(2025, 2, 20)) == "OEWG"
    assert find_forum(title=title, body=body, day=date(2024, 10, 20)) is None
    assert find_forum(title=title, body=body) != "OEWG"
    assert find_forum(title="", body=body, day=date(2025, 2, 20)) is None


def test_the_mechanism_was_only_spoken_of_while_the_working_group_sat() -> None:
    body = "Mr. Chair, on cyber security. The Global Mechanism must be simple. The Global Mechanism must be permanent."
    assert find_forum(title="Remarks", body=body, day=date(2025, 2, 20)) is None
    assert find_forum(title="Remarks", body=body, day=date(2026, 3, 30)) == Forum.GM
