"""The language of a text, from its own words and not from the page around it."""

from __future__ import annotations

import pytest

from bot.reading.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Statement at the open debate on threats in cyberspace", "en"),
        ("Discussion Section – Written Comments", "en"),
        ("Intervention au débat public sur la cybersécurité", "fr"),
        ("Intervención de Norlandia ante el Consejo de Seguridad", "es"),
        ("Выступление на открытых прениях Совета Безопасности", "ru"),
        ("常驻代表在安理会公开会上的发言", "zh"),
        ("常駐代表在安理會公開會上的發言", "zh"),
        ("بيان الوفد الدائم أمام مجلس الأمن", "ar"),
        ("بیانیه نمایندگی دائم در شورای امنیت سازمان ملل", "fa"),
        ("اقوام متحدہ میں مستقل مندوب کا بیان", "ur"),
        ("Заява Постійного представника України", "uk"),
        ("Выступ Пастаяннага прадстаўніка ў ААН", "be"),
        ("Қауіпсіздік Кеңесіндегі мәлімдеме", "kk"),
        ("安全保障理事会における国連常駐代表のステートメント", "ja"),
        ("유엔 안전보장이사회 공개토의 발언", "ko"),
        ("Declaração do representante permanente no Conselho de Segurança", "pt"),
        ("Rede des Botschafters im Sicherheitsrat der Vereinten Nationen", "de"),
    ],
)
def test_a_headline_is_enough(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("text", ["RANSOMWARE", "UN OEWG Report (2021-2025)", "#StopRansomware Guide", "hello"])
def test_names_and_acronyms_count_as_english_unless_the_source_says_otherwise(text: str) -> None:
    assert detect(text) == "en"


def test_the_hint_decides_where_there_are_no_letters_and_never_against_plain_words() -> None:
    assert detect("20/06/2024", "fr-CH") == "fr"
    assert detect("20/06/2024") == "en"
    assert detect("Выступление на открытых прениях", "en") == "ru"
    assert detect("Intervention au débat public sur la cybersécurité", "en") == "fr"


def test_a_foreign_name_in_a_text_does_not_change_its_language() -> None:
    assert (
        detect("主席先生：感谢各位同事。Check against delivery. Working Group A/AC.292 OEWG 联合国会议今天继续举行。")
        == "zh"
    )
    assert detect("The delegation thanks the representative of China (中国) for her statement today.") == "en"
