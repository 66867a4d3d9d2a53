"""Statements to brief, written for these tests; what they say is invented."""

from __future__ import annotations

from datetime import date

from bot.domain.statement import Statement
from bot.domain.taxonomy import Forum, Kind

ENGLISH = """Madam Chair,

I thank you for convening this meeting and congratulate the Bureau on its election.

Freedonia aligns itself with the statement delivered on behalf of the Coastal Group.

Last year a storm cut our only cable, and for nine days the banks were closed. I will make three points.

First, Freedonia supports the establishment of a permanent mechanism under the United Nations, because small \
delegations cannot follow five processes at once. Some delegations argue that a treaty would solve this.

We cannot accept a text that would let a single State veto the participation of civil society, unless its reasons are \
published.

My delegation proposes that the Secretariat keep a public register of the training offered by States, with a yearly \
report to the plenary. Is that too much to ask?

We condemn the ransomware attacks against hospitals in our region, and we urge all States to deny safe haven to those \
who carry them out.

Freedonia will contribute two million dollars to the trust fund for capacity-building before the end of 2027.

In conclusion, we look forward to working with you. Thank you, Madam Chair.

Share Print"""

FRENCH = """Monsieur le Président,

Je vous remercie d’avoir convoqué cette réunion.

La Syldavie appuie la création d’un mécanisme permanent sous l’égide des Nations Unies, car les petites délégations ne \
peuvent suivre cinq processus à la fois.

Nous ne pouvons accepter que le texte permette à un seul État d’écarter la société civile de nos travaux.

Nous proposons que le Secrétariat tienne un registre public des formations offertes par les États.

Nous condamnons les attaques par rançongiciel contre les hôpitaux de notre région.

Je vous remercie."""

SPANISH = """Señora Presidenta:

Agradecemos la convocatoria de esta reunión.

San Marcos apoya la creación de un mecanismo permanente bajo los auspicios de las Naciones Unidas.

No podemos aceptar un texto que permita a un solo Estado vetar la participación de la sociedad civil.

Proponemos que la Secretaría mantenga un registro público de la capacitación ofrecida por los Estados.

Condenamos los ataques con programas de secuestro contra los hospitales de nuestra región.

Muchas gracias."""

RUSSIAN = """Госпожа Председатель,

Благодарим Вас за созыв этого заседания.

Наша страна поддерживает создание постоянного механизма под эгидой Организации Объединённых Наций.

Мы не можем согласиться с текстом, который позволит одному государству исключить гражданское общество.

Предлагаем Секретариату вести открытый реестр учебных программ, предлагаемых государствами.

Осуждаем атаки вымогателей на больницы нашего региона.

Благодарю за внимание."""

CHINESE = """主席女士：

感谢你召集本次会议。

我国支持在联合国框架内建立常设机制，使小国代表团也能平等参与。

我们反对任何一国以不透明的方式阻止民间社会和企业参与有关进程。

我们建议秘书处建立各国提供的网络安全能力建设培训公开名册。

我们强烈谴责针对本区域各国医院的勒索软件攻击行为。

谢谢主席女士。"""

ARABIC = """السيدة الرئيسة،

أشكركم على عقد هذه الجلسة.

تؤيد بلادي إنشاء آلية دائمة تحت مظلة الأمم المتحدة تتيح لجميع الدول المشاركة على قدم المساواة.

ونرفض أي نص يسمح لدولة واحدة باستبعاد المجتمع المدني من أعمالنا.

ونقترح أن تحتفظ الأمانة العامة بسجل عام للتدريب الذي تقدمه الدول في مجال الأمن السيبراني.

وندين هجمات برمجيات الفدية على المستشفيات في منطقتنا.

وشكرًا."""

BODIES = {"en": ENGLISH, "fr": FRENCH, "es": SPANISH, "ru": RUSSIAN, "zh": CHINESE, "ar": ARABIC}


def statement(
    body: str, language: str = "en", *, id: str = "now", on: date = date(2026, 7, 20), title: str = "Statement"
) -> Statement:
    return Statement(
        id=id,
        url="https://mission.example/statements/7",
        title=title,
        body=body,
        is_cyber_statement=True,
        relevance=1.0,
        why=(),
        kind=Kind.NATIONAL_STATEMENT,
        country="FRE",
        group=None,
        speaker=None,
        role=None,
        forum=Forum.GM,
        symbol=None,
        date=on,
        language=language,
    )
