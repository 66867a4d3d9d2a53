"""Ways to spoil a good sentence: each returns what it may become, every one of them false."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

NOT = {
    "en": ("not", "never", "no"),
    "fr": ("ne", "pas", "jamais"),
    "es": ("no", "nunca"),
    "ru": ("не", "никогда не"),
    "zh": ("不", "未", "没有"),
    "ar": ("لا", "لم", "لن"),
}
DENIAL = {
    "en": r"\bcannot\b",
    "fr": r"\bne ",
    "es": r"\bno ",
    "ru": r"\bне ",
    "zh": r"不",
    "ar": r"\bلا ",
}
AFFIRMED = {"en": "can", "fr": "", "es": "", "ru": "", "zh": "", "ar": ""}
STATES = {
    "en": ("Kenya", "Ghana", "Chile", "Norway", "Brazil"),
    "fr": ("Kenya", "Ghana", "Chili", "Norvège", "Brésil"),
    "es": ("Kenia", "Ghana", "Chile", "Noruega", "Brasil"),
    "ru": ("Кения", "Ганы", "Чили", "Норвегия", "Бразилия"),
    "zh": ("肯尼亚", "加纳", "智利", "挪威", "巴西"),
    "ar": ("كينيا", "غانا", "شيلي", "النرويج", "البرازيل"),
}
# By the verb of each of the sample's points: support, propose, condemn, welcome, and one that refuses.
VERBS = {
    "en": ("supports", "proposes", "condemns", "welcomes", "rejects"),
    "fr": ("appuie", "propose", "condamne", "salue", "rejette"),
    "es": ("apoya", "propone", "condena", "acoge con satisfacción", "rechaza"),
    "ru": ("поддерживает", "предлагает", "осуждает", "приветствует", "отвергает"),
    "zh": ("支持", "建议", "谴责", "欢迎", "反对"),
    "ar": ("تؤيد", "تقترح", "تدين", "ترحب", "ترفض"),
}
NUMBERS = {
    "en": ("two", "three", "five", "ten"),
    "fr": ("deux", "trois", "cinq", "dix"),
    "es": ("dos", "tres", "cinco", "diez"),
    "ru": ("два", "три", "пять", "десять"),
    "zh": ("2", "3", "5", "10"),
    "ar": ("بمليوني", "بثلاثة ملايين", "بخمسة ملايين", "بعشرة ملايين"),
}
Mutation = Callable[[str, str, random.Random], Iterator[str]]


def deny(text: str, language: str, chance: random.Random) -> Iterator[str]:
    """A word of denial put in somewhere."""
    word = chance.choice(NOT[language])
    if language == "zh":
        at = chance.randrange(3, len(text) - 1)
        yield text[:at] + word + text[at:]
        return
    parts = text.split(" ")
    at = chance.randrange(1, len(parts))
    parts.insert(at, word)
    if language == "fr" and word != "ne":
        parts.insert(max(1, at - 1), "ne")
    yield " ".join(parts)


def affirm(text: str, language: str, chance: random.Random) -> Iterator[str]:
    """The denial left out."""
    spoiled = re.sub(DENIAL[language], AFFIRMED[language], text, count=1)
    if spoiled != text:
        yield spoiled


def swap_states(text: str, language: str, chance: random.Random) -> Iterator[str]:
    """Two states in each other's place."""
    there = [state for state in STATES[language] if state in text]
    if len(there) > 1:
        one, other = chance.sample(there, 2)
        yield text.replace(one, "\x00").replace(other, one).replace("\x00", other)


def other_state(text: str, language: str, chance: random.Random) -> Iterator[str]:
    """Another state in a state's place."""
    there = [state for state in STATES[language] if state in text]
    if there:
        new = chance.choice([state for state in STATES[language] if state not in there])
        yield text.replace(chance.choice(there), new)


def other_digit(text: str, language: str, chance: random.Random) -> Iterator[str]:
    """One digit changed."""
    digits = [found.start() for found in re.finditer(r"\d", text)]
    if digits:
        at = chance.choice(digits)
        new = chance.choice([digit for digit in "123456789" if digit != text[at]])
        yield text[:at] + new + text[at + 1 :]


def other_number(text: str, language: str, chance: random.Random) -> Iterator[str]:
    """A number word changed."""
    first, *others = NUMBERS[language]
    if language != "zh" and re.search(rf"\b{first}\b", text):
        yield re.sub(rf"\b{first}\b", chance.choice(others), text)


def other_verb(text: str, language: str, chance: random.Random) -> Iterator[str]:
    """Another stance."""
    there = [verb for verb in VERBS[language] if verb in text]
    if there:
        # To reject an attack is much the same as to condemn it.
        near = {VERBS[language][-1]} if there[0] == VERBS[language][2] else set()
        new = chance.choice([verb for verb in VERBS[language] if verb not in {*there, *near}])
        yield text.replace(there[0], new, 1)


def another_name(text: str, language: str, chance: random.Random) -> Iterator[str]:
    """A name, or a state, put in behind the first word or two."""
    extra = chance.choice([*STATES[language][3:], "Zembla", "ZRX"])
    if language == "zh":
        at = chance.randrange(3, len(text) - 1)
        yield text[:at] + extra + text[at:]
        return
    parts = text.split(" ")
    parts.insert(chance.randrange(2, len(parts)), extra)
    yield " ".join(parts)


ALL: tuple[Mutation, ...] = (
    deny,
    affirm,
    swap_states,
    other_state,
    other_digit,
    other_number,
    other_verb,
    another_name,
)
