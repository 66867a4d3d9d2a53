"""The check of an answer: part by part, what may be shown and why the rest may not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.briefing.figures import figures, unfounded
from bot.data import languages
from bot.domain.brief import Brief, Point
from bot.domain.rewriting import Accepted, Draft, Refusal, Refused, Sentence
from bot.domain.taxonomy import Stance
from bot.domain.written import Written
from bot.grounding.form import addresses, fitting_length, plain_sentence, planted
from bot.grounding.meaning import obliges, same_stance, same_topics
from bot.grounding.names import Speaker, opens_with, same_cast, speaker_of, strange_name
from bot.grounding.negation import conditional, denials, marks_of_denial, reversals
from bot.grounding.quotes import stands_in
from bot.grounding.wording import appends, keeps_force, retells
from bot.reading.language import detect

LEAD_SENTENCES = 2
LONGEST_QUOTE = 2000
ASKING = frozenset({Stance.CALLS_FOR, Stance.OPPOSES, Stance.CAUTIONS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What of a draft may be shown, and why the rest may not."""

    points: tuple[Accepted, ...] = ()
    lead: tuple[Written, ...] = ()
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One sentence with all that it is held against. `whole` are its points' quotes, `given` those it brings itself."""

    text: str
    language: str
    of: str
    speaker: Speaker
    forum: str | None
    points: tuple[Point, ...]
    whole: str
    given: str

    @property
    def translated(self) -> bool:
        return self.language != self.of


def fit_to_send(brief: Brief) -> tuple[int, ...]:
    """The numbers of the points a model may be shown: none that speaks to a machine, none that is endless."""
    of = _language(brief)
    fit = (
        number
        for number, point in enumerate(brief.points, 1)
        if len(point.quote) <= LONGEST_QUOTE and not planted(point.quote, of)
    )
    return tuple(fit)


def examine(draft: Draft, brief: Brief, language: str, model: str) -> Verdict:
    """Hold a draft in one language against a brief; `model` is the name what is accepted goes under."""
    points: list[Accepted] = []
    refused: list[Refused] = []
    for number in fit_to_send(brief):
        sentence = draft.points.get(number)
        reasons = refusals(sentence, brief, language, only=number) if sentence else (Refusal.ABSENT,)
        if sentence and not reasons:
            points.append(Accepted(point=number, written=_written(sentence, language, model)))
        else:
            refused.append(Refused(part=f"point {number}", reasons=reasons))
    if draft.lead and not (reasons := _lead_refusals(draft.lead, brief, language)):
        lead = tuple(_written(sentence, language, model) for sentence in draft.lead)
        return Verdict(points=tuple(points), lead=lead, refused=tuple(refused))
    refused.append(Refused(part="lead", reasons=reasons if draft.lead else (Refusal.ABSENT,)))
    return Verdict(points=tuple(points), refused=tuple(refused))


def _lead_refusals(lead: Sequence[Sentence], brief: Brief, language: str) -> tuple[Refusal, ...]:
    if len(lead) != LEAD_SENTENCES:
        return (Refusal.LENGTH,)
    found = [reason for sentence in lead for reason in refusals(sentence, brief, language)]
    return tuple(dict.fromkeys(found))


def refusals(sentence: Sentence, brief: Brief, language: str, *, only: int | None = None) -> tuple[Refusal, ...]:
    """Why a sentence may not be shown, nothing if it may; `only` is the one point it must rest on."""
    case = _case(sentence, brief, language, only)
    if isinstance(case, Refusal):
        return (case,)
    if not plain_sentence(case.text, language, case.whole):
        return (Refusal.FORM,)  # what is no plain sentence is not looked at any further
    return tuple(_doubts(case))


