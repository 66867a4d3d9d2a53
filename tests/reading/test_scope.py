"""Pages on the edge of the subject in six languages: what hardly names it and counts, what names it and does not."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot import data
from bot.reading.about import measures, weigh_subject
from bot.reading.relevance import judge

CASES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in Path(__file__).parent.glob("scope_cases/*.toml")}


def cases(side: str) -> list[object]:
    return [
        pytest.param(language, page, id=f"{language}: {page['class']}")
        for language, table in sorted(CASES.items())
        for page in table[side]
    ]


@pytest.mark.parametrize(("language", "page"), cases("counts"))
def test_what_hardly_names_the_subject_counts_where_it_speaks_of_nothing_else(
    language: str, page: dict[str, str]
) -> None:
    judged = judge(title=page["title"], header=page["header"], body=page["body"], language=language)
    assert judged.yes, judged.why


@pytest.mark.parametrize(("language", "page"), cases("other"))
def test_what_names_the_subject_in_passing_does_not(language: str, page: dict[str, str]) -> None:
    judged = judge(title=page["title"], header=page["header"], body=page["body"], language=language)
    assert judged.probability < 0.4, judged.why


@pytest.mark.parametrize("language", sorted(CASES))
def test_several_other_subjects_in_one_long_text_do_not_add_up_to_ours(language: str) -> None:
    body = "\n\n".join(page["body"] for page in CASES[language]["other"][:4])
    assert weigh_subject(None, title="", header="", body=body).probability < 0.5


@pytest.mark.parametrize("language", sorted(CASES))
def test_a_text_without_a_word_of_ours_is_not_on_it(language: str) -> None:
    page = CASES[language]["other"][2]
    assert weigh_subject(None, title="", header="", body=page["body"].split("\n\n")[1]).probability < 0.5


def test_every_measure_has_a_weight() -> None:
    names = {measure.name for measure in measures(None, title="", header="", body="")}
    assert names | {"titled_other", "headed_other", "bias"} == set(data.table("weights.toml")["subject"])


@pytest.mark.parametrize("cited", ["A/C.1/78/L.60/Rev.1", "A/C.1/79/L.13.", "对A/C.1/75/L.8号", "(75/240)"])
def test_a_draft_or_resolution_on_icts_is_known_by_its_number(cited: str) -> None:
    (found,) = (m for m in measures(None, title=cited, header="", body="") if m.name == "documents")
    assert found.amount == 1
