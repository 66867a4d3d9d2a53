"""Briefs beside the summarizers': same text, same budget, what of the positions each brings to the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from benchmarks.corpora import OWN, SEED, record, texts_by_language, warm_up
from benchmarks.measure import cpu_ms, forget, ms, times
from benchmarks.peers import WAYS_TO_SHOW, Peer, Rank, libraries, sentences, simple
from benchmarks.report import Aim, Part, Table, at_least, none_of
from bot.briefing import make_brief
from bot.domain.brief import Brief, Point
from bot.domain.statement import Statement
from bot.reading.reader import read
from bot.services.archive import relate
from tests.corpus.scoring import Gold, Score, cost, score

PAGE, COPY, CHOICE = "Attaché, page as served", "Attaché, page as copied", "Attaché, choice alone"
LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
LINES = (  # what the score calls it, what people call it, what is aimed at
    ("vital", "vital recall", 0.80),
    ("points_on_a_nugget", "points on a position", 0.80),
    ("stance", "stance of matched points", 0.80),
    ("new", "new or said before", 0.85),
    ("duplicate", "copies recognised", 0.95),
    ("language", "language", 1.0),
    ("country", "country", 0.95),
    ("forum", "forum", 0.95),
    ("date", "date", 0.95),
    ("speaker", "speaker", 0.95),
)
NOTE = (
    "Vital: the share of the vital positions found within a reader's budget of six points and 150 words (the "
    "measure of tests/corpus/scoring.py). On a position: of the points shown, the share that carries one. Peers "
    "get the same text, cut into sentences by sentencex, and the same budget; of sumy's set-ups (with and without "
    "stemmer and stop words) and of the orders to show sentences in, the one that finds most is shown; random is "
    "the median of nine draws. CPU is the mean of a statement once everything is loaded: ours includes reading "
    "the page (language, speaker, forum, date, relevance) except in “choice alone”, a peer's the cutting into "
    "sentences. Our own samples were written without a look at the rules, but both corpora were at hand while "
    "rules and weights were made: expect less on pages kept apart. With a hundred positions a share is uncertain "
    "by about 0.07, with twelve by 0.2."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one method made of a corpus: its briefs and the mean cost of one in milliseconds of CPU."""

    briefs: tuple[Brief, ...]
    cpu: float

    def on(self, rows: Sequence[Gold], language: str | None = None) -> Score:
        """The score on a corpus, or on its part in one language."""
        chosen = [n for n, row in enumerate(rows) if language in {None, row["language"]}]
        return score([rows[n] for n in chosen], [self.briefs[n] for n in chosen])


def measure(found: Mapping[str, list[Gold]]) -> Part:
    """Every method on every corpus."""
    training = texts_by_language(found[OWN])
    return compared(found, {**simple(), **libraries(training)})


def compared(found: Mapping[str, list[Gold]], peers: Mapping[str, Peer]) -> Part:
    """The tables of some peers on some corpora."""
    aims, tables = list[Aim](), list[Table]()
    for rows in found.values():
        warm_up(rows)
    for name, rows in found.items():
        page, alone = ours(rows, html=True)
        copy, _ = ours(rows, html=False)
        bodies = [brief.statement.body for brief in page.briefs]
        copied = [row["text"] for row in rows]
        rivals = {peer: theirs(rows, page.briefs, way, copied) for peer, way in peers.items()}
        helped = {peer: theirs(rows, page.briefs, way, bodies) for peer, way in peers.items()}
        mine = {COPY: copy, PAGE: page} if any(row.get("html") for row in rows) else {COPY: copy}
        aims += _aims(name, rows, page)
        tables += [
            _table(f"{name}: the page as a person copies it", rows, {**mine, **rivals}),
            _table(f"{name}: the peers handed our clean text", rows, {CHOICE: replace(page, cpu=alone), **helped}),
        ]
        if name != SEED:
            tables.append(_by_language(f"{name}: vital positions found, by language", rows, {COPY: copy, **rivals}))
    return Part(title="Brief", note=NOTE, aims=tuple(aims), tables=tuple(tables))


def ours(rows: Sequence[Gold], *, html: bool) -> tuple[Result, float]:
    """Our briefs of a corpus, each compared with the earlier ones, and what the choice alone costs."""
    read_all, made = list[tuple[Statement, float]](), list[tuple[Brief, float]]()
    for row in rows:
        forget()
        read_all.append(cpu_ms(read, record(row, html=html)))
        made.append(cpu_ms(make_brief, read_all[-1][0]))
    relations = relate([statement for statement, _ in read_all])
    related = [relations[n].settle(make_brief(s, relations[n].earlier)) for n, (s, _) in enumerate(read_all)]
    alone = fmean(cost for _, cost in made)
    return Result(briefs=tuple(related), cpu=alone + fmean(cost for _, cost in read_all)), alone