def _case(sentence: Sentence, brief: Brief, language: str, only: int | None) -> _Case | Refusal:
    sendable = set(fit_to_send(brief))
    cited = tuple(dict.fromkeys(support.point for support in sentence.support))
    if not cited or not sendable.issuperset(cited) or (only is not None and cited != (only,)):
        return Refusal.CITATION
    points = tuple(brief.points[number - 1] for number in cited)
    if not all(stands_in(support.quote, brief.points[support.point - 1].quote) for support in sentence.support):
        return Refusal.QUOTE
    s = brief.statement
    return _Case(
        text=sentence.text.strip(),
        language=language,
        of=_language(brief),
        speaker=speaker_of(brief, language),
        forum=s.forum,
        points=points,
        whole=" ".join(point.quote for point in points),
        given=" ".join(support.quote for support in sentence.support),
    )


def _language(brief: Brief) -> str:
    """The language of a brief's quotes, as their cues were read."""
    return brief.statement.language if brief.statement.language in languages() else "en"


def _doubts(case: _Case) -> Iterator[Refusal]:
    if not fitting_length(case.text, case.language, case.whole, case.of):
        yield Refusal.LENGTH
    if addresses(case.text, case.language):
        yield Refusal.ADDRESS
    if detect(case.text) != case.language:
        yield Refusal.LANGUAGE
    yield from _about_names(case)
    if unfounded(figures(case.text, case.language), figures(case.given, case.of)):
        yield Refusal.NUMBER
    yield from _about_sense(case)


def _about_names(case: _Case) -> Iterator[Refusal]:
    opening = opens_with(case.text, case.language, case.speaker) if case.speaker else None
    if opening is None:
        yield Refusal.SUBJECT
        return
    # One that rests on several points may pass over states of theirs that its own quotes do not name.
    quoted = case.whole if len(case.points) == 1 else case.given
    if not same_cast(case.text, quoted, case.language, case.of, case.speaker, opening=opening.end):
        yield Refusal.STATE
    if strange_name(case.text, case.whole, case.language, case.of, case.speaker, case.forum):
        yield Refusal.NAME


def _about_sense(case: _Case) -> Iterator[Refusal]:
    if not same_stance(case.text, case.points, case.language, case.of):
        yield Refusal.STANCE
    yield from (_of_translation if case.translated else _of_retelling)(case)


def _of_retelling(case: _Case) -> Iterator[Refusal]:
    said, heard = marks_of_denial(case.text, case.language), marks_of_denial(case.whole, case.of)
    if said != heard:
        yield Refusal.NEGATION
    if not keeps_force(case.text, case.whole, case.language) or _turned(case):
        yield Refusal.FORCE
    if not retells(_without_opening(case), [point.quote for point in case.points], case.language):
        yield Refusal.WORDS


def _of_translation(case: _Case) -> Iterator[Refusal]:
    said, heard = denials(case.text, case.language), denials(case.whole, case.of)
    if said is None or said != heard:
        yield Refusal.NEGATION
    if _turned(case) or (obliges(case.text, case.language) and not _asks(case)):
        yield Refusal.FORCE
    if appends(case.text, case.whole, case.language, case.of):
        yield Refusal.WORDS
    if not all(point.stance for point in case.points):
        yield Refusal.STANCE  # nothing to hold a translation against
    if not same_topics(case.text, case.points, case.of, case.language):
        yield Refusal.TOPIC


def _asks(case: _Case) -> bool:
    """Whether the points themselves say what must be, or must not."""
    return obliges(case.whole, case.of) or any(point.stance in ASKING for point in case.points)


def _turned(case: _Case) -> bool:
    """Whether a ban, an end, a refusal, or a condition, was lost or added on the way."""
    said, heard = reversals(case.text, case.language), reversals(case.whole, case.of)
    if conditional(case.text, case.language) != conditional(case.whole, case.of):
        return True
    return bool(said) != bool(heard) if case.translated else said != heard


def _without_opening(case: _Case) -> str:
    opening = opens_with(case.text, case.language, case.speaker)
    return case.text[opening.end :] if opening else case.text


def _written(sentence: Sentence, language: str, model: str) -> Written:
    return Written(
        text=sentence.text.strip(),
        points=tuple(dict.fromkeys(support.point for support in sentence.support)),
        quotes=tuple(support.quote for support in sentence.support),
        language=language,
        model=model,
    )
