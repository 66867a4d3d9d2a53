"""What the optional language model costs: calls and tokens a statement and a digest, and what is never asked twice."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.corpora import OWN
from benchmarks.costing import BYTES_A_TOKEN, LANGUAGES, Asked, Stage, careful, careless, parts, talk, tokens
from benchmarks.report import Aim, Part, Table, at_most, none_of
from bot.briefing.selection import MOST_POINTS
from bot.domain.rewriting import MOST_CALLS
from bot.grounding.check import LONGEST_QUOTE
from bot.services.rewrite import CALLS
from tests.corpus.scoring import Gold
from tests.model_server import COMPLETIONS
from tests.servers import HttpServer, failure

RESTARTS, FAILING = 4, 4
ONE = ("en",)
# The checks bear the sample out in these; in Arabic they refuse a sentence of it.
BORNE_OUT = LANGUAGES[:5]
NO_MODEL, DIGESTS = "no model", ": digests"
NOTE = (
    "Pages of our own in a folder, read, briefed and kept as any; a model on loopback through the real client. “Borne "
    "out” is one statement of two points, every sentence of the model accepted; “refused” are all sample statements, "
    "with a model whose every sentence is longer than its quote and refused, so that each is asked about as often as "
    f"can be. A token is reckoned as {BYTES_A_TOKEN} bytes of UTF-8, an estimate: providers count otherwise, each in "
    f"its own way. Bounds: one call a text for all languages that channels want, {CALLS} if something was refused or "
    f"failed; {MOST_CALLS} in all, over every restart, while the service fails; at most {MOST_POINTS} points, none "
    f"longer than {LONGEST_QUOTE} characters. A language that a channel wants later is asked for by itself. A digest "
    "asks nothing: it shows what is kept by then, to however many channels."
)
COLUMNS = ("", "texts", "calls", "calls a text", "most for one", "letters in a text", "out", "tokens in, est.", "out")
DIGEST_COLUMNS = ("digests", "statements in each", "calls when composed", "calls before, about these", "tokens, est.")
Rows = dict[str, Asked]


def measure(found: Mapping[str, list[Gold]]) -> Part:
    """Every way in which a model is asked, and those in which it is not."""
    pages = {f"{row['id']}.html": row["html"] for row in found[OWN] if row["is_cyber_statement"] and row.get("html")}
    with TemporaryDirectory(prefix="bench") as folder:
        rows, makeup = asyncio.run(_all(Path(folder), pages))
    return Part(title="Cost", note=NOTE, aims=_aims(rows), tables=(_table(rows), _digests(rows), makeup))


async def _all(folder: Path, pages: Mapping[str, str]) -> tuple[Rows, Table]:
    rows: Rows = {}
    languages: Sequence[str]
    async with HttpServer() as server:
        rows |= await _without(Stage(folder, server, "without", model=False), pages)
        for languages in (ONE, BORNE_OUT):
            rows |= await _borne_out(Stage(folder, server, f"borne{len(languages)}", languages=languages))
        for languages in (ONE, LANGUAGES):
            rows |= await _refused(Stage(folder, server, f"refused{len(languages)}", languages=languages), pages)
        makeup = _makeup(server)
    async with HttpServer() as server:
        rows |= await _failing(Stage(folder, server, "failing"), dict(list(pages.items())[:FAILING]))
    return rows, makeup


async def _without(stage: Stage, pages: Mapping[str, str]) -> Rows:
    stage.save(pages)
    return {NO_MODEL: await stage.poll(), f"{NO_MODEL}{DIGESTS}": await stage.digests()}


async def _borne_out(stage: Stage) -> Rows:
    stage.answers(careful)
    stage.save({"kenya.html": talk(0, 3)})
    name = f"borne out, {_told(stage)}"
    rows = {name: await stage.poll()}
    stage.touch()
    rows[f"{name}: read again, unchanged"] = await stage.poll()
    rows[f"{name}{DIGESTS}"] = await stage.digests()
    return rows


async def _refused(stage: Stage, pages: Mapping[str, str]) -> Rows:
    stage.answers(careless)
    stage.save(pages)
    name = f"refused, {_told(stage)}"
    rows = {name: await stage.poll()}
    stage.touch()
    rows[f"{name}: read again, unchanged"] = await stage.poll()
    stage.save({f"copy of {page}": text for page, text in pages.items()})
    rows[f"{name}: copies"] = await stage.poll()
    rows[f"{name}: a restart"] = await stage.restart()
    rows[f"{name}{DIGESTS}"] = await stage.digests()
    return rows


async def _failing(stage: Stage, pages: Mapping[str, str]) -> Rows:
    """A service that answers 500: calls of the poll and of each restart, added up."""
    stage.server.route(COMPLETIONS, failure(500))
    stage.save(pages)
    steps = [await stage.poll()] + [await stage.restart() for _ in range(RESTARTS)]
    total = Asked(
        calls=sum(step.calls for step in steps),
        statements=steps[0].statements,
        most=sum(step.most for step in steps),
        sent=sum(step.sent for step in steps),
        tokens_in=sum(step.tokens_in for step in steps),
        answered=0,
        tokens_out=0,
    )
    return {f"the service fails, {RESTARTS} restarts": total}


def _told(stage: Stage) -> str:
    return "one language" if len(stage.languages) == 1 else f"{len(stage.languages)} languages"


def _table(rows: Rows) -> Table:
    shown = tuple((name, *_row(asked)) for name, asked in rows.items())
    return Table(title="What a language model is asked", columns=COLUMNS, rows=shown)


def _row(asked: Asked) -> Sequence[str]:
    each = max(asked.statements, 1)
    measured = (asked.sent, asked.answered, asked.tokens_in, asked.tokens_out)
    return (
        str(asked.statements),
        str(asked.calls),
        f"{asked.calls / each:.2f}",
        str(asked.most),
        *(f"{one / each:,.0f}" for one in measured),
    )


def _digests(rows: Rows) -> Table:
    """What digests cost when they are composed, and what their statements had cost by then."""
    shown = []
    for name, asked in rows.items():
        before = rows.get(name.removesuffix(DIGESTS))
        if name.endswith(DIGESTS) and before:
            told = f"{asked.calls}", f"{before.calls}", f"{before.tokens_in + before.tokens_out:,}"
            shown.append((name.removesuffix(DIGESTS), str(before.statements), *told))
    return Table(title="What a digest costs", columns=DIGEST_COLUMNS, rows=tuple(shown))


def _makeup(server: HttpServer) -> Table:
    """What a call is made of; the question is the only part that differs."""
    columns = ("of a call", "characters, median", "tokens, median, est.", "tokens, most, est.")
    names = ("instructions", "the shape of the answer", "the question, and what was wrong with the last answer")
    called = zip(*(parts(request) for request in server.requests), strict=True)
    rows = tuple(
        (name, f"{median(map(len, some)):,.0f}", f"{median(map(tokens, some)):,.0f}", f"{max(map(tokens, some)):,}")
        for name, some in zip(names, called, strict=True)
    )
    return Table(title="What a call is made of", columns=columns, rows=rows)


def _aims(rows: Rows) -> tuple[Aim, ...]:
    failing = [asked.most for name, asked in rows.items() if name.startswith("the service fails")]
    without = sum(asked.calls for name, asked in rows.items() if name.startswith(NO_MODEL))
    first = [asked.most for name, asked in rows.items() if ":" not in name and not name.startswith("the service")]
    again = sum(asked.calls for name, asked in rows.items() if ":" in name and not name.startswith(NO_MODEL))
    return (
        none_of("Cost: model calls without a model", without),
        at_most("Cost: model calls about one text, whatever is answered", max(first), CALLS, "calls"),
        at_most("Cost: model calls about one text while the service fails", max(failing), MOST_CALLS, "calls"),
        none_of("Cost: model calls for copies, pages read again, restarts and digests", again),
    )
