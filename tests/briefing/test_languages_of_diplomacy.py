"""How delegates of each language say what they do with a position: classes of constructions, with our own sentences."""

from __future__ import annotations

import pytest

from bot import data
from bot.briefing.clauses import clauses
from bot.briefing.features import readable, sentences
from bot.briefing.lexicon import fold, lexicon
from bot.briefing.stance import evidence, marks
from bot.domain.taxonomy import Stance

# What a construction names, whatever weight is laid on it.
NAMED = [
    ("fr", "Freedonie ne saurait cautionner une telle lecture du texte.", Stance.OPPOSES),
    ("fr", "Nous n’y voyons pas d’inconvénient et ne nous opposons pas au report.", Stance.SUPPORTS),
    ("fr", "Aussi proposons-nous un registre tenu à tour de rôle.", Stance.PROPOSES),
    ("fr", "Le Groupe exhorte les États à publier leurs doctrines.", Stance.CALLS_FOR),
    ("fr", "Nous mettrons deux formatrices à la disposition du centre.", Stance.COMMITS),
    ("fr", "Notre parlement a promulgué en mars la loi sur les ports.", Stance.ANNOUNCES),
    ("fr", "Ouvrir ce chantier priverait les petites délégations de voix.", Stance.CAUTIONS),
    ("fr", "Il n’appartient pas au Secrétariat de juger un port.", Stance.OPPOSES),
    ("fr", "Freedonie s’accommoderait d’une séance de plus.", Stance.SUPPORTS),
    ("fr", "Un formulaire commun allégerait la tâche des petits ports.", Stance.PROPOSES),
    ("fr", "Nous ne recourrons jamais à de tels outils.", Stance.COMMITS),
    ("fr", "Les commanditaires devront en répondre.", Stance.CONDEMNS),
    ("es", "Tampoco podemos acompañar esa lectura del artículo.", Stance.OPPOSES),
    ("es", "No vemos inconveniente en prorrogar el plazo.", Stance.SUPPORTS),
    ("es", "Convendría reunir a los puntos de contacto antes del verano.", Stance.PROPOSES),
    ("es", "El Grupo debería publicar las actas en todos los idiomas.", Stance.CALLS_FOR),
    ("es", "Freedonia sufragará el viaje de diez técnicos.", Stance.COMMITS),
    ("es", "Nuestro Congreso aprobó en marzo la ley de puertos.", Stance.ANNOUNCES),
    ("es", "Una lista así podría convertirse en un arma.", Stance.CAUTIONS),
    ("es", "No le corresponde a la Secretaría juzgar un puerto.", Stance.OPPOSES),
    ("es", "Nos inclinamos por una sola sesión.", Stance.SUPPORTS),
    ("es", "Los responsables deberán responder de sus actos.", Stance.CONDEMNS),
    ("en", "Freedonia does not see why the list should be longer, and is not persuaded.", Stance.OPPOSES),
    ("en", "It is not for the Secretariat to judge a port, and nothing warrants it.", Stance.OPPOSES),
    ("en", "Our delegation leans towards a single session.", Stance.SUPPORTS),
    ("en", "Those who ordered it will have to answer for it.", Stance.CONDEMNS),
    ("en", "We see no difficulty in an extension of one year.", Stance.SUPPORTS),
    ("en", "The Assembly might ask the Commission for a study.", Stance.PROPOSES),
    ("en", "The practice should end.", Stance.CALLS_FOR),
    ("en", "Freedonia renews its offer to pay the interpreters.", Stance.COMMITS),
    ("en", "Our parliament adopted the bill on ports in March.", Stance.ANNOUNCES),
    ("en", "A register of that kind could well become a target list.", Stance.CAUTIONS),
    ("ru", "Смысла в третьей рабочей группе мы не находим.", Stance.OPPOSES),
    ("ru", "Поддержать такую правку наша делегация не сможет.", Stance.OPPOSES),
    ("ru", "Решения и впредь должны приниматься консенсусом.", Stance.SUPPORTS),
    ("ru", "Не имеем возражений против продления срока.", Stance.SUPPORTS),
    ("ru", "Полезным шагом стала бы сверка списков раз в полгода.", Stance.PROPOSES),
    ("ru", "Хватит откладывать проверку портов.", Stance.CALLS_FOR),
    ("ru", "Фридония возьмёт на себя перевод пособия.", Stance.COMMITS),
    ("ru", "На прошлой неделе парламент одобрил закон о портах.", Stance.ANNOUNCES),
    ("ru", "Подобный перечень превратится в список мишеней.", Stance.CAUTIONS),
    ("zh", "这样的提法，我国代表团断难接受。", Stance.OPPOSES),
    ("zh", "我们看不出另设一个小组有何益处。", Stance.OPPOSES),
    ("zh", "登记册应继续以自愿为原则。", Stance.SUPPORTS),
    ("zh", "我们对推迟到明年没有异议。", Stance.SUPPORTS),
    ("zh", "秘书处可否每半年核对一次名单？", Stance.PROPOSES),
    ("zh", "捐助方早该兑现港口培训的诺言。", Stance.CALLS_FOR),
    ("zh", "我们保证在六月前交出译文。", Stance.COMMITS),
    ("zh", "上个月，我国议会通过了港口法。", Stance.ANNOUNCES),
    ("zh", "名单一旦公开，就会变成靶子。", Stance.CAUTIONS),
    ("ar", "لا ترى بلادي جدوى من فريق ثالث.", Stance.OPPOSES),
    ("ar", "ليس من المقبول أن تُفتح الصياغة من جديد.", Stance.OPPOSES),
    ("ar", "يجب أن يظل السجل طوعياً.", Stance.SUPPORTS),
    ("ar", "لا نمانع في تمديد المهلة سنة واحدة.", Stance.SUPPORTS),
    ("ar", "ولعل من الأجدى أن تُراجع القائمة كل ستة أشهر.", Stance.PROPOSES),
    ("ar", "وعلى الشركات التي تدير الموانئ أن تدرب حراسها.", Stance.CALLS_FOR),
    ("ar", "سنتكفل بترجمة الدليل قبل الصيف.", Stance.COMMITS),
    ("ar", "وقد أقر برلماننا قانون الموانئ في مارس.", Stance.ANNOUNCES),
    ("ar", "ونخشى أن تتحول القائمة إلى أداة للتشهير.", Stance.CAUTIONS),
    ("ru", "Этот вопрос не относится к компетенции Комитета.", Stance.OPPOSES),
    ("ru", "Давайте попробуем общий бланк хотя бы год.", Stance.PROPOSES),
    ("ru", "Не будем забывать, что порт без связи слеп.", Stance.CAUTIONS),
    ("zh", "希望删去第四段最后一句。", Stance.OPPOSES),
    ("zh", "表决之前先听取港口专家的意见，也许更好。", Stance.PROPOSES),
    ("zh", "没有经费的登记册，不过是一张纸。", Stance.CAUTIONS),
    ("ar", "ليس من اختصاص هذه اللجنة أن تنظر في الموانئ.", Stance.OPPOSES),
    ("ar", "فلنجرب النموذج سنة واحدة.", Stance.PROPOSES),
    ("ar", "إن سجلاً بلا تمويل ليس سوى ورقة.", Stance.CAUTIONS),
]


