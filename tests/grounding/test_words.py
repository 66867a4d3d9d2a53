"""The parts of the check: figures, denials, names, and the data of each language."""

from __future__ import annotations

from typing import Any

import pytest

from bot import data
from bot.briefing.figures import figures, unfounded
from bot.briefing.vocabulary import vocabulary
from bot.grounding.negation import denials
from bot.grounding.quotes import stands_in
from tests.grounding.samples import LANGUAGES


def shape(table: dict[str, Any], path: str = "") -> set[str]:
    keys = set()
    for key, value in table.items():
        keys |= shape(value, f"{path}{key}.") if isinstance(value, dict) and key != "numbers" else {f"{path}{key}"}
    return keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_list_that_english_has(language: str) -> None:
    table = data.language(language, "grounding")
    assert shape(table) == shape(data.language("en", "grounding"))
    never_empty = ("negations", "reversing", "hedges", "address", "planted", "numbers", "neutral", "keep", "joins")
    assert all(table[key] for key in (*never_empty, "causes", "contrasts", "additions"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_pattern_matches_nothing(language: str) -> None:
    words = vocabulary(language)
    patterns = [words.negations, words.reversing, words.hedges, words.address, words.planted, words.not_negations]
    assert not any(pattern.search("") for pattern in [*patterns, *words.units.values(), *words.institutions.values()])


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "two million dollars", {"2000000", "unit dollar"}),
        ("en", "2.5 million", {"2500000"}),
        ("en", "1,250,000 cases", {"1250000"}),
        ("en", "forty-two of 193 States", {"42", "193"}),
        ("en", "75 per cent in May 2027", {"75", "unit percent", "month 5", "2027"}),
        ("en", "we may march in august company", set()),
        ("fr", "quatre-vingt-dix jours, 2 000 000 d’euros", {"90", "2000000", "unit euro"}),
        ("es", "treinta países en noviembre", {"30", "month 11"}),
        ("ru", "двадцать пять процентов", {"25", "unit percent"}),
        ("zh", "两百万美元，十四起事件，2027年", {"2000000", "unit dollar", "14", "2027"}),
        ("zh", "200万人一致同意", {"2000000"}),
        ("ar", "ثلاثة ملايين دولار في ١٤ دولة", {"3000000", "unit dollar", "14"}),
        ("ar", "بمليوني دولار", {"2000000", "unit dollar"}),
    ],
)
def test_figures_are_read_in_digits_and_in_words(language: str, text: str, found: set[str]) -> None:
    assert figures(text, language) == found


def test_a_figure_must_be_founded_and_a_month_may_be_written_either_way() -> None:
    assert unfounded(figures("2027", "en"), figures("2026", "en"))
    assert not unfounded(figures("2026年11月", "zh"), figures("November 2026", "en"))
    assert unfounded(figures("two dollars", "en"), figures("two euros", "en"))


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("en", "We do not, and cannot, accept it without a vote.", 3),
        ("en", "non-binding norms", 1),
        ("fr", "Nous ne pouvons pas accepter", 1),
        ("fr", "Aucun État ne devrait attaquer", 1),
        ("fr", "Aucun État ne devrait pas", None),
        ("es", "No aceptamos ningún texto", None),
        ("es", "Ningún Estado debe atacar", 1),
        ("ru", "Ни одно государство не должно", 1),
        ("zh", "我们不同意", 1),
        ("zh", "不同国家的非洲代表", 0),
        ("ar", "لا نقبل ولن نقبل", 2),
    ],
)
def test_denials_are_counted(language: str, text: str, count: int | None) -> None:
    assert denials(text, language) == count


def test_a_quote_is_no_part_of_a_longer_word() -> None:
    assert not stands_in("able to accept", "We are unable to accept it.")
    assert stands_in("unable to accept", "We are unable to accept it.")
    assert stands_in("常设机制", "我们支持建立网络安全常设机制。")
