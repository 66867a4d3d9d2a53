"""The pages that are on our subject though they are no statements at the UN."""

from __future__ import annotations

import tomllib

from tests.corpus.scoring import load
from tests.corpus.test_corpus import OWN
from training.pages import STATEMENTS, load_all


def test_none_of_them_is_a_statement() -> None:
    listed = tomllib.loads((STATEMENTS.parent / "subjects.toml").read_text(encoding="utf-8"))["ours"]
    rows = [*load_all(), *(row for path in OWN for row in load(path))]
    statements = {row["id"] for row in rows if row["is_cyber_statement"]}
    assert statements
    assert not statements & set(listed)
