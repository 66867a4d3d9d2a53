"""When two documents are the same statement."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identity import (
    SAME,
    SKETCH_SIZE,
    Occasion,
    canonical_url,
    identify,
    occasion,
    resemblance,
    sketch,
)
from bot.domain.taxonomy import Kind
from tests.samples import statement

VOCABULARY = [f"{first}{last}" for first in "ba co di fu ge".split() for last in "lan mer tos vik zan dor".split()]


def speech(seed: int, words: int = 700) -> list[str]:
    """Words like no other seed's, in sentences of fourteen."""
    chosen = random.Random(seed).choices(VOCABULARY, k=words)
    return [" ".join(chosen[i : i + 14]) + "." for i in range(0, words, 14)]


def alike(one: list[str], other: list[str]) -> float:
    return resemblance(sketch(" ".join(one)), sketch(" ".join(other)))


class TestResemblance:
    def test_a_text_is_itself_and_nothing_is_like_another(self) -> None:
        assert alike(speech(1), speech(1)) == 1
        assert alike(speech(1), speech(2)) < 0.05

    @pytest.mark.parametrize("seed", range(10))
    def test_a_copy_amid_half_as_much_page_furniture_is_the_same(self, seed: int) -> None:
        furniture = speech(seed + 100, 350)
        assert alike(speech(seed), furniture[:5] + speech(seed) + furniture[5:]) >= SAME

    @pytest.mark.parametrize("seed", range(10))
    def test_a_copy_with_small_edits_is_the_same(self, seed: int) -> None:
        edited = speech(seed)
        edited[3] = edited[3].replace("a", "e")
        del edited[20]
        edited.insert(40, "As delivered, check against recording.")
        assert alike(speech(seed), edited) >= SAME

    @pytest.mark.parametrize("seed", range(10))
    def test_next_years_speech_with_half_its_sentences_again_is_another(self, seed: int) -> None:
        years_before = speech(seed)
        assert alike(years_before, years_before[:25] + speech(seed + 100)[:25]) < SAME

    def test_a_script_without_spaces_is_compared_too(self) -> None:
        chosen = "".join(random.Random(1).choices("网络安全国际规则主张合作反对霸权中方认为", k=900))
        other = "".join(random.Random(2).choices("网络安全国际规则主张合作反对霸权中方认为", k=900))
        assert resemblance(sketch(chosen), sketch(f"首页 新闻 {chosen} 打印")) >= SAME
        assert resemblance(sketch(chosen), sketch(other)) < 0.05

    def test_a_title_resembles_nothing_not_even_itself(self) -> None:
        title = sketch("Thematic discussion: other disarmament measures and international security")
        assert resemblance(title, title) == 0

    @given(st.text(), st.text())
    def test_is_between_0_and_1_and_the_same_both_ways(self, one: str, other: str) -> None:
        a, b = sketch(one), sketch(other)
        assert 0 <= resemblance(a, b) <= 1
        assert resemblance(a, b) == resemblance(b, a)
        assert len(a) <= SKETCH_SIZE
        assert list(a) == sorted(set(a))

    def test_near_duplicates_share_a_band(self) -> None:
        for seed in range(30):
            one = identify(statement(body=" ".join(speech(seed))))
            other = identify(statement(body=" ".join(speech(seed + 100, 350) + speech(seed))))
            assert set(one.bands) & set(other.bands)


class TestOccasion:
    HERE = Occasion(country="MWI", group="African Group", date=date(2026, 7, 21))

    def test_is_what_a_statement_says_of_itself(self) -> None:
        assert occasion(statement(country="MWI", group=None)).country == "MWI"

    @pytest.mark.parametrize(
        "other",
        [
            HERE,
            Occasion(country=None, group=None, date=None),
            Occasion(country="MWI", group=None, date=None),
            Occasion(country=None, group="African Group", date=date(2026, 7, 23)),
        ],
    )
    def test_what_is_unknown_and_a_few_days_agree(self, other: Occasion) -> None:
        assert self.HERE.agrees(other)
        assert other.agrees(self.HERE)

    @pytest.mark.parametrize(
        "other",
        [
            Occasion(country="KEN", group="African Group", date=HERE.date),
            Occasion(country="MWI", group="G77", date=HERE.date),
            Occasion(country="MWI", group="African Group", date=date(2027, 7, 21)),
            Occasion(country=None, group=None, date=date(2026, 7, 21) + timedelta(days=4)),
        ],
    )
    def test_what_is_known_to_differ_does_not(self, other: Occasion) -> None:
        assert not self.HERE.agrees(other)


class TestAddresses:
    @pytest.mark.parametrize(
        "same",
        [
            "http://mission.example/news/1",
            "https://www.Mission.example:443/news/1/",
            "https://mission.example/news/1?utm_source=x&fbclid=2&PHPSESSID=ab",
            "https://mission.example/news/1;jsessionid=A9#main",
            "  https://mission.example/news/%31 ",
        ],
    )
    def test_one_page_has_one_canonical_address(self, same: str) -> None:
        assert canonical_url(same) == "mission.example/news/1"

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("https://a.example/?id=1", "https://a.example/?id=2"),
            ("https://a.example/view?lang=fr&id=1", "https://a.example/view?lang=en&id=1"),
            ("https://a.example:8443/x", "https://a.example/x"),
            ("https://a.example/#!/news/1", "https://a.example/#!/news/2"),
            ("https://a.example/News", "https://a.example/news"),
        ],
    )
    def test_what_names_another_page_stays(self, one: str, other: str) -> None:
        assert canonical_url(one) != canonical_url(other)

    def test_the_order_of_parameters_does_not_matter(self) -> None:
        assert canonical_url("https://a.example/v?b=2&a=1") == canonical_url("https://a.example/v?a=1&b=2")

    @pytest.mark.parametrize("odd", ["http://[", "https://a.example:port/", "", "\x00", "\ud800", "mailto:x", "//"])
    def test_what_is_no_address_does_no_harm(self, odd: str) -> None:
        assert isinstance(canonical_url(odd), str)

    @given(st.text())
    def test_any_text_is_taken(self, odd: str) -> None:
        assert isinstance(canonical_url(f"https://{odd}"), str)


class TestKeys:
    def test_the_symbol_is_stronger_than_the_address(self) -> None:
        keys = identify(statement(symbol="a/ac.298/2026/crp.4")).keys
        assert keys == ("symbol:A/AC.298/2026/CRP.4", "url:mission.example/statements/nets")

    @pytest.mark.parametrize(
        "symbol", ["S/PV.9662", "A/C.1/79/PV.21", "A/RES/75/240", "A/C.1/78/L.60", "A/AC.291/SR.3"]
    )
    def test_what_many_speak_under_names_no_statement(self, symbol: str) -> None:
        assert identify(statement(symbol=symbol)).keys == ("url:mission.example/statements/nets",)

    def test_the_record_of_a_meeting_is_named_by_its_symbol(self) -> None:
        record = statement(symbol="S/PV.9662", kind=Kind.MEETING_COVERAGE, url=None)
        assert identify(record).keys == ("symbol:S/PV.9662",)
