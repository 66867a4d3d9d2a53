"""States named in running text, in six languages."""

from __future__ import annotations

import time

import pytest

from bot import data
from bot.reading.states import codes, country_name, find_states

LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")


def found(text: str, language: str) -> list[str]:
    return [mention.code for mention in find_states(text, language)]


def test_there_are_all_members_both_observers_and_the_states_that_are_neither() -> None:
    assert len(codes()) == 193 + 2 + 2
    assert {"VAT", "PSE", "COK", "NIU"} <= set(codes())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_names_the_same_states_in_the_same_shape(language: str) -> None:
    table = data.language(language, "states")
    assert set(table) == set(codes())
    for row in table.values():
        assert list(row) == ["name", "official", "aliases", "adjectives"]
        assert row["name"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_words_for_who_speaks(language: str) -> None:
    assert list(data.language(language, "who")) == list(data.language("en", "who"))


def test_every_group_is_named_in_every_language() -> None:
    for group, forms in data.table("groups.toml").items():
        assert list(forms) == list(LANGUAGES), group
        assert all(forms.values()), group


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_is_found_as_its_own_state(language: str) -> None:
    for code, row in data.language(language, "states").items():
        for name in (row["name"], *row["official"], *row["aliases"]):
            assert found(name, language) == [code], name


@pytest.mark.parametrize(
    ("language", "text", "states"),
    [
        ("en", "The Democratic People's Republic of Korea and the Republic of Korea", ["PRK", "KOR"]),
        ("en", "Guinea-Bissau, Equatorial Guinea, Papua New Guinea and Guinea", ["GNB", "GNQ", "PNG", "GIN"]),
        ("en", "Cote d'Ivoire, Côte d’Ivoire and Türkiye", ["CIV", "CIV", "TUR"]),
        ("en", "the UK, the U.S. and the UAE", ["GBR", "USA", "ARE"]),
        ("en", "LET US BEGIN, said COSTA RICA", ["CRI"]),
        ("en", "Cuba's reply to the Netherlands", ["CUB", "NLD"]),
        ("en", "Latin American countries around the Indian Ocean", []),
        ("en", "we polish a turkey on fine china", []),
        ("en", "Dominica and the Dominican Republic; Niger and Nigeria", ["DMA", "DOM", "NER", "NGA"]),
        ("fr", "l’Allemagne, la Suisse, les États-Unis et le Viet Nam", ["DEU", "CHE", "USA", "VNM"]),
        ("fr", "La délégation canadienne et la délégation turque", ["CAN", "TUR"]),
        ("fr", "la position suisse et la Suisse", ["CHE", "CHE"]),
        ("es", "la delegación española y los Países Bajos, EE. UU.", ["ESP", "NLD", "USA"]),
        ("es", "REPUBLICA DOMINICANA, PERU y MEXICO", ["DOM", "PER", "MEX"]),
        ("ru", "Благодарим Республику Корея, Францию и Китай", ["KOR", "FRA", "CHN"]),
        ("ru", "представителя Кыргызской Республики и Соединённых Штатов Америки", ["KGZ", "USA"]),
        ("ru", "российскую делегацию, США и Объединенными Арабскими Эмиратами", ["RUS", "USA", "ARE"]),
        ("ru", "в Чехии, Египте, Нидерландах, на Мальдивских Островах", ["CZE", "EGY", "NLD", "MDV"]),
        ("zh", "感谢大韩民国、印度尼西亚和联合王国，印度洋国家", ["KOR", "IDN", "GBR"]),
        ("zh", "刚果民主共和国与刚果共和国", ["COD", "COG"]),
        ("ar", "والمملكة العربية السعودية وللأردن والاتحاد الروسي", ["SAU", "JOR", "RUS"]),
        ("ar", "جمهورية مصر العربية وسُوريا بالتعاون مع سلطنة عُمان", ["EGY", "SYR", "OMN"]),
        ("ar", "الوفد السوري والسفيرة المصرية", ["SYR", "EGY"]),
    ],
)
def test_states_in_a_sentence(language: str, text: str, states: list[str]) -> None:
    assert found(text, language) == states


def test_a_mention_says_where_and_how() -> None:
    swiss, geneva = "The Swiss delegation thanked Ghana.", "Ghana"
    one, other = find_states(swiss, "en")
    assert (one.code, one.form, one.adjective) == ("CHE", "Swiss", True)
    assert (swiss[other.start : other.end], other.adjective) == (geneva, False)


def test_names_for_display() -> None:
    assert country_name("TUR") == "Türkiye"
    assert country_name("DEU", "fr") == "Allemagne"
    assert country_name("DEU", "pt") == "Germany"
    assert country_name("XXX") == "XXX"


@pytest.mark.parametrize("language", LANGUAGES)
def test_finding_takes_time_linear_in_the_text(language: str) -> None:
    find_states("x", language)
    text = "Democratic People's Republic of Democratic Republic of 中华人民 Демократическая الجمهورية العربية " * 2000
    begin = time.thread_time()
    find_states(text, language)
    assert time.thread_time() - begin < 3
