"""Statement → Brief: positions chosen verbatim, with stance, topics, novelty and a link to each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from bot import data
from bot.briefing.clauses import clauses
from bot.briefing.commonplace import Heard, commonness
from bot.briefing.features import Sentence, features, readable, sentences, topics, usual_cost
from bot.briefing.figures import figures
from bot.briefing.lexicon import Lexicon, fold, lexicon
from bot.briefing.links import link
from bot.briefing.novelty import Said, find, omitted, said
from bot.briefing.selection import Candidate, Choice, Taste, choose
from bot.briefing.stance import marks, stance
from bot.briefing.weights import content, weights
from bot.domain.brief import Brief, Point
from bot.domain.statement import Statement
from bot.domain.taxonomy import Topic

MOST_TOPICS = 8
MOST_TOPICS_A_POINT = 3
LIGHTEST = 0.5


def make_brief(statement: Statement, earlier: Sequence[Statement] = (), others: Sequence[Heard] = ()) -> Brief:
    """The brief of a statement; `earlier` are the same speaker's earlier statements, in any order.

    `others` is what other speakers say in this language: what most of them say counts less here.

    Three to six points within 150 words, most telling first; fewer where the statement takes fewer positions.
    """
    cues = lexicon(statement.language)
    found = sentences(statement.body, statement.language)
    likely = likelihoods(found, cues)
    before = [_positions(old) for old in sorted(earlier, key=_when, reverse=True)]
    return Brief(
        statement=statement,
        topics=_weightiest(statement, found, likely, cues),
        points=tuple(
            _point(statement, found[choice.index], choice, cues, before)
            for choice in select(found, likely, cues, others)
        ),
        omitted=omitted([_said(statement.id, sentence.text, cues) for sentence in found], before) if before else (),
    )


def select(
    found: Sequence[Sentence], likely: Sequence[float], cues: Lexicon, others: Sequence[Heard] = ()
) -> list[Choice]:
    """The sentences, or clauses of them, that are the points of a brief, most telling first."""
    return choose(_candidates(found, likely, cues, others), Taste(**data.table("briefing.toml")["taste"]))


def likelihoods(found: Sequence[Sentence], cues: Lexicon) -> list[float]:
    """How likely each sentence is to carry a position, 0 to 1; 0 for what may not be a point at all."""
    fitted = weights(cues.language)
    fit = [readable(sentence, cues) for sentence in found]
    usual = usual_cost(found, fit)
    return [
        fitted.likelihood(features(sentence, cues, usual=usual), content(sentence.folded)) if good else 0.0
        for sentence, good in zip(found, fit, strict=True)
    ]


def _candidates(
    found: Sequence[Sentence], likely: Sequence[float], cues: Lexicon, others: Sequence[Heard]
) -> list[Candidate]:
    return [
        Candidate(
            index=index,
            likelihood=likelihood,
            common=commonness(sentence.text, others),
            paragraph=sentence.paragraph,
            stance=marks(sentence.folded, cues).stance(),
            text=sentence.text,
            clauses=tuple(clauses(sentence, cues)),
        )
        for index, (sentence, likelihood) in enumerate(zip(found, likely, strict=True))
        if likelihood > 0.02
    ]


def _point(
    statement: Statement, sentence: Sentence, choice: Choice, cues: Lexicon, before: Sequence[Sequence[Said]]
) -> Point:
    start, end = sentence.span.start + choice.clause.span.start, sentence.span.start + choice.clause.span.end
    quote = statement.body[start:end]
    position = _said(statement.id, quote, cues)
    old = find(position, [one for positions in before for one in positions])
    touched = topics(fold(quote), cues) or topics(sentence.folded, cues)
    return Point(
        text=quote,
        quote=quote,
        start=start,
        end=end,
        stance=position.stance or stance(sentence.folded, cues),
        topics=tuple(sorted(touched, key=lambda topic: -touched[topic])[:MOST_TOPICS_A_POINT]),
        link=link(statement.url, statement.body, start, end),
        new=None if not before else old is None,
        said_before=old.statement_id if old else None,
    )


def _weightiest(
    statement: Statement, found: Sequence[Sentence], likely: Sequence[float], cues: Lexicon
) -> tuple[Topic, ...]:
    """Topics by how much is said of them, positions counting more than asides; a title counts twice."""
    weight: dict[Topic, float] = defaultdict(float)
    for sentence, likelihood in zip(found, likely, strict=True):
        for topic, count in topics(sentence.folded, cues).items():
            weight[topic] += min(count, 2) * (0.2 + likelihood)
    for topic in topics(fold(statement.title), cues):
        weight[topic] += 2
    heavy = sorted((topic for topic in weight if weight[topic] >= LIGHTEST), key=lambda topic: -weight[topic])
    return tuple(heavy[:MOST_TOPICS])


@lru_cache(maxsize=64)
def _positions(old: Statement) -> Sequence[Said]:
    cues = lexicon(old.language)
    return tuple(_said(old.id, s.text, cues) for s in sentences(old.body, old.language) if readable(s, cues))


def _said(statement_id: str, text: str, cues: Lexicon) -> Said:
    folded = fold(text)
    signals = marks(folded, cues).signals
    return said(
        statement_id,
        text,
        frozenset(topics(folded, cues)),
        stance(folded, cues),
        figures=figures(text, cues.language),
        repeated="repeated" in signals,
        changed="changed" in signals,
    )


def _when(statement: Statement) -> str:
    return statement.date.isoformat() if statement.date else ""
