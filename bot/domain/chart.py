"""What a chart shows, as values: whoever draws it adds nothing and leaves nothing out.

Labels are in Latin letters, so that every font has them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.reply import Table
from bot.domain.spans import Unit, named
from bot.domain.taxonomy import Stance, Topic


class ChartName(StrEnum):
    """The charts there are. Each value's comment is the question it answers."""

    POSITIONS = "positions"  # who takes which stance on what
    COMPARE = "compare"  # where two states differ
    TIMELINE = "timeline"  # where statements were made, and when
    ACTIVITY = "activity"  # who spoke, and when
    TOPICS = "topics"  # what was spoken of, and when


class Form(StrEnum):
    """What a chart is drawn as."""

    PNG = "png"
    SVG = "svg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One position, as a cell or a row shows it: its stance, its words, the statement it is from.

    `point` is which point of the statement it is, from 1, `language` the one its words are in.
    """

    by: str
    stance: Stance | None
    text: str
    statement: str
    link: str | None
    day: date | None
    point: int = 1
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Who takes which stance on what: `cells[row][column]`, None where nothing is said.

    `more_rows` and `more_columns` are how many speakers and topics there are besides.
    """

    rows: tuple[str, ...]
    columns: tuple[Topic, ...]
    cells: tuple[tuple[Saying | None, ...], ...]
    more_rows: int = 0
    more_columns: int = 0

    def table(self) -> Table:
        """A row for each speaker, with every stance in words."""
        rows = tuple(
            (who, "; ".join(f"{words(topic)}: {stance_words(said.stance)}" for topic, said in self.said(number)))
            for number, who in enumerate(self.rows)
        )
        return Table(columns=("who", "positions"), rows=rows)

    def said(self, row: int) -> list[tuple[Topic, Saying]]:
        """What a row holds, by topic."""
        return [(topic, cell) for topic, cell in zip(self.columns, self.cells[row], strict=True) if cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two sides of one topic, either of which may be silent; `verdict` is how they stand to each other, in words."""

    topic: Topic
    one: Saying | None
    other: Saying | None
    verdict: str
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Two speakers topic by topic; `more_rows` is how many topics there are besides."""

    speakers: tuple[str, str]
    rows: tuple[Pair, ...]
    more_rows: int = 0

    def table(self) -> Table:
        """A row for each topic: the stance of either, and how they stand to each other."""
        rows = tuple((words(pair.topic), _told(pair.one), _told(pair.other), pair.verdict) for pair in self.rows)
        return Table(columns=("topic", *self.speakers, "together"), rows=rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Statements counted over time: `counts[row][column]`, a column for each stretch that begins on a day of `starts`.

    `of` says what a row is. `together` is how many of them the last row counts as one, 0 if it is one itself.
    """

    of: str
    unit: Unit
    starts: tuple[date, ...]
    rows: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    together: int = 0

    @property
    def most(self) -> int:
        """The most that was counted in one stretch for one label."""
        return max(max(counts) for number, counts in enumerate(self.counts) if not self.is_rest(number))

    def is_rest(self, row: int) -> bool:
        """Whether a row counts several labels as one."""
        return bool(self.together) and row == len(self.rows) - 1

    def table(self) -> Table:
        """A row for each label: how many in all, and when most."""
        rows = tuple((label, f"{sum(counts):,}", self.busiest(counts)) for label, counts in self.counted())
        return Table(columns=(self.of, "statements", f"busiest {self.unit}"), rows=rows)

    def counted(self) -> list[tuple[str, tuple[int, ...]]]:
        """Every label with its counts."""
        return list(zip(self.rows, self.counts, strict=True))

    def busiest(self, counts: tuple[int, ...]) -> str:
        """When most were counted, and how many."""
        most = max(counts, default=0)
        return f"{named(self.starts[counts.index(most)], self.unit)} with {most:,}" if most else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart with its words.

    `scope` is the line under its title: what it rests on and what is left out. `finding` is what it shows, in
    sentences, for whoever does not see it. `content` is None where there is nothing to show; `finding` then says so.
    """

    name: ChartName
    title: str
    scope: str
    finding: str
    content: Matrix | Pairs | Series | None = None


def words(value: str) -> str:
    """A value of a closed list as a reader writes it: `supply chain`."""
    return value.replace("_", " ")


def capital(text: str) -> str:
    """Words as they begin a line: the first letter a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def stance_words(stance: Stance | None) -> str:
    """A stance in words; whoever speaks without taking one speaks of it."""
    return words(stance) if stance else "speaks of it"


def _told(saying: Saying | None) -> str:
    return stance_words(saying.stance) if saying else "silent"