def theirs(rows: Sequence[Gold], briefs: Sequence[Brief], peer: Peer, texts: Sequence[str]) -> Result:
    """A peer's choice from some texts, as briefs, in the set-up that finds most (of draws, the middle one)."""
    results = [result for rank in peer.ranks for result in _tried(rows, briefs, rank, texts)]
    results.sort(key=lambda result: result.on(rows).right["vital"])
    return results[len(results) // 2 if peer.luck else -1]


def _tried(rows: Sequence[Gold], briefs: Sequence[Brief], rank: Rank, texts: Sequence[str]) -> list[Result]:
    pairs = [(text, str(row["language"])) for text, row in zip(texts, rows, strict=True)]
    for text, language in {language: (text, language) for text, language in pairs}.values():
        _ranked(rank, text, language)
    ranked = [cpu_ms(_ranked, rank, text, language) for text, language in pairs]
    results = []
    for shown in WAYS_TO_SHOW:
        quoted = [shown(order, found) for (found, order), _ in ranked]
        made = [
            _brief(brief.statement, text, quotes) for brief, text, quotes in zip(briefs, texts, quoted, strict=True)
        ]
        results.append(Result(briefs=tuple(made), cpu=fmean(cost for _, cost in ranked)))
    return results


def _ranked(rank: Rank, text: str, language: str) -> tuple[list[str], list[int]]:
    found = sentences(text, language)
    return found, rank(found, language) if found else []


def _brief(statement: Statement, text: str, quotes: Sequence[str]) -> Brief:
    return Brief(statement=replace(statement, body=text), points=tuple(_point(text, quote) for quote in quotes))


def _point(text: str, quote: str) -> Point:
    start = text.find(quote)
    return Point(text=quote, quote=quote, start=start, end=start + len(quote), stance=None, topics=(), link=None)


def _table(title: str, rows: Sequence[Gold], results: Mapping[str, Result]) -> Table:
    cheapest = next(iter(results.values())).cpu
    lines = [_line(name, rows, result, cheapest) for name, result in results.items()]
    columns = ("", "vital", "on a position", "CPU ÷ ours", "vital found", "words a brief", "unfaithful", "CPU ms")
    return Table(title=title, columns=columns, rows=tuple(lines))


def _line(name: str, rows: Sequence[Gold], result: Result, ours: float) -> tuple[str, ...]:
    found = result.on(rows)
    spent = [
        sum(cost(point.text) for point in brief.points)
        for row, brief in zip(rows, result.briefs, strict=True)
        if row.get("nuggets")
    ]
    return (
        name,
        f"{found.share('vital'):.2f}",
        f"{found.share('points_on_a_nugget'):.2f}",
        times(result.cpu / ours),
        f"{found.right['vital']} of {found.all['vital']}",
        f"{fmean(spent):.0f}",
        str(len(found.unfaithful)),
        ms(result.cpu),
    )


def _by_language(title: str, rows: Sequence[Gold], results: Mapping[str, Result]) -> Table:
    spoken = [code for code in LANGUAGES if any(row["language"] == code and row.get("nuggets") for row in rows)]
    number = {code: Result.on(next(iter(results.values())), rows, code).all["vital"] for code in spoken}
    columns = ("", *(f"{code} (of {number[code]})" for code in spoken))
    lines = [
        (method, *(f"{result.on(rows, code).share('vital'):.2f}" for code in spoken))
        for method, result in results.items()
    ]
    return Table(title=title, columns=columns, rows=tuple(lines))


def _aims(name: str, rows: Sequence[Gold], result: Result) -> list[Aim]:
    found = result.on(rows)
    if name == SEED:
        right, all = found.right["vital"], found.all["vital"]
        return [Aim(what=f"{name}: vital found", wanted="≥ 6 of 14", figure=f"{right} of {all}", met=right >= 6)]
    by_language = {code: result.on(rows, code) for code in LANGUAGES}
    points = [point for brief in result.briefs for point in brief.points]
    aims = [_share(name, found, *line) for line in LINES if found.all.get(line[0])]
    aims[1:1] = [
        _share(name, part, "vital", f"vital recall, {code}", 0.70)
        for code, part in by_language.items()
        if part.all.get("vital")
    ]
    return [
        *aims,
        at_least(f"{name}: relevance, F1", found.relevance, 0.95),
        none_of(f"{name}: unfaithful quotes", len(found.unfaithful)),
        none_of(f"{name}: points without a deep link", sum("#:~:text=" not in (p.link or "") for p in points)),
        none_of(f"{name}: speakers invented", len(found.invented)),
    ]


def _share(name: str, found: Score, what: str, called: str, line: float) -> Aim:
    return at_least(f"{name}: {called} ({found.right.get(what, 0)} of {found.all[what]})", found.share(what), line)
