"""One invented statement in six languages, each of its points retold in each: what a careful model would answer.

`SAID` are the speaker's words, `TOLD` the same points as somebody else would tell them, in the speaker's order.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.briefing.features import topics
from bot.briefing.lexicon import fold, lexicon
from bot.briefing.stance import stance
from bot.domain.brief import Brief, Point
from bot.domain.rewriting import Draft, Sentence, Support
from bot.domain.taxonomy import Forum
from tests.samples import statement

SAID: dict[str, tuple[str, ...]] = {
    "en": (
        "We support the creation of a permanent mechanism on cyber security under the auspices of the United Nations.",
        "We cannot accept a text that allows a single State to veto the participation of civil society.",
        "We propose that the Secretariat keep a public register of the cyber security training offered by States.",
        "We condemn the ransomware attacks against hospitals in our region.",
        "Kenya will contribute two million dollars to the trust fund for capacity-building in 2027.",
        "We welcome the decision of Ghana to share with Chile the report on the 14 cyber incidents of 2025.",
    ),
    "fr": (
        "Nous appuyons la création d’un mécanisme permanent sur la cybersécurité sous l’égide des Nations Unies.",
        "Nous ne pouvons accepter un texte qui permette à un seul État d’opposer son veto à la participation de la "
        "société civile.",
        "Nous proposons que le Secrétariat tienne un registre public des formations à la cybersécurité offertes par "
        "les États.",
        "Nous condamnons les attaques par rançongiciel contre les hôpitaux de notre région.",
        "Le Kenya versera deux millions de dollars au fonds d’affectation spéciale pour le renforcement des "
        "capacités en 2027.",
        "Nous saluons la décision du Ghana de partager avec le Chili le rapport sur les 14 incidents informatiques de "
        "2025.",
    ),
    "es": (
        "Apoyamos la creación de un mecanismo permanente sobre ciberseguridad bajo los auspicios de las Naciones "
        "Unidas.",
        "No podemos aceptar un texto que permita a un solo Estado vetar la participación de la sociedad civil.",
        "Proponemos que la Secretaría mantenga un registro público de la capacitación en ciberseguridad ofrecida por "
        "los Estados.",
        "Condenamos los ataques con programas de secuestro contra los hospitales de nuestra región.",
        "Kenia aportará dos millones de dólares al fondo fiduciario para la creación de capacidad en 2027.",
        "Acogemos con satisfacción la decisión de Ghana de compartir con Chile el informe sobre los 14 incidentes "
        "cibernéticos de 2025.",
    ),
    "ru": (
        "Мы поддерживаем создание постоянного механизма по кибербезопасности под эгидой Организации Объединённых "
        "Наций.",
        "Мы не можем согласиться с текстом, который позволит одному государству наложить вето на участие гражданского "
        "общества.",
        "Мы предлагаем Секретариату вести открытый реестр учебных программ по кибербезопасности, предлагаемых "
        "государствами.",
        "Мы осуждаем атаки программ-вымогателей против больниц нашего региона.",
        "Кения выделит два миллиона долларов в целевой фонд наращивания потенциала в 2027 году.",
        "Мы приветствуем решение Ганы передать Чили доклад о 14 компьютерных инцидентах 2025 года.",
    ),
    "zh": (
        "我们支持在联合国框架内建立网络安全常设机制。",
        "我们不能接受允许一个国家否决民间社会参与的案文。",
        "我们建议秘书处保存各国提供的网络安全能力建设培训公开名册。",
        "我们谴责针对本区域医院的勒索软件攻击。",
        "肯尼亚将于2027年向能力建设信托基金捐款200万美元。",
        "我们欢迎加纳决定与智利分享2025年14起网络事件的报告。",
    ),
    "ar": (
        "نؤيد إنشاء آلية دائمة للأمن السيبراني تحت مظلة الأمم المتحدة.",
        "لا نقبل نصا يسمح لدولة واحدة باستخدام حق النقض ضد مشاركة المجتمع المدني.",
        "نقترح أن تحتفظ الأمانة العامة بسجل عام للتدريب في مجال الأمن السيبراني الذي تقدمه الدول.",
        "ندين هجمات برمجيات الفدية ضد المستشفيات في منطقتنا.",
        "ستسهم كينيا بمليوني دولار في الصندوق الاستئماني لبناء القدرات في عام 2027.",
        "نرحب بقرار غانا أن تتقاسم مع شيلي التقرير عن 14 حادثا سيبرانيا في عام 2025.",
    ),
}
TOLD: dict[str, tuple[str, ...]] = {
    "en": (
        "Kenya supports the creation of a permanent mechanism on cyber security under the United Nations.",
        "Kenya cannot accept a text that allows a single State to veto the participation of civil society.",
        "Kenya proposes that the Secretariat keep a public register of cyber security training offered by States.",
        "Kenya condemns the ransomware attacks against hospitals in its region.",
        "Kenya will contribute two million dollars to the trust fund for capacity-building in 2027.",
        "Kenya welcomes the decision of Ghana to share with Chile the report on the 14 cyber incidents of 2025.",
    ),
    "fr": (
        "Le Kenya appuie la création d’un mécanisme permanent sur la cybersécurité sous l’égide des Nations Unies.",
        "Le Kenya ne peut accepter un texte qui permette à un seul État d’opposer son veto à la participation de la "
        "société civile.",
        "Le Kenya propose que le Secrétariat tienne un registre public des formations à la cybersécurité offertes par "
        "les États.",
        "Le Kenya condamne les attaques par rançongiciel contre les hôpitaux de sa région.",
        "Le Kenya versera deux millions de dollars au fonds d’affectation spéciale pour le renforcement des capacités "
        "en 2027.",
        "Le Kenya salue la décision du Ghana de partager avec le Chili le rapport sur les 14 incidents informatiques "
        "de 2025.",
    ),
    "es": (
        "Kenia apoya la creación de un mecanismo permanente sobre ciberseguridad bajo los auspicios de las Naciones "
        "Unidas.",
        "Kenia no puede aceptar un texto que permita a un solo Estado vetar la participación de la sociedad civil.",
        "Kenia propone que la Secretaría mantenga un registro público de la capacitación en ciberseguridad ofrecida "
        "por los Estados.",
        "Kenia condena los ataques con programas de secuestro contra los hospitales de su región.",
        "Kenia aportará dos millones de dólares al fondo fiduciario para la creación de capacidad en 2027.",
        "Kenia acoge con satisfacción la decisión de Ghana de compartir con Chile el informe sobre los 14 incidentes "
        "cibernéticos de 2025.",
    ),
    "ru": (
        "Кения поддерживает создание постоянного механизма по кибербезопасности под эгидой Организации Объединённых "
        "Наций.",
        "Кения не может согласиться с текстом, который позволит одному государству наложить вето на участие "
        "гражданского общества.",
        "Кения предлагает Секретариату вести открытый реестр учебных программ по кибербезопасности, предлагаемых "
        "государствами.",
        "Кения осуждает атаки программ-вымогателей против больниц своего региона.",
        "Кения выделит два миллиона долларов в целевой фонд наращивания потенциала в 2027 году.",
        "Кения приветствует решение Ганы передать Чили доклад о 14 компьютерных инцидентах 2025 года.",
    ),
    "zh": (
        "肯尼亚支持在联合国框架内建立网络安全常设机制。",
        "肯尼亚不能接受允许一个国家否决民间社会参与的案文。",
        "肯尼亚建议秘书处保存各国提供的网络安全能力建设培训公开名册。",
        "肯尼亚谴责针对本区域医院的勒索软件攻击。",
        "肯尼亚将于2027年向能力建设信托基金捐款200万美元。",
        "肯尼亚欢迎加纳决定与智利分享2025年14起网络事件的报告。",
    ),
    "ar": (
        "كينيا تؤيد إنشاء آلية دائمة للأمن السيبراني تحت مظلة الأمم المتحدة.",
        "كينيا لا تقبل نصا يسمح لدولة واحدة باستخدام حق النقض ضد مشاركة المجتمع المدني.",
        "كينيا تقترح أن تحتفظ الأمانة العامة بسجل عام للتدريب في مجال الأمن السيبراني الذي تقدمه الدول.",
        "كينيا تدين هجمات برمجيات الفدية ضد المستشفيات في منطقتها.",
        "كينيا ستسهم بمليوني دولار في الصندوق الاستئماني لبناء القدرات في عام 2027.",
        "كينيا ترحب بقرار غانا أن تتقاسم مع شيلي التقرير عن 14 حادثا سيبرانيا في عام 2025.",
    ),
}
LANGUAGES = tuple(SAID)


def brief_of(language: str = "en", quotes: Sequence[str] | None = None, country: str | None = "KEN") -> Brief:
    """The brief whose points are these quotes, read as any brief is."""
    said = SAID[language] if quotes is None else tuple(quotes)
    body = "\n\n".join(said)
    points = tuple(_point(quote, body.index(quote), language) for quote in said)
    spoken = statement(body=body, language=language, country=country, speaker=None, role=None, forum=Forum.GM)
    return Brief(statement=spoken, points=points, topics=points[0].topics if points else ())


def _point(quote: str, start: int, language: str) -> Point:
    cues, folded = lexicon(language), fold(quote)
    return Point(
        text=quote,
        quote=quote,
        start=start,
        end=start + len(quote),
        stance=stance(folded, cues),
        topics=tuple(topics(folded, cues))[:3],
        link=None,
    )


def short_brief(language: str = "en") -> Brief:
    """The first and the fourth point alone: what the cues of every language read the same."""
    return brief_of(language, [SAID[language][0], SAID[language][3]])


def short_draft(brief: Brief, language: str) -> Draft:
    """What a careful model answers to the short brief."""
    both = (told(brief, 1, TOLD[language][0]), told(brief, 2, TOLD[language][3]))
    return Draft(points=dict(enumerate(both, 1)), lead=both)


def told(brief: Brief, number: int, text: str, quote: str | None = None) -> Sentence:
    """A sentence about a point, with all of that point as its quote."""
    return Sentence(text=text, support=(Support(point=number, quote=quote or brief.points[number - 1].quote),))


def good_draft(brief: Brief, language: str, *, lead: bool = True) -> Draft:
    """What a careful model answers: each point retold, and a lead of the first and the fourth."""
    sentences = {number: told(brief, number, text) for number, text in enumerate(TOLD[language], 1)}
    return Draft(points=sentences, lead=(sentences[1], sentences[4]) if lead else ())