@pytest.mark.parametrize(("language", "text", "expected"), NAMED)
def test_a_construction_names_its_stance(language: str, text: str, expected: Stance) -> None:
    assert expected in marks(fold(text), lexicon(language)).named


def quotable(text: str, language: str) -> list[str]:
    [sentence] = sentences(text, language)
    return [sentence.text[clause.span.start : clause.span.end] for clause in clauses(sentence, lexicon(language))]


# A cut at the mark would end in the air, drop a condition or say the contrary.
MISLEADING = [
    (
        "fr",
        "Les quinze pays peuvent accepter le fonds sous sa forme présente",
        " et pour deux ans, à la condition qu’aucun donateur n’y dispose seul d’un droit de veto.",
    ),
    (
        "fr",
        "Lorsqu’un État laisse agir depuis son sol des bandes connues de tous",
        ", par calcul ou par faiblesse, il répond de ce qu’elles font ailleurs.",
    ),
    (
        "es",
        "Pedimos a las delegaciones que más recursos tienen en esta sala",
        ", y en especial a las grandes, que no hagan de las modalidades un obstáculo.",
    ),
    (
        "es",
        "Aceptamos que el fondo se administre desde Nueva York durante los dos primeros años",
        " y no desde la capital de un donante.",
    ),
    (
        "en",
        "We ask that the yearly report of the Group to the Assembly record",
        ", in so many words, that a storm is no time for an attack.",
    ),
    (
        "en",
        "States must examine every new law of this kind before it is adopted by their parliaments",
        " and not after the harm has been done to people.",
    ),
    (
        "ru",
        "Мы поддержим любое предложение Секретариата по устройству будущего реестра портов, независимо от того",
        ", какой стороной зала оно внесено и кто его написал первым.",
    ),
    (
        "ru",
        "Правила для небольших портов нашего региона должны быть добровольными",
        " и не обременительными для тех, у кого нет ни людей, ни средств на их выполнение.",
    ),
    (
        "zh",
        "有的代表团主张把港口登记册交给商业公司管理，并由公司决定哪些国家可以查阅其中的全部内容",
        "，中方难以同意。",
    ),
    (
        "zh",
        "我们建议把“港口登记册由各国自行填写，每年更新一次",
        "，不得用于指责他国”这句话写进报告的最后一段。",
    ),
    (
        "ar",
        "وسنبدأ في مطلع الصيف المقبل في عاصمتنا بالتعاون مع دول الجوار",
        "، ومن دون انتظار قرار جديد، برنامجاً لتدريب حراس الموانئ.",
    ),
    (
        "ar",
        "نؤيد إنشاء سجل للموانئ تديره الأمانة العامة وتطلع عليه الدول كافة",
        "، شريطة ألا يُستخدم في توجيه الاتهام إلى أحد.",
    ),
]


