"""What counts: a state, group or UN official speaking, in a UN body, on ICT security or cybercrime."""

from __future__ import annotations

import pytest

from bot import data
from bot.reading.relevance import hints, judge
from tests.reading.subject_samples import CYBER, NEWS, OTHER

LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
AT_THE_COUNCIL = {
    "en": "Statement by Ghana at the Security Council open debate on threats in cyberspace",
    "fr": "Déclaration du Togo au débat public du Conseil de sécurité sur les menaces dans le cyberespace",
    "es": "Intervención del Perú en el debate abierto del Consejo de Seguridad sobre ciberamenazas",
    "ru": "Выступление представителя Казахстана на открытых дебатах Совета Безопасности по киберугрозам",
    "zh": "我国代表在安理会网络威胁问题公开辩论会上的发言",
    "ar": "بيان المغرب في المناقشة المفتوحة لمجلس الأمن حول التهديدات السيبرانية",
}
ON_WOMEN = {
    "en": "Statement by Ghana at the Security Council open debate on women, peace and security",
    "fr": "Déclaration du Togo au débat public du Conseil de sécurité sur les femmes, la paix et la sécurité",
    "es": "Intervención del Perú en el debate abierto del Consejo de Seguridad sobre las mujeres y la paz",
    "ru": "Выступление представителя Казахстана на открытых дебатах Совета Безопасности по вопросу о женщинах и мире",
    "zh": "我国代表在安理会妇女、和平与安全问题公开辩论会上的发言",
    "ar": "بيان المغرب في المناقشة المفتوحة لمجلس الأمن حول المرأة والسلام والأمن",
}
HEADLINES = {
    "en": "Security Council debates cyber threats as attacks multiply",
    "fr": "Cyberattaques : le Conseil de sécurité appelle à la vigilance",
    "es": "El Consejo de Seguridad debate sobre ciberataques",
    "ru": "Совет Безопасности обсудил кибератаки",
    "zh": "安理会举行网络安全公开辩论 多国呼吁加强合作",
    "ar": "مجلس الأمن يناقش الهجمات السيبرانية",
}
REGIONAL = {
    "en": "Remarks at the CICTE of the Organization of American States on cybersecurity",
    "fr": "Discours à la conférence ministérielle de l'OTAN sur la cyberdéfense",
    "es": "Palabras de la delegación en el CICTE, Organización de los Estados Americanos, sobre ciberseguridad",
    "ru": "Выступление на совещании министров ШОС по информационной безопасности",
    "zh": "在上海合作组织网络安全研讨会上的致辞",
    "ar": "كلمة الوزير في مجلس الوزراء العرب للأمن السيبراني بجامعة الدول العربية",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_speech_on_cyber_in_the_council_counts(language: str) -> None:
    judged = judge(title=AT_THE_COUNCIL[language], body=CYBER[language])
    assert judged.yes
    assert judged.probability > 0.75


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_speech_on_another_subject_that_mentions_cyber_does_not(language: str) -> None:
    assert judge(title=ON_WOMEN[language], body=OTHER[language]).probability < 0.3


@pytest.mark.parametrize("language", LANGUAGES)
def test_news_of_the_same_debate_does_not(language: str) -> None:
    judged = judge(title=HEADLINES[language], body=NEWS[language])
    assert judged.probability < 0.3
    assert judged.speech < 0.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_speech_before_a_regional_body_does_not(language: str) -> None:
    assert judge(title=REGIONAL[language], body=CYBER[language]).probability < 0.35


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_evidence_is_told_in_three_answers(language: str) -> None:
    why = judge(title=AT_THE_COUNCIL[language], body=CYBER[language]).why
    assert [line.split(":")[0] for line in why] == [
        "yes, a delivered statement",
        "yes, in a UN body",
        "yes, on ICT security or cybercrime",
    ]


REGIONAL_GROUP_AT_THE_UN = {
    "en": "Statement on behalf of the League of Arab States at the OEWG on ICT security",
    "fr": "Déclaration au nom de la CEDEAO au Mécanisme mondial sur les TIC",
    "es": "Intervención en nombre de la CELAC en el Comité Especial sobre ciberdelincuencia",
    "ru": "Выступление от имени государств ОДКБ на сессии РГОС ООН по МИБ",
    "zh": "代表上海合作组织成员国在联大一委关于信息安全问题的共同发言",
    "ar": "بيان مجلس التعاون لدول الخليج العربية في الفريق العامل المفتوح العضوية المعني بأمن تكنولوجيا المعلومات",
}
GENERAL_DEBATE = {
    "en": "Statement by Peru at the general debate of the First Committee",
    "fr": "Déclaration du Togo au débat général de la Première Commission",
    "es": "Intervención del Perú en el debate general de la Primera Comisión",
    "ru": "Выступление в общих прениях Первого комитета",
    "zh": "在联大一委一般性辩论中的发言",
    "ar": "بيان في المناقشة العامة للجنة الأولى",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_regional_group_that_speaks_in_a_un_body_counts(language: str) -> None:
    assert judge(title=REGIONAL_GROUP_AT_THE_UN[language], body=CYBER[language]).probability > 0.65


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_general_debate_with_one_line_on_cyber_does_not(language: str) -> None:
    assert judge(title=GENERAL_DEBATE[language], body=OTHER[language]).probability < 0.35


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_uns_own_coverage_of_a_meeting_does_not(language: str) -> None:
    url = "https://press.un.org/en/2024/sc15999.doc.htm"
    assert judge(title=HEADLINES[language], body=NEWS[language], url=url).probability < 0.3


ENTRIES_THAT_COUNT = """
Statement by Brazil at the UN Security Council Arria-formula meeting on commercial spyware | https://www.gov.br/mre/en/statements/arria
Statement by the Non-Aligned Movement at the OEWG on security of and in the use of ICTs | https://mission-ny.gov.id/statements/nam
Global Mechanism on ICT security: statement by Kenya, agenda item 5 | https://kenyaun.org/statements/gm-item-5
Existing and Potential Threats | https://permanentrepresentations.nl/speeches/t | Netherlands points to ransomware.
Right of reply by the delegation of Iran – Security Council open debate on cyber security | https://newyork.mfa.gov.ir/en/newsview/1
ICRC statement to the UN Open-ended Working Group on ICTs: international humanitarian law | https://www.icrc.org/en/document/statement-oewg
Remarks by the High Representative for Disarmament Affairs, Arria-formula meeting on cyberattacks | https://un-arm.org/remarks.pdf
First Committee: Statement by Mexico on behalf of a group of States on the programme of action on ICTs | https://mision.sre.gob.mx/onu/statements/c1
Discours au Conseil de sécurité : cybersécurité | https://onu.delegfrance.org/discours-cyber
Intervention du Sénégal lors de la 6e session du Comité spécial sur la cybercriminalité | https://ambasseneg-onu.sn/interventions/ahc6
Explication de vote sur la lutte contre l'utilisation des TIC à des fins criminelles | https://www.eda.admin.ch/missions/mission-onu-new-york/fr/declarations/2021
Intervención de México en la Tercera Comisión: utilización de las TIC con fines delictivos | https://mision.sre.gob.mx/onu/intervenciones/2021
Intervención de Colombia – Mecanismo Global sobre las TIC – Primera sesión sustantiva | https://colombiaun.org/intervenciones/2026
Выступление представителя Российской Федерации на сессии РГОС ООН по МИБ | https://russiaun.ru/ru/news/rgos_0725
Заявление делегации Республики Беларусь на сессии Специального комитета по разработке конвенции | https://un.mfa.gov.by/ru/statements/ahc7
中国代表在联合国打击网络犯罪公约特设委员会第七次会议上的发言 | http://vienna.china-mission.gov.cn/hyyfy/202402/t1.htm
裁军大使在联大一委关于信息安全问题的专题发言 | http://un.china-mission.gov.cn/hyyfy/202310/t3.htm
中國代表在聯合國信息安全開放式工作組會議上的發言 | http://un.china-mission.gov.cn/hyyfy/202303/t4.htm
كلمة المملكة العربية السعودية أمام اللجنة الأولى: الأمن السيبراني | https://ksamission-un.gov.sa/ar/statements/c1
بيان دولة قطر في الدورة الثامنة للفريق العامل المفتوح العضوية المعني بأمن تكنولوجيا المعلومات والاتصالات | https://ny.mission.qa/ar/statements/oewg8
Intervento dell'Italia al dibattito aperto del Consiglio di Sicurezza sulla cybersicurezza | https://italyun.esteri.it/it/news/dalla_rappresentanza/2024/06/intervento
Discurso no debate aberto do Conselho de Segurança sobre cibersegurança | https://onu.missaoportugal.mne.gov.pt/pt/discursos/2024
Rede im VN-Sicherheitsrat zur Cybersicherheit | https://new-york-un.diplo.de/un-de/rede-cyber
"""
ENTRIES_THAT_DO_NOT = """
Cyber attacks surge, UN Security Council hears | https://www.reuters.com/world/cyber-attacks-surge
UN adopts landmark cybercrime treaty despite human rights fears | https://www.bbc.com/news/articles/abc
Five takeaways from the final OEWG session on ICTs | https://carnegieendowment.org/posts/2025/07/oewg-takeaways
Annual progress report of the OEWG on security of and in the use of ICTs | https://docs.un.org/en/A/78/265
Speakers Call for Binding Rules in Cyberspace, as First Committee Concludes Thematic Debate | https://press.un.org/en/2023/gadis3721.doc.htm
Position paper of France – DISEC – cyber warfare (Model UN) | https://www.studocu.com/mun
Statement at the Security Council high-level debate on Artificial Intelligence | https://unmission.fm/statement-ai
Statement on the Global Digital Compact – closing the digital divide | https://mission-ny.gov.id/statements/gdc
Statement at the Open-ended Working Group on Ageing | https://kenyaun.org/statements/ageing
Statement by Kenya in the Second Committee: ICT for sustainable development | https://kenyaun.org/statements/2c
Remarks at a Council briefing on non-proliferation | https://usun.usmission.gov/remarks | The US mentions cyber theft.
Speech by the Minister at Singapore International Cyber Week | https://www.mddi.gov.sg/speeches/sicw-2024
OSCE Permanent Council: Statement on cyber/ICT security confidence-building measures | https://www.osce.org/permanent-council/1
U.S.-EU Joint Statement on the Cyber Dialogue | https://www.state.gov/joint-statement-us-eu-cyber-dialogue/
Advisory: ransomware activity targeting hospitals | https://www.cisa.gov/news-events/cybersecurity-advisories/aa24
L'ONU adopte un traité contre la cybercriminalité | https://www.lemonde.fr/international/article/2024/08/09/x
Bulletin d'alerte sur une vulnérabilité critique | https://www.cert.ssi.gouv.fr/alerte/x
Discours à l'Assemblée générale – Débat général | https://onu.delegfrance.org/agnu | Le climat et le numérique.
La ONU aprueba su primera convención contra el cibercrimen | https://elpais.com/tecnologia/2024-08-09/x.html
Ley de ciberseguridad: el Congreso aprueba el proyecto | https://www.camara.cl/prensa/x
Intervención del Ecuador en el Consejo de Seguridad sobre Haití | https://ecuadoronu.gob.ec/discursos/haiti
В ООН приняли российскую резолюцию по кибербезопасности | https://ria.ru/20231102/rezolyutsiya.html
Выступление на открытых дебатах СБ ООН по Ближнему Востоку | https://russiaun.ru/ru/news/bv
联合国大会通过打击网络犯罪公约 | https://www.news.cn/world/20241225/x.html
外交部发言人主持例行记者会 谈网络攻击 | https://www.mfa.gov.cn/fyrbt/202402/t.shtml
大使在安理会气候与安全问题公开辩论会上的发言 | http://un.china-mission.gov.cn/hyyfy/202302/t5.htm
الجمعية العامة تعتمد اتفاقية الأمم المتحدة لمكافحة الجريمة السيبرانية | https://www.aljazeera.net/news/2024/12/24/x
كلمة الكويت في مجلس الأمن حول الحالة في الشرق الأوسط | https://kuwaitmission.com/ar/statements/me
BRICS Joint Statement on international information security | https://www.mid.ru/brics
"""


def entries(lines: str) -> list[tuple[str, str, str]]:
    rows = [[part.strip() for part in line.split(" | ")] for line in lines.strip().splitlines()]
    return [(row[0], row[1], row[2] if len(row) > 2 else "") for row in rows]


@pytest.mark.parametrize(("title", "url", "summary"), entries(ENTRIES_THAT_COUNT))
def test_an_entry_that_counts(title: str, url: str, summary: str) -> None:
    assert judge(title=title, body=summary, url=url).probability > 0.55
    assert hints(title, summary)


@pytest.mark.parametrize(("title", "url", "summary"), entries(ENTRIES_THAT_DO_NOT))
def test_an_entry_that_does_not(title: str, url: str, summary: str) -> None:
    assert judge(title=title, body=summary, url=url).probability < 0.45


def test_an_entry_about_nothing_of_ours_is_no_hint() -> None:
    assert not hints("Security Council meets on Haiti", "The Council heard a briefing on gangs.")


def test_a_copy_on_a_news_site_counts_when_the_whole_speech_stands_there() -> None:
    judged = judge(title=AT_THE_COUNCIL["en"], body=CYBER["en"], url="https://daily-news-mirror.example/x")
    assert judged.yes


def test_every_language_has_what_the_others_have() -> None:
    def shape(code: str) -> set[str]:
        table = data.language(code, "subject")
        return {
            f"{key}.{inner}" if isinstance(value, dict) else key
            for key, value in table.items()
            for inner in (value if isinstance(value, dict) else [""])
        }

    assert set(data.languages()) == set(LANGUAGES)
    assert all(shape(code) == shape("en") for code in LANGUAGES)


@pytest.mark.parametrize("body", ["", " ", "a" * 200_000, "Mr. Chair, " * 20_000, "网络" * 30_000, "\x00\ud800\n" * 50])
def test_odd_texts_are_judged_all_the_same(body: str) -> None:
    assert 0.0 <= judge(title="Statement", body=body, url="http://[broken").probability <= 1.0
