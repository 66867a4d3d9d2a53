"""The shape an answer must have, and the way from there to drafts. Nothing of an answer is believed here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pydantic import BaseModel, Field

from bot.domain.rewriting import Draft, Sentence, Support

MOST_LANGUAGES, MOST_LINES, MOST_CITATIONS = 12, 24, 8


class Citation(BaseModel):
    """A point a sentence rests on."""

    point: int = Field(description="the number of the point")
    quote: str = Field(description="words of that point, copied exactly, that bear the sentence out")


class Line(BaseModel):
    """One sentence with what it rests on."""

    text: str = Field(description="one plain sentence that begins with the speaker's name as given")
    citations: list[Citation]


class PointLine(Line):
    """One point in other words."""

    number: int = Field(description="the number of the point that is retold")


class InLanguage(BaseModel):
    """Everything in one language."""

    language: str = Field(description="one of the codes asked for")
    points: list[PointLine]
    lead: list[Line] = Field(description="two sentences on the most telling points")


class Answer(BaseModel):
    """The whole answer: one entry for each language asked for."""

    languages: list[InLanguage]


def drafts(answer: Answer) -> dict[str, Draft]:
    """The answer as drafts by language. What is said twice, or beyond all bounds, is left out."""
    some = answer.languages[:MOST_LANGUAGES]
    once = {code for code, count in Counter(part.language for part in some).items() if count == 1}
    return {part.language: _draft(part) for part in some if part.language in once}


def _draft(part: InLanguage) -> Draft:
    lines = part.points[:MOST_LINES]
    once = {number for number, count in Counter(line.number for line in lines).items() if count == 1}
    return Draft(
        points={line.number: _sentence(line) for line in lines if line.number in once},
        lead=_sentences(part.lead[:MOST_LINES]),
    )


def _sentences(lines: Sequence[Line]) -> tuple[Sentence, ...]:
    return tuple(_sentence(line) for line in lines)


def _sentence(line: Line) -> Sentence:
    return Sentence(text=line.text, support=tuple(_support(line.citations[:MOST_CITATIONS])))


def _support(citations: Iterable[Citation]) -> Iterable[Support]:
    return (Support(point=citation.point, quote=citation.quote) for citation in citations)
