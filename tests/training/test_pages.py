"""Marked statements: what a mark says, and what is wrong with one that says nothing."""

from __future__ import annotations

import pytest

from bot.domain.taxonomy import Stance
from training.pages import MarkError, load_all, parse

PAGE = """=== X-1
url: https://mission.example/statements/1
title: Statement of Peru
cyber: yes
kind: national_statement
country: PER
forum: OEWG
date: 2025-02-17
language: en
---
Statement of Peru

Mr. Chair,

<<V proposes capacity_building|We propose a fund for small States.>> Others have said as much.
"""


def test_a_mark_becomes_a_position_and_leaves_the_text_as_it_was() -> None:
    (row,) = parse(PAGE)
    (nugget,) = row["nuggets"]
    assert row["text"].endswith("We propose a fund for small States. Others have said as much.")
    assert nugget["sentence"] == "We propose a fund for small States."
    assert (nugget["importance"], nugget["stance"], nugget["topic"]) == ("vital", "proposes", "capacity_building")
    assert row["speaker"] is None
    assert row["speaker_absent"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("---", "", "no line '---'"),
        ("V proposes", "V wishes", "wishes"),
        ("capacity_building|", "fishery|", "fishery"),
        ("States.>>", "States>> .", "ends before its sentence"),
        ("V proposes", "X proposes", "has a mark that is not"),
        ("forum: OEWG", "forum: FAO", "FAO"),
        ("kind: national_statement", "kind national_statement", "is no label"),
    ],
)
def test_a_page_marked_wrongly_is_named_with_what_is_wrong(old: str, new: str, problem: str) -> None:
    with pytest.raises(MarkError, match=problem) as caught:
        list(parse(PAGE.replace(old, new)))
    assert str(caught.value).startswith("X-1: ")


def test_every_statement_of_ours_is_marked_rightly_and_in_every_stance_and_language() -> None:
    rows = load_all()
    nuggets = [nugget for row in rows for nugget in row["nuggets"]]
    assert len({row["id"] for row in rows}) == len(rows)
    assert {nugget["stance"] for nugget in nuggets} == set(Stance)
    assert {row["language"] for row in rows} == {"ar", "en", "es", "fr", "ru", "zh"}
    assert all(nugget["sentence"] in " ".join(row["text"].split()) for row in rows for nugget in row["nuggets"])
