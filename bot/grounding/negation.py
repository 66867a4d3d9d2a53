"""How often a text denies, and what else turns its sense around."""

from __future__ import annotations

from bot.briefing.lexicon import fold as letters
from bot.briefing.lexicon import lexicon
from bot.briefing.vocabulary import Vocabulary, vocabulary


def denials(text: str, language: str) -> int | None:
    """How many times a text denies something; None where its language's double negation leaves that in doubt."""
    words, plain = vocabulary(language), _denying(text, vocabulary(language))
    first, second = len(words.negations.findall(plain)), len(words.seconds.findall(plain))
    if (words.double == "paired" and first and second > first) or (words.double == "alone" and first and second):
        return None
    # ne … aucun, не … никто: the second goes along with the first.
    return first or second


def marks_of_denial(text: str, language: str) -> tuple[str, ...]:
    """The very words by which a text denies, in order: what two texts of one language can be compared by."""
    words, plain = vocabulary(language), _denying(text, vocabulary(language))
    found = sorted(
        (m.start(), m[0].casefold()) for pattern in (words.negations, words.seconds) for m in pattern.finditer(plain)
    )
    return tuple(mark for _, mark in found)


def reversals(text: str, language: str) -> int:
    """How many words of a text ban, end, refuse, lack or the like."""
    return len(vocabulary(language).reversing.findall(letters(text)))


def conditional(text: str, language: str) -> bool:
    """Whether a text says on what condition."""
    return bool(lexicon(language).condition.search(letters(text)))


def _denying(text: str, words: Vocabulary) -> str:
    """The text, folded, without the set phrases that only look like a denial."""
    return words.not_negations.sub(" ", letters(text))
