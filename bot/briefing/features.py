"""What can be seen of a sentence without knowing the subject: the evidence by which points are chosen."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.briefing.lexicon import Lexicon, cost, fold
from bot.briefing.sentences import Span, paragraphs, split
from bot.domain.taxonomy import Stance, Topic

NUMBER = re.compile(r"\d[\d.,]*")
QUESTION = re.compile(r"[?？؟]")
QUOTED = re.compile(r"[\"“”«»「」『』]")
COLON = re.compile(r"[:：;；؛—–]")
ENDED = re.compile(r"[.!?…。！？؟;；؛:：][\"'”’»」』）)\]]*$")
LONG_SENTENCE = 45.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a statement with where it stands: its paragraph (from 0) and its place in it, first and last."""

    span: Span
    text: str
    folded: str
    cost: float
    paragraph: int
    first: bool
    last: bool


def sentences(body: str, language: str) -> list[Sentence]:
    """The sentences of a body, with their places."""
    found: list[Sentence] = []
    for number, paragraph in enumerate(paragraphs(body)):
        spans = split(body[paragraph.start : paragraph.end], language)
        for place, span in enumerate(spans):
            text = body[paragraph.start + span.start : paragraph.start + span.end]
            found.append(
                Sentence(
                    span=Span(paragraph.start + span.start, paragraph.start + span.end),
                    text=text,
                    folded=fold(text),
                    cost=cost(text),
                    paragraph=number,
                    first=place == 0,
                    last=place == len(spans) - 1,
                )
            )
    return found


def features(sentence: Sentence, lexicon: Lexicon, *, paragraphs: int) -> dict[str, float]:
    """The evidence, each from 0 (absent) to about 1; names are those of the weights in `data/briefing.toml`."""
    text = sentence.folded
    found = {
        "length": min(sentence.cost, LONG_SENTENCE) / LONG_SENTENCE,
        "length_log": math.log1p(sentence.cost) / math.log1p(LONG_SENTENCE),
        "numbers": min(len(NUMBER.findall(text)), 3) / 3,
        "question": float(bool(QUESTION.search(text))),
        "quoted": float(bool(QUOTED.search(text))),
        "colon": float(bool(COLON.search(text[:-1]))),
        "first": float(sentence.first),
        "last": float(sentence.last),
        "alone": float(sentence.first and sentence.last),
        "early": float(sentence.paragraph < 0.15 * paragraphs),
        "late": float(sentence.paragraph >= 0.9 * paragraphs),
        "topics": min(len(topics(text, lexicon)), 3) / 3,
    }
    strong = [stance for stance in Stance if lexicon.strong[stance].search(text)]
    found |= {f"strong_{stance}": float(stance in strong) for stance in Stance}
    found["strong"] = float(bool(strong))
    found["strong_several"] = float(len(strong) > 1)
    found["weak"] = min(sum(bool(lexicon.weak[stance].search(text)) for stance in Stance), 3) / 3
    for name, cue in lexicon.signals.items():
        found[name] = min(sum(1 for _ in cue.finditer(text)), 2) / 2
    return found


def topics(folded: str, lexicon: Lexicon) -> dict[Topic, int]:
    """The topics a folded text touches, with how often."""
    counts = {topic: sum(1 for _ in cue.finditer(folded)) for topic, cue in lexicon.topics.items()}
    return {topic: count for topic, count in counts.items() if count}


def readable(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a sentence may be a point at all: a whole sentence, no courtesy, no page chrome."""
    return (
        sentence.cost >= 6
        and bool(ENDED.search(sentence.text))
        and not lexicon.waste.match(sentence.folded.lstrip(" \"“«'’(「『"))
    )


def body_paragraphs(found: Sequence[Sentence]) -> int:
    """How many paragraphs sentences lie in."""
    return found[-1].paragraph + 1 if found else 0
