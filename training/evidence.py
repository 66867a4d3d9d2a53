"""What the rules see of each sentence of a labelled page, beside what a person marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.briefing.features import Sentence, features, readable, sentences, usual_cost
from bot.briefing.lexicon import Lexicon, lexicon
from bot.briefing.stance import evidence
from bot.briefing.weights import content
from bot.reading.reader import read
from tests.corpus.scoring import Gold, as_record, words

# What of a marked sentence's words a sentence must hold to be that sentence.
SAME = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One sentence: its evidence, its words, and the marks (of its page, by number) that it carries."""

    sentence: Sentence
    readable: bool
    position: Mapping[str, float]
    stance: Mapping[str, float]
    words: frozenset[str]
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One labelled page; pages of one `series` are never parted between fitting and judging.

    `weight` is how often each stance marked in it counts.
    """

    id: str
    series: str
    cues: Lexicon
    nuggets: tuple[Gold, ...]
    weight: float
    examples: tuple[Example, ...]


def pages(rows: Iterable[Gold], *, weight: float = 1.0) -> Iterator[Page]:
    """The pages that have marks, read as the bot reads them; a stance marked in them counts `weight` times."""
    for row in rows:
        if row.get("nuggets"):
            yield _page(row, weight)


def _page(row: Gold, weight: float) -> Page:
    statement = read(as_record(row))
    cues = lexicon(statement.language)
    found = sentences(statement.body, statement.language)
    fit = [readable(sentence, cues) for sentence in found]
    usual = usual_cost(found, fit)
    wanted = [set(words(nugget["sentence"])) for nugget in row["nuggets"]]
    return Page(
        id=row["id"],
        series=row.get("series") or series_of(row["id"]),
        cues=cues,
        nuggets=tuple(row["nuggets"]),
        weight=weight,
        examples=tuple(
            Example(
                sentence=sentence,
                readable=good,
                position=features(sentence, cues, usual=usual),
                stance=evidence(sentence.folded, cues),
                words=content(sentence.folded),
                marks=_carried(sentence, wanted),
            )
            for sentence, good in zip(found, fit, strict=True)
        ),
    )


def series_of(page: str) -> str:
    """What a page is judged together with: `T-S1-3` is one of the series `T-S1`, any other stands for itself."""
    head, _, last = page.rpartition("-")
    return head if head.rpartition("-")[2].startswith("S") and last.rstrip("D").isdigit() else page


def _carried(sentence: Sentence, wanted: list[set[str]]) -> tuple[int, ...]:
    own = set(words(sentence.text))
    return tuple(number for number, other in enumerate(wanted) if len(own & other) >= SAME * len(other))
