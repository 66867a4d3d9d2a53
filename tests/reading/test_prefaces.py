"""A paragraph above a speech that tells of it belongs to the page, not to the speech."""

from __future__ import annotations

import pytest

from bot.domain.statement import Record
from bot.reading import chrome
from bot.reading.article import extract

SPEECHES = {
    "en": ["Madam Chair,", "Norland thinks that the Charter applies in cyberspace as it does at sea.", "Thank you."],
    "fr": ["Madame la Présidente,", "La Norlandie estime que la Charte vaut dans le cyberespace aussi.", "Merci."],
    "es": ["Señora Presidenta:", "Norlandia estima que la Carta rige también en el ciberespacio.", "Gracias."],
    "ru": ["Госпожа Председатель,", "Норландия считает, что Устав действует и в киберпространстве.", "Спасибо."],
    "zh": ["主席女士：", "诺兰认为，《联合国宪章》同样适用于网络空间，各国都应遵守。", "谢谢。"],
    "ar": ["السيدة الرئيسة،", "ترى نورلاند أن ميثاق الأمم المتحدة يسري في الفضاء السيبراني أيضا.", "وشكرا."],
}


@pytest.mark.parametrize(
    ("language", "preface"),
    [
        ("en", "Counsellor Jane Roe spoke for Norland on the second day of the session. The text follows."),
        ("en", "Ambassador Roe delivered the following remarks at the organizational session this morning."),
        ("fr", "C’est Mme Jeanne Roy, Conseillère, qui a livré, le 21 juillet, l’intervention ci-après."),
        ("fr", "New York, siège de l’ONU. Discours de la ministre Jeanne Roy devant l’Assemblée générale."),
        ("es", "La consejera Juana Ruiz intervino el martes. A continuación se reproduce su texto."),
        ("es", "Nueva York, 21 de mayo de 2025. Discurso de la ministra Juana Ruiz ante la Asamblea."),
        ("ru", "В ходе первой сессии с заявлением выступила Анна Рош, советник. Ниже приводится текст."),
        ("zh", "诺兰裁军事务大使王小川在第80届联大一委专题辩论中作共同发言。发言全文如下："),
        ("ar", "ألقت المستشارة جين رو، نائبة رئيس وفد نورلاند، البيان التالي أمام الفريق العامل."),
    ],
)
def test_who_gave_the_speech_or_that_its_text_follows(language: str, preface: str) -> None:
    speech = SPEECHES[language]
    article = extract(Record(id="1", title="Norland", text="\n\n".join(["Norland", preface, *speech])))
    assert (article.header, article.body.split("\n\n")) == (preface, speech)


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("en", "I have the honour to deliver the following statement on behalf of the Group of Small States."),
        ("fr", "J’ai l’honneur de faire la déclaration suivante au nom du Groupe des petits États."),
        ("es", "Tengo el honor de pronunciar la siguiente intervención en nombre del Grupo de Estados."),
        ("ru", "Имею честь огласить следующее заявление от имени группы малых государств мира."),
        ("zh", "我谨代表小国集团作如下发言，供各位同事参考，也请秘书处记录在案。"),
        ("ar", "يشرفني أن ألقي البيان التالي باسم مجموعة الدول الصغيرة أمام هذا الفريق العامل."),
        ("en", "Nobody here thinks that a canal, a port or a power plant may be attacked over a network."),
    ],
)
def test_what_the_speaker_says_of_themselves_is_of_the_speech(language: str, first: str) -> None:
    speech = [first, *SPEECHES[language]]
    article = extract(Record(id="1", title="Norland", text="\n\n".join(["Norland", *speech])))
    assert article.body.split("\n\n") == speech


@pytest.mark.parametrize(
    "line", ["Draft resolution as orally revised, A/C.1/79/L.13", "Room 4, New York, on 20.06.2024"]
)
def test_a_number_behind_a_stop_ends_no_sentence(line: str) -> None:
    assert not chrome.is_terminal(line)
    assert chrome.is_terminal("The law of nations is no stranger to machines.12")
