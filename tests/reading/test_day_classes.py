"""The day of delivery as against that of posting, in the ways pages of six languages tell it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.reading.day import find_day

DELIVERED = date(2024, 6, 20)
POSTED = datetime(2024, 6, 21, 9, 40, tzinfo=UTC)
SAID_SO = """
Published: 21 June 2024|Delivered on: 20 June 2024 (transcript)
Publié le 21 juin 2024|Prononcée le 20 juin 2024
Publicado: 21 de junio de 2024|Fecha de la intervención: 20 de junio de 2024
Дата публикации: 21 июня 2024 г.|Дата выступления: 20 июня 2024 г.
发布时间：2024年6月21日|发言日期：2024年6月20日
تاريخ النشر: 21 يونيو 2024|تاريخ الإلقاء: 20 يونيو 2024
June 21, 2024|Ambassador A. Example|20 June 2024, Conference Room 2
21.06.2024|Jeudi 20 juin 2024
21/06/2024|Jueves, 20 de junio de 2024
21.06.2024|20 июня 2024 г., четверг
2024-06-21|6月20日，星期四（2024年6月20日）
21/06/2024|الخميس، 20 يونيو 2024
"""
TODAY = """
Mr. President,||I thank you for convening this open debate of 20 June.
Monsieur le Président,||Nous nous réunissons aujourd'hui, 20 juin, pour un sujet grave.
Señor Presidente:||Hoy, 20 de junio, el Consejo se ocupa de un asunto grave.
Господин Председатель,||Сегодня, 20 июня, Совет обсуждает серьёзный вопрос.
主席先生：||今天，6月20日，我们在此讨论一个严肃的问题。
السيد الرئيس،||نجتمع اليوم، 20 يونيو، لمناقشة مسألة خطيرة.
"""
BELOW = """
New York, 20 June 2024
New York, le 20 juin 2024
Nueva York, 20 de junio de 2024
Нью-Йорк, 20 июня 2024 г.
2024年6月20日于纽约
نيويورك، 20 حزيران/يونيو 2024
"""
SPEECH = "Mr. Chair,\n\nCyber operations are not above the law."


def lines(block: str) -> list[str]:
    return block.strip().splitlines()


@pytest.mark.parametrize("header", lines(SAID_SO))
def test_what_says_when_it_was_delivered_beats_what_says_when_it_was_put_up(header: str) -> None:
    assert find_day(header=header.replace("|", "\n"), body=SPEECH, published=POSTED) == DELIVERED


@pytest.mark.parametrize("front", lines(SAID_SO)[:6])
def test_so_it_does_where_these_lines_open_the_text(front: str) -> None:
    labelled = front.replace(": ", ":\n\n").replace("|", "\n\n")
    assert find_day(body=f"{labelled}\n\n{SPEECH}", published=POSTED) == DELIVERED


@pytest.mark.parametrize("body", lines(TODAY))
def test_the_speaker_says_what_day_it_is(body: str) -> None:
    assert find_day(body=body.replace("||", "\n\n"), published=POSTED) == DELIVERED


def test_the_speakers_today_needs_no_posting_where_he_names_the_year() -> None:
    assert find_day(body="Chair,\n\nWe meet today, 20 June 2024, on ransomware.") == DELIVERED


def test_a_day_of_another_year_is_not_today() -> None:
    body = "Chair,\n\nToday is the anniversary of the attack of 14 February, which this debate must not forget."
    assert find_day(body=body, published=POSTED) == POSTED.date()


def test_at_the_turn_of_the_year_the_speakers_day_is_of_the_old_one() -> None:
    posted = datetime(2025, 1, 2, tzinfo=UTC)
    assert find_day(body="Chair,\n\nThis meeting of 30 December is our last.", published=posted) == date(2024, 12, 30)


@pytest.mark.parametrize("line", lines(BELOW))
def test_place_and_day_may_stand_below(line: str) -> None:
    assert find_day(body=SPEECH, tail=line, published=POSTED) == DELIVERED
    assert find_day(body=f"{SPEECH}\n\n{line}", published=POSTED) == DELIVERED


def test_a_related_item_below_is_not_the_speech() -> None:
    tail = "Related content\nStatement on the Law of the Sea, 3 June 2024\nContact"
    assert find_day(body=SPEECH, tail=tail, published=POSTED) == POSTED.date()


def test_the_days_of_a_session_give_way_to_the_day_of_posting_within_them() -> None:
    header = "Tenth session of the Working Group, 17 to 21 June 2024"
    assert find_day(header=header, body=SPEECH, published=datetime(2024, 6, 20, tzinfo=UTC)) == DELIVERED
    assert find_day(header=header, body=SPEECH, published=datetime(2024, 9, 1, tzinfo=UTC)) == date(2024, 6, 17)


WITHOUT_YEAR = """
(New York, 20 June)
New York, June 20th
Statement by Ambassador A. Example, Conference Room 2, 20 June
(New York, le 20 juin)
Vienne, le 20 juin
Prononcé par Mme A. Exemple, Conseillère, Genève, jeudi 20 juin
(Nueva York, 20 de junio)
Ginebra, jueves 20 de junio
Pronunciada por el Sr. A. Ejemplo, Consejero (Viena, 20 de junio)
Нью-Йорк, 20 июня
20 июня, зал заседаний № 2
（6月20日，译自俄文）
纽约，6月20日
六月二十日，日内瓦
نيويورك، 20 يونيو
(جنيف، 20 حزيران/يونيو)
"""


@pytest.mark.parametrize("line", lines(WITHOUT_YEAR))
def test_a_day_without_its_year_is_of_the_year_the_page_was_put_up_in(line: str) -> None:
    assert find_day(header=line, body=SPEECH, published=POSTED) == DELIVERED
    assert find_day(header=f"21/06/2024\n{line}", body=SPEECH) == DELIVERED


def test_a_day_without_its_year_may_be_of_the_year_before() -> None:
    posted = datetime(2025, 1, 3, tzinfo=UTC)
    assert find_day(header="(Geneva, 30 December)", body=SPEECH, published=posted) == date(2024, 12, 30)


@pytest.mark.parametrize(
    "header",
    [
        "New York, 4 April",
        "10-21 June",
        "10 June - 12 June",
        "10 au 21 juin",
        "6月10日至12日",
        "Document no. 20/6",
        "In force since May 2",
    ],
)
def test_a_day_without_its_year_is_left_if_weeks_before_or_one_of_several(header: str) -> None:
    assert find_day(header=header, body=SPEECH, published=POSTED) == POSTED.date()


def test_a_day_without_its_year_says_nothing_where_no_year_is_told() -> None:
    assert find_day(header="New York, 20 June", body=SPEECH) is None


@pytest.mark.parametrize(
    "line",
    [
        "Delivered 18 June 2024, posted 21 June 2024",
        "(18 June, Counsellor Roe, from the recording; put online on June 21, 2024)",
        "Prononcée le 18 juin 2024 – mise en ligne le 21 juin 2024",
        "Nueva York, 18 de junio de 2024 (publicado el 21 de junio de 2024)",
        "18 июня 2024 г., опубликовано 21 июня 2024 г.",
        "（6月18日下午，王小川处长，根据录音整理，2024年6月21日上网）",
        "ألقي في 18 يونيو 2024، نشر في 21 يونيو 2024",
    ],
)
def test_a_line_that_tells_both_days_gives_that_of_delivery(line: str) -> None:
    assert find_day(header=line, body=SPEECH, published=POSTED) == date(2024, 6, 18)


def test_a_line_that_tells_a_session_and_a_day_of_it_gives_the_day() -> None:
    assert find_day(header="Session of 17 to 21 June 2024, statement of 18 June 2024") == date(2024, 6, 18)
    spanned = "Session du 17 au 21 juin 2024 – 18 juin"
    assert find_day(header=spanned, body=SPEECH, published=POSTED) == date(2024, 6, 18)


@pytest.mark.parametrize(
    "line", ["（21/06/2024 上载，译文仅供参考）", "Date de modification : 2024-06-21", "Выложено 21.06.2024"]
)
def test_words_of_posting_are_known(line: str) -> None:
    assert find_day(header=f"{line}\n18/06/2024", body=SPEECH) == date(2024, 6, 18)


SESSIONS = """
Session of 17 June 2024 – 21 June 2024, statement of 20 June 2024
From 17 June 2024 to 21 June 2024, New York|20 June 2024
Dixième session, du 17 juin 2024 au 21 juin 2024 ; intervention du 20 juin 2024
Décimo período de sesiones (del 17 de junio de 2024 al 21 de junio de 2024), 20 de junio de 2024
Десятая сессия, 17 июня 2024 г. – 21 июня 2024 г., 20 июня 2024 г.
第十届会议（2024年6月17日至2024年6月21日），2024年6月20日
الدورة العاشرة من 17 يونيو 2024 إلى 21 يونيو 2024، 20 يونيو 2024
"""
TWO_IN_A_LINE = """
21 June 2024 – Statement delivered on 20 June 2024
Online since 21 June 2024. Delivered in New York on 20 June 2024.
Publié le 21/06/2024. Prononcé le 20/06/2024
Publicado: 21/06/2024. Fecha de la intervención: 20/06/2024
Опубликовано: 21.06.2024. Дата выступления: 20.06.2024
发布时间：2024年6月21日 发言时间：2024年6月20日
نشر في 21 يونيو 2024، ألقي في 20 يونيو 2024
Pursuant to resolution 2341 of 13 February 2017, on 20 June 2024
"""
ROMAN = """
20.VI.2024
New York, le 20-VI-2024
20 de VI de 2024
Нью-Йорк, 20.VI.2024
"""


@pytest.mark.parametrize("header", lines(SESSIONS))
def test_the_ends_of_a_session_written_out_in_full_are_not_the_day(header: str) -> None:
    assert find_day(header=header.replace("|", "\n"), body=SPEECH, published=POSTED) == DELIVERED
    assert find_day(header=header.replace("|", "\n"), body=SPEECH) == DELIVERED


@pytest.mark.parametrize("header", lines(TWO_IN_A_LINE))
def test_of_two_days_in_a_line_the_one_of_delivery_counts(header: str) -> None:
    assert find_day(header=header, body=SPEECH, published=POSTED) == DELIVERED


@pytest.mark.parametrize("header", lines(ROMAN))
def test_months_in_roman_numerals_are_read(header: str) -> None:
    assert find_day(header=header, body=SPEECH, published=POSTED) == DELIVERED


def test_the_first_of_a_month_has_its_own_word_in_the_maghreb() -> None:
    assert find_day(header="نيويورك، فاتح سبتمبر 2024", body=SPEECH) == date(2024, 9, 1)


def test_a_numeral_that_is_no_month_is_no_day() -> None:
    assert find_day(header="Document 12.XIV.2024 and A/5.IV", body=SPEECH) is None


STAMPED = """
By Mission Admin | June 21, 2024 | 0 comments
Autor: Prensa Misión — 21/06/2024 — Lectura: 3 min
Par la rédaction | 21 juin 2024 | 4 commentaires
Пресс-служба постпредства | 21 июня 2024 г. | 215 просмотров
新闻处 | 2024年6月21日 | 浏览次数：215
القسم الإعلامي | 21 يونيو 2024 | 12 مشاهدة
"""
WEEKDAY = """
The Working Group met last week. We reproduce the statement made on Thursday by Ms. A. Example, Counsellor.
Nous reproduisons l'intervention faite jeudi par Mme A. Exemple, Conseillère.
La plenaria escuchó este jueves 20 una declaración conjunta, leída por la Embajadora A. Ejemplo.
Публикуем выступление советника А. Примерова, прозвучавшее в четверг в Рабочей группе.
以下为参赞本周四（20日）在工作组的发言。
ننشر فيما يلي البيان الذي ألقاه المستشار يوم الخميس 20 أمام الفريق العامل.
"""
TABLE_BELOW = """
Date and place|New York, 20 June 2024|Uploaded|21 June 2024
Date et lieu|New York, 20 juin 2024|Mis en ligne le|21 juin 2024
Fecha y lugar|Nueva York, 20 de junio de 2024|Publicado el|21 de junio de 2024
Дата и место|Нью-Йорк, 20 июня 2024 г.|Опубликовано|21 июня 2024 г.
时间地点|2024年6月20日，纽约|发布时间|2024年6月21日
التاريخ والمكان|نيويورك، 20 يونيو 2024|تاريخ النشر|21 يونيو 2024
"""
ABOVE_TITLE = """
20 June 2024, agenda item “International law”
20 juin 2024, point de l'ordre du jour « Droit international »
20 de junio de 2024, tema del programa «Derecho internacional»
20 июня 2024 года, пункт повестки дня «Международное право»
2024年6月20日，议程项目“国际法”
20 يونيو 2024، بند جدول الأعمال «القانون الدولي»
"""


@pytest.mark.parametrize("stamp", lines(STAMPED))
def test_a_line_that_counts_visitors_is_the_stamp_of_the_posting(stamp: str) -> None:
    assert find_day(header=f"{stamp}\n20/06/2024", body=SPEECH, published=POSTED) == DELIVERED


@pytest.mark.parametrize("line", lines(WEEKDAY))
def test_a_sentence_above_tells_the_day_by_its_name(line: str) -> None:
    assert find_day(header=f"21/06/2024\n{line}", body=SPEECH, published=POSTED) == DELIVERED


def test_a_day_of_the_week_that_tells_of_no_speech_is_nothing() -> None:
    assert find_day(header="The reading room is closed on Thursday.", body=SPEECH, published=POSTED) == POSTED.date()


@pytest.mark.parametrize("rows", lines(TABLE_BELOW))
def test_a_table_below_tells_the_day_beside_its_label(rows: str) -> None:
    tail = rows.replace("|", "\n")
    assert find_day(body=SPEECH, tail=f"Ms. A. Example\n\nEnd\n{tail}", published=POSTED) == DELIVERED
    assert find_day(body=SPEECH, header=tail, published=POSTED) == DELIVERED


@pytest.mark.parametrize("line", lines(ABOVE_TITLE))
def test_a_line_above_the_title_with_the_item_has_the_day(line: str) -> None:
    assert find_day(site=f"Mission\n{line}", header="21.06.2024", body=SPEECH, published=POSTED) == DELIVERED


@pytest.mark.parametrize("line", ["Nueva York (jun. 20/24). La Ministra pronunció hoy:", "Bogotá (Jun. 20/2024)"])
def test_a_colombian_dateline_is_read(line: str) -> None:
    assert find_day(header=f"21 de junio de 2024\n{line}", body=SPEECH, published=POSTED) == DELIVERED
