"""Every regular expression that is compiled anywhere, attacked with texts made from its own parse tree."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.hostile.attacks import SUSPECT, Attack, attacks, growth, seconds
from tests.hostile.regexes import Regex, collected

# They meet our own data only, or a few characters of a stranger's text.
SPARED = {
    "bot/briefing/lexicon.py": {r" (?![^\[]*\])"},  # the cues of our own data files, once
    "bot/infra/charts/canvas.py": {
        r".*?<svg [^>]*>",
        r"\s*<metadata>.*?</metadata>",
        r"<svg [^>]*>",
    },  # our own pictures
}
# Used with `fullmatch` alone, on what is not read in the samples.
WHOLE = {"adapters/slack/workspaces.py"}
# A call that makes its expression of words somebody wrote, escaped: nothing in it repeats.
MADE_OF_WORDS = {"bot/services/marking.py", "bot/grounding/quotes.py"}

# A busy machine can make what grows look as if it did not, in one try.
TRIES = 3


def consumed(regex: re.Pattern[Any], verbs: list[str]) -> Callable[[Any], object]:
    """The dearest use of an expression: all its matches, unless it was only ever seen to be tried at one place."""
    if verbs and set(verbs) <= {"match", "fullmatch"}:
        return lambda text: [getattr(regex, verb)(text) for verb in verbs]
    return lambda text: sum(1 for _ in regex.finditer(text))


def grows(regex: re.Pattern[Any], verbs: list[str], attack: Attack) -> float | None:
    """How many times dearer an attack is at twice its length; None where it is never dear."""
    use, binary = consumed(regex, verbs), isinstance(regex.pattern, bytes)

    def cost(length: int) -> float:
        text = attack.text(length)
        return seconds(lambda: use(text.encode("latin-1") if binary else text))

    return growth(cost)


def suspect(regex: re.Pattern[Any], verbs: list[str], attack: Attack) -> float | None:
    """How many times dearer an attack is at twice its length where that is too much, also when it is measured again."""
    found = grows(regex, verbs, attack)
    again = grows(regex, verbs, attack) if found and found > SUSPECT else None
    return min(found, again) if found and again and again > SUSPECT else None


@pytest.mark.parametrize(
    "pattern", [r"(a+)+$", r"(a|aa)+$", r"\s+$", r"a*a*b", r"x[^y]*y", r"(?:\w+ ?)+:", r"(\d+,?)*;", r"\w+@\w+", r"a+b"]
)
def test_the_attack_finds_what_is_known_to_grow(pattern: str) -> None:
    regex = re.compile(pattern)
    assert any(suspect(regex, [], attack) for _ in range(TRIES) for attack in attacks(regex))


@pytest.mark.parametrize(
    "pattern", [r"a+", r"\d{1,20}", r"(?<!\w)\w+ \w+", r"[^.]+\.?", r"(?:ab|cd)+", r"<[^<>]{0,400}>"]
)
def test_the_attack_leaves_alone_what_does_not(pattern: str) -> None:
    regex = re.compile(pattern)
    assert not any(suspect(regex, [], attack) for attack in attacks(regex))


def test_every_regular_expression_takes_time_linear_in_its_text(tried: Callable[[str, int], None]) -> None:
    regexes, unseen = collected()
    assert not [place for place in unseen if place.partition(":")[0] not in MADE_OF_WORDS]
    slow, made = [], 0
    for one in regexes:
        if not _spared(one):
            compiled = one.compiled()
            for attack in attacks(compiled):
                made += 1
                if found := suspect(compiled, _verbs(one), attack):
                    slow.append(f"{one.places[0]} {one.pattern[:80]!r} {attack} {found:.1f} times at twice the length")
                    break
    tried(f"{len(regexes)} regular expressions", made)
    assert len(regexes) > 500
    assert not slow, "\n".join(slow)


def _spared(one: Regex) -> bool:
    return any(one.pattern in SPARED.get(place.partition(":")[0], ()) for place in one.places)


def _verbs(one: Regex) -> list[str]:
    return one.verbs or (["fullmatch"] if {place.partition(":")[0] for place in one.places} <= WHOLE else [])
