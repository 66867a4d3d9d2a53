"""What can be seen of a sentence without knowing the subject: the evidence by which points are chosen."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean

from bot.briefing.lexicon import Lexicon, cost, fold
from bot.briefing.sentences import Span, paragraphs, split
from bot.briefing.stance import ASKED, OPENINGS, asks_for, marks
from bot.domain.taxonomy import Stance, Topic

SEPARATOR = re.compile(r"[|›]")
QUOTED = re.compile(r"[\"“”«»「」『』]")
# A name: a capital inside the sentence, an acronym, a title in book marks.
NAME = re.compile(r"(?<=[\w,;)»”’] )[A-ZÀ-ÞА-ЯЁ][\w’-]+|\b[A-Z]{2,}[\w/-]*|《")
FIGURE = re.compile(r"\d")
MANY_NAMES = 4
ENDED = re.compile(r"[.!?…。！？؟;；؛:：][\"'”’»」』）)\]]*$")
LONG_SENTENCE = 45.0
LONG_RATIO = 2.5
# Six words, or ten Chinese characters.
SHORTEST = 5.9
LONGEST = 120.0


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


def features(sentence: Sentence, lexicon: Lexicon, *, usual: float) -> dict[str, float]:
    """The evidence, each from 0 (absent) to about 1; names are those of the weights in `data/positions.toml`."""
    text = sentence.folded
    seen = marks(text, lexicon)
    taken = seen.stance()
    found = {
        "length": min(sentence.cost, LONG_SENTENCE) / LONG_SENTENCE,
        "length_log": math.log1p(sentence.cost) / math.log1p(LONG_SENTENCE),
        "quoted": float(bool(QUOTED.search(text))),
        "length_relative": min(sentence.cost / max(usual, 1.0), LONG_RATIO) / LONG_RATIO,
        "topics": min(len(topics(text, lexicon)), 3) / 3,
        "strong": float(bool(seen.named)),
        "strong_several": float(len(seen.named) > 1),
        "weak": min(len(seen.hinted), 3) / 3,
        "others_first": float(any(start == 0 for start, _ in seen.signals.get("others", ()))),
        "points_back": float(bool(lexicon.anaphor.match(text))),
        "asked": float(asks_for(text, lexicon)),
        "courtesy": float(any(lexicon.waste.match(text, gap.end()) for gap in lexicon.joint.finditer(text))),
    }
    found |= {
        "names": min(len(NAME.findall(sentence.text)), MANY_NAMES) / MANY_NAMES,
        "figures": float(bool(FIGURE.search(text))),
    }
    found |= {f"topic_{topic}": 1.0 for topic in topics(text, lexicon)}
    found |= {f"is_{one}": float(one is taken) for one in Stance}
    found |= {f"strong_{one}": float(one in seen.named) for one in Stance}
    found |= {name: min(len(places), 2) / 2 for name, places in seen.signals.items()}
    return found


@lru_cache(maxsize=512)
def topics(folded: str, lexicon: Lexicon) -> Mapping[Topic, int]:
    """The topics a folded text touches, with how often."""
    counts = {topic: sum(1 for _ in cue.finditer(folded)) for topic, cue in lexicon.topics.items()}
    return {topic: count for topic, count in counts.items() if count}


def usual_cost(found: Sequence[Sentence], fit: Sequence[bool]) -> float:
    """What a sentence of a page usually costs its reader, in words, those that may be no point left out."""
    return fmean([sentence.cost for sentence, good in zip(found, fit, strict=True) if good] or [1.0])


def readable(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a sentence may be a point at all: a whole sentence, no courtesy, page chrome, or mere question."""
    return (
        sentence.cost >= SHORTEST
        and sentence.cost <= LONGEST
        and (not ASKED.search(sentence.text) or asks_for(sentence.folded, lexicon))
        and not SEPARATOR.search(sentence.text)
        and bool(ENDED.search(sentence.text))
        and not lexicon.waste.match(sentence.folded.lstrip(OPENINGS))
    )
