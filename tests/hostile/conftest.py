"""What the hostile tiers share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.infra.store import Store, open_store
from tests.services.conftest import dispatcher, subscribing, web

__all__ = ["dispatcher", "subscribing", "web"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store, on one kind of database: what a stranger says never gets as far as to tell the two apart."""
    opened = open_store(f"sqlite:///{tmp_path}/attache.db")
    yield opened
    opened.close()


@pytest.fixture
def tried(record_property: Callable[[str, object], None]) -> Callable[[str, int], None]:
    """Notes how many attacks a test made, of what kind; the table at the end of the run adds them up."""

    def note(what: str, number: int) -> None:
        record_property("tried", [what, number])

    return note
