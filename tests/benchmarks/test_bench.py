"""The benchmarks measure what they say, and hide no miss. How fast anything is, is not asked here."""

from __future__ import annotations

import io
import itertools
import platform
from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks import archive, brief, feeds, showing
from benchmarks.__main__ import main
from benchmarks.corpora import OWN, corpora
from benchmarks.machine import preface
from benchmarks.measure import exponent, ms, percentile, times
from benchmarks.peers import Peer, as_printed, best_first, sentences, simple
from benchmarks.report import Aim, Part, Table, aims_of, at_least, markdown, show
from bot.domain.chart import Chart, ChartName, Matrix
from bot.domain.identity import identify
from bot.infra.feeds import parse_feed
from bot.infra.store import open_store
from bot.ports import Change
from bot.services.charting import COLUMNS, ROWS
from tests.corpus.scoring import Gold
from tests.samples import NOW

SERIES = ("H-SA", "H-FR-01", "H-N-01")


@pytest.fixture(scope="module")
def rows() -> list[Gold]:
    """A series of one state, one statement in another language, one page that is none."""
    return [row for row in corpora()[OWN] if row["id"].startswith(SERIES)]


@pytest.fixture(scope="module")
def compared(rows: list[Gold]) -> Part:
    """Those, briefed by us, by peers that need no library, and by one that knows the answers."""
    wanted = {nugget["sentence"] for row in rows for nugget in row.get("nuggets") or ()}

    def told(found: Sequence[str], _: str) -> list[int]:
        return sorted(range(len(found)), key=lambda index: found[index] not in wanted)

    return brief.compared({OWN: rows}, {**simple(), "told": Peer(ranks=(told,))})


def column(table: Table, name: str) -> dict[str, str]:
    place = table.columns.index(name)
    return {row[0]: row[place] for row in table.rows}


def test_every_method_stands_in_every_table_we_first(compared: Part) -> None:
    names = {"random", "lead", "longest", "told"}
    for table in compared.tables:
        first, *others = (row[0] for row in table.rows)
        assert first.startswith("Attaché")
        assert names <= set(others)


def test_the_measure_tells_a_good_choice_from_a_bad_one(compared: Part) -> None:
    vital = {name: float(share) for name, share in column(compared.tables[0], "vital").items()}
    assert vital["told"] > vital["random"] > vital["lead"] == 0
    assert vital["Attaché, page as copied"] > vital["lead"]


def test_what_is_compared_stands_in_the_page(compared: Part) -> None:
    assert set(column(compared.tables[0], "unfaithful").values()) == {"0"}


def test_every_language_and_every_promise_has_its_aim(compared: Part) -> None:
    aims = " ".join(aim.what for aim in compared.aims)
    for promised in (
        "recall, en",
        "recall, fr",
        "on a position",
        "stance",
        "new",
        "unfaithful",
        "speaker",
        "relevance",
    ):
        assert promised in aims


def test_a_budget_is_filled_best_first_and_never_overdrawn() -> None:
    found = ["a " * 100, "b " * 60, "c " * 50]
    assert best_first([0, 1, 2], found) == [found[0], found[2]]
    assert best_first(range(9), [f"{n} word" for n in range(9)]) == [f"{n} word" for n in range(6)]


def test_a_summary_is_printed_in_the_order_of_the_text() -> None:
    assert as_printed([2, 0, 1], ["first", "second", "third"]) == ["first", "second", "third"]


def test_peers_get_sentences_in_scripts_without_spaces_too() -> None:
    assert sentences("我们反对。我们支持！\n谢谢。", "zh") == ["我们反对。", "我们支持！", "谢谢。"]


def test_both_parsers_see_the_same_feed(rows: list[Gold]) -> None:
    body = feeds.feed(rows, 10, whole=True)
    ours = parse_feed(body, "application/rss+xml", "utf-8", feeds.ADDRESS)
    assert ours.problems == ()
    assert {(entry.id, entry.title) for entry in ours.entries} == {
        (entry["id"], entry["title"]) for entry in feeds.plain_loop(body)
    }
    assert len(ours.entries) == 10


