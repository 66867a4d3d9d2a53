"""Readers' marks as a gold file: the majority's labels, in the shape the corpus has, which our own scoring reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.domain.brief import Brief
from bot.domain.taxonomy import Stance
from bot.infra.store import Store
from bot.services.gold import records
from tests.corpus.scoring import briefs_of, load, score
from tests.samples import BODY
from tests.services.test_marking import MALARIA, keep, mark

A, B, C = "discord:1", "discord:2", "slack:3"


def gold(store: Store) -> dict[str, Any]:
    (record,) = records(store.statements, store.marks)
    return record


def stances(store: Store) -> dict[str, str | None]:
    return {nugget["nugget"]: nugget["stance"] for nugget in gold(store)["nuggets"]}


def test_what_readers_found_accurate_becomes_labels(store: Store) -> None:
    brief = keep(store)
    mark(store, f"{brief.statement.id} accurate", A)
    record = gold(store)
    assert (record["id"], record["text"], record["is_cyber_statement"]) == (brief.statement.id, BODY, True)
    assert [record[name] for name in ("country", "speaker", "forum", "date", "language", "kind")] == [
        "MWI",
        "Chikondi Banda",
        "OEWG",
        "2026-11-20",
        "en",
        "national_statement",
    ]
    assert {n["nugget"]: n["stance"] for n in record["nuggets"]} == {p.quote: p.stance for p in brief.points}
    assert {n["importance"] for n in record["nuggets"]} == {"okay"}
    assert all(n["nugget"] in n["sentence"] and n["sentence"] in BODY for n in record["nuggets"])
    assert {n["nugget"]: n["topic"] for n in record["nuggets"]} == {
        p.quote: p.topics[0] if p.topics else None for p in brief.points
    }


def test_what_they_found_wrong_is_left_out_or_given_as_corrected(store: Store) -> None:
    brief = keep(store)
    id, first = brief.statement.id, brief.points[0].quote
    mark(store, f"{id} accurate", A)
    mark(store, f"{id} wrong point:1", A)
    assert first not in stances(store)
    mark(store, f"{id} wrong point:1 stance:opposes", A)
    assert stances(store)[first] == Stance.OPPOSES
    assert {n["nugget"]: n["importance"] for n in gold(store)["nuggets"]}[first] == "vital"


def test_a_brief_found_wrong_labels_nothing_but_what_was_singled_out(store: Store) -> None:
    brief = keep(store)
    mark(store, f"{brief.statement.id} wrong", A)
    assert list(records(store.statements, store.marks)) == []
    mark(store, f'{brief.statement.id} missed:"{MALARIA}" stance:cautions', A)
    record = gold(store)
    assert (record["is_cyber_statement"], record["country"], record["language"]) == (True, None, None)
    (nugget,) = record["nuggets"]
    assert nugget["sentence"].startswith(MALARIA)
    assert nugget["sentence"].endswith("speak of networks.")
    assert (nugget["nugget"], nugget["stance"], nugget["importance"]) == (MALARIA, "cautions", "vital")


def test_the_majority_decides_and_a_tie_is_left_out(store: Store) -> None:
    brief = keep(store)
    id, first = brief.statement.id, brief.points[0].quote
    mark(store, f"{id} accurate", A)
    mark(store, f"{id} wrong", B)
    assert gold(store)["country"] is None, "one says so, one does not"
    assert first in stances(store), "who found the whole wrong says nothing of each point"
    mark(store, f"{id} wrong point:1", B)
    assert first not in stances(store)
    mark(store, f"{id} accurate", C)
    assert gold(store)["country"] == "MWI"
    assert first in stances(store)


def test_readers_who_differ_on_the_stance_leave_it_open(store: Store) -> None:
    brief = keep(store)
    id, first = brief.statement.id, brief.points[0].quote
    mark(store, f"{id} wrong point:1 stance:opposes", A)
    mark(store, f"{id} wrong point:1 stance:welcomes", B)
    assert stances(store) == {first: None}
    mark(store, f"{id} wrong point:1 stance:opposes", C)
    assert stances(store) == {first: "opposes"}


def test_what_was_said_of_words_that_are_gone_is_left_out(store: Store) -> None:
    brief = keep(store)
    mark(store, f'{brief.statement.id} missed:"{MALARIA}"', A)
    mark(store, f"{brief.statement.id} accurate", A)
    keep(store, BODY.replace("Malaria", "Cholera"))
    assert list(records(store.statements, store.marks)) == []


def test_our_own_scoring_reads_it(store: Store, tmp_path: Path) -> None:
    brief: Brief = keep(store)
    mark(store, f"{brief.statement.id} accurate", A)
    mark(store, f"{brief.statement.id} accurate point:1", A)
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records(store.statements, store.marks)))
    labelled = load(path)
    found = score(labelled, briefs_of(labelled))
    assert found.unfaithful == []
    assert found.share("vital") == 1.0
    assert found.share("points_on_a_nugget") == 1.0
    assert found.share("stance") == 1.0
