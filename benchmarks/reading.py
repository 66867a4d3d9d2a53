"""How fast pages are read and briefed, by form and size, and the extraction beside trafilatura's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from html import escape
from itertools import chain, cycle

from benchmarks.corpora import SEED, record, texts_by_language, warm_up
from benchmarks.measure import cpu_ms, exponent, forget, ms, percentile, times, usual_cpu_ms
from benchmarks.report import Aim, Part, Table, at_most
from bot.briefing import make_brief
from bot.domain.statement import Record
from bot.reading.article import extract
from bot.reading.reader import read
from tests.corpus.scoring import Gold

SIZES = {"under 3,000": 3_000, "3,000 to 6,000": 6_000, "over 6,000": 10**9}  # characters
GROWN = (4_000, 16_000, 64_000)  # characters of text
NOTE = (
    "CPU time of this process, each page as new, imports and word lists loaded before. Sizes "
    "are characters of what is handed in. A long statement is several of one language put end to end. trafilatura "
    "only extracts the text; beside it stands our extraction alone, which also finds the language."
)


def measure(found: Mapping[str, list[Gold]]) -> Part:
    """Reading and briefing of every page there is, as served and as copied."""
    rows = list(chain.from_iterable(found.values()))
    warm_up(rows)
    forms = {
        "as served (HTML)": [record(row, html=True) for row in rows if row.get("html")],
        "as copied (text)": [record(row, html=False) for row in rows],
    }
    costs = {form: [_cost(one) for one in records] for form, records in forms.items()}
    served = [whole for _, _, whole in costs["as served (HTML)"]]
    real = [row for row in found.get(SEED, ()) if row["language"] == "en"]
    aims = [at_most("Read and brief: median page, CPU", percentile(served, 0.5), 60, "ms")]
    aims += [_real(row) for row in real]
    tables = (_speed(costs), _growth(texts_by_language(rows)["en"]), _extraction(forms["as served (HTML)"]))
    return Part(title="Read and brief", note=NOTE, aims=tuple(aims), tables=tables)


def _cost(page: Record) -> tuple[int, float, float]:
    """Its size in characters, the cost of reading it, and of reading and briefing it: the first time it is seen."""
    forget()
    statement, reading = cpu_ms(read, page)
    return len(page.html or page.text or ""), reading, reading + cpu_ms(make_brief, statement)[1]


def _real(row: Gold) -> Aim:
    _, _, whole = _cost(record(row, html=False))
    return at_most("Read and brief: the real page, CPU", whole, 60, "ms")


def _speed(costs: Mapping[str, Sequence[tuple[int, float, float]]]) -> Table:
    lines = []
    for form, all_pages in costs.items():
        for name, some in {"all": all_pages, **_by_size(all_pages)}.items():
            if not some:
                continue
            reading, whole = [cost for _, cost, _ in some], [cost for _, _, cost in some]
            lines.append(
                (
                    f"{form}, {name}",
                    f"{1 - sum(reading) / sum(whole):.2f}",
                    str(len(some)),
                    f"{1000 * len(some) / sum(reading):.0f}",
                    f"{1000 * len(some) / sum(whole):.0f}",
                    ms(percentile(whole, 0.5)),
                    ms(percentile(whole, 0.95)),
                )
            )
    columns = ("", "briefing's share", "pages", "read a CPU s", "read and briefed a CPU s", "median ms", "p95 ms")
    return Table(title="Pages a second of CPU", columns=columns, rows=tuple(lines))


def _by_size(pages: Sequence[tuple[int, float, float]]) -> dict[str, list[tuple[int, float, float]]]:
    found: dict[str, list[tuple[int, float, float]]] = defaultdict(list)
    for page in pages:
        found[next(name for name, limit in SIZES.items() if page[0] < limit)].append(page)
    return {name: found[name] for name in SIZES}


def _growth(texts: Sequence[str]) -> Table:
    lines = []
    for form, page in {"as copied (text)": _long_text, "as served (HTML)": _long_page}.items():
        costs = [_cost(page(texts, size)) for size in GROWN]
        sizes, reading, whole = zip(*costs, strict=True)
        briefing = [all - part for _, part, all in costs]
        line = (exponent(sizes, reading), exponent(sizes, briefing))
        lines.append((form, *(f"{k:.2f}" for k in line), *(ms(cost) for cost in whole)))
    columns = ("", "exponent of reading", "of briefing", *(f"ms at {size:,}" for size in GROWN))
    return Table(title="Growth with the length of a statement", columns=columns, rows=tuple(lines))


def _long_text(texts: Sequence[str], size: int) -> Record:
    """Several statements as one, of about so many characters."""
    kept, length = list[str](), 0
    for paragraph in cycle(part for text in texts for part in text.split("\n") if part):
        if length > size:
            break
        kept.append(paragraph)
        length += len(paragraph)
    return Record(id="long", url="https://mission.example/long", title="A long statement", text="\n\n".join(kept))


def _long_page(texts: Sequence[str], size: int) -> Record:
    text = _long_text(texts, size).text or ""
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in text.split("\n\n"))
    html = f"<!doctype html><html lang=en><body><main><h1>A long statement</h1>{body}</main></body></html>"
    return Record(id="long", url="https://mission.example/long", title="A long statement", html=html)


def _extraction(pages: Sequence[Record]) -> Table:
    import trafilatura

    def all_of(take: Callable[[Record], object]) -> float:
        return usual_cpu_ms(lambda: [take(page) for page in pages]) / len(pages)

    ours = all_of(extract)
    theirs = all_of(lambda page: trafilatura.extract(page.html or ""))
    rows = (("Attaché", "1.00×", ms(ours)), ("trafilatura", times(theirs / ours), ms(theirs)))
    return Table(title="Extraction of the text from a page", columns=("", "CPU ÷ ours", "CPU ms a page"), rows=rows)