def test_synthetic_statements_are_all_different_and_the_same_on_every_run(rows: list[Gold], tmp_path: Path) -> None:
    made = list(itertools.islice(archive.Statements(rows).made(), 20))
    assert made == list(itertools.islice(archive.Statements(rows).made(), 20))
    store = open_store(f"sqlite:///{tmp_path}/archive.db")
    kept = [store.statements.keep(one, identify(one.statement), source="bench", now=NOW) for one in made]
    store.close()
    assert {one.change for one in kept} == {Change.NEW}


@pytest.mark.parametrize("power", [0, 1, 2])
def test_growth_is_found_as_it_is(power: int) -> None:
    assert exponent([10, 100, 1000], [3.0 * n**power for n in (10, 100, 1000)]) == pytest.approx(power)


def test_a_percentile_is_a_value_that_was_measured() -> None:
    values = [float(n) for n in range(1, 101)]
    assert (percentile(values, 0.5), percentile(values, 0.99), percentile([7.0], 0.99)) == (50, 99, 7)


def test_figures_have_as_many_digits_as_they_bear() -> None:
    assert [times(ratio) for ratio in (0.456, 12.34, 456.7)] == ["0.46×", "12.3×", "457×"]
    assert [ms(value) for value in (0.01234, 12.34, 1234.5)] == ["0.012", "12.3", "1,234"]


def test_a_miss_is_named_first_in_the_terminal_and_on_the_page() -> None:
    aims = (at_least("kept", 0.9, 0.8), Aim(what="later", wanted="1", figure="?", met=None), at_least("lost", 0.7, 0.8))
    part = Part(title="Part", aims=aims, tables=(Table(title="T", columns=("", "x|y"), rows=(("a", "1"),)),))
    page = markdown([part], "Preface.")
    assert "## Aims: 1 met, 1 missed" in page
    assert page.index("| lost | ≥ 0.80 | 0.70 | **MISSED** |") < page.index("| kept | ≥ 0.80 | 0.90 | met |")
    assert "| later | 1 | ? | not measured |" in page
    assert "x\\|y" in page
    printed = io.StringIO()
    show(Console(width=100, file=printed), aims_of([part]))
    assert "MISSED" in printed.getvalue()


def test_results_name_the_shape_of_the_machine_and_nothing_else_of_it() -> None:
    told = preface(12.0, [(0.5, 0, 0), (1.5, 0, 0)])
    assert "cores" in told
    assert f"Python {platform.python_version()}" in told
    assert platform.node() not in told.split()
    assert str(Path.home()) not in told


def test_an_unknown_part_is_refused_with_the_names_of_the_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["breif"]) == 2
    assert "no part is called 'breif'; there are start, sandbox, read" in capsys.readouterr().err


def test_charts_and_feeds_ask_an_archive_what_they_ask_in_service(rows: list[Gold], tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/archive.db")
    for one in itertools.islice(archive.Statements(rows).made(), 20):
        store.statements.keep(one, identify(one.statement), source="bench", now=NOW)
    asked = showing.questions(store, archive.COUNTRIES)
    assert {f"chart {name}" for name in ChartName} < set(asked)
    answers = {name: ask(store.statements, *rest) for name, ((ask, rest), *_) in asked.items()}
    store.close()
    assert isinstance(answers["chart timeline"], Chart)
    assert answers["chart timeline"].content is not None
    assert isinstance(answers["feed, Atom"], bytes)


def test_the_charts_that_are_measured_are_the_largest_that_are_drawn() -> None:
    positions = showing.LARGEST[ChartName.POSITIONS].content
    assert isinstance(positions, Matrix)
    assert (len(positions.rows), len(positions.columns)) == (ROWS, COLUMNS)
    assert all(said is not None for row in positions.cells for said in row)
