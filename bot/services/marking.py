"""Readers' marks: what was said of a brief, understood, kept, and told to the next reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from bot.briefing.lexicon import words
from bot.domain.brief import Brief, Point
from bot.domain.calls import Call, stance_of
from bot.domain.mark import Mark, Verdict
from bot.domain.press import Press
from bot.domain.reply import Action, Quotation, Reply, Section
from bot.domain.taxonomy import Stance
from bot.errors import NotFoundError, UsageError
from bot.ports import MarkStore, StatementStore

LONGEST_NOTE = 500
FEWEST_WORDS = 3
QUOTES = "\"'“”‘’«»„"
PIECE = re.compile(rf"[{QUOTES}]|\s+|[^{QUOTES}\s]+")


def take(store: StatementStore, marks: MarkStore, call: Call, reader: str, *, now: datetime) -> Reply:
    """Keep what a reader says of a brief. Raises UsageError, NotFoundError."""
    key, verdict = _words(call.words)
    brief = store.get(key)
    if brief is None:
        raise NotFoundError(f"no statement is kept under {key!r}; `latest` and `search` show ids")
    s, newest = brief.statement, newest_revision(store, brief)

    def mark(verdict: Verdict, quote: str, stance: Stance | None) -> Mark:
        note = _note(call)
        return Mark(
            statement_id=s.id,
            revision=newest,
            reader=reader,
            verdict=verdict,
            marked_at=now,
            quote=quote,
            stance=stance,
            note=note,
        )

    made = [mark(*each) for each in _understood(brief, verdict, call)]
    marks.mark(made)
    quoted = tuple(Quotation(text=m.quote, stance=m.stance, by=m.verdict.capitalize()) for m in made if m.quote)
    return Reply(
        heading=s.title,
        intro="; ".join(("Noted, thank you", *(f"you found this brief {m.verdict}" for m in made if not m.quote)))
        + ".",
        sections=(
            *((Section(heading="Your mark", points=quoted, language=s.language),) if quoted else ()),
            *readers_section(marks.of(s.id), brief, newest),
        ),
    )


def newest_revision(store: StatementStore, brief: Brief) -> int:
    """The number of the revision a brief is of; most statements have but one."""
    return store.revisions(brief.statement.id)[-1].number if brief.corrects else 1


def readers_section(marks: Sequence[Mark], brief: Brief, revision: int) -> tuple[Section, ...]:
    """How many readers marked a brief as it stands; none if nobody did."""
    quotes = {point.quote for point in brief.points}
    whole = [mark.verdict for mark in marks if not mark.quote and mark.revision == revision]
    single = {mark.reader for mark in marks if mark.quote in quotes}
    missed = {mark.quote for mark in marks if mark.verdict is Verdict.MISSED and mark.quote in brief.statement.body}
    accurate = whole.count(Verdict.ACCURATE)
    parts = [f"{accurate} found it accurate, {len(whole) - accurate} did not"] if whole else []
    parts += [f"{len(single)} marked single points"] if single else []
    parts += [f"{len(missed)} {'sentence' if len(missed) == 1 else 'sentences'} missed"] if missed else []
    return (Section(heading="Readers", text="; ".join(parts)),) if parts else ()


def marking_buttons(id: str) -> tuple[Action, ...]:
    """What a reader may press under a brief."""
    labels = {Verdict.ACCURATE: "Accurate", Verdict.WRONG: "Not accurate"}
    return tuple(
        Action(label=label, press=str(Press(line=f"mark {id} {verdict}"))) for verdict, label in labels.items()
    )


def _words(said: str) -> tuple[str, Verdict | None]:
    """The statement's name and the verdict, which stands last if it is there."""
    key, _, last = said.rpartition(" ")
    if last.lower() in {Verdict.ACCURATE, Verdict.WRONG}:
        return key.rstrip(" ,"), Verdict(last.lower())
    return said, None


def _understood(brief: Brief, verdict: Verdict | None, call: Call) -> list[tuple[Verdict, str, Stance | None]]:
    """The marks a call makes: verdict, quote, stance. Raises UsageError for what contradicts itself."""
    point, missed = call.options.get("point"), call.options.get("missed")
    stance = stance_of(call.options["stance"]) if "stance" in call.options else None
    id = brief.statement.id
    if verdict is None and (point or not missed):
        raise UsageError(f"say what you found: mark {id} accurate, or mark {id} wrong point:2")
    if point and missed:
        raise UsageError("point: and missed: are two marks; make one after the other")
    if stance and not missed and not (point and verdict is Verdict.WRONG):
        raise UsageError("stance: says what is right instead: it goes with wrong and point:, or with missed:")
    if point:
        marked = _point(brief, point)
        right = stance if verdict is Verdict.WRONG else marked.stance
        return [(verdict or Verdict.WRONG, marked.quote, right)]
    whole = [(verdict, "", None)] if verdict else []
    return [*whole, (Verdict.MISSED, _missed(brief, missed), stance)] if missed else [*whole]


def _point(brief: Brief, number: str) -> Point:
    count = len(brief.points)
    if not re.fullmatch(r"[0-9]{1,3}", number) or not 1 <= int(number) <= count:
        said = f"it has {count} {'point' if count == 1 else 'points'}, counted from 1" if count else "it has none"
        raise UsageError(f"point:{number} is no point of this brief; {said}")
    return brief.points[int(number) - 1]


def _missed(brief: Brief, said: str) -> str:
    """A missed sentence as it stands in the statement; spaces and the form of quotation marks do not matter."""
    if len(words(said)) < FEWEST_WORDS:
        raise UsageError('missed: takes a sentence of the statement, word for word: missed:"We propose …"')
    found = re.search("".join(map(_however_typed, PIECE.findall(said.strip()))), brief.statement.body)
    if found is None:
        raise UsageError(f"missed: must stand in the statement word for word, and {said!r} does not")
    number = next((n for n, p in enumerate(brief.points, 1) if p.quote == found[0]), None)
    if number is not None:
        raise UsageError(
            f"that is point {number} already; if its stance is not right, mark it wrong with point:{number}"
        )
    return found[0]


def _however_typed(piece: str) -> str:
    if piece.isspace():
        return r"\s+"
    return f"[{QUOTES}]" if piece in QUOTES else re.escape(piece)


def _note(call: Call) -> str:
    note = call.options.get("note", "")
    if len(note) > LONGEST_NOTE:
        raise UsageError(f"note: takes {LONGEST_NOTE} characters at most; this one has {len(note)}")
    return note
