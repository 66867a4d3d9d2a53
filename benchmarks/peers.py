"""The summarizers a user would pick instead, each given the same sentences and the same budget as we have.

A summarizer ranks sentences, best first; what a reader has time for is taken from its ranking. Where a library can be
set up in several ways, all are tried and the kindest to it counts: that is more help than a user would have.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sentencex import get_sentence_boundaries

from tests.corpus.scoring import HAN, cost, words

Rank = Callable[[Sequence[str], str], list[int]]
Helps = tuple[Callable[[str], str], frozenset[str]]
MOST_POINTS = 6
MOST_WORDS = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A summarizer in its several set-ups. `luck` marks one whose set-ups are draws: their median counts."""

    ranks: tuple[Rank, ...]
    luck: bool = False


class Words:
    """sumy's word tokenizer for any script: runs of letters and digits, single characters where none are spaced."""

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(words(text))


def sentences(text: str, language: str) -> list[str]:
    """A text cut into sentences, line by line, by sentencex."""
    found = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        for boundary in get_sentence_boundaries(language, line):
            found.append(line[boundary["start_index"] : boundary["end_index"]].strip())
    return [sentence for sentence in found if len(sentence) > 1]


def best_first(order: Sequence[int], found: Sequence[str]) -> list[str]:
    """The best sentences that fit the budget, passing over one that no longer fits."""
    kept, spent = list[str](), 0.0
    for index in order:
        price = cost(found[index])
        if len(kept) < MOST_POINTS and spent + price <= MOST_WORDS and found[index] not in kept:
            kept.append(found[index])
            spent += price
    return kept


def as_printed(order: Sequence[int], found: Sequence[str]) -> list[str]:
    """The six best sentences in the order of the text, as summarizers print them; a reader stops when time is up."""
    return [found[index] for index in sorted(order[:MOST_POINTS])]


WAYS_TO_SHOW = (best_first, as_printed)


def lead(found: Sequence[str], _: str) -> list[int]:
    return list(range(len(found)))


def longest(found: Sequence[str], _: str) -> list[int]:
    return sorted(range(len(found)), key=lambda index: -len(found[index]))


def by_chance(seed: int) -> Rank:
    def rank(found: Sequence[str], _: str) -> list[int]:
        return random.Random(f"{seed}{len(found)}").sample(range(len(found)), len(found))

    return rank


def simple() -> dict[str, Peer]:
    """The peers that need no library."""
    return {
        "random": Peer(ranks=tuple(map(by_chance, range(9))), luck=True),
        "lead": Peer(ranks=(lead,)),
        "longest": Peer(ranks=(longest,)),
    }


def libraries(training: Mapping[str, Sequence[str]]) -> dict[str, Peer]:
    """The peers of the package index. `training` are texts by language, for the one that learns how rare words are."""
    from sumy.summarizers.kl import KLSummarizer
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.lsa import LsaSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    kinds: dict[str, Callable[..., Any]] = {
        "LexRank (sumy)": LexRankSummarizer,
        "TextRank (sumy)": TextRankSummarizer,
        "LSA (sumy)": LsaSummarizer,
        "KL (sumy)": KLSummarizer,
    }
    theirs = {name: Peer(ranks=(_sumy(kind, _plain), _sumy(kind, _helped))) for name, kind in kinds.items()}
    return {"LexRank (lexrank)": Peer(ranks=(_lexrank(training),)), **theirs}


def _sumy(kind: Callable[..., Any], helps: Callable[[str], Helps]) -> Rank:
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    tokenizer = Words()

    @cache
    def summarizer(language: str) -> Any:
        stemmer, stop_words = helps(language)
        made = kind(stemmer)
        made.stop_words = stop_words
        return made

    def rank(found: Sequence[str], language: str) -> list[int]:
        order: list[int] = []

        def keep(rated: Sequence[Any]) -> Sequence[Any]:
            order.extend(one.order for one in rated)
            return rated

        document = ObjectDocumentModel([Paragraph([Sentence(sentence, tokenizer) for sentence in found])])
        summarizer(language)(document, keep)
        return order

    return rank


def _plain(_: str) -> Helps:
    return str.lower, frozenset()


@cache
def _helped(language: str) -> Helps:
    from sumy.nlp.stemmers import Stemmer
    from sumy.utils import get_stop_words

    try:
        return Stemmer(language), get_stop_words(language)
    except LookupError:  # it has no stop words for Russian
        return Stemmer(language), frozenset()


def _lexrank(training: Mapping[str, Sequence[str]]) -> Rank:
    from lexrank import STOPWORDS, LexRank

    @cache
    def summarizer(language: str) -> Any:
        documents = [[_spaced(s) for s in sentences(text, language)] for text in training[language]]
        return LexRank(documents, stopwords=STOPWORDS.get(language, set()))

    def rank(found: Sequence[str], language: str) -> list[int]:
        scores = summarizer(language).rank_sentences([_spaced(sentence) for sentence in found])
        return sorted(range(len(found)), key=lambda index: -float(scores[index]))

    return rank


def _spaced(sentence: str) -> str:
    """It splits words at spaces only, so characters written without are given some."""
    return " ".join(words(sentence)) if HAN.search(sentence) else sentence
