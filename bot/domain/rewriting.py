"""From what a model answered (a `Draft`, which nobody believes) to what is kept of it (a `Rewriting`)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.brief import Brief, Point
from bot.domain.written import Written

VERSION = 1
"""Of the question and of the checks: raised when either changes, so that nothing older is shown any more."""

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
"""The languages a channel's machine-written lines can be in."""

MOST_CALLS = 6


class Refusal(StrEnum):
    """Why a sentence, or a whole answer, is not used. None of them repeats a word of the answer."""

    CITATION = "citation"  # cites no point, one there is not, or another than it is about
    QUOTE = "quote"  # a quote that does not stand in the point, word for word
    FORM = "form"  # not one plain sentence: a link, mark-up, a question, letters of another script
    LENGTH = "length"  # longer than what it says in other words, or next to nothing
    ADDRESS = "address"  # speaks to the reader, of itself, or in the first person
    LANGUAGE = "language"  # another language than the one asked for
    SUBJECT = "subject"  # does not begin with the speaker's name
    STATE = "state"  # other states or groups than its points name, or in another order
    NAME = "name"
    NUMBER = "number"
    NEGATION = "negation"
    FORCE = "force"  # a condition, a limit, an obligation or a reversal lost or added
    STANCE = "stance"
    TOPIC = "topic"
    WORDS = "words"  # words, or an order of words, that the quotes do not bear out
    ABSENT = "absent"  # nothing was offered
    SCHEMA = "schema"  # the answer is not of the shape asked for
    TIME = "time"  # no answer within the deadline
    CONNECTION = "connection"
    STATUS = "status"  # an HTTP status that is no success


PASSING = frozenset({Refusal.TIME, Refusal.CONNECTION, Refusal.STATUS})
"""Failures of the service rather than of its answer: worth asking again another day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What a sentence leans on: a point's number, from 1, and words of that point."""

    point: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence a model offers. Untrusted."""

    text: str
    support: tuple[Support, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a model offers in one language: a sentence for points, by number, and a lead. Untrusted."""

    points: Mapping[int, Sentence]
    lead: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A part that is not used (`lead`, `point 2`, `answer`), and why."""

    part: str
    reasons: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A point, by its number from 1, in other words."""

    point: int
    written: Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewriting:
    """What a model came to with one statement in one language: what may be shown, and why the rest may not.

    `key` fingerprints what was asked, of whom; a rewriting is only ever shown with the very points it was made of.
    `final` is False where the service failed and may be asked again. `calls` were made for the statement so far.
    """

    key: str
    statement_id: str
    language: str
    model: str
    points: tuple[Accepted, ...] = ()
    lead: tuple[Written, ...] = ()
    refused: tuple[Refused, ...] = ()
    calls: int = 0
    final: bool = True
    made_at: datetime


def key_of(brief: Brief, model: str, language: str) -> str:
    """The fingerprint of a question: the points, who speaks, the model, the language and the version of it all."""
    s = brief.statement
    points = [[p.quote, p.stance, list(p.topics)] for p in brief.points]
    asked = [VERSION, model, language, s.language, s.country, s.group, s.speaker, s.forum, points]
    return hashlib.sha256(json.dumps(asked, ensure_ascii=False).encode("utf-8", "backslashreplace")).hexdigest()[:40]


def dressed(brief: Brief, rewriting: Rewriting | None) -> Brief:
    """The brief with what a model wrote beside its quotes; as it is without."""
    if rewriting is None:
        return brief
    words = {accepted.point: accepted.written for accepted in rewriting.points}
    points = tuple(replace(point, rewritten=words.get(number)) for number, point in enumerate(brief.points, 1))
    return replace(brief, points=points, lead=rewriting.lead)


def counted(refused: Sequence[Refused]) -> str:
    """Refusals as a person reads them: `lead: subject; point 2: negation, stance`."""
    return "; ".join(f"{one.part}: {', '.join(one.reasons)}" for one in refused)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a model in one call: these points, in these languages.

    `points` with their numbers; `speakers` how each language names who speaks; `of` the language of the points;
    `complaints` what was wrong with the last answer, by language.
    """

    points: tuple[tuple[int, Point], ...]
    speakers: Mapping[str, str]
    of: str
    languages: tuple[str, ...]
    complaints: Mapping[str, tuple[Refused, ...]] = field(default_factory=dict)
