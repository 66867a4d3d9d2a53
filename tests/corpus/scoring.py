"""How well a corpus of labelled pages is read and briefed.

A label that is null is not scored. A position counts as found if one of the points a reader has time for (six, and 150
words; a Chinese character counts 0.6) holds most of the words of the sentence that carries it, or is a clause of it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.briefing import make_brief
from bot.domain.brief import Brief, Point
from bot.domain.dates import parse_moment
from bot.domain.statement import Record
from bot.reading.reader import read
from bot.services.archive import relate

HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
FIELDS = ("language", "country", "forum", "date", "speaker")
Gold = dict[str, Any]


@dataclass
class Score:
    """Counts of right and of all, by what was asked. `unfaithful` lists quotes that do not stand in the page."""

    right: dict[str, int] = field(default_factory=dict)
    all: dict[str, int] = field(default_factory=dict)
    unfaithful: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)

    def count(self, what: str, right: bool) -> None:
        self.right[what] = self.right.get(what, 0) + right
        self.all[what] = self.all.get(what, 0) + 1

    def share(self, what: str) -> float:
        return self.right.get(what, 0) / self.all[what]

    @property
    def relevance(self) -> float:
        """F1 of being recognised as a UN cyber statement."""
        wrong = self.all["cyber"] - self.right["cyber"] + self.all["other"] - self.right["other"]
        return 2 * self.right["cyber"] / (2 * self.right["cyber"] + wrong)


def load(path: Path) -> list[Gold]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def briefs_of(gold: Sequence[Gold], *, copied: bool = False) -> list[Brief]:
    """The briefs of a corpus, each compared with the earlier ones; `copied` leaves only the text a person copied."""
    statements = [read(as_record(row, copied=copied)) for row in gold]
    relations = relate(statements)
    return [relations[n].settle(make_brief(s, relations[n].earlier)) for n, s in enumerate(statements)]


def score(gold: Sequence[Gold], briefs: Iterable[Brief]) -> Score:
    found = Score()
    for row, brief in zip(gold, briefs, strict=True):
        _metadata(found, row, brief)
        _quotes(found, row, brief)
        _positions(found, row, brief)
    return found


def as_record(row: Gold, *, copied: bool = False) -> Record:
    """The page of a labelled row; `copied` leaves only the text a person copied."""
    published = parse_moment(row["published"]) if row.get("published") else None
    html = None if copied else row.get("html")
    return Record(id=row["id"], url=row["url"], title=row["title"], html=html, text=row["text"], published=published)


def _metadata(found: Score, row: Gold, brief: Brief) -> None:
    said = brief.as_json()
    cyber = row["is_cyber_statement"]
    found.count("cyber" if cyber else "other", said["is_cyber_statement"] == cyber)
    if row.get("duplicate_of"):
        found.count("duplicate", brief.duplicate_of == row["duplicate_of"])
    for name in FIELDS:
        if not row.get(name) or not (cyber or name == "language"):
            continue
        same = surname(row[name]) in words(said[name] or "") if name == "speaker" else said[name] == row[name]
        found.count(name, same)
    if cyber and row.get("speaker_absent") and said["speaker"]:
        found.invented.append(f"{row['id']}: {said['speaker']}")


def _quotes(found: Score, row: Gold, brief: Brief) -> None:
    page = squeezed(row["text"])
    for point in brief.points:
        exact = brief.statement.body[point.start : point.end] == point.quote
        if not exact or squeezed(point.quote) not in page:
            found.unfaithful.append(f"{row['id']}: {point.quote}")


def _positions(found: Score, row: Gold, brief: Brief) -> None:
    read_points, telling = within_budget(brief.points), set[int]()
    for nugget in row.get("nuggets") or ():
        wanted = set(words(nugget["sentence"]))
        hit = next((point for point in read_points if carries(point, wanted)), None)
        found.count(str(nugget["importance"]), hit is not None)
        if hit and hit.stance and nugget.get("stance"):
            found.count("stance", hit.stance == nugget["stance"])
        if hit and nugget.get("new") is not None:
            found.count("new", hit.new is nugget["new"])
        telling |= {id(hit)} if hit else set()
    for point in read_points if row.get("nuggets") else ():
        found.count("points_on_a_nugget", id(point) in telling)


def words(text: str) -> list[str]:
    runs = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())
    return [word for run in runs for word in (run if HAN.match(run) else [run])]


def surname(name: str) -> str:
    return max(words(name), key=len)


def squeezed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def carries(point: Point, wanted: set[str]) -> bool:
    return holds(point.quote, wanted)


def holds(text: str, wanted: set[str]) -> bool:
    """Whether a text has most of a sentence's words, or is a clause of it."""
    quote = set(words(text))
    clause = len(quote) >= 8 and quote <= wanted and len(quote) >= 0.35 * len(wanted)
    return len(wanted & quote) >= 0.6 * len(wanted) or clause


def cost(text: str) -> float:
    return sum(0.6 if HAN.match(word) else 1 for word in words(text))


def within_budget(points: Sequence[Point], budget: float = 150) -> list[Point]:
    kept, spent = list[Point](), 0.0
    for point in points[:6]:
        spent += cost(point.text)
        if spent > budget:
            break
        kept.append(point)
    return kept
