"""`python -m training.subject`: fit what a text's subject is weighed by, `weights.toml`; `--judge` only measures.

So that the weights lean on nothing a new page may lack, each page is also varied; it and its variants are always on the
same side of a split. Why it is done so: docs/decisions/0007-fitted-weights.md.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sklearn.linear_model import LogisticRegression

from bot import data
from bot.reading.about import SENTENCE, measures
from bot.reading.article import extract
from bot.reading.forum import CYBER_BODIES, Place, find_place
from bot.reading.reader import read
from bot.reading.relevance import READ, is_text, without_state
from bot.reading.subject import has, ready
from tests.corpus.scoring import Gold, as_record, load
from tests.reading.subject_samples import ALLUSIVE, CYBER, NEAR, NEAR_HEADER, OTHER
from training.__main__ import OWN
from training.pages import STATEMENTS, parse

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "reading" / "scope_cases"
WEIGHTS = Path(data.__file__).parent / "weights.toml"
OURS = frozenset(tomllib.loads((Path(__file__).parent / "subjects.toml").read_text("utf-8"))["ours"])
SAMPLES = (("cyber", CYBER, True), ("allusive", ALLUSIVE, True), ("other", OTHER, False), ("near", NEAR, False))
STRENGTH = 1.0
# What a variant counts for beside its page: half its other subjects, none of our terms, none of the words we know.
DIM, BARE, BLANK, UNTITLED, JOINED = 0.5, 0.5, 0.35, 0.5, 2.0
OF_OTHERS = ("others", "titled_other", "headed_other", "general_debate")
Amounts = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A page's parts as the reading weighs them, whether it is on our subject, and what it counts for."""

    name: str
    group: str  # what it is held out with: its set, or its class for a case of our own
    language: str
    ours: bool
    worth: float
    place: Place | None
    title: str
    header: str
    body: str

    def amounts(self) -> Amounts:
        """What is measured of it."""
        found = measures(self.place, title=self.title, header=self.header, body=self.body)
        return {measure.name: measure.amount for measure in found}


@dataclass(frozen=True, slots=True)
class Row:
    """What the fit is given: a sample's amounts, or those of one of its variants."""

    sample: Sample
    amounts: Amounts
    worth: float
    variant: bool = False


def samples(also: Sequence[Path]) -> Iterator[Sample]:
    """Every labelled page, as html and as copied, and our own cases."""
    for path in sorted(STATEMENTS.glob("*.txt")):
        yield from _pages(path.stem, parse(path.read_text(encoding="utf-8")))
    for path in (*OWN, *also):
        yield from _pages(path.stem, load(path))
    for language in data.languages():
        for side, cases in tomllib.loads((CASES / f"{language}.toml").read_text("utf-8")).items():
            yield from (_own(language, case, case["class"], side == "counts") for case in cases)
        for name, texts, ours in SAMPLES:
            yield _own(language, {"title": "", "header": "", "body": texts[language]}, name, ours)
        near = {"title": "", "header": NEAR_HEADER[language], "body": NEAR[language]}
        yield _own(language, near, "near, with its header", False)


def _pages(group: str, rows: Iterator[Gold] | Sequence[Gold]) -> Iterator[Sample]:
    for row in rows:
        for copied in (False, True) if row.get("html") else (True,):
            record = as_record(row, copied=copied)
            article, statement = extract(record), read(record)
            title, body = statement.title, article.body[:READ]
            if not is_text(title, body):
                continue
            place = find_place(
                title=title, header=article.header, site=article.site, body=body, url=record.url, day=statement.date
            )
            of_the_state = statement.country, article.language
            yield Sample(
                name=row["id"],
                group=group,
                language=row["language"],
                ours=row["is_cyber_statement"] or row["id"] in OURS,
                worth=0.5 if row.get("html") else 1.0,
                place=place,
                title=without_state(title, *of_the_state),
                header=without_state(article.header, *of_the_state),
                body=body,
            )


def _own(language: str, page: dict[str, str], name: str, ours: bool) -> Sample:
    parts = {key: page[key] for key in ("title", "header", "body")}
    place = find_place(**parts)
    return Sample(name=name, group=f"own: {name}", language=language, ours=ours, worth=1.0, place=place, **parts)


