"""The languages' data: one shape in all, and cues that work."""

from __future__ import annotations

import time
from typing import Any

import pytest

from bot import data
from bot.briefing import make_brief
from bot.briefing.lexicon import fold, lexicon
from bot.briefing.weights import content, weights
from bot.domain.taxonomy import Stance, Topic
from tests.briefing.statements import ENGLISH, statement

LANGUAGES = ["ar", "en", "es", "fr", "ru", "zh"]


def shape(table: dict[str, Any], path: str = "") -> set[str]:
    keys = set()
    for key, value in table.items():
        keys |= shape(value, f"{path}{key}.") if isinstance(value, dict) else {f"{path}{key}"}
    return keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_key_that_english_has_and_none_is_empty(language: str) -> None:
    table = data.language(language, "briefing")
    assert shape(table) == shape(data.language("en", "briefing"))
    assert all(table["topics"][topic] for topic in Topic)
    assert all(table["stance"][stance]["strong"] and table["stance"][stance]["weak"] for stance in Stance)
    assert all(table["signals"].values())
    assert all(table["acts"].values())
    assert all(table["waste"].values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cue_matches_nothing(language: str) -> None:
    cues = lexicon(language)
    patterns = [*cues.strong.values(), *cues.weak.values(), *cues.signals.values(), *cues.topics.values()]
    assert not any(pattern.fullmatch("") for pattern in [*patterns, cues.waste, cues.tail, cues.join, cues.main])


def test_every_weight_is_of_evidence_there_is() -> None:
    known = (
        {f"is_{s}" for s in Stance} | {f"strong_{s}" for s in Stance} | set(data.language("en", "briefing")["signals"])
    )
    known |= {f"topic_{topic}" for topic in Topic} | {"topics", "names", "figures", "asked"}
    known |= {"bias", "length", "length_log", "length_relative", "strong", "strong_several", "weak"}
    known |= {"others_first", "quoted", "courtesy", "points_back"}
    assert set(data.table("positions.toml")["position"]) <= known


def test_every_weight_of_a_stance_is_of_evidence_there_is() -> None:
    table = data.language("en", "briefing")
    settings = data.table("positions.toml")["stance"]
    known = {f"{kind}_{stance}" for kind in ("named", "hinted", "first", "colour") for stance in Stance}
    known |= {f"{kind}_{act}" for kind in ("act", "opening") for act in table["acts"]} | {"bias", "asked"}
    known |= {f"signal_{signal}" for signal in table["signals"]}
    assert settings["order"] == list(Stance)
    assert set(settings["weights"]) <= known
    assert all(len(row) == len(Stance) for row in settings["weights"].values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_weighs_something_for_a_position_or_for_a_stance(language: str) -> None:
    table = data.language(language, "terms")
    assert shape({key: {} for key in table}) == shape({key: {} for key in data.language("en", "terms")})
    assert all(table["position"].values())
    assert all(len(row) == len(Stance) and any(row) for row in table["stance"].values())
    assert set(table["position"]) | set(table["stance"]) == content(" ".join((*table["position"], *table["stance"])))


def test_a_word_that_is_known_tips_the_scale_and_one_that_is_not_changes_nothing() -> None:
    plain = weights("en")
    word = max(plain.terms, key=lambda term: plain.terms[term])
    assert plain.likelihood({}, [word]) > plain.likelihood({}, []) == plain.likelihood({}, ["xylophone"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_state_is_named_as_a_sign_of_a_stance(language: str) -> None:
    signs = "|".join(cue for cues in data.language(language, "briefing")["acts"].values() for cue in cues)
    named = ["russia", "israel", "united states", "russie", "états-unis", "estados unidos", "сша", "нато", "美国"]
    named += ["以色列", "اسرائيل", "الولايات المتحدة"]
    assert not [name for name in named if name in signs]


def test_folding_keeps_every_offset() -> None:
    text = "ونؤكّدُ أنَّ ‘الأمن’ مهمٌّ\u00a0جدًّا"
    assert len(fold(text)) == len(text)
    assert fold("آخر إلى") == "اخر الي"


@pytest.mark.parametrize(
    "text", ["a " * 20_000, "we " * 20_000, "the Republic, " * 5_000, "و" * 30_000, "，我们" * 10_000]
)
def test_foreign_text_of_any_shape_is_briefed_in_time(text: str) -> None:
    started = time.thread_time()
    for language in LANGUAGES:
        make_brief(statement(text, language))
    assert time.thread_time() - started < 8


def test_a_statement_ten_times_as_long_takes_not_much_more_than_ten_times() -> None:
    make_brief(statement(ENGLISH))
    once = _seconds(ENGLISH)
    assert _seconds("\n\n".join([ENGLISH] * 10)) < 40 * once + 0.5


def _seconds(body: str) -> float:
    started = time.thread_time()
    make_brief(statement(body))
    return time.thread_time() - started
