"""One line above a speech says where it was held: as six languages write it, ours and others' bodies."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.domain.taxonomy import Forum
from bot.reading.forum import find_forum, find_place
from bot.reading.relevance import judge
from tests.reading.subject_samples import CYBER

LINES = [
    tuple(line.split(" | ")) for line in (Path(__file__).parent / "forum_lines.txt").read_text("utf-8").splitlines()
]
SITE = "Permanent Mission to the United Nations"


@pytest.mark.parametrize(("language", "forum", "day", "line"), LINES)
@pytest.mark.parametrize("titled", [True, False], ids=["title", "line above"])
def test_a_line_places_a_speech(language: str, forum: str, day: str, line: str, titled: bool) -> None:
    title, header = (line, "") if titled else ("Statement", line)
    found = find_forum(title=title, header=header, site=SITE, body=CYBER[language], day=date.fromisoformat(day))
    assert found == Forum(forum)


OTHERS_GROUPS = {
    "en": "Remarks at the BRICS Working Group on Security in the Use of ICTs",
    "fr": "Intervention au Groupe de travail de l'OSCE sur la cybersécurité",
    "es": "Intervención en el Grupo de Trabajo de la OEA sobre ciberseguridad",
    "ru": "Выступление на заседании рабочей группы БРИКС по информационной безопасности",
    "zh": "在金砖国家网络安全工作组会议上的发言",
    "ar": "كلمة أمام فريق العمل العربي المعني بالأمن السيبراني",
}
GROUPS_IN_OURS = {
    "en": "SCO statement at the tenth session of the Working Group on ICTs",
    "fr": "Déclaration de la CEDEAO devant le Groupe de travail, dixième session",
    "es": "Intervención de la CELAC en el Grupo de Trabajo, décima sesión",
    "ru": "Заявление государств – участников СНГ на 10-й сессии рабочей группы",
    "zh": "上海合作组织成员国在工作组第十次会议上的发言",
    "ar": "بيان منظمة التعاون الإسلامي في الدورة العاشرة للفريق العامل",
}


@pytest.mark.parametrize("language", OTHERS_GROUPS)
def test_a_working_group_of_another_organization_is_not_ours(language: str) -> None:
    title, day = OTHERS_GROUPS[language], date(2025, 2, 18)
    assert find_forum(title=title, body=CYBER[language], day=day) == Forum.OTHER
    assert not judge(title=title, body=CYBER[language], language=language, day=day).yes


@pytest.mark.parametrize("language", GROUPS_IN_OURS)
def test_another_organization_may_speak_in_our_working_group(language: str) -> None:
    title = GROUPS_IN_OURS[language]
    assert find_forum(title=title, body=CYBER[language], day=date(2025, 2, 18)) == Forum.OEWG


def test_another_body_of_the_united_nations_is_one_of_its_bodies_all_the_same() -> None:
    header = "Commission on Crime Prevention and Criminal Justice, agenda item 6, 20 May 2025"
    place = find_place(title="Statement", header=header, body=CYBER["en"], day=date(2025, 5, 20))
    assert place
    assert place.told() == "another body of the United Nations named in the title or the lines above the text"
    assert judge(title="Statement", header=header, body=CYBER["en"]).yes


ARRIA_BELOW = {
    "en": ("Remarks to the members of the Security Council", "Arria-formula meeting, 14 January 2025"),
    "fr": ("Observations devant les membres du Conseil de sécurité", "Réunion en formule Arria, 14 janvier 2025"),
    "es": ("Observaciones ante los miembros del Consejo de Seguridad", "Reunión con arreglo a la fórmula Arria"),
    "ru": ("Выступление перед членами Совета Безопасности", "Заседание по формуле Аррии, 14 января 2025 года"),
    "zh": ("对安理会成员的通报", "阿里亚模式会议，2025年1月14日"),
    "ar": ("ملاحظات أمام أعضاء مجلس الأمن", "اجتماع بصيغة آريا، 14 كانون الثاني/يناير 2025"),
}


@pytest.mark.parametrize("language", sorted(ARRIA_BELOW))
def test_the_meeting_named_above_the_text_is_narrower_than_its_title(language: str) -> None:
    title, header = ARRIA_BELOW[language]
    body = f"{CYBER[language]}\n\nThis Council. Ce Conseil. Este Consejo. Совет. 本理事会。 هذا المجلس."
    assert find_forum(title=title, header=header, body=body) is Forum.ARRIA
