"""Good sentences spoiled in many ways, by chance: a denial in or out, states swapped, other figures, other stances."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import pytest

from bot.grounding.check import refusals
from tests.grounding.mutations import ALL
from tests.grounding.samples import LANGUAGES, TOLD, brief_of, told

TRIES = 8


def spoiled(language: str, to: str, chance: random.Random) -> Iterator[tuple[int, str, str]]:
    """Every good sentence that is accepted, spoiled: the point, the kind of mutation, the sentence."""
    brief = brief_of(language)
    for number, text in enumerate(TOLD[to], 1):
        if refusals(told(brief, number, text), brief, to, only=number):
            continue
        for mutation in ALL:
            made = {one for _ in range(TRIES) for one in mutation(text, to, chance)} - {text}
            yield from ((number, mutation.__name__, one) for one in sorted(made))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_spoiled_sentence_is_accepted_in_any_language(language: str) -> None:
    brief, chance = brief_of(language), random.Random(language)
    tried: Counter[str] = Counter()
    for to in LANGUAGES:
        for number, kind, text in spoiled(language, to, chance):
            tried[kind] += 1
            assert refusals(told(brief, number, text), brief, to, only=number), f"{kind} in {to}: {text}"
    assert {mutation.__name__ for mutation in ALL} <= set(tried)
    assert sum(tried.values()) > 500