@pytest.mark.parametrize(("language", "kept", "rest"), MISLEADING)
def test_a_sentence_is_not_cut_where_the_cut_would_mislead(language: str, kept: str, rest: str) -> None:
    assert not any(clause.endswith(kept[-24:]) for clause in quotable(kept + rest, language))


LEFT_OUT = [
    (
        "ru",
        "Предлагаем поручить Секретариату сверку перечня портов и их дежурных служб не реже двух раз в год",
        ", поскольку номера меняются часто.",
    ),
    ("zh", "我们建议由各区域组织轮流主办每年一次的港口联络演练", "，以便小国也能派出自己的技术人员参加全部课程。"),
    ("ar", "ونقترح أن تُراجع قائمة الموانئ مرتين كل سنة في إطار الفريق", "، لأن أرقام الهواتف تتغير كثيراً."),
]


@pytest.mark.parametrize(("language", "position", "reason"), LEFT_OUT)
def test_a_reason_can_be_left_out(language: str, position: str, reason: str) -> None:
    assert position in quotable(position + reason, language)


def test_a_second_demand_after_a_conjunction_can_be_left_out() -> None:
    demand = "Nous appuyons la création d’un fonds ouvert aux petites administrations de la région"
    assert demand in quotable(f"{demand} et invitons les banques à y contribuer dès cette année.", "fr")


