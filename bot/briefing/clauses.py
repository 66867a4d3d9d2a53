"""The clauses of a long sentence that can stand alone, so that a reader's words go to the position."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from bot.briefing.features import SHORTEST, Sentence
from bot.briefing.lexicon import Lexicon, cost, words
from bot.briefing.sentences import Span
from bot.briefing.stance import Marks, marks

TRAILING = " ,;:،؛，；：—–-"
MARK = re.compile(r"[,;:،؛，；：、—–-]")
STRONG_BREAK = re.compile(r"[;؛；—–]")
# Within these nothing is cut: half of what is quoted, or put in brackets, is neither.
ENCLOSED = re.compile(
    r"«[^»]{0,1000}»|“[^”]{0,1000}”|„[^“]{0,1000}“|「[^」]{0,1000}」|『[^』]{0,1000}』|《[^》]{0,1000}》"
    r"|\"[^\"]{0,1000}\"|\([^()]{0,1000}\)|（[^（）]{0,1000}）|\[[^\]]{0,1000}\]"
)
LEAST_WORDS = 8
LEAST_SHARE = 0.36
SHORT_SEGMENT = 20
WORTH_TRIMMING = 16.0
# Every beginning is tried with every end, so their number is bounded: 7 is the most seen in a real sentence.
MOST_JOINTS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A stretch of a sentence that can be quoted by itself; `share` is how much of the sentence's words it holds."""

    span: Span
    cost: float
    share: float


def clauses(sentence: Sentence, lexicon: Lexicon) -> list[Clause]:
    """The whole sentence first, then what may be quoted of it instead, longest first.

    A clause begins at the sentence's beginning or where a new one with its own subject does, ends where only an
    explanation or a further demand follows, takes a stance of its own, opens on no word that points back, and is never
    cut from a condition or before a contrast.
    """
    seen = marks(sentence.folded, lexicon)
    opening = _skip_leads(sentence, seen, lexicon)
    whole = Clause(span=Span(opening, len(sentence.text)), cost=cost(sentence.text[opening:]), share=1.0)
    found = [whole]
    if whole.cost >= WORTH_TRIMMING:
        for start, end in _cuts(sentence, opening, lexicon):
            clause = _clause(sentence, start, end)
            if clause and _carries(seen, start, end):
                found.append(clause)
    return sorted(found, key=lambda c: -c.cost)


def _carries(seen: Marks, start: int, end: int) -> bool:
    """Whether a clause takes a stance by itself: it names one, obliges, or hints at that of its whole sentence."""
    if seen.names_in(start, end) or seen.signals_in("obligation", start, end):
        return True
    return seen.stance(start, end) == seen.stance()


def _clause(sentence: Sentence, start: int, end: int) -> Clause | None:
    end = start + len(sentence.text[start:end].rstrip(TRAILING))
    text = sentence.text[start:end]
    kept, of = set(words(text)), set(words(sentence.text))
    share = len(kept) / len(of)
    if len(kept) < LEAST_WORDS or share < LEAST_SHARE:
        return None
    return Clause(span=Span(start, end), cost=cost(text), share=share)


def _skip_leads(sentence: Sentence, seen: Marks, lexicon: Lexicon) -> int:
    """Where the sentence begins once 'And', 'Finally,' and the like are left out; what stays must say something."""
    found = lexicon.lead.match(sentence.folded)
    if not found or not found.end():
        return 0
    rest = re.compile(r"[\s,،，:]*").match(sentence.folded, found.end())
    position = rest.end() if rest else found.end()
    telling = cost(sentence.text[position:]) >= SHORTEST or seen.names_in(position, len(sentence.text))
    return position if telling else 0


def _cuts(sentence: Sentence, opening: int, lexicon: Lexicon) -> list[tuple[int, int]]:
    folded = sentence.folded
    starts, ends = [opening], [len(folded)]
    contrasted = 0
    droppable = not lexicon.contrast.match(folded, opening)
    enclosed = [found.span() for found in ENCLOSED.finditer(folded)]
    for gap in islice(lexicon.joint.finditer(folded, opening + 1), MOST_JOINTS):
        after = gap.end()
        if any(start < gap.start() < end for start, end in enclosed):
            continue
        if not MARK.search(gap[0]):
            ends.append(gap.start())
            continue
        short = gap.start() - contrasted < SHORT_SEGMENT
        contrasted = after if lexicon.contrast.match(folded, after) else 0
        strong = bool(STRONG_BREAK.search(gap[0]))
        joined = lexicon.join.match(folded, after)
        if lexicon.resume.match(folded, after):
            # What came before was put in: 'the report, as adopted, | is …' must not be cut at its first comma.
            ends = [len(folded)]
        elif (joined or strong or lexicon.tail.match(folded, after)) and not contrasted and not short:
            ends.append(gap.start())
        if droppable and (joined or strong or lexicon.main.match(folded, after)):
            begin = joined.end() if joined else after
            if not lexicon.anaphor.match(folded, begin):
                starts.append(begin)
    return [
        (a, b)
        for a in starts
        for b in ends
        if a < b and (a, b) != (opening, len(folded)) and not _conditional(folded, opening, a, b, lexicon)
    ]


def _conditional(folded: str, opening: int, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether what would be cut off is a condition of what stays."""
    return bool(lexicon.condition.search(folded, opening, start) or lexicon.condition.search(folded, end))
