"""What a speaker does with a position."""

from __future__ import annotations

import pytest

from bot.briefing.lexicon import fold, lexicon
from bot.briefing.stance import marks, stance
from bot.domain.taxonomy import Stance

SAID = [
    ("en", "We would be wary of a negotiation that delays the norms.", Stance.CAUTIONS),
    ("en", "My delegation sees merit in a yearly report to the Council.", Stance.PROPOSES),
    ("en", "Peru cannot accept the deletion of this article.", Stance.OPPOSES),
    ("en", "There is no need for a second working group.", Stance.OPPOSES),
    ("en", "We do not oppose the extension of the mandate.", Stance.SUPPORTS),
    ("en", "States should publish how they read the law.", Stance.CALLS_FOR),
    ("en", "Cyberspace must not become a battlefield.", Stance.CAUTIONS),
    ("en", "We believe that States should not buy spyware.", Stance.CALLS_FOR),
    ("en", "Kenya will double its contribution to the fund.", Stance.COMMITS),
    ("en", "Kenya will host a regional workshop in May.", Stance.ANNOUNCES),
    ("en", "We welcome the adoption of the final report.", Stance.WELCOMES),
    ("en", "We denounce the theft of patient records.", Stance.CONDEMNS),
    ("fr", "Il serait prématuré de rédiger un traité.", Stance.OPPOSES),
    ("fr", "La Suisse suggère de tenir des ateliers.", Stance.PROPOSES),
    ("fr", "Nous consacrerons dix millions de dollars à la formation.", Stance.COMMITS),
    ("fr", "Les États doivent protéger les hôpitaux.", Stance.CALLS_FOR),
    ("es", "Nos resulta inaceptable esa tendencia.", Stance.OPPOSES),
    ("es", "Proponemos un plazo de dos días.", Stance.PROPOSES),
    ("es", "Los Estados deben proteger los hospitales.", Stance.CALLS_FOR),
    ("ru", "Необходимо выработать юридически обязывающий документ.", Stance.CALLS_FOR),
    ("ru", "Милитаризация киберпространства недопустима.", Stance.OPPOSES),
    ("ru", "Мы не возражаем против продления мандата.", Stance.SUPPORTS),
    ("ru", "Беларусь предлагает заключить договорённость.", Stance.PROPOSES),
    ("zh", "中方反对网络空间军事化。", Stance.OPPOSES),
    ("zh", "各方应保护医院。", Stance.CALLS_FOR),
    ("zh", "我们呼吁各国加强合作。", Stance.CALLS_FOR),
    ("zh", "我们不反对延长授权。", Stance.SUPPORTS),
    ("ar", "نرفض تسييس الإسناد.", Stance.OPPOSES),
    ("ar", "ويدعو وفدي إلى تعزيز التعاون.", Stance.CALLS_FOR),
    ("ar", "نقترح أن يطلب المجلس تقريرًا سنويًا.", Stance.PROPOSES),
]


@pytest.mark.parametrize(("language", "text", "expected"), SAID)
def test_the_stance_of_a_sentence(language: str, text: str, expected: Stance) -> None:
    assert stance(fold(text), lexicon(language)) is expected


def test_the_stance_named_first_is_the_speakers() -> None:
    text = "We support the fund, and we would reject any condition on it."
    assert stance(fold(text), lexicon("en")) is Stance.SUPPORTS


@pytest.mark.parametrize(
    "text",
    [
        "Japan is however not in favour of a second fund beside the voluntary fund that was opened this summer.",
        "Peru does not, for its part, support the second draft that was circulated yesterday in the fund.",
        "We cannot, after so many years of work on the voluntary fund, agree to this paragraph.",
    ],
)
def test_support_is_never_told_of_what_is_opposed_first(text: str) -> None:
    assert stance(fold(text), lexicon("en")) in {Stance.OPPOSES, None}


def test_a_fact_takes_no_stance() -> None:
    assert stance(fold("The cable is nine hundred kilometres long."), lexicon("en")) is None


WEIGHED = [
    (
        "en",
        "In our view international law applies to what States do online, and they are bound by the Charter.",
        "supports",
    ),
    ("en", "We maintain that the eleven norms remain sound and are sufficient for the present.", "supports"),
    ("fr", "Nous tenons que le droit international s’applique et oblige tous les États.", "supports"),
    ("es", "Sostenemos que el derecho internacional obliga a los Estados también en la red.", "supports"),
    ("es", "Nos hemos abstenido: ese texto no nos convence y es prematuro.", "opposes"),
    ("fr", "Cette idée ne nous convainc pas et nous voterons contre.", "opposes"),
    ("ru", "Исходим из того, что принципы Устава применимы и обязывают всех.", "supports"),
    ("zh", "国际法原则适用于网络空间，各国同样受其约束。", "supports"),
    ("ar", "نؤمن بأن القانون الدولي ينطبق على الفضاء السيبراني وأن مبادئ الميثاق ملزمة.", "supports"),
]


@pytest.mark.parametrize(("language", "text", "expected"), WEIGHED)
def test_a_position_held_is_not_a_demand(language: str, text: str, expected: str) -> None:
    assert stance(fold(text), lexicon(language)) == Stance(expected)


OTHERS = [
    ("en", "Those who object to an observer should give their reasons in writing.", "opposes"),
    ("fr", "Il importe que ceux qui s’opposent à un observateur en donnent les raisons par écrit.", "opposes"),
    ("es", "Quienes se oponen a un observador deberían dar sus razones por escrito.", "opposes"),
    ("ru", "Тем, кто возражает против наблюдателя, следует изложить причины письменно.", "opposes"),
    ("zh", "反对观察员与会的国家应书面说明理由。", "opposes"),
    ("ar", "وعلى من يعترض على مراقب أن يبيّن أسبابه كتابة.", "opposes"),
]


@pytest.mark.parametrize(("language", "text", "wrong"), OTHERS)
def test_what_others_object_to_is_not_what_the_speaker_opposes(language: str, text: str, wrong: str) -> None:
    assert Stance(wrong) not in marks(fold(text), lexicon(language)).named


FAMILIES = [
    ("en", "The Security Council should not take over work that belongs to the Assembly.", "cautions"),
    ("en", "The regional instrument cannot serve as a substitute for a universal one.", "opposes"),
    ("en", "Our parliament is considering a bill on spyware.", "announces"),
    ("fr", "Aucune entreprise ne doit être exclue d’un marché sur un simple soupçon.", "opposes"),
    ("fr", "L’alliance des mafias et des pirates menace la stabilité des petits États.", "cautions"),
    ("es", "Ningún Estado, por preparado que esté, puede hacer frente solo a estas redes.", "cautions"),
    ("es", "De ahí que pidamos que se publique la lista completa.", "calls_for"),
    ("ru", "Это право согласовано и пересмотру не подлежит.", "opposes"),
    ("ru", "Сращивание мафии и хакеров угрожает устойчивости малых государств.", "cautions"),
    ("zh", "我们支持现有名录，反对另设一个。", "supports"),
    ("zh", "任何国家都不应仅凭猜测指责他国。", "opposes"),
    ("ar", "وتعلن بيرو عن برنامج لتدريب مئة مختص.", "announces"),
    ("ar", "ولا يجوز استبعاد شركة من سوق لمجرد الشبهة.", "opposes"),
]


@pytest.mark.parametrize(("language", "text", "expected"), FAMILIES)
def test_a_stance_is_named_by_what_every_mission_writes(language: str, text: str, expected: str) -> None:
    assert marks(fold(text), lexicon(language)).stance() is Stance(expected)
