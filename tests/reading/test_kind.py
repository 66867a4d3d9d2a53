"""What a document is."""

from __future__ import annotations

import pytest

from bot.domain.taxonomy import Kind
from bot.reading.kind import find_kind
from tests.reading.subject_samples import NEWS


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Statement by Ghana", Kind.NATIONAL_STATEMENT),
        ("Explanation of vote on L.60", Kind.EXPLANATION_OF_VOTE),
        ("Explication de vote de la Suisse", Kind.EXPLANATION_OF_VOTE),
        ("Explicación de voto de Cuba", Kind.EXPLANATION_OF_VOTE),
        ("Разъяснение мотивов голосования", Kind.EXPLANATION_OF_VOTE),
        ("中国代表的解释性发言", Kind.EXPLANATION_OF_VOTE),
        ("تعليل التصويت", Kind.EXPLANATION_OF_VOTE),
        ("Right of Reply by China", Kind.RIGHT_OF_REPLY),
        ("Droit de réponse de l'Algérie", Kind.RIGHT_OF_REPLY),
        ("Derecho de réplica de Nicaragua", Kind.RIGHT_OF_REPLY),
        ("Право на ответ делегации Ирана", Kind.RIGHT_OF_REPLY),
        ("行使答辩权发言", Kind.RIGHT_OF_REPLY),
        ("بيان حق الرد لوفد سورية", Kind.RIGHT_OF_REPLY),
        ("Joint statement on ransomware", Kind.JOINT_STATEMENT),
        ("Déclaration conjointe", Kind.JOINT_STATEMENT),
        ("Совместное заявление", Kind.JOINT_STATEMENT),
        ("联合声明", Kind.JOINT_STATEMENT),
        ("二十三国在联大一委的共同发言", Kind.GROUP_STATEMENT),
        ("О мотивах голосования по проекту L.60", Kind.EXPLANATION_OF_VOTE),
        ("Explication après le vote", Kind.EXPLANATION_OF_VOTE),
        ("Explicación posterior a la votación", Kind.EXPLANATION_OF_VOTE),
        ("投票理由说明", Kind.EXPLANATION_OF_VOTE),
        ("شرح تصويت الوفد", Kind.EXPLANATION_OF_VOTE),
        ("بيان مشترك", Kind.JOINT_STATEMENT),
    ],
)
def test_a_speech_is_what_its_title_calls_it(title: str, kind: Kind) -> None:
    assert find_kind(title=title, speech=0.9) == kind


def test_a_speech_for_a_group_is_the_groups() -> None:
    assert find_kind(title="Statement by Palau", speech=0.9, group="PIF") == Kind.GROUP_STATEMENT


def test_a_speech_of_an_official_is_his() -> None:
    assert find_kind(title="Remarks to the Council", speech=0.9, un_official=True) == Kind.UN_OFFICIAL_REMARKS


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        ("Five takeaways from the OEWG", "Commentary by a senior fellow", Kind.BLOG),
        ("Final report of the working group", "", Kind.REPORT),
        ("Advisory 2026-014: authentication bypass", "TLP:CLEAR", Kind.OTHER),
        ("Joint statement of the cyber dialogue", "", Kind.OTHER),
        ("Speakers in Security Council differ over cyber", NEWS["en"], Kind.MEETING_COVERAGE),
        ("Minister warns of ransomware", "Our correspondent in Lima reports.", Kind.NEWS),
        ("", "", Kind.OTHER),
    ],
)
def test_where_nobody_speaks_it_is_something_else(title: str, body: str, kind: Kind) -> None:
    assert find_kind(title=title, body=body, speech=0.1) == kind