def rows(known: Sequence[Sample]) -> Iterator[Row]:
    """The samples and their variants."""
    for sample in known:
        yield Row(sample, sample.amounts(), sample.worth)
        yield from _varied(sample)
    for language in data.languages():
        others = [s for s in known if s.language == language and not s.ours and s.group.startswith("own")]
        for number, first in enumerate(others):
            three = [first, *(others[(number + step) % len(others)] for step in (1, 3))]
            joined = replace(first, title="", body="\n\n".join(sample.body for sample in three), place=None)
            yield Row(joined, joined.amounts(), JOINED, variant=True)


def _varied(sample: Sample) -> Iterator[Row]:
    """A page of ours without its title; another's without what names our subject, without known words, with half."""
    only_ours = sample.place is not None and sample.place.forum in CYBER_BODIES
    if sample.ours:
        if sample.title and not only_ours:
            untitled = replace(sample, title="")
            yield Row(untitled, untitled.amounts(), UNTITLED * sample.worth, variant=True)
        return
    bare = replace(
        sample,
        place=None if only_ours else sample.place,
        title="" if has(ready(sample.title), "cyber", "strong") else sample.title,
        header="",
        body="".join(m[0] for m in SENTENCE.finditer(sample.body) if not has(ready(m[0]), "cyber", "strong")),
    )
    amounts, whole = bare.amounts(), sample.amounts()
    yield Row(sample, amounts, BARE * sample.worth, variant=True)
    yield Row(sample, amounts | dict.fromkeys(OF_OTHERS, 0.0), BLANK * sample.worth, variant=True)
    yield Row(sample, whole | {"others": whole["others"] / 2}, DIM * sample.worth, variant=True)


def fit(known: Sequence[Row], names: Sequence[str]) -> Amounts:
    """The weights, and the bias, that rows ask for, rounded to a tenth."""
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    table = [[row.amounts.get(name, 0.0) for name in names] for row in known]
    model.fit(table, [row.sample.ours for row in known], sample_weight=[row.worth for row in known])
    fitted = (model.intercept_[0], *model.coef_[0])
    return {name: round(float(weight), 1) for name, weight in zip(("bias", *names), fitted, strict=True)}


def wrong(known: Sequence[Row], names: Sequence[str], apart: Callable[[Sample], str]) -> list[Row]:
    """The pages that weights fitted without their like have wrong."""
    found = []
    for group in sorted({apart(row.sample) for row in known}):
        weights = fit([row for row in known if apart(row.sample) != group], names)
        held = [row for row in known if apart(row.sample) == group and not row.variant]
        found += [row for row in held if (_sum(row, weights) >= 0) != row.sample.ours]
    return found


def _sum(row: Row, weights: Amounts) -> float:
    return weights["bias"] + sum(weights[name] * amount for name, amount in row.amounts.items())


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training.subject", description="Fit the weights of the subject.")
    parser.add_argument("--also", action="append", default=[], type=Path, metavar="GOLD.jsonl")
    parser.add_argument("--judge", action="store_true", help="measure only, write nothing")
    options = parser.parse_args()
    text = WEIGHTS.read_text(encoding="utf-8")
    names = [name for name in tomllib.loads(text)["subject"] if name != "bias"]
    known = list(rows(list(samples(options.also))))
    print(f"{sum(not row.variant for row in known)} pages, {sum(row.variant for row in known)} variants")
    for told, apart in (("set or class", lambda s: s.group), ("language", lambda s: s.language)):
        missed = wrong(known, names, apart)
        pages = ", ".join(f"{row.sample.language} {row.sample.name}" for row in missed)
        print(f"a {told} left out: {len(missed)} wrong: {pages}")
    if not options.judge:
        for name, weight in fit(known, names).items():
            text = re.sub(rf"^{name} = .*$", f"{name} = {weight}", text, flags=re.MULTILINE)
        WEIGHTS.write_text(text, encoding="utf-8")
        print(f"wrote {WEIGHTS}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