POSITIONS = [
    ("fr", "En conclusion, nous demandons que le fonds soit ouvert aux villes."),
    ("fr", "Nous nous félicitons de l’adoption du rapport par consensus."),
    ("fr", "J’ai l’honneur d’annoncer que notre centre ouvrira en mai."),
    ("es", "Para concluir, proponemos que el fondo se abra a las ciudades."),
    ("en", "To conclude, we propose that the fund be opened to cities."),
    ("en", "My delegation stands ready to host the next exercise in May."),
    ("ru", "Имею честь сообщить, что наш центр откроется в мае."),
    ("ru", "В заключение предлагаем открыть фонд для городов."),
    ("zh", "高兴地看到，最后报告以协商一致获得通过。"),
    ("zh", "首先，在能力建设方面，我们建议为港口设立一项基金。"),
    ("ar", "ونعرب عن قلقنا البالغ من تعطيل محطات المياه."),
    ("ar", "ختاماً، نقترح أن يُفتح الصندوق أمام المدن."),
]


@pytest.mark.parametrize(("language", "text"), POSITIONS)
def test_a_courtesy_that_carries_a_position_is_read(language: str, text: str) -> None:
    [sentence] = sentences(text, language)
    assert readable(sentence, lexicon(language))


COURTESIES = [
    ("fr", "Pour conclure, je vous remercie de votre attention."),
    ("es", "Para concluir, reitero la gratitud de mi delegación."),
    ("en", "In closing, I assure you of the cooperation of my delegation."),
    ("ru", "В заключение хотел бы ещё раз поблагодарить вас за внимание."),
    ("zh", "最后，我再次感谢主席和秘书处所做的工作。"),
    ("ar", "وفي الختام، أتوجه بالشكر إليكم جميعاً على حسن الإصغاء."),
]


@pytest.mark.parametrize(("language", "text"), COURTESIES)
def test_a_courtesy_is_none(language: str, text: str) -> None:
    [sentence] = sentences(text, language)
    assert not readable(sentence, lexicon(language))


SAID_BY_ALL = [
    ("fr", "Aucun pays n’est à l’abri et nous devons travailler ensemble."),
    ("es", "Hoy más que nunca debemos trabajar juntos frente a retos y oportunidades."),
    ("en", "Now more than ever we must work together hand in hand."),
    ("ru", "Ни одна страна не справится в одиночку, как никогда нужны совместные усилия."),
    ("zh", "各国应携手努力，共同构建安全稳定的网络空间。"),
    ("ar", "ولا تستطيع دولة بمفردها، ولا بد من تضافر الجهود الدولية."),
]


@pytest.mark.parametrize(("language", "text"), SAID_BY_ALL)
def test_what_everybody_says_is_seen(language: str, text: str) -> None:
    assert "signal_platitude" in evidence(fold(text), lexicon(language))


NAMED_THINGS = [
    ("fr", "L’article 6 de la Convention de Budapest demeure la référence."),
    ("es", "El artículo 6 del Convenio de Budapest sigue siendo la referencia."),
    ("en", "Article 6 of the Budapest Convention remains the reference."),
    ("ru", "Статья 6 Будапештской конвенции остаётся ориентиром."),
    ("zh", "《布达佩斯公约》第六条仍可参照。"),
    ("ar", "تظل المادة 6 من اتفاقية بودابست مرجعاً."),
]


@pytest.mark.parametrize(("language", "text"), NAMED_THINGS)
def test_a_named_instrument_is_seen(language: str, text: str) -> None:
    assert "signal_instrument" in evidence(fold(text), lexicon(language))


def test_arabic_cues_are_written_as_the_text_is_matched() -> None:
    """A cue with a letter that folding changes would never be found."""
    table = data.language("ar", "briefing")
    sections = [table[name] for name in ("signals", "acts", "waste", "clauses", "topics")] + [*table["stance"].values()]
    cues = [cue for section in sections for found in section.values() for cue in found]
    assert [cue for cue in cues if fold(cue) != cue] == []
