"""The normal form words are searched in."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.search import LONGEST_TERM, terms

TRICKY = st.text(alphabet="aeiosydngxchulß'’ʼ-_ éñøİıſйёоевыхмиѐ\u0301\u064b\u0640العوينهتمأةى网络の한ไม้①ﬁ９\x00\ud800")


def normalise(text: str) -> str:
    """A text as the store keeps it for searching."""
    return " ".join(terms(text))


@given(st.text() | TRICKY)
@example("'ʼS㐀")
@example("㐀lʼa")
@example("lʼdʼa aʼsʼs _lʼa")
@example("a" * (LONGEST_TERM - 2) + "ʼsb")
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text() | TRICKY, st.text() | TRICKY)
def test_what_is_in_one_of_two_texts_is_in_both_together(one: str, other: str) -> None:
    assert set(terms(one)) <= set(terms(f"{one}\n{other}"))


@given(st.text())
def test_terms_hold_no_space_and_no_sign(text: str) -> None:
    assert all(term.isalnum() and len(term) <= LONGEST_TERM for term in terms(text))


@pytest.mark.parametrize(
    "forms",
    [
        "state States STATE'S STATES",
        "policy policies",
        "attack attacks attacked attacking",
        "propose proposes proposed proposing",
        "process processes",
        "norm norms norme normes norma normas",
        "réseau reseaux RÉSEAUX",
        "national nationale nationaux",
        "nación naciones",
        "cibernético cibernética cibernéticos",
        "угроза угрозы угроз угрозами",
        "международный международного международной",
        "القانون قانون والقانون للقانون القانونُ",
        "سيبراني السيبرانية السيبراني",
        "Ørsted orsted",
        "Straße strasse",
        "ﬁnal final",
        "２０２６ 2026",
    ],
)
def test_forms_of_one_word_are_one_term(forms: str) -> None:
    assert len(set(terms(forms))) == 1


@pytest.mark.parametrize("pair", ["state status", "norm normal", "law lawn", "мир мера", "security secure", "us use"])
def test_words_of_their_own_stay_apart(pair: str) -> None:
    assert len(set(terms(pair))) == 2


def test_scripts_without_spaces_become_pairs() -> None:
    assert terms("网络安全, 2026") == ["网络", "络安", "安全", "2026"]
    assert terms("网") == ["网"]


def test_elided_articles_are_no_words() -> None:
    assert terms("l’État d'aujourd'hui qu'elle") == terms("état aujourd'hui elle")
    assert terms("China's") == terms("Chinaʼs") == terms("China")
    assert terms("lʼÉtat") == terms("l’État")


def test_a_symbol_is_its_parts() -> None:
    assert terms("A/RES/75/240") == ["a", "res", "75", "240"]


def test_time_grows_with_length_only() -> None:
    # Runs that make a careless pattern or stemmer loop; a second is far more than it takes.
    for text in ("s" * 100_000, "'s" * 50_000, "\u0301" * 100_000, "ы" * 100_000, "ال" * 50_000):
        assert len(normalise(text)) <= 100_000
