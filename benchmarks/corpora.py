"""The labelled pages that are measured on: our own samples, and what lies beside the project where it does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from bot.briefing import make_brief
from bot.domain.dates import parse_moment
from bot.domain.statement import Record
from bot.reading.reader import read
from tests.corpus.scoring import Gold, load

ROOT = Path(__file__).parents[1]
BESIDE = ROOT.parent / "shared" / "corpus"
OWN = "Our own samples"
APART = "Pages kept apart"
CROWDED = "Pages kept apart, six vital positions a statement"
DEVELOPMENT = "The development corpus"
SEED = "One real page"
PATHS = {
    OWN: ROOT / "tests" / "corpus" / "samples.jsonl",
    # Nobody has read its misses and no weight is fitted to it: the figures to believe.
    APART: ROOT / "tests" / "corpus" / "apart.jsonl",
    CROWDED: ROOT / "tests" / "corpus" / "sixth.jsonl",
    DEVELOPMENT: BESIDE / "dev.jsonl",
    SEED: BESIDE / "seed" / "record.jsonl",
}


def corpora() -> dict[str, list[Gold]]:
    """Every corpus that is there, by name."""
    return {name: load(path) for name, path in PATHS.items() if path.exists()}


def record(row: Gold, *, html: bool) -> Record:
    """A row as a record: the page as served, or the text as a person copied it."""
    published = parse_moment(row["published"]) if row.get("published") else None
    page = row.get("html") if html else None
    return Record(id=row["id"], url=row["url"], title=row["title"], html=page, text=row["text"], published=published)


def texts_by_language(rows: Sequence[Gold]) -> dict[str, list[str]]:
    """The copied texts of a corpus, by language."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row["language"]].append(row["text"])
    return found


def warm_up(rows: Sequence[Gold]) -> None:
    """Load what a first statement in each language would have to wait for."""
    for row in {row["language"]: row for row in rows}.values():
        make_brief(read(record(row, html=True)))
