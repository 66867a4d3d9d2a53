"""Classes of statements that a title, a term or a body alone would misjudge, in six languages."""

from __future__ import annotations

import pytest

from bot.reading.relevance import judge
from tests.reading.subject_samples import ALLUSIVE, CYBER, NEAR, NEAR_HEADER, OTHER

LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
QUOTED = {
    "en": "“A harbour without lights”",
    "fr": "« Un port sans lumière »",
    "es": "«Un puerto sin luces»",
    "ru": "«Порт без огней»",
    "zh": "“没有灯光的港口”",
    "ar": "«ميناء بلا أضواء»",
}
ARRIA = {
    "en": "Arria-formula meeting of the Security Council, New York, 20 June 2024",
    "fr": "Réunion du Conseil de sécurité en formule Arria, New York, le 20 juin 2024",
    "es": "Reunión del Consejo de Seguridad con arreglo a la fórmula Arria, Nueva York, 20 de junio de 2024",
    "ru": "Встреча членов Совета Безопасности по формуле Аррии, Нью-Йорк, 20 июня 2024 года",
    "zh": "安理会阿里亚模式会议，2024年6月20日，纽约",
    "ar": "اجتماع مجلس الأمن بصيغة آريا، نيويورك، 20 حزيران/يونيو 2024",
}
RIGHT_OF_REPLY = {
    "en": ("Right of reply", "First Committee, 79th session\nNew York, 25 October 2024"),
    "fr": ("Droit de réponse", "Première Commission, 79e session\nNew York, le 25 octobre 2024"),
    "es": (
        "Ejercicio del derecho a réplica",
        "Primera Comisión, 79° período de sesiones\nNueva York, 25 de octubre de 2024",
    ),
    "ru": ("Выступление в порядке осуществления права на ответ", "Первый комитет, 79-я сессия\n25 октября 2024 года"),
    "zh": ("行使答辩权的发言", "第79届联大第一委员会\n2024年10月25日"),
    "ar": ("ممارسة حق الرد", "اللجنة الأولى، الدورة التاسعة والسبعون\n25 أكتوبر 2024"),
}
FOR_A_GROUP = {
    "en": "Statement of the Group: First Committee, other disarmament measures",
    "fr": "Déclaration du Groupe – Première Commission, autres mesures de désarmement",
    "es": "Intervención del Grupo – Primera Comisión, otras medidas de desarme",
    "ru": "Заявление Группы – Первый комитет, другие меры разоружения",
    "zh": "本集团在联大一委其他裁军措施专题讨论中的发言",
    "ar": "بيان المجموعة – اللجنة الأولى – تدابير نزع السلاح الأخرى",
}
NAMED_LIKE_A_SUBJECT = {
    "en": ("Statement by Ukraine at the Security Council", "UKR"),
    "fr": ("Déclaration du Mali au Conseil de sécurité", "MLI"),
    "es": ("Intervención de Haití en el Consejo de Seguridad", "HTI"),
    "ru": ("Выступление Сирии в Совете Безопасности", "SYR"),
    "zh": ("苏丹代表在安理会的发言", "SDN"),
    "ar": ("بيان اليمن في مجلس الأمن", "YEM"),
}
PERMANENT_COUNCIL = {
    "en": "Statement on cyber confidence-building measures to the Permanent Council",
    "fr": "Déclaration au Conseil permanent sur les mesures de confiance en matière de cybersécurité",
    "es": "Intervención en el Consejo Permanente sobre medidas de fomento de la confianza en el ciberespacio",
    "ru": "Выступление на заседании Постоянного совета по мерам доверия в киберпространстве",
    "zh": "在常设理事会关于网络空间建立信任措施的发言",
    "ar": "بيان أمام المجلس الدائم بشأن تدابير بناء الثقة في الفضاء السيبراني",
}
ON_WEAPONS = {
    "en": "Statement at the Group of Governmental Experts on lethal autonomous weapons systems",
    "fr": "Déclaration au Groupe d'experts gouvernementaux sur les systèmes d'armes létales autonomes",
    "es": "Intervención en el Grupo de Expertos Gubernamentales sobre sistemas de armas autónomas letales",
    "ru": "Выступление на Группе правительственных экспертов по смертоносным автономным системам вооружений",
    "zh": "在致命性自主武器系统政府专家组会议上的发言",
    "ar": "بيان في فريق الخبراء الحكوميين المعني بالأسلحة الذاتية التشغيل الفتاكة",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quoted_title_is_placed_by_the_lines_above_the_text(language: str) -> None:
    judged = judge(title=QUOTED[language], header=ARRIA[language], body=CYBER[language], language=language)
    assert judged.probability > 0.65, judged.why


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_right_of_reply_is_placed_by_its_dateline(language: str) -> None:
    title, header = RIGHT_OF_REPLY[language]
    judged = judge(title=title, header=header, body=CYBER[language], language=language)
    assert judged.probability > 0.65, judged.why


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_speech_that_hardly_uses_the_terms_counts(language: str) -> None:
    judged = judge(title=FOR_A_GROUP[language], body=ALLUSIVE[language], language=language)
    assert judged.probability > 0.55, judged.why


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_of_the_speaking_state_is_no_other_subject(language: str) -> None:
    title, country = NAMED_LIKE_A_SUBJECT[language]
    judged = judge(title=title, body=CYBER[language], country=country, language=language)
    assert judged.probability > 0.65, judged.why
    assert not any("another subject" in line for line in judged.why)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_alone_need_not_name_the_subject(language: str) -> None:
    mission = "https://mission-to-un.example/statements/1"
    assert judge(title="", header=ARRIA[language], body=CYBER[language], url=mission).probability > 0.65


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_regional_council_is_elsewhere_whatever_its_agenda(language: str) -> None:
    judged = judge(title=PERMANENT_COUNCIL[language], body=CYBER[language], language=language)
    assert judged.probability < 0.4, judged.why


@pytest.mark.parametrize("language", LANGUAGES)
def test_experts_on_weapons_are_not_those_on_icts(language: str) -> None:
    judged = judge(title=ON_WEAPONS[language], body=OTHER[language], language=language)
    assert judged.probability < 0.35, judged.why


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_subject_is_found_above_the_text_too(language: str) -> None:
    subject = {
        "en": "Security Council open debate on women, peace and security",
        "fr": "Débat public du Conseil de sécurité sur les femmes, la paix et la sécurité",
        "es": "Debate abierto del Consejo de Seguridad sobre las mujeres, la paz y la seguridad",
        "ru": "Открытые дебаты Совета Безопасности по вопросу о женщинах, мире и безопасности",
        "zh": "安理会妇女、和平与安全问题公开辩论",
        "ar": "مناقشة مجلس الأمن المفتوحة حول المرأة والسلام والأمن",
    }[language]
    judged = judge(title=QUOTED[language], header=subject, body=OTHER[language], language=language)
    assert judged.probability < 0.35, judged.why


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("placed", [True, False], ids=["placed above the text", "bare"])
def test_a_near_subject_full_of_digital_words_does_not_count(language: str, placed: bool) -> None:
    header = NEAR_HEADER[language] if placed else ""
    judged = judge(title="", header=header, body=NEAR[language], language=language)
    assert judged.probability < (0.2 if placed else 0.4), judged.why


def test_a_model_un_is_no_mission() -> None:
    paper = "Brazil believes that the OEWG on ICT security should continue its work on cyber norms."
    assert not judge(title="Position paper: Brazil", body=paper, url="https://www.hillsidemun.example/disec").yes


ACCREDITED_ELSEWHERE = {
    "en": ("Permanent Mission of Barbados to the OAS", "Mr. Chair of the Permanent Council,"),
    "fr": ("Mission permanente d'Haïti auprès de l'OEA", "Monsieur le Président du Conseil permanent,"),
    "es": ("Misión Permanente del Uruguay ante la OEA", "Señora Presidenta del Consejo Permanente:"),
    "ru": ("Постоянное представительство Республики Беларусь при ОБСЕ", "Господин Председатель Постоянного совета,"),
    "zh": ("印度尼西亚常驻东盟地区论坛代表团", "常设理事会主席先生："),
    "ar": ("المندوبية الدائمة لدى جامعة الدول العربية", "السيد رئيس المجلس الدائم،"),
}
SAID_ELSEWHERE = {
    "en": "The United Nations Open-ended Working Group has shown us the way.",
    "fr": "Le Groupe de travail à composition non limitée des Nations Unies nous a montré la voie.",
    "es": "El Grupo de Trabajo de Composición Abierta de las Naciones Unidas nos mostró el camino.",
    "ru": "Рабочая группа открытого состава ООН указала нам путь.",
    "zh": "联合国开放式工作组为我们指明了道路。",
    "ar": "لقد أرشدنا الفريق العامل المفتوح العضوية التابع للأمم المتحدة.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mission_to_a_regional_body_speaks_there_whatever_it_says_of_the_un(language: str) -> None:
    site, greeting = ACCREDITED_ELSEWHERE[language]
    body = f"{greeting}\n\n{SAID_ELSEWHERE[language]}\n\n{CYBER[language]}"
    judged = judge(title=QUOTED[language], site=site, body=body, language=language)
    assert not judged.yes, judged.why


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mission_to_the_un_and_another_body_may_speak_in_the_un(language: str) -> None:
    site = f"{ACCREDITED_ELSEWHERE[language][0]}, UN, ONU, ООН, 联合国"
    judged = judge(title=QUOTED[language], header=ARRIA[language], site=site, body=CYBER[language], language=language)
    assert judged.yes, judged.why
